"""A PostgreSQL and a database of its own for a benchmark: nothing of anybody else's is read or changed."""

import os
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import django

from cistor import postgres


def in_own_database(work: Callable[[], None]) -> None:
    """Does the work on an empty database, dropped afterwards; the server is embedded unless DATABASE_URL names one."""
    os.environ["CISTOR_ENV"] = "test"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cistor.settings")
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="cistor-benchmark-", dir="/var/tmp"))
            # As in production: a commit waits for the disk.
            os.environ["DATABASE_URL"] = stack.enter_context(postgres.running(Path(folder) / "data", durable=True))
        django.setup()
        _made_and_dropped(work)


def _made_and_dropped(work: Callable[[], None]) -> None:
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        work()
    finally:
        runner.teardown_databases(made)


def load() -> str:
    """How busy the machine was in the last minute: other programs slow a page down, not its ratios."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n"
