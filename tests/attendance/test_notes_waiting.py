"""What waits about sick notes: on the desk, among the deadlines, before the closing of a month."""

from datetime import date

import pytest

from attendance.actions import close_month, decide_note, deliver_note, record_check, record_note, withdraw_note
from attendance.actions.retractions import retract
from attendance.deadlines import of_notes
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.desk import sick_notes
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from participants.models import Programme
from tests.factories import make_group, make_participant, make_programme, mark_present

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(9, 14))


@pytest.fixture
def programme(centre, instructor):
    participant = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(participant, start_on=date(2026, 1, 5))


@pytest.fixture
def note(programme, social_worker):
    """Due on Wednesday, and not here."""
    days = {"start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY}
    return record_note(programme, kind="own", **days, by=social_worker, on=MONDAY).note


def deadline(centre):
    (row,) = of_notes(Programme.objects.filter(participant__centre=centre), TermBook([centre.pk]), THURSDAY)
    return row


def test_the_deadline_is_that_of_the_note_and_met_by_its_delivery(note, centre, social_worker):
    row = deadline(centre)
    assert (row.due_on, row.source, row.participant) == (WEDNESDAY, "§3 ust. 4 lit. c", note.programme.participant_id)
    assert [row.state(day) for day in (TUESDAY, WEDNESDAY, THURSDAY)] == ["due_soon", "due_soon", "overdue"]
    deliver_note(note, delivered_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    assert deadline(centre).state(THURSDAY) == "met"


def test_without_a_paper_the_decision_ends_the_deadline(note, centre, director):
    decide_note(note, accepted=False, note_text="Nie ma go.", by=director, on=THURSDAY)
    assert deadline(centre).void
    withdraw_note(note, by=director, on=THURSDAY)
    assert of_notes(Programme.objects.all(), TermBook([centre.pk]), THURSDAY) == []


def test_after_its_day_it_waits_for_the_director_and_the_answer_reaches_who_entered_it(note, director, social_worker):
    assert list(sick_notes.to_decide(director, WEDNESDAY)) == []
    (matter,) = sick_notes.to_decide(director, THURSDAY)
    assert matter.url == f"/obecnosc/zwolnienia/{note.pk}/"
    assert list(sick_notes.to_decide(social_worker, THURSDAY)) == []
    decide_note(note, accepted=True, note_text="", by=director, on=THURSDAY)
    assert list(sick_notes.to_decide(director, THURSDAY)) == []
    (told,) = sick_notes.answered(social_worker, THURSDAY)
    assert (told.kind, told.word) == ("info", "uznane")


def test_the_closing_names_the_note_that_keeps_a_day_provisional(
    note, centre, programme, director, social_worker, as_user
):
    withdraw_note(note, by=director, on=TUESDAY)
    mark_present(programme, date(2026, 3, 2), date(2026, 3, 31), but={MONDAY: "unexcused"}, by=director)
    days = {"start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY}
    awaited = record_note(programme, kind="own", **days, by=social_worker, on=TUESDAY).note
    group = programme.participant.memberships.get().group_id
    url = f"/obecnosc/zamkniecie/?miesiac=2026-03&grupa={group}"
    page = as_user(director, date(2026, 4, 1)).get(url).content.decode()
    assert f'<a href="/obecnosc/zwolnienia/{awaited.pk}/">9.03 (zwolnienie)</a>' in page
    assert "albo do zwolnienia, na które czeka" in page
    with pytest.raises(Refused, match="tymczasowe"):
        close_month(centre=centre, month=date(2026, 3, 1), by=director, on=date(2026, 4, 1))
    decide_note(awaited, accepted=True, note_text="", by=director, on=date(2026, 4, 1))
    assert close_month(centre=centre, month=date(2026, 3, 1), by=director, on=date(2026, 4, 1)) == 1


def test_who_entered_a_note_does_not_decide_it_where_there_are_two(centre, programme, director):
    days = {"start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY}
    own = record_note(programme, kind="own", **days, by=director, on=MONDAY).note
    (told,) = sick_notes.to_decide(director, THURSDAY)
    assert told.kind == "info"
    with pytest.raises(Refused, match="ktoś inny niż osoba, która je wpisała"):
        decide_note(own, accepted=True, note_text="", by=director, on=THURSDAY)
    centre.single_handed = True
    centre.save()
    director.home_centre.refresh_from_db()
    (matter,) = sick_notes.to_decide(director, THURSDAY)
    assert matter.kind == "soon"
    assert decide_note(own, accepted=True, note_text="", by=director, on=THURSDAY).note.accepted


def test_the_badge_of_a_note_says_since_when_it_waits(centre, programme, director, social_worker):
    ahead = {"start_on": date(2026, 3, 17), "end_on": date(2026, 3, 20), "issued_on": MONDAY}
    record_note(programme, kind="own", **ahead, delivered_on=THURSDAY, by=social_worker, on=THURSDAY)
    record_note(programme, kind="own", start_on=MONDAY, end_on=TUESDAY, issued_on=MONDAY, by=social_worker, on=MONDAY)
    assert [matter.word for matter in sick_notes.to_decide(director, FRIDAY)] == ["od 11.03", "od 12.03"]
    DeadlineLength.objects.filter(centre=centre, code="sick_note").delete()
    record_note(programme, kind="care", start_on=FRIDAY, end_on=FRIDAY, by=social_worker, on=TUESDAY)
    told = [matter.word for matter in sick_notes.to_decide(director, date(2026, 3, 14))]
    assert told == ["od 11.03", "od 10.03", "od 12.03"]


def test_who_entered_a_late_note_is_told_who_decides(centre, programme, director):
    days = {"start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY}
    record_note(programme, kind="own", **days, by=director, on=MONDAY)
    (matter,) = sick_notes.to_decide(director, THURSDAY)
    assert (matter.kind, matter.text.endswith("a wpisze je kto inny")) == ("info", True)


def test_without_a_term_the_director_is_asked_after_some_days(centre, programme, director, social_worker):
    DeadlineLength.objects.filter(centre=centre, code="sick_note").delete()
    record_note(programme, kind="own", start_on=MONDAY, end_on=TUESDAY, by=social_worker, on=MONDAY)
    assert list(sick_notes.to_decide(director, THURSDAY)) == []
    (matter,) = sick_notes.to_decide(director, FRIDAY)
    assert (matter.kind, matter.due) == ("soon", None)
    assert matter.text.startswith("Zwolnienie bez terminu doręczenia czeka na decyzję: ")


def test_the_deadline_of_an_announced_note_counts_from_its_first_day(centre, programme, social_worker):
    record_note(programme, kind="own", start_on=TUESDAY, end_on=TUESDAY, by=social_worker, on=MONDAY)
    row = deadline(centre)
    assert (row.starts_on, row.due_on, row.source) == (TUESDAY, THURSDAY, "§3 ust. 4 lit. c")


def test_a_visit_that_found_something_else_waits_for_the_director_to_open_it(
    note, programme, director, social_worker, as_user
):
    record_reading(programme.participant, "sick_note", by=director)
    record_check(note, visited_on=MONDAY, result="found", by=social_worker, on=TUESDAY)
    assert list(sick_notes.visited(director, TUESDAY)) == []
    check = record_check(note, visited_on=TUESDAY, result="absent", by=social_worker, on=TUESDAY)
    (matter,) = sick_notes.visited(director, TUESDAY)
    assert matter.text.startswith("Kontrola zwolnienia 10 marca 2026: nie zastano: ")
    assert list(sick_notes.visited(social_worker, TUESDAY)) == []
    assert list(sick_notes.visited(director, date(2026, 3, 21))) == []
    other = record_check(note, visited_on=TUESDAY, result="refused", by=social_worker, on=TUESDAY)
    retract(other, why="Nie ta osoba.", by=social_worker, on=TUESDAY)
    assert len(list(sick_notes.visited(director, TUESDAY))) == 1
    as_user(director, TUESDAY).get(f"/obecnosc/zwolnienia/{check.sick_note_id}/")
    assert list(sick_notes.visited(director, TUESDAY)) == []
