"""A list counted in the background: one count at a time, seen by everybody, written as a whole or not at all."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from attendance.models import Day
from benefits import running
from benefits.actions import draft_trial_list, one_at_a_time, recount, run_month
from benefits.actions.counting import count, open_month
from benefits.models import Line, PaymentList, Settlement
from cistor.desk import waiting
from cistor.desk.erasure import erase
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.jobs.locks import held
from cistor.jobs.models import Job
from cistor.journal.models import Entry
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_on_trial, make_settled_in, nets
from tests.factories import login, make_user
from tests.together import together

pytestmark = pytest.mark.django_db
AUGUST = date(2026, 8, 1)


@pytest.fixture(autouse=True)
def jobs_are_done_at_once():
    """Here the tests say when."""


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


@pytest.fixture
def clerk(centre):
    return make_user(centre, "payroll")


def start(by, month=JULY, **over) -> Job:
    return running.start_month(centre=by.home_centre, month=month, by=by, on=COUNTED, **over)


def work(job) -> Job:
    """What a worker does with it."""
    jobs.carry_out(job.pk, running.carry_out)
    return Job.objects.get(pk=job.pk)


def as_(user) -> Client:
    client = Client()
    login(client, user)
    return client


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def once(act):
    """A step that does something else in the middle of the count, before the first person is over."""
    left = [act]
    return lambda done, total: left.pop()() if left else None


# Asking ---------------------------------------------------------------------------------------------------------------


def test_the_list_is_there_at_once_and_filled_by_the_worker(centre, payroll):
    programme = make_settled_in(centre)
    job = start(payroll)
    july = PaymentList.objects.get()
    assert (job.data, job.title, job.get_absolute_url()) == (
        {"list": july.pk},
        "Lista wypłat za lipiec 2026",
        reverse("benefits:list", args=[july.pk]),
    )
    assert not july.settlements.exists()
    done = work(job)
    assert (done.status[1], done.done, done.total) == ("gotowe", 1, 1)
    assert set(nets(july)) == {programme.pk}
    assert Entry.objects.get(verb="list_counted").by == payroll


def test_a_second_person_gets_the_count_that_is_open(centre, payroll, clerk):
    make_settled_in(centre)
    first = start(payroll)
    assert start(clerk) == first
    july = PaymentList.objects.get()
    assert running.start_recount(july, by=clerk, on=COUNTED) == first
    assert Job.objects.count() == 1


def test_what_changes_before_a_second_person_asks_is_on_the_list_however_far_the_count_is(
    centre, payroll, clerk, monkeypatch
):
    programme = make_settled_in(centre)
    job = start(payroll)
    later = date(2026, 8, 4)

    def mark_and_ask_again():
        Day.objects.filter(programme=programme, on=SIXTH).update(meaning="unexcused")
        assert running.start_recount(PaymentList.objects.get(), by=clerk, on=later) == job

    step = once(mark_and_ask_again)
    monkeypatch.setattr(running, "Pace", lambda job: step)
    done = work(job)
    july = PaymentList.objects.get()
    assert (done.status[1], done.attempts, july.prepared_on) == ("gotowe", 1, later)
    settled = july.settlements.get()
    assert settled.benefit < settled.base
    assert nets(recount(july, by=payroll, on=later)) == {programme.pk: str(settled.net)}


def test_a_count_left_from_the_day_before_is_done_as_of_the_day_it_is_asked_for_again(centre, payroll):
    make_settled_in(centre)
    job = start(payroll)
    later = date(2026, 8, 6)
    running.start_recount(PaymentList.objects.get(), by=payroll, on=later)
    work(job)
    assert PaymentList.objects.values_list("prepared_on", "payday").get() == (later, later)


@pytest.mark.parametrize(
    "over, says",
    [
        ({"month": date(2026, 9, 1)}, "jeszcze się nie zaczął"),
        ({"month": date(2013, 7, 1)}, "Brak regulaminu"),
        ({"number": 2}, "gdy poprzednia jest zatwierdzona"),
        ({"month": date(2026, 6, 1)}, "nie ma nikogo"),
    ],
)
def test_what_cannot_be_counted_is_refused_before_anything_is_begun(centre, payroll, over, says):
    make_settled_in(centre)
    with pytest.raises(Refused, match=says):
        start(payroll, **over)
    assert not Job.objects.exists()
    assert not PaymentList.objects.exists()


def test_an_approved_list_is_not_counted(approved, payroll):
    with pytest.raises(Refused, match="już zatwierdzona"):
        running.start_recount(approved, by=payroll, on=COUNTED)


# What is written ------------------------------------------------------------------------------------------------------


def test_addresses_of_settlements_outlive_a_count_and_what_is_the_same_is_not_touched(centre, payroll):
    same, other, gone = (make_settled_in(centre) for _ in range(3))
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    rows = dict(july.settlements.values_list("programme", "pk"))
    lines = set(Line.objects.filter(settlement=rows[same.pk]).values_list("pk", flat=True))
    Day.objects.filter(programme=other, on=SIXTH).update(meaning="unexcused")
    gone.stages.update(start_on=AUGUST)
    new = make_settled_in(centre)
    recount(july, by=payroll, on=COUNTED)
    after = dict(july.settlements.values_list("programme", "pk"))
    assert set(after) == {same.pk, other.pk, new.pk}
    assert (after[same.pk], after[other.pk]) == (rows[same.pk], rows[other.pk])
    assert set(Line.objects.filter(settlement=rows[same.pk]).values_list("pk", flat=True)) == lines
    assert nets(july)[other.pk] != nets(july)[same.pk]


def test_a_span_that_comes_onto_another_list_meanwhile_is_paid_once(centre, payroll):
    people = [make_settled_in(centre) for _ in range(2)]
    july = open_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    late = make_settled_in(centre, last_name="Zzz")

    def august():
        Settlement.objects.all().delete()
        run_month(centre=centre, month=AUGUST, by=payroll, on=COUNTED)
        Settlement.objects.filter(programme=late).delete()

    count(july, by=payroll, on=COUNTED, step=once(august))
    assert set(nets(july)) == {late.pk}
    assert Settlement.objects.filter(span="2026-07", programme__in=people).count() == 2


def test_a_list_that_is_approved_meanwhile_stays_as_it_is(july, payroll, director):
    with pytest.raises(Refused, match="już zatwierdzona"):
        count(
            july,
            by=payroll,
            on=COUNTED,
            step=once(lambda: check_and_approve(july, by=director, on=COUNTED)),
        )


def test_who_is_erased_meanwhile_is_not_written(centre, payroll, monkeypatch):
    programme = make_settled_in(centre)
    job = start(payroll)
    monkeypatch.setattr(
        running, "Pace", lambda job: once(lambda: jobs.take_back(centre=centre, person=programme.participant_id))
    )
    assert work(job).failure == jobs.CHANGED
    assert not Settlement.objects.exists()


def test_who_is_erased_while_a_list_is_computed_without_a_job_is_not_written(centre, payroll, director):
    programme, other = make_settled_in(centre), make_settled_in(centre)
    july = open_month(centre=centre, month=JULY, by=payroll, on=COUNTED)

    def erase_who_never_began():
        programme.stages.all().delete()
        erase(programme.participant, by=director, on=date(2032, 1, 5))

    count(july, by=payroll, on=COUNTED, step=once(erase_who_never_began))
    assert set(nets(july)) == {other.pk}


def test_what_the_schedule_wrote_meanwhile_is_not_overwritten_by_what_was_read_before(centre, payroll):
    first, last = date(2026, 6, 15), date(2026, 7, 14)
    programme = make_on_trial(centre, start_on=first, until=last)
    (trials,) = draft_trial_list(centre=centre, on=last)

    def correct_and_draft():
        Day.objects.filter(programme=programme, on=SIXTH).update(meaning="unexcused")
        draft_trial_list(centre=centre, on=last)

    count(trials, by=payroll, on=last, step=once(correct_and_draft))
    row = trials.settlements.get()
    assert row.benefit < row.base


# Nobody ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def nobody(centre, payroll):
    """The count of a month in which the only person is on another list already."""
    make_settled_in(centre)
    run_month(centre=centre, month=AUGUST, by=payroll, on=COUNTED)
    return start(payroll)


def test_a_month_without_anybody_ends_with_a_sentence_and_without_a_list(nobody):
    done = work(nobody)
    assert (done.failure, done.status[1]) == ("Za lipiec 2026 nie ma nikogo do rozliczenia.", "nie udało się")
    assert PaymentList.objects.get().month == AUGUST
    assert done.get_absolute_url() == reverse("jobs:job", args=[done.pk])


def test_whoever_looks_for_the_list_of_nobody_reads_why_it_is_gone(nobody, payroll, outsider):
    page = nobody.get_absolute_url()
    work(nobody)
    answer = as_(payroll).get(page, follow=True)
    assert answer.redirect_chain == [(reverse("benefits:lists"), 302)]
    assert "Za lipiec 2026 nie ma nikogo do rozliczenia." in text(answer)
    assert as_(outsider).get(page).status_code == 404


def test_a_failure_read_on_its_page_waits_no_longer_on_the_desk(nobody, payroll):
    done = work(nobody)
    client = as_(payroll)
    assert done.title in [matter.text for matter in waiting.matters(payroll, on=COUNTED)]
    answer = text(client.get(done.get_absolute_url()))
    assert done.failure in answer
    assert "Spróbuj jeszcze raz" not in answer
    assert done.title not in [matter.text for matter in waiting.matters(payroll, on=COUNTED)]


# Looking on -----------------------------------------------------------------------------------------------------------


def test_a_list_that_is_counted_for_the_first_time_says_nowhere_that_it_was(centre, payroll):
    make_settled_in(centre)
    job = start(payroll)
    client = as_(payroll)
    before = text(client.get(job.get_absolute_url()))
    assert "Wypłata: środa, 5 sierpnia 2026." in before
    assert "Policzono" not in before
    work(job)
    assert "Policzono 03.08.2026" in text(client.get(job.get_absolute_url()))
    running.start_recount(PaymentList.objects.get(), by=payroll, on=COUNTED)
    assert "Policzono 03.08.2026" in text(client.get(job.get_absolute_url()))


def test_everybody_who_sees_the_list_sees_how_far_its_count_is(centre, payroll, director):
    make_settled_in(centre)
    job = start(payroll)
    assert "czeka na swoją kolej" in text(as_(director).get(job.get_absolute_url()))
    Job.objects.update(started_at=job.created_at)
    with held(Job.lock_of(job.pk)):
        jobs.progress(job, 120, 500)
        assert "120 z 500 osób" in text(as_(director).get(job.get_absolute_url()))
        assert "Liczenie: 120 z 500 osób" in text(as_(director).get(reverse("benefits:lists")))
    assert "czeka na wznowienie" in text(as_(director).get(job.get_absolute_url()))


def test_the_script_is_answered_when_something_has_changed_and_at_the_end_with_the_page(centre, payroll, director):
    make_settled_in(centre)
    job = start(payroll)
    ask, htmx = reverse("benefits:run_state", args=[job.data["list"]]), {"HX-Request": "true"}
    client = as_(director)
    answer = client.get(ask, headers=htmx)
    assert "czeka na swoją kolej" in text(answer)
    assert client.get(ask, {"widziano": "czeka na swoją kolej"}, headers=htmx).status_code == 204
    work(job)
    assert client.get(ask, headers=htmx).headers["HX-Refresh"] == "true"
    assert client.get(ask).url == job.get_absolute_url()


def test_who_asked_is_told_once_and_finds_nothing_on_the_desk_afterwards(centre, payroll, director):
    make_settled_in(centre)
    job = start(payroll)
    title = job.title

    def on_desk(user):
        return [matter.url for matter in waiting.matters(user, on=COUNTED) if matter.text == title]

    work(job)
    page = job.get_absolute_url()
    assert "Lista jest policzona." not in text(as_(director).get(page))
    assert (on_desk(payroll), on_desk(director)) == ([page], [])
    assert "Lista jest policzona." in text(as_(payroll).get(page))
    assert on_desk(payroll) == []
    assert "Lista jest policzona." not in text(as_(payroll).get(page))


def test_a_count_that_failed_says_so_on_the_list_until_the_next_one(july, payroll, director):
    job = running.start_recount(july, by=payroll, on=COUNTED)
    jobs.fail(job, jobs.UNEXPECTED)
    assert jobs.UNEXPECTED in text(as_(director).get(reverse("benefits:list", args=[july.pk])))
    work(running.start_recount(july, by=payroll, on=COUNTED))
    assert jobs.UNEXPECTED not in text(as_(director).get(reverse("benefits:list", args=[july.pk])))


# At once --------------------------------------------------------------------------------------------------------------


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_two_people_who_start_at_once_get_one_count_of_one_list(centre, payroll, clerk):
    make_settled_in(centre)
    first, second = together(lambda: start(payroll), lambda: start(clerk))
    assert first == second
    together(lambda: work(first), lambda: work(first))
    assert (PaymentList.objects.count(), Settlement.objects.count()) == (1, 1)
    assert Job.objects.get().attempts == 1


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_while_a_list_is_computed_nobody_waits_for_it(centre, payroll):
    make_settled_in(centre)
    july = open_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    seen = []

    def another():
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '500ms'")
            one_at_a_time(centre)
            return PaymentList.objects.select_for_update().get(pk=july.pk)

    count(july, by=payroll, on=COUNTED, step=once(lambda: seen.extend(together(another))))
    assert seen == [july]
