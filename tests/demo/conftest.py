from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import override_settings

pytest.register_assert_rewrite("tests.demo.lives", "tests.demo.presence")


@pytest.fixture(scope="session")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """`with made(plans):` – the plans carried out in the database, for as long as the block lasts."""

    @contextmanager
    def carried_out(plans):
        from cistor.demo.making import make

        media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
        with django_db_blocker.unblock(), media, transaction.atomic():
            assert make(plans)
            with connection.cursor() as cursor:
                # As autovacuum does elsewhere; it sees nothing of a transaction that is never committed.
                cursor.execute("ANALYZE")
            yield
            transaction.set_rollback(True)

    return carried_out


@pytest.fixture(scope="module")
def demo(made):
    """Both centres on the morning of a Friday."""
    from cistor.demo import centres

    today = date(2026, 11, 20)
    with made(centres.plans(today)):
        yield today
