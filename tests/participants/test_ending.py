"""The plain end of a programme: when the centre heard of it, through whose fault, and who was there on the last day."""

from datetime import date

import pytest

from cistor.centres.models import DayCode
from cistor.journal.models import Entry
from participants import actions
from participants.actions import join_group
from participants.models import Membership, Programme
from tests.factories import make_group, make_participant, make_programme, mark
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


def test_a_job_from_a_day_nobody_has_marked_is_pointed_out(as_user, director, programme):
    client = as_user(director)
    assert asked(client, programme).context["is_unmarked"]
    mark(programme, {LAST: "late"})
    answer = asked(client, programme)
    assert (answer.context["is_unmarked"], answer.context["absence"]) == (False, "")
    assert ("Obecność tego dnia", "S – spóźnienie") in answer.context["facts"]
    DayCode.objects.filter(meaning="late").update(name="przyszła później")
    assert ("Obecność tego dnia", "S – przyszła później") in asked(client, programme).context["facts"]


def test_a_job_from_a_day_marked_as_an_absence_is_confirmed_knowingly(as_user, director, programme):
    mark(programme, {LAST: "unexcused"})
    client = as_user(director)
    assert "Tego dnia oznaczono nieobecność (NN)" in asked(client, programme).content.decode()
    refused = asked(client, programme, confirmed="1")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["despite_absence"])
    assert Programme.objects.get().ended_on is None
    asked(client, programme, confirmed="1", despite_absence="True")
    assert Programme.objects.get().ended_on == LAST


def test_what_was_confirmed_is_kept(as_user, director, programme):
    asked(as_user(director), programme, kind="declaration", through_fault="yes", confirmed="1")
    row = Programme.objects.get()
    assert (row.end_kind, row.end_learned_on, row.through_fault) == ("declaration", date(2026, 11, 20), True)


@pytest.mark.parametrize("kind", ["declaration", "other"])
def test_a_cessation_says_whose_fault_it_was(as_user, director, programme, kind):
    client = as_user(director)
    answer = asked(client, programme, kind=kind, reason="Przeprowadzka.")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["through_fault"])
    assert asked(client, programme, kind=kind, reason="Przeprowadzka.", through_fault="no").status_code == 200


# An end still to come -------------------------------------------------------------------------------------------------

LATER = date(2026, 12, 18)


def test_an_end_still_to_come_gives_way_to_an_earlier_one(programme, director):
    join_group(programme.participant, group=make_group(director.home_centre), start_on=START, by=director, on=START)
    end(programme, director, ended_on=LATER)
    row = end(programme, director, ended_on=ON, kind="declaration")
    assert (row.ended_on, row.end_kind) == (ON, "declaration")
    assert Membership.objects.get().end_on == ON
    assert [entry.data.get("replaces") for entry in Entry.objects.filter(verb="end_programme")] == [f"{LATER}", None]


@pytest.mark.parametrize("day", [LATER, date(2026, 12, 21)])
def test_it_gives_way_to_no_other(programme, director, day):
    end(programme, director, ended_on=LATER)
    field, message = refusal(end, programme, director, ended_on=day)
    assert (field, "tylko wcześniej" in message) == ("ended_on", True)


def test_an_end_that_has_passed_stands(programme, director):
    end(programme, director)
    assert "zakończono już" in refusal(end, programme, director, ended_on=START)[1]


def test_the_card_says_that_it_will_end_and_offers_an_earlier_day(as_user, director, programme):
    end(programme, director, ended_on=LATER)
    page = as_user(director).get(f"/uczestnicy/{programme.participant_id}/program/").content.decode()
    for words in ("Program zakończy się", "Zakończ wcześniej", "Wnieś o rozwiązanie IPZS"):
        assert words in page
    assert ("Dotąd miał się zakończyć", "piątek, 18 grudnia 2026") in asked(as_user(director), programme).context[
        "facts"
    ]


# What waited for a decision -------------------------------------------------------------------------------------------


def test_a_request_that_the_end_overtakes_says_so_and_is_journalled(as_user, programme, director, social_worker):
    asked_for = {"origin": "participant", "months": 2, "reason": "Egzamin.", "by": social_worker, "on": ON}
    extension = actions.ask_extension(programme, **asked_for)
    end(programme, director)
    entry = Entry.objects.get(verb="extension_dropped")
    assert (entry.by, entry.object_id) == (director, extension.pk)
    extension.refresh_from_db()
    assert (extension.withdrawn_on, extension.state) == (ON, ("plain", "bezprzedmiotowa"))
    page = as_user(director).get(f"/uczestnicy/przedluzenia/{extension.pk}/").content.decode()
    assert "bezprzedmiotowe: program zakończono" in page
    assert "Wycofano" not in page
