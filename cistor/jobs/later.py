"""Work of a room above, asked for by its name once the act is in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from celery import current_app
from django.db import transaction

_asleep = ContextVar("asleep", default=False)


@contextmanager
def asleep() -> Iterator[None]:
    """Nothing is woken inside: who makes a year in half a minute does such work on the days of that year."""
    token = _asleep.set(True)
    try:
        yield
    finally:
        _asleep.reset(token)


def wake(task: str, *args: int) -> None:
    """`args` are ids. With the broker down nothing is lost: the schedule does what was not asked for."""
    if not _asleep.get():
        transaction.on_commit(partial(current_app.send_task, task, args), robust=True)


def prepare_notices(centre_id: int) -> None:
    """After an act that may ask for a letter."""
    wake("notices.prepare_centre", centre_id)
