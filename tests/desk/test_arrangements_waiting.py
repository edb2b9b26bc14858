"""An annex or a proposal to end the programme that was arranged after an absence waits on a desk until there is one."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions.absences import close_absence, record_reason, reopen_absence, report_absence
from cistor.accounts.models import StandIn
from cistor.desk.arrangements import to_prepare
from cistor.desk.waiting import matters
from participants.actions import decide_termination, propose_termination, withdraw_termination
from participants.actions.annex import draft_annex, remove_annex
from participants.models import Participant
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))
NINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
TERMINATION, ANNEX = "wniosek o rozwiązanie IPZS", "aneks do IPZS"


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def arranged(centre, group, director):
    """`arranged(kind, by)` → an absence of Monday that was ended on Tuesday with that."""

    def made(kind, by):
        programme = make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)
        mark(programme, {MONDAY: "unexcused"})
        row = report_absence(programme, start_on=MONDAY, by=by, on=MONDAY, at=NINE)
        record_reason(row, kind="left", reason="", by=by, on=MONDAY)
        return close_absence(row, arrangement=kind, arranged="", by=by, on=TUESDAY)

    return made


def waiting(user, on=WEDNESDAY) -> list[str]:
    return [matter.text for matter in to_prepare(user, on)]


def said(row, what) -> str:
    return f"{row.programme.participant}: {what}, ustalony po nieobecności od 9 marca 2026"


def proposed(programme, by, on=WEDNESDAY):
    told = {"kind": "left", "grounds": [], "facts": "Nie przychodzi.", "days": [], "reason": "Zrezygnowała."}
    return propose_termination(programme, **told, last_on=on, through_fault=False, by=by, on=on)


def test_a_proposal_that_was_arranged_waits_until_somebody_makes_it(arranged, instructor, social_worker, director):
    row = arranged("termination", instructor)
    text = said(row, TERMINATION)
    assert [waiting(user) for user in (social_worker, director, instructor)] == [[text], [text], []]
    (matter,) = to_prepare(social_worker, WEDNESDAY)
    assert matter in matters(social_worker, on=WEDNESDAY)
    assert (matter.word, matter.url) == ("przygotuj", reverse("attendance:absence", args=[row.pk]))
    asked = proposed(row.programme, social_worker)
    assert waiting(director) == []
    decide_termination(asked, granted=False, note="Jeszcze jedna rozmowa.", by=director, on=WEDNESDAY)
    assert waiting(social_worker) == []


def test_a_proposal_taken_back_waits_to_be_made_again(arranged, social_worker):
    row = arranged("termination", social_worker)
    withdraw_termination(proposed(row.programme, social_worker), by=social_worker, on=WEDNESDAY)
    assert waiting(social_worker) == [said(row, TERMINATION)]


def test_an_annex_that_was_arranged_waits_until_somebody_has_begun_it(arranged, social_worker):
    row = arranged("annex", social_worker)
    assert waiting(social_worker) == [said(row, ANNEX)]
    draft = draft_annex(
        row.programme, changes="Krócej.", reason="Dojazd.", in_force_from=WEDNESDAY, by=social_worker, on=WEDNESDAY
    )
    assert waiting(social_worker) == []
    remove_annex(draft, by=social_worker, on=WEDNESDAY)
    assert waiting(social_worker) == [said(row, ANNEX)]


def test_one_is_no_answer_to_the_other(arranged, social_worker):
    row = arranged("annex", social_worker)
    proposed(row.programme, social_worker)
    assert waiting(social_worker) == [said(row, ANNEX)]


def test_who_stands_in_for_the_director_is_asked_for_what_they_may_prepare(arranged, centre, social_worker, director):
    row, _ = arranged("termination", social_worker), arranged("annex", social_worker)
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=WEDNESDAY, end_on=WEDNESDAY)
    assert waiting(deputy) == [said(row, TERMINATION)]
    assert waiting(deputy, date(2026, 3, 12)) == []


@pytest.mark.parametrize("kind", ["talk", "nothing", "other"])
def test_what_asks_for_no_paper_waits_for_none(arranged, social_worker, kind):
    row = arranged("termination", social_worker)
    reopen_absence(row, reason="Wpisano nie to.", by=social_worker, on=WEDNESDAY)
    assert waiting(social_worker) == []
    close_absence(row, arrangement=kind, arranged="Porozmawiano.", by=social_worker, on=WEDNESDAY)
    assert waiting(social_worker) == []


def test_a_programme_that_has_ended_and_a_person_erased_wait_for_nothing(arranged, social_worker):
    ended, erased = arranged("termination", social_worker), arranged("annex", social_worker)
    end(ended.programme, ended_on=TUESDAY)
    Participant.objects.filter(pk=erased.programme.participant_id).update(erased_on=WEDNESDAY)
    assert waiting(social_worker) == []


def test_another_centre_reads_nothing_of_it(arranged, social_worker, outsider):
    arranged("termination", social_worker)
    assert waiting(outsider) == []


def test_the_desk_asks_the_same_questions_of_many(arranged, social_worker):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            waiting(social_worker)
        return len(captured)

    arranged("termination", social_worker)
    queries()
    few = queries()
    for kind in ("annex", "termination"):
        arranged(kind, social_worker)
    assert queries() == few
