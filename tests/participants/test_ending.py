"""The plain end of a programme: when the centre heard of it, through whose fault, and who was there on the last day."""

from datetime import date

import pytest

from participants import actions
from participants.models import Programme
from tests.factories import make_participant, make_programme, mark
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

START, LAST, ON = date(2026, 10, 5), date(2026, 11, 19), date(2026, 11, 23)
JOB = {"ended_on": "2026-11-19", "kind": "job", "learned_on": "2026-11-20", "through_fault": "", "reason": ""}


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=START)


def end(programme, by, **over):
    given = {"ended_on": LAST, "kind": "job", "reason": "", **over}
    return actions.end_programme(programme, **given, by=by, on=ON)


def test_the_centre_has_heard_of_it_today_unless_it_says_another_day(programme, director):
    assert end(programme, director).end_learned_on == ON


@pytest.mark.parametrize("day", [START, date(2026, 11, 20), ON])
def test_the_centre_may_have_heard_of_it_on_any_day_since_the_signature(programme, director, day):
    row = end(programme, director, learned_on=day, through_fault=False)
    assert (row.end_learned_on, row.through_fault) == (day, False)


@pytest.mark.parametrize("day", [date(2026, 10, 4), date(2026, 11, 24)])
def test_nobody_hears_of_an_end_before_the_signature_or_tomorrow(programme, director, day):
    assert refusal(end, programme, director, learned_on=day)[0] == "learned_on"


def asked(client, programme, **over):
    return client.post(f"/uczestnicy/programy/{programme.pk}/koniec/", {**JOB, **over})


def test_a_job_from_a_day_not_attended_is_pointed_out_before_the_end(as_user, director, programme):
    client = as_user(director)
    assert asked(client, programme).context["is_unattended"]
    mark(programme, {LAST: "unexcused"})
    assert asked(client, programme).context["is_unattended"]
    programme.days.update(meaning="late", code="S")
    answer = asked(client, programme)
    assert not answer.context["is_unattended"]
    assert ("Obecność tego dnia", "S – spóźnienie") in answer.context["facts"]


def test_what_was_confirmed_is_kept(as_user, director, programme):
    asked(as_user(director), programme, kind="declaration", through_fault="yes", confirmed="1")
    row = Programme.objects.get()
    assert (row.end_kind, row.end_learned_on, row.through_fault) == ("declaration", date(2026, 11, 20), True)
