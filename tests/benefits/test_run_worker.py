"""A count in the hands of real workers that are killed, without Redis, and cut off from the database."""

import random
import time
from contextlib import ExitStack, contextmanager
from datetime import date

import pytest
from celery import current_app
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from attendance.models import Day
from benefits.actions import one_at_a_time, recount, run_month
from benefits.models import Line
from benefits.running import start_recount
from cistor.jobs.actions import wake
from cistor.jobs.models import Job
from tests.benefits.people import COUNTED, JULY, SIXTH, make_settled_in
from tests.factories import login, make_centre, make_user
from tests.house.compose import free_port
from tests.workers import kill_all, redis_on, send_to, wait_for, worker_on

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

KILLS = 20
# One process that computes and listens by turns: it starts in half the time.
ALONE = ("--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat")
# Who has a lock of a job in hand.
AT_WORK = """SELECT DISTINCT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE datname = current_database() AND locktype = 'advisory' AND granted AND application_name LIKE 'worker %'"""
CUT_OFF = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'worker %'"""


@pytest.fixture(autouse=True)
def jobs_are_done_at_once():
    """Not here."""


@pytest.fixture
def july(db):
    """A list that is no longer what it would come out as: half of its people were absent, and one came to it."""
    centre = make_centre("cistor")
    people = [make_settled_in(centre) for _ in range(30)]
    july = run_month(centre=centre, month=JULY, by=make_user(centre, "payroll"), on=COUNTED)
    Day.objects.filter(programme__in=people[::2], on=SIXTH).update(meaning="unexcused")
    make_settled_in(centre)
    return july


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def broker(port, tmp_path, monkeypatch):
    """`with broker():` – a Redis that listens, always in the same place."""
    monkeypatch.setattr(current_app, "send_task", send_to(f"redis://127.0.0.1:{port}/0"))
    return lambda: redis_on(port, tmp_path)


@pytest.fixture
def worker(port, tmp_path):
    """`with worker("worker 1") as process:` – the database knows it under this name."""
    return lambda name: worker_on(f"redis://127.0.0.1:{port}/0", tmp_path / "worker.log", *ALONE, PGAPPNAME=name)


def shown(payment_list):
    """All that stands on the list."""
    payment_list.refresh_from_db()
    rows = payment_list.settlements.values_list("pk", "checksum", "net", "payout")
    lines = Line.objects.filter(settlement__payment_list=payment_list).values_list("pk", "code", "amount")
    return payment_list.prepared_on, sorted(rows), sorted(lines), payment_list.problems.count()


def asked(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


@contextmanager
def stopped_at(payment_list, place):
    """Inside, no count gets past the place: before its transaction, or at a table that it writes to."""
    with transaction.atomic():
        if place == "door":
            one_at_a_time(payment_list.centre)
        else:
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {place} IN SHARE MODE")
        yield


PLACES = ["door", "door", "benefits_settlement", "benefits_line", "journal_entry"]


def wake_up():
    wake(older_than=timezone.now())


def over(job):
    return Job.objects.filter(pk=job.pk).exclude(finished_at=None).first()


def assert_as_a_quiet_count_leaves_it(payment_list, by):
    settled = shown(payment_list)
    assert len(settled[1]) == 31
    recount(payment_list, by=by, on=settled[0])
    assert shown(payment_list) == settled


class Workers:
    """Two of them: while one is at work the next one starts."""

    def __init__(self, worker, stack):
        self.worker, self.stack, self.by_name = worker, stack, {}
        self.hire()
        self.hire()

    def hire(self):
        name = f"worker {len(self.by_name) + 1}"
        self.by_name[name] = self.stack.enter_context(self.worker(name))

    def kill_who_is_at_work(self):
        [name] = asked(AT_WORK)
        kill_all(self.by_name[name])
        self.hire()


def test_a_worker_killed_at_random_twenty_times_leaves_nothing_half_done_and_the_count_ends(july, broker, worker):
    chance, before = random.Random(20260803), shown(july)
    with ExitStack() as stack:
        stack.enter_context(broker())
        workers = Workers(worker, stack)
        job = start_recount(july, by=july.prepared_by, on=date(2026, 8, 4))
        for kill in range(1, KILLS + 1):
            with stopped_at(july, chance.choice(PLACES)):
                wait_for(lambda kill=kill: Job.objects.get(pk=job.pk).attempts == kill)
                time.sleep(chance.uniform(0, 0.7))
                workers.kill_who_is_at_work()
            wait_for(lambda: not job.is_at_work)
            assert shown(july) == before
            assert Job.objects.get(pk=job.pk).status == ("info", "czeka na wznowienie")
            wake_up()
        done = wait_for(lambda: over(job))
    assert (done.failure, done.done, done.total, done.attempts) == ("", 31, 31, KILLS + 1)
    assert_as_a_quiet_count_leaves_it(july, july.prepared_by)


def test_a_restarted_database_costs_a_count_a_few_seconds(july, broker, worker):
    before = shown(july)
    with broker(), worker("worker 1"):
        job = start_recount(july, by=july.prepared_by, on=COUNTED)
        for attempt, place in enumerate(["door", "journal_entry"], 1):
            with stopped_at(july, place):
                wait_for(lambda attempt=attempt: Job.objects.get(pk=job.pk).attempts == attempt)
                time.sleep(0.5)
                assert asked(CUT_OFF) == [True]
                wait_for(lambda: not job.is_at_work)
            assert shown(july) == before
        done = wait_for(lambda: over(job))
    assert (done.failure, done.attempts) == ("", 3)
    assert_as_a_quiet_count_leaves_it(july, july.prepared_by)


def test_without_redis_a_count_goes_on_and_the_next_one_waits_for_it(july, broker, worker, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)
    client = Client()
    login(client, july.prepared_by)
    page = reverse("benefits:list", args=[july.pk])
    with ExitStack() as stack:
        redis = stack.enter_context(broker())
        stack.enter_context(worker("worker 1"))
        first = start_recount(july, by=july.prepared_by, on=COUNTED)
        with stopped_at(july, "door"):
            wait_for(lambda: first.is_at_work)
            kill_all(redis)
        assert wait_for(lambda: over(first)).failure == ""
        asked_at = time.monotonic()
        answer = client.post(reverse("benefits:recount", args=[july.pk]))
        assert (answer.status_code, answer.url) == (302, page)
        # Whoever asked for it does not wait for the broker: it is tried for a minute and more elsewhere.
        assert time.monotonic() - asked_at < 20
        assert "czeka na swoją kolej" in client.get(page).content.decode()
        stack.enter_context(broker())
        # A worker may give up when its broker goes while it has a message in hand; compose starts it again.
        stack.enter_context(worker("worker 2"))
        second = Job.objects.latest("pk")
        wait_for(lambda: _woken(second))
    assert (second != first, over(second).failure) == (True, "")
    assert_as_a_quiet_count_leaves_it(july, july.prepared_by)


def _woken(job):
    """The schedule does so every minute; a Redis that has just come back may not listen yet."""
    try:
        wake_up()
    except OperationalError:
        return None
    time.sleep(0.5)
    return over(job)
