"""Locks of the database session: they end with their block, or with the session, so that the dead hold none."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, connection

TAKE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
WAIT_FOR = "SELECT pg_advisory_lock(hashtextextended(%s, 0)) IS NOT NULL"
RELEASE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
# PostgreSQL shows the number of 64 bits cut in halves.
IS_HELD = """SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32) | objid::bigint = hashtextextended(%s, 0)
)"""


@contextmanager
def held(key: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether this session has the lock; who waits always gets it. Meant for outside a transaction."""
    is_mine = _ask(WAIT_FOR if wait else TAKE, key)
    try:
        yield is_mine
    finally:
        if is_mine:
            # With a connection that was cut the lock has gone.
            with suppress(DatabaseError, InterfaceError):
                _ask(RELEASE, key)


def is_held(key: str) -> bool:
    """Whether any session has it."""
    return _ask(IS_HELD, key)


def _ask(question: str, key: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [key])
        return cursor.fetchone()[0]
