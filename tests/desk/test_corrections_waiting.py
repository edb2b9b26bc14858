"""Corrections on the desk: what waits for a decision, and what came of the own questions."""

from datetime import date

import pytest

from attendance.actions import ask_correction, close, decide_correction, record_note
from attendance.models import SickNote
from cistor.accounts.models import StandIn, User
from cistor.centres.models import DayCode
from cistor.desk import waiting
from tests.factories import make_participant, make_programme, make_user

WEDNESDAY, ASKED_ON = date(2026, 3, 11), date(2026, 3, 9)
TEXT = "Korekta obecności czeka na decyzję: "


@pytest.fixture
def ask(centre, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 1, 5), by=social_worker)
    close(programme, start_on=date(2026, 2, 1), end_on=date(2026, 2, 28), by=social_worker, on=ASKED_ON)

    def asked(by=social_worker, day=date(2026, 2, 9)):
        fields = {"meaning": "present", "reason": "Lista papierowa."}
        return ask_correction(programme, on_day=day, **fields, by=by, on=ASKED_ON)

    return asked


def about_corrections(user, on=WEDNESDAY) -> list[waiting.Matter]:
    return [matter for matter in waiting.matters(user, on=on) if matter.text.startswith("Korekta")]


def test_what_waits_for_the_director_is_one_click_from_the_decision(ask, director):
    correction = ask()
    (matter,) = about_corrections(director)
    assert matter.text == f"{TEXT}{correction.programme.participant}, 9 lutego 2026"
    assert (matter.kind, matter.word, matter.url) == ("soon", "od 09.03", f"/obecnosc/korekty/{correction.pk}/")


def test_it_waits_for_the_stand_in_and_for_nobody_else(ask, centre, director, payroll):
    ask()
    deputy = make_user(centre, "instructor")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=WEDNESDAY, end_on=WEDNESDAY)
    assert len(about_corrections(User.objects.get(pk=deputy.pk))) == 1
    assert about_corrections(payroll) == []


def test_the_own_question_waits_for_another_unless_the_centre_is_led_by_one_person(ask, centre, director):
    ask(by=director)
    assert about_corrections(director) == []
    centre.single_handed = True
    centre.save()
    assert len(about_corrections(User.objects.get(pk=director.pk))) == 1


def test_the_asker_is_told_for_a_week_what_came_of_it(ask, social_worker, director):
    decide_correction(ask(), granted=False, note="Na liście jest kreska.", by=director, on=WEDNESDAY)
    (matter,) = about_corrections(social_worker, date(2026, 3, 17))
    assert (matter.kind, matter.word) == ("info", "odmowa")
    assert about_corrections(social_worker, date(2026, 3, 18)) == []
    assert about_corrections(director) == []


def test_another_centre_is_told_nothing(ask, outsider):
    ask()
    assert about_corrections(outsider) == []


# Overtaken by a paper -------------------------------------------------------------------------------------------------

NOTE = {"kind": "own", "start_on": date(2026, 2, 9), "end_on": date(2026, 2, 10)}


def overtaken(user, on=WEDNESDAY) -> list[waiting.Matter]:
    return [row for row in waiting.matters(user, on=on) if row.word in ("korekta", "uzupełnij")]


@pytest.fixture
def closed(centre, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 1, 5), by=social_worker)
    close(programme, start_on=date(2026, 2, 1), end_on=date(2026, 2, 28), by=social_worker, on=ASKED_ON)
    return programme


def test_closed_days_that_a_paper_has_overtaken_wait_for_whoever_may_ask(closed, director, social_worker, payroll):
    paper = {"issued_on": NOTE["start_on"], "delivered_on": NOTE["start_on"], "due_on": NOTE["end_on"]}
    SickNote.objects.create(programme=closed, **NOTE, **paper, entered_by=director, entered_on=ASKED_ON)
    for user in (social_worker, payroll):
        (matter,) = overtaken(user)
        assert matter.text == "Obecność: 2 zamknięte dni mówią co innego niż zapisy, poproś o korektę"
        assert matter.url == "/obecnosc/korekty/#rozne"
    assert overtaken(director) == []
    ask_correction(closed, on_day=NOTE["start_on"], meaning="sick", reason="Druk.", by=payroll, on=WEDNESDAY)
    assert "1 zamknięty dzień mówi" in overtaken(social_worker)[0].text


def test_what_was_asked_for_or_refused_waits_for_nobody_there(closed, social_worker, director, payroll):
    record_note(closed, **NOTE, issued_on=NOTE["start_on"], delivered_on=NOTE["start_on"], by=payroll, on=ASKED_ON)
    assert overtaken(social_worker) == []
    for row in closed.corrections.open():
        decide_correction(row, granted=False, note="Nie.", by=director, on=WEDNESDAY)
    assert overtaken(social_worker) == []


def test_a_day_for_which_the_regulations_have_no_code_waits_for_who_sets_them(centre, director, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 1, 5), by=social_worker)
    days = {"start_on": date(2026, 3, 9), "end_on": date(2026, 3, 10)}
    paper = {"issued_on": days["start_on"], "delivered_on": days["start_on"], "due_on": days["end_on"]}
    SickNote.objects.create(programme=programme, kind="care", **days, **paper, entered_by=director, entered_on=ASKED_ON)
    assert overtaken(director) == []
    DayCode.objects.filter(regulations__centre=centre, meaning="care").delete()
    (matter,) = overtaken(director)
    assert matter.text.startswith("Regulamin nie ma oznaczenia: ")
    assert matter.text.endswith("; 2 dni czekają")
    assert overtaken(social_worker) == []
