"""A process killed while it makes an order or an archive leaves nothing half done; made again, it is the same."""

import multiprocessing
import random
import time
from contextlib import contextmanager
from io import BytesIO
from zipfile import ZipFile

import pytest
from celery import current_app
from django.db import connection, connections, transaction

from benefits.actions.orders import take_file
from benefits.actions.slips import ask_for_slips
from benefits.models import OrderItem, PaymentList, PaymentOrder
from benefits.tasks import print_slips
from cistor.accounts.models import User
from cistor.documents import files
from cistor.documents.models import Document, Sequence
from cistor.errors import Refused
from cistor.jobs.kinds import KINDS
from cistor.jobs.models import Job
from cistor.journal.models import Entry
from tests.benefits.orders import make_profile, ordered, read_back
from tests.benefits.people import COUNTED, check_and_approve, counted, make_settled_in
from tests.workers import wait_for

pytestmark = pytest.mark.django_db(transaction=True)

FORK = multiprocessing.get_context("fork")
# In the order in which an order is written.
PLACES = ["documents_sequence", "documents_document", "benefits_paymentorder", "benefits_orderitem", "journal_entry"]
OTHERS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
# Not the activity: that stands still for as long as a transaction looks at it.
WAITING = """SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE NOT granted AND datname = current_database()"""
END_WAITING = """SELECT count(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE NOT granted AND datname = current_database()"""


@pytest.fixture(autouse=True)
def jobs_are_done_at_once(monkeypatch):
    """Not here: nobody takes what is queued."""
    monkeypatch.setattr(current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def july(db, centre, letterhead, payroll, director):
    make_profile(centre, by=director)
    for _ in range(3):
        make_settled_in(centre)
    return check_and_approve(counted(centre, payroll), by=director, on=COUNTED)


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@contextmanager
def another_process(target, *args):
    """Killed at the end at the latest, and gone from the database."""
    connections.close_all()
    process = FORK.Process(target=target, args=args)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
    wait_for(lambda: not asked(OTHERS))


@contextmanager
def killed_at(table, process):
    """Inside, nobody else gets past writing there; `process` dies as soon as it waits for that, and gets no further.

    Its statement is ended on the server, too, before the lock is let go: else it might still be carried out.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        yield
        wait_for(lambda: asked(WAITING))
        process.kill()
        asked(END_WAITING)
        wait_for(lambda: not asked(WAITING))


def make(july, payroll, go):
    go.wait()
    ordered(PaymentList.objects.get(pk=july), by=User.objects.get(pk=payroll), on=COUNTED)


def traces():
    """What an order leaves, row by row."""
    sequence = Sequence.objects.filter(series="PWY").values_list("last", flat=True)
    papers, entries = Document.objects.filter(kind="payment_order"), Entry.objects.filter(verb="order_made")
    return [sum(sequence), papers.count(), PaymentOrder.objects.count(), OrderItem.objects.count(), entries.count()]


def test_an_order_is_made_whole_or_not_at_all_wherever_the_process_dies(july, payroll):
    with transaction.atomic():
        quiet = ordered(july, by=payroll, on=COUNTED)
        expected = quiet.sha256, quiet.document.number, quiet.document.sha256
        transaction.set_rollback(True)
    for place in PLACES:
        go = FORK.Event()
        with another_process(make, july.pk, payroll.pk, go) as process, killed_at(place, process):
            go.set()
        assert traces() == [0] * 5, place
    chance, go = random.Random(20260803), FORK.Event()
    go.set()
    for _ in range(3):
        with another_process(make, july.pk, payroll.pk, go):
            time.sleep(chance.uniform(0, 0.3))
        assert traces() in ([0] * 5, [1, 1, 1, 3, 1])
    order = PaymentOrder.objects.first() or ordered(july, by=payroll, on=COUNTED)
    assert (order.sha256, order.document.number, order.document.sha256) == expected
    assert len(read_back(take_file(order, by=payroll))) == 3
    with pytest.raises(Refused, match="już sporządzone"):
        ordered(july, by=payroll, on=COUNTED)
    assert traces() == [1, 1, 1, 3, 1]


def archive(july, payroll):
    job = ask_for_slips(july, form="zip", by=payroll, on=COUNTED)
    return Job.objects.get(pk=job.pk)


def test_an_archive_is_whole_or_not_there_wherever_its_worker_dies(july, payroll):
    first = archive(july, payroll)
    print_slips(first.pk)
    first.refresh_from_db()
    job, chance = archive(july, payroll), random.Random(20260803)
    for kill in range(1, KINDS["slips"].attempts):
        with another_process(print_slips, job.pk) as process:
            wait_for(lambda kill=kill: Job.objects.get(pk=job.pk).attempts == kill)
            # Three slips are made in less than a second.
            time.sleep(chance.uniform(0, 0.1))
            with killed_at("jobs_job", process):
                pass
        job.refresh_from_db()
        assert (job.finished_at, job.result_sha256, job.is_at_work) == (None, "", False)
    print_slips(job.pk)
    job.refresh_from_db()
    assert (job.failure, job.result_sha256, job.people) == ("", first.result_sha256, first.people)
    assert len(ZipFile(BytesIO(files.read(job.result_sha256))).namelist()) == 3
    print_slips(job.pk)
    assert Job.objects.filter(pk=job.pk, finished_at=job.finished_at).exists()
