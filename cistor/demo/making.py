"""The whole demonstration, made once."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from cistor.accounts.models import User
from cistor.centres import presets
from cistor.centres.models import Centre
from cistor.demo.builder import Builder
from cistor.demo.clock import Clock
from cistor.demo.opening import open_house
from cistor.demo.plan import Plan
from cistor.errors import Refused
from cistor.jobs.later import asleep
from cistor.journal.actions import record
from cistor.journal.models import Entry


def make(plans: Sequence[Plan]) -> bool:
    """Carry out the plans, into an empty database; False when that was done already.

    The last entry of the journal says that they are whole. Every act is a transaction of its own, as at work: the
    triggers of the history grow slow in a long one.
    """
    if Entry.objects.filter(verb="demo_data_made").exists():
        return False
    if User.objects.exists() or Centre.objects.exists():
        raise Refused("W bazie są już inne dane albo niedokończone dane pokazowe. Użyj pustej bazy.")
    clock = Clock()
    with _hurry(), asleep(), clock.running():
        presets.load_statute()
        for plan in plans:
            house = open_house(plan, clock)
            Builder(plan, house, clock).run()
            record(house.centre, "demo_data_made", by=None, on=plan.timeline.today)
    return True


@contextmanager
def _hurry() -> Iterator[None]:
    """Somebody waits for this: a fifth of the time would go to the disk and the garbage collector."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        try:
            yield
        finally:
            gc.set_threshold(*usual)
            gc.unfreeze()
        cursor.execute("RESET synchronous_commit")
