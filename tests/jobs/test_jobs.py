"""Background jobs: asked for once, carried out by one, their end said to the one who asked."""

from datetime import date, timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from attendance.actions.sheets import make_sheets
from cistor import settings
from cistor.documents import files
from cistor.documents.models import Letterhead
from cistor.errors import Refused
from cistor.jobs import actions
from cistor.jobs.kinds import KINDS
from cistor.jobs.models import Job
from cistor.jobs.tasks import sweep, wake
from tests.factories import make_user
from tests.together import together

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(monkeypatch):
    """What the program hands to the broker, which stands outside."""
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, arguments: sent.append((name, arguments)))
    return sent


def made(job):
    return actions.Result(files.store(b"%PDF-1.7"), "listy.pdf", [7, 3, 3])


# Asking ---------------------------------------------------------------------------------------------------------------


def test_asking_twice_gives_the_same_job_and_queues_it_once_more(ask, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = ask(), ask()
    assert first == second
    assert queued == [("attendance.print_sheets", [first.pk])] * 2


def test_another_month_other_codes_and_another_person_are_other_jobs(ask, social_worker):
    jobs = {ask(), ask(filled=False), ask(by=social_worker)}
    assert len(jobs) == 3


def test_what_was_asked_for_the_day_before_and_is_open_still_is_asked_for_anew(ask):
    yesterday, today = ask(), ask(on=date(2026, 3, 12))
    assert [job.asked_on.day for job in (yesterday, today)] == [11, 12]


def test_what_is_over_is_made_anew_when_asked_for(ask):
    first = ask()
    actions.carry_out(first.pk, made)
    assert ask() != first


def test_nothing_is_queued_when_the_asking_is_rolled_back(ask, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert queued == []


def test_without_a_broker_the_job_waits_and_nobody_sees_an_error(ask, monkeypatch, django_capture_on_commit_callbacks):
    def unreachable(*_):
        raise OSError

    monkeypatch.setattr(current_app, "send_task", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask()
    assert job.status == ("info", "czeka na swoją kolej")


def test_what_is_open_for_long_is_queued_again(ask, groups, queued):
    waiting, fresh, over = ask(), ask(filled=False), ask(groups=groups[:1])
    actions.carry_out(over.pk, made)
    Job.objects.exclude(pk=fresh.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    wake()
    assert queued == [("attendance.print_sheets", [waiting.pk])]


def test_what_a_worker_is_at_is_not_queued_again(ask, queued):
    job = ask()

    def make(begun):
        actions.wake(older_than=timezone.now() + timedelta(minutes=1))
        return made(begun)

    actions.carry_out(job.pk, make)
    assert queued == []


# Carrying out ---------------------------------------------------------------------------------------------------------


def test_a_job_moves_step_by_step_and_ends_with_its_file(ask):
    job, seen = ask(), []

    def make(begun):
        for done in range(begun.total):
            actions.progress(begun, done)
            seen.append(Job.objects.get(pk=job.pk).status)
        return made(begun)

    assert job.status == ("info", "czeka na swoją kolej")
    actions.carry_out(job.pk, make)
    assert seen == [("info", "0 z 3 grup"), ("info", "1 z 3 grup"), ("info", "2 z 3 grup")]
    job.refresh_from_db()
    assert (job.status, job.done, job.people) == (("done", "gotowe"), 3, [3, 7])
    assert files.read(job.result_sha256) == b"%PDF-1.7"


def test_a_refusal_is_said_in_its_own_words_and_any_other_failure_in_ours(ask, caplog):
    refused, broken = ask(), ask(filled=False)

    def refuse(job):
        raise Refused("Centrum nie ma papieru firmowego.")

    actions.carry_out(refused.pk, refuse)
    actions.carry_out(broken.pk, lambda job: 1 / 0)
    refused.refresh_from_db()
    broken.refresh_from_db()
    assert refused.failure == "Centrum nie ma papieru firmowego."
    assert broken.failure == actions.UNEXPECTED
    assert (refused.status, broken.status) == (("late", "nie udało się"),) * 2
    assert "ZeroDivisionError" in caplog.text


def test_what_is_over_or_gone_is_not_begun_again(ask):
    job = ask()
    actions.carry_out(job.pk, made)
    actions.carry_out(job.pk, lambda job: pytest.fail("begun twice"))
    actions.carry_out(job.pk + 1, lambda job: pytest.fail("begun without a job"))
    job.refresh_from_db()
    assert job.attempts == 1


def test_what_was_taken_back_while_it_was_made_stays_so_and_its_file_goes(ask, centre, media):
    first, second = ask(), ask(filled=False)

    def make(begun):
        actions.take_back(centre=centre, person=7)
        return made(begun)

    def refuse(begun):
        raise Refused("Nie.")

    actions.carry_out(first.pk, make)
    actions.carry_out(second.pk, refuse)
    assert {job.failure for job in Job.objects.all()} == {actions.CHANGED}
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_job_that_takes_its_worker_down_every_time_is_given_up(ask):
    job = ask()

    def die(begun):
        raise SystemExit

    for _ in range(KINDS[job.kind].attempts):
        with pytest.raises(SystemExit):
            actions.carry_out(job.pk, die)
    actions.carry_out(job.pk, lambda job: pytest.fail("begun a fourth time"))
    job.refresh_from_db()
    assert job.failure == actions.BROKEN_OFF


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_leaves_a_job_at_work_alone(ask):
    job, begun = ask(), []

    def make(at_work):
        begun.append(at_work.pk)
        # While this one is at work, a worker of another session gets the same message.
        if len(begun) == 1:
            assert together(lambda: actions.carry_out(job.pk, make)) == [None]
        return made(at_work)

    actions.carry_out(job.pk, make)
    assert begun == [job.pk]
    assert Job.objects.get().attempts == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_job(ask):
    first, second = together(ask, ask)
    assert first == second


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_by_others_at_once(ask):
    job, seen = ask(), []

    def make(begun):
        actions.progress(begun, 2)
        seen.extend(together(lambda: Job.objects.get(pk=job.pk).progress))
        return made(begun)

    actions.carry_out(job.pk, make)
    assert seen == ["2 z 3 grup"]


def test_the_lock_is_free_after_the_job_whatever_its_end(ask):
    job = ask()
    actions.carry_out(job.pk, lambda job: 1 / 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        assert cursor.fetchone() == (0,)


def test_what_lost_its_worker_says_that_it_waits_and_not_how_far_it_is(ask):
    job = ask()

    def die(begun):
        actions.progress(begun, 2)
        raise SystemExit

    with pytest.raises(SystemExit):
        actions.carry_out(job.pk, die)
    job.refresh_from_db()
    assert (job.done, job.is_at_work, job.status) == (2, False, ("info", "czeka na wznowienie"))


def test_a_job_that_finds_its_steps_as_it_goes_says_what_it_does_before_and_after(centre, payroll):
    job = Job.objects.create(
        centre=centre, by=payroll, kind="payment_list", title="Lista", data={"list": 1}, asked_on="2026-03-11", total=1
    )
    seen = [job.progress]
    for done in (1, 300, 500):
        actions.progress(job, done, 500)
        seen.append(Job.objects.get().progress)
    assert seen == ["zbieranie danych", "1 z 500 osób", "300 z 500 osób", "zapisywanie"]


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_leaves_the_job_open_and_free(ask, caplog):
    job = ask()

    def cut_off(begun):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    actions.carry_out(job.pk, cut_off)
    job.refresh_from_db()
    assert (job.failure, job.is_over, job.is_at_work) == ("", False, False)
    actions.carry_out(job.pk, made)
    job.refresh_from_db()
    assert (job.status[1], job.attempts) == ("gotowe", 2)
    assert "begin anew" in caplog.text


# Afterwards -----------------------------------------------------------------------------------------------------------


def test_what_failed_is_tried_again_as_of_the_new_day(ask):
    failed = ask()
    head = Letterhead.objects.get()
    Letterhead.objects.all().delete()
    actions.carry_out(failed.pk, make_sheets)
    failed.refresh_from_db()
    assert failed.failure == "Centrum nie ma papieru firmowego na dzień 11 marca 2026."
    head.save(force_insert=True)
    again = actions.retry(failed, on=failed.asked_on + timedelta(days=1))
    actions.carry_out(again.pk, make_sheets)
    again.refresh_from_db()
    assert (again.status[1], again.asked_on.day, again.data) == ("gotowe", 12, failed.data)
    assert not Job.objects.filter(pk=failed.pk).exists()


def test_only_what_failed_is_tried_again(ask):
    job = ask()
    with pytest.raises(Refused):
        actions.retry(job, on=job.asked_on)
    actions.carry_out(job.pk, made)
    with pytest.raises(Refused):
        actions.retry(job, on=job.asked_on)


def test_a_job_and_then_its_file_are_swept_after_a_day(ask, media):
    old, young = ask(), ask(filled=False)
    for job, data in ((old, b"old"), (young, b"young")):
        actions.carry_out(job.pk, lambda job, data=data: actions.Result(files.store(data), "listy.pdf"))
    Job.objects.update(created_at=timezone.now() - timedelta(hours=49))
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(hours=25))
    sweep()
    assert list(Job.objects.all()) == [young]
    files.sweep(older_than=timezone.now() + timedelta(days=1))
    assert [path.read_bytes() for path in media.glob("*/*")] == [b"young"]


def test_what_nobody_carried_out_in_a_day_fails_with_a_word(ask):
    old, young = ask(), ask(filled=False)
    Job.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))
    sweep()
    for job in (old, young):
        job.refresh_from_db()
    assert (old.failure, young.is_over) == (actions.TOO_LATE, False)
    assert actions.retry(old, on=old.asked_on).failure == ""


def test_nothing_is_left_that_names_a_person_or_is_about_to(
    ask, centre, groups, media, django_capture_on_commit_callbacks
):
    """Files of others, and those that name others, stay."""
    naming, other, open_still = ask(), ask(filled=False), ask(groups=groups[:1])
    actions.carry_out(naming.pk, lambda job: actions.Result(files.store(b"7"), "listy.pdf", [7, 17]))
    actions.carry_out(other.pk, lambda job: actions.Result(files.store(b"17"), "listy.pdf", [17]))
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_back(centre=centre, person=7)
    for job in (naming, other, open_still):
        job.refresh_from_db()
    assert [job.failure for job in (naming, other, open_still)] == [actions.CHANGED, "", actions.CHANGED]
    assert (naming.file_url, naming.people) == ("", [])
    assert [path.read_bytes() for path in media.glob("*/*")] == [b"17"]


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_no_job_begins_before_the_erasure_is_over(ask, centre):
    def ask_meanwhile():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        return ask()

    with transaction.atomic():
        actions.take_back(centre=centre, person=7)
        (refused,) = together(ask_meanwhile)
    assert "lock timeout" in str(refused)
    assert not Job.objects.exists()


def test_the_sweep_and_the_wake_are_on_the_schedule():
    assert {sweep.name, wake.name} <= {line["task"] for line in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.task)
def test_every_kind_has_its_task_and_its_pages(kind):
    current_app.loader.import_default_modules()
    assert kind.task in current_app.tasks
    assert reverse(kind.origin)
    assert reverse(kind.file or kind.page, args=[1])


@pytest.mark.parametrize(
    "wrong",
    [
        {"done": 4},
        {"total": 0},
        {"failure": "Nie."},
        {"result_sha256": "a" * 64},
        {"failure": "Nie.", "result_sha256": "a" * 64, "finished_at": timezone.now()},
    ],
)
def test_the_database_refuses_nonsense(ask, wrong):
    job = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)


def test_nobody_sees_the_job_of_another(ask, centre, director, outsider):
    job = ask()
    colleague = make_user(centre, "director")
    assert [user for user in (director, colleague, outsider) if Job.objects.visible_to(user, on=job.asked_on)] == [
        director
    ]
