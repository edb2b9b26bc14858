"""The embedded server of the tests, and its one migrated database, of which each process takes a copy."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from cistor import postgres

MIGRATED = "migrated"
# Any number, the same in every process.
LOCK = 1
# Rows that come with the tables and belong to no test.
MADE_WITH_TABLES = {"django_content_type", "auth_permission"}


@contextmanager
def embedded() -> Iterator[None]:
    """DATABASE_URL of a server that ends with the block; in the folder CISTOR_TEST_DATA its databases outlive it."""
    with tempfile.TemporaryDirectory(prefix="cistor-tests-", dir="/var/tmp") as folder:
        data = Path(os.environ.get("CISTOR_TEST_DATA", folder)) / "data"
        with postgres.running(data, durable=False) as url:
            os.environ.update(DATABASE_URL=url, CISTOR_TEST_TEMPLATE=MIGRATED)
            yield


def template() -> str | None:
    """The migrated database, made by the process that asks first; None on a server of somebody else."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    name, ours = os.environ.get("CISTOR_TEST_TEMPLATE"), settings.DATABASES["default"]
    if name is None:
        return None
    with psycopg.connect(host=ours["HOST"], user=ours["USER"], dbname="postgres", autocommit=True) as server:
        server.execute("SET lock_timeout = 0")
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount:
            call_command("migrate", verbosity=0)
            connection.close()
            # Whole or not at all, whenever the run is broken off.
            server.execute(f"CREATE DATABASE {name} TEMPLATE {ours['NAME']}")
    return name


def quicken_flush() -> None:
    """After a test that commits, rows are deleted. Django's flush truncates some two hundred tables, most of them
    empty, and makes the content types anew: that takes longer than many a test."""
    from django.test import TransactionTestCase

    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda test: delete_rows() or flush(test)


def delete_rows() -> bool:
    """False for a user who may not keep triggers and foreign keys still: only a superuser may."""
    from django.db import connection

    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in names if name not in MADE_WITH_TABLES))
        cursor.execute("SET session_replication_role = DEFAULT")
    return True
