"""After the end: the certificate, clothing and tools, and how somebody fares."""

from datetime import date

import pytest

from participants import actions
from tests.factories import end, make_participant, make_programme
from tests.participants.refusals import refusal
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

START, LAST, ON = date(2026, 3, 2), date(2026, 5, 19), date(2026, 5, 25)


@pytest.fixture
def running(centre):
    make_letterhead(centre)
    return make_programme(make_participant(centre), start_on=START)


@pytest.fixture
def ended(running):
    return end(running, ended_on=LAST, kind="job")


def test_the_certificate_says_from_when_until_when_and_what_was_learnt(ended, director):
    row = actions.issue_certificate(ended, skills=" Obsługa pilarki. ", by=director, on=ON)
    context = row.document.context
    assert row.document.number == "ZU/1/2026"
    assert (context["start_on"], context["last_on"]) == ("2026-03-02", "2026-05-19")
    assert (context["skills"], row.skills) == ("Obsługa pilarki.", "Obsługa pilarki.")
    assert "już wydane" in refusal(actions.issue_certificate, ended, skills="", by=director, on=ON)[1]


def test_the_certificate_does_not_say_how_the_programme_ended(running, director):
    end(running, ended_on=LAST, kind="breach")
    context = actions.issue_certificate(running, skills="", by=director, on=ON).document.context
    assert not {"kind", "end_kind", "reason"} & set(context)


def test_only_the_head_signs_a_certificate_and_only_after_the_last_day(ended, director, social_worker):
    assert "uprawnień" in refusal(actions.issue_certificate, ended, skills="", by=social_worker, on=ON)[1]
    assert "19.05.2026" in refusal(actions.issue_certificate, ended, skills="", by=director, on=date(2026, 5, 18))[1]


def test_nothing_follows_a_programme_that_goes_on(running, director):
    acts = [
        (actions.issue_certificate, {"skills": ""}),
        (actions.record_clearance, {"cleared_on": ON, "is_complete": True}),
        (actions.record_follow_up, {"contacted_on": ON, "situation": "job"}),
    ]
    for act, given in acts:
        assert "nie zakończył" in refusal(act, running, **given, by=director, on=ON)[1]


def test_what_is_missing_of_clothing_and_tools_is_named(ended, social_worker):
    given = {"cleared_on": ON, "by": social_worker, "on": ON}
    assert refusal(actions.record_clearance, ended, is_complete=False, **given)[0] == "note"
    row = actions.record_clearance(ended, is_complete=False, note="Klucz do szafki.", **given)
    assert (row.is_complete, row.note) == (False, "Klucz do szafki.")
    assert "już zapisane" in refusal(actions.record_clearance, ended, is_complete=True, **given)[1]


def test_each_contact_is_a_row_and_none_lies_before_the_end(ended, social_worker):
    def contact(day, situation):
        return actions.record_follow_up(ended, contacted_on=day, situation=situation, by=social_worker, on=ON)

    contact(date(2026, 5, 20), "unknown")
    contact(ON, "job")
    assert [row.situation for row in ended.follow_ups.order_by("pk")] == ["unknown", "job"]
    for wrong in (date(2026, 5, 18), date(2026, 5, 26)):
        assert refusal(contact, wrong, "job")[0] == "contacted_on"
    assert refusal(contact, ON, "holiday")[0] == "situation"
