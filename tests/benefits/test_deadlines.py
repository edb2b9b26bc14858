"""The terms of payments: a trial settled apart by the next day, a month by its payday, moved back."""

from datetime import date

import pytest

from benefits import deadlines
from benefits.models import PaymentList
from cistor.centres.models import ClosedDay
from cistor.centres.terms import TermBook
from cistor.documents import files
from cistor.documents.models import Document
from participants.models import Programme
from tests.factories import end, make_participant, make_programme

ON = date(2026, 3, 11)


@pytest.fixture
def programme(centre):
    """Its trial ends on Sunday, 1 March."""
    return make_programme(make_participant(centre), start_on=date(2026, 2, 2))


def of_trials(centre):
    return deadlines.of_trials(Programme.objects.filter(participant__centre=centre), TermBook([centre.pk]))


def of_months(centre, on=ON):
    return {row.about: row for row in deadlines.of_months(centre, TermBook([centre.pk]), on=on)}


def approve(row, by):
    paper = {"kind": "payment_list", "number": "LW/1/2026", "title": "Lista", "sha256": files.store(b"%PDF"), "size": 4}
    row.document = Document.objects.create(centre=row.centre, issued_on=ON, issued_by=by, **paper)
    row.status, row.approved_by, row.approved_on, row.checksum = "approved", by, ON, "0" * 64
    row.save()


def test_a_trial_settled_apart_is_paid_on_the_next_day(centre, programme):
    (row,) = of_trials(centre)
    assert (row.starts_on, row.due_on, row.source) == (date(2026, 3, 1), date(2026, 3, 2), "§3 ust. 1 lit. c")


def test_a_trial_cut_short_is_paid_the_day_after_its_last_day(centre, programme):
    end(programme, ended_on=date(2026, 2, 17))
    assert of_trials(centre)[0].due_on == date(2026, 2, 18)


def test_where_the_trial_is_paid_with_the_month_it_has_no_term(other_centre):
    make_programme(make_participant(other_centre), start_on=date(2026, 2, 2))
    assert of_trials(other_centre) == []


def test_a_month_is_due_on_the_payday_moved_back_whatever_the_centre_closes(centre, programme):
    ClosedDay.objects.create(centre=centre, on=date(2026, 4, 3), reason="Wyjazd")
    rows = of_months(centre)
    # 5 April is Easter Sunday.
    assert {about: row.due_on for about, row in rows.items()} == {
        "luty 2026": date(2026, 3, 5),
        "marzec 2026": date(2026, 4, 3),
    }
    assert rows["luty 2026"].state(ON) == "overdue"


def test_a_month_without_anybody_owes_nothing(centre):
    assert of_months(centre) == {}


def test_a_month_that_nobody_paid_stays_overdue(centre, programme):
    end(programme, ended_on=date(2026, 5, 4))
    make_programme(make_participant(centre), start_on=date(2026, 7, 6))
    book, on = TermBook([centre.pk]), date(2026, 8, 10)
    rows = {row.about: row.state(on) for row in deadlines.of_months(centre, book, since=date(2026, 4, 8), on=on)}
    # In June nobody took part.
    overdue = dict.fromkeys(("kwiecień 2026", "maj 2026", "lipiec 2026"), "overdue")
    assert rows == {**overdue, "sierpień 2026": "open"}


def test_the_first_list_is_where_the_centre_began(centre, programme):
    PaymentList.objects.create(centre=centre, kind="month", month=date(2026, 3, 1), prepared_on=ON, payday=ON)
    assert list(of_months(centre, on=date(2026, 6, 1))) == [
        "marzec 2026",
        "kwiecień 2026",
        "maj 2026",
        "czerwiec 2026",
    ]


def test_the_approval_of_the_list_meets_it(centre, programme, director, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    facts = {"centre": centre, "prepared_on": ON, "payday": ON}
    trial = PaymentList.objects.create(kind="trial", **facts)
    span = {"span": "trial", "start_on": date(2026, 2, 2), "end_on": date(2026, 3, 1), "inputs": {}, "person": {}}
    trial.settlements.create(programme=programme, **span)
    assert (of_trials(centre)[0].met_on, of_trials(centre)[0].url) == (None, f"/swiadczenia/listy/{trial.pk}/")
    approve(trial, director)
    assert of_trials(centre)[0].met_on == ON


def test_a_month_is_met_by_its_first_list_and_not_by_one_of_differences(
    centre, programme, director, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    facts = {"centre": centre, "kind": "month", "month": date(2026, 2, 1), "prepared_on": ON, "payday": ON}
    first = PaymentList.objects.create(**facts)
    PaymentList.objects.create(number=2, **facts)
    assert of_months(centre)["luty 2026"].met_on is None
    approve(first, director)
    assert of_months(centre)["luty 2026"].met_on == ON
