"""Work of a room above, asked for by its name once the act is in the database."""

from functools import partial

from celery import current_app
from django.db import transaction


def wake(task: str, *args: int) -> None:
    """`args` are ids. With the broker down nothing is lost: the schedule does what was not asked for."""
    transaction.on_commit(partial(current_app.send_task, task, args), robust=True)


def prepare_notices(centre_id: int) -> None:
    """After an act that may ask for a letter."""
    wake("notices.prepare_centre", centre_id)
