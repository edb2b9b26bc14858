"""The pages of sick notes: what a new one would change is shown first, and who reads what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions import amend_note, close, decide_note, record_check, record_note, withdraw_note
from attendance.actions.retractions import retract
from attendance.models import Correction, LeaveDay, LeaveRequest, SickNote
from cistor.journal.models import Reading
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY, FRIDAY = (date(2026, 3, day) for day in (9, 10, 11, 13))


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def enter(social_worker):
    def entered(programme, start_on=MONDAY, end_on=TUESDAY, **over):
        days = {"start_on": start_on, "end_on": end_on, "issued_on": start_on} | over
        return record_note(programme, kind="own", number="ZN 7654321", **days, by=social_worker, on=FRIDAY).note

    return entered


def granted_day(programme, day, by) -> LeaveDay:
    decided = {"granted": True, "decided_by": by, "decided_on": MONDAY}
    request = LeaveRequest.objects.create(programme=programme, filed_on=MONDAY, asked_by=by, asked_on=MONDAY, **decided)
    return LeaveDay.objects.create(request=request, programme=programme, on=day)


def posted(start, end, delivered="", **over) -> dict:
    days = {"start_on": start, "end_on": end, "issued_on": start, "delivered_on": delivered}
    return {"token": "a", "kind": "own", **{name: str(day) for name, day in days.items()}, **over}


def twice(client, url, paper) -> str:
    """The page after what was shown is sent once more."""
    seen = client.post(url, paper).context["form"].data["seen"]
    return client.post(url, {**paper, "seen": seen}, follow=True).content.decode()


def test_the_form_shows_first_what_the_note_would_change(as_user, programme, social_worker, enter):
    enter(programme, date(2026, 3, 2), date(2026, 3, 4), delivered_on=date(2026, 3, 4))
    mark(programme, {date(2026, 3, 5): "excused", TUESDAY: "present"}, by=social_worker)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    client, url = as_user(social_worker, FRIDAY), f"/obecnosc/zwolnienia/nowe/{programme.pk}/"
    assert "dni chorobowe w programie: 3 z 14" in client.get(url).content.decode()
    answer = client.post(url, posted(MONDAY, WEDNESDAY, FRIDAY))
    shown = answer.context["shown"]
    assert SickNote.objects.count() == 1
    assert shown.warnings == [
        (
            "W tych dniach oznaczono obecność: 10 marca. Zwolnienie przesłoni ją. "
            "Ustal, czy ta osoba była wtedy na zajęciach."
        ),
        "Od poprzedniego zwolnienia zostają dni zajęć bez usprawiedliwienia: 6 marca.",
    ]
    assert shown.consequences == [
        "Zwolnienie oznaczy 2 dni, tymczasowo: doręczono je po terminie, więc rozstrzygnie kierujący centrum.",
        "Dni chorobowe w programie: 3 → 5 z 14.",
        "Nie zmieni dni, które są już zamknięte (1 dzień). O korektę poprosi się, gdy zwolnienie będzie pewne.",
    ]
    # Changed meanwhile, it is shown anew; sent as it was shown, it is saved.
    seen = {"seen": answer.context["form"].data["seen"]}
    assert client.post(url, posted(MONDAY, TUESDAY, FRIDAY, **seen)).context["shown"]
    # A day marked as attended is covered up only by who has ticked it, with the day before their eyes.
    asked = client.post(url, posted(MONDAY, WEDNESDAY, FRIDAY, **seen))
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["despite"])
    assert "Wpisz mimo oznaczonej obecności: 10 marca" in asked.content.decode()
    # What it would change stays in sight, and the button says what it does.
    assert asked.context["shown"].consequences == shown.consequences
    assert asked.context["submit"] == "Zapisz zwolnienie"
    assert SickNote.objects.count() == 1
    ticked = posted(MONDAY, WEDNESDAY, FRIDAY, despite="on", **seen)
    saved = client.post(url, ticked, follow=True)
    assert "Zwolnienie jest wpisane. Oznaczono 2 dni: " in saved.content.decode()
    assert SickNote.objects.count() == 2


def test_an_overlap_is_told_and_what_cannot_be_is_said_at_its_field(as_user, programme, instructor, enter):
    enter(programme)
    client, url = as_user(instructor, FRIDAY), f"/obecnosc/zwolnienia/nowe/{programme.pk}/"
    (warning,) = client.post(url, posted(TUESDAY, FRIDAY)).context["shown"].warnings
    assert warning == "Nakłada się na inne zwolnienie: 9–10 marca 2026, choroba uczestnika."
    wrong = client.post(url, posted(FRIDAY, MONDAY))
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["end_on"]


@pytest.mark.parametrize(
    "role, number, health", [("social_worker", True, True), ("payroll", True, False), ("instructor", False, False)]
)
def test_each_reads_of_a_note_what_is_theirs(as_user, request, programme, director, enter, role, number, health):
    note = enter(programme, delivered_on=FRIDAY)
    decide_note(note, accepted=False, note_text="Trzeci raz po terminie.", by=director, on=FRIDAY)
    record_check(note, visited_on=TUESDAY, result="absent", text="Nikt nie otworzył.", by=director, on=FRIDAY)
    user = request.getfixturevalue(role)
    page = as_user(user, FRIDAY).get(f"/obecnosc/zwolnienia/{note.pk}/").content.decode()
    assert "9–10 marca 2026" in page
    assert ("ZN 7654321" in page) == number
    assert ("Trzeci raz" in page, "Nikt nie otworzył" in page) == (health, health)
    assert Reading.objects.filter(participant=programme.participant, what="sick_note", by=user).exists()


def test_the_list_begins_with_what_waits_and_takes_the_same_queries(as_user, centre, group, director, enter):
    def person():
        return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))

    enter(person(), delivered_on=TUESDAY)
    awaited = enter(person(), date(2026, 3, 3), date(2026, 3, 4))
    client = as_user(director, FRIDAY)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            rows = client.get("/obecnosc/zwolnienia/").context["rows"]
        assert rows[0][0] == awaited
        return len(asked)

    queries()
    few = queries()
    for _ in range(4):
        enter(person(), delivered_on=TUESDAY)
    assert queries() == few


def test_a_decision_without_its_button_decides_nothing(as_user, programme, director, enter):
    note = enter(programme, delivered_on=FRIDAY)
    answer = as_user(director, FRIDAY).post(f"/obecnosc/zwolnienia/{note.pk}/decyzja/", {"token": "b", "note": "Nie."})
    note.refresh_from_db()
    assert (answer.status_code, note.accepted) == (422, None)


def test_an_overlap_and_a_gap_are_told_after_saving_too(as_user, programme, director, enter):
    enter(programme)
    mark(programme, {FRIDAY: "present"}, by=director)
    later = enter(programme, FRIDAY, FRIDAY)
    enter(programme, FRIDAY, date(2026, 3, 16))
    client = as_user(director, FRIDAY)
    page = client.get(f"/obecnosc/zwolnienia/{later.pk}/").content.decode()
    assert "13–16 marca 2026, choroba uczestnika" in page
    assert "11 i 12 marca" in page
    assert ("Oznaczono obecność", "13 marca") in client.get(f"/obecnosc/zwolnienia/{later.pk}/").context["facts"]
    for url in ("/obecnosc/zwolnienia/", f"/obecnosc/zwolnienia/osoba/{programme.participant_id}/"):
        rows = client.get(url).context["rows"]
        assert sorted(row[3] for row in rows) == ["", "nakłada się, luka", "nakłada się, luka"]


def test_an_announced_note_is_delivered_on_a_page_that_knows_it(as_user, programme, social_worker):
    note = record_note(programme, kind="own", start_on=MONDAY, end_on=FRIDAY, by=social_worker, on=MONDAY).note
    client, url = as_user(social_worker, WEDNESDAY), f"/obecnosc/zwolnienia/{note.pk}/"
    assert "jeszcze nie, termin 11 marca 2026, liczony od pierwszego dnia" in client.get(url).content.decode()
    form = client.get(f"{url}doreczenie/").context["form"]
    assert (form["start_on"].value(), form["issued_on"].value()) == (MONDAY, None)
    paper = posted(TUESDAY, WEDNESDAY, WEDNESDAY, number="ZN 1")
    page = twice(client, f"{url}doreczenie/", paper)
    note.refresh_from_db()
    assert (note.start_on, note.end_on, note.number) == (TUESDAY, WEDNESDAY, "ZN 1")
    assert "Doręczenie jest zapisane. Zmieniono 5 dni." in page
    assert "10–11 marca 2026" in page


def test_who_may_not_read_the_number_keeps_it_when_amending(as_user, programme, instructor, enter):
    note = enter(programme, delivered_on=TUESDAY)
    client, url = as_user(instructor, FRIDAY), f"/obecnosc/zwolnienia/{note.pk}/poprawienie/"
    assert "ZN 7654321" not in client.get(url).content.decode()
    twice(client, url, posted(MONDAY, WEDNESDAY, TUESDAY))
    note.refresh_from_db()
    assert (note.end_on, note.number) == (WEDNESDAY, "ZN 7654321")


def test_the_page_of_withdrawing_names_what_comes_back(as_user, programme, director, social_worker, enter):
    rows = [granted_day(programme, day, director) for day in (MONDAY, TUESDAY)]
    note = enter(programme, delivered_on=TUESDAY)
    granted_day(programme, TUESDAY, director)
    client, url = as_user(social_worker, FRIDAY), f"/obecnosc/zwolnienia/{note.pk}/wycofanie/"
    sentences = [
        "Znów są dniami wolnymi: 9 marca.",
        "Dniami wolnymi już nie będą: 10 marca (poproszono o niego na nowo).",
    ]
    page = client.get(url).content.decode()
    assert all(sentence in page for sentence in sentences)
    note.refresh_from_db()
    assert note.withdrawn_on is None
    page = client.post(url, {"token": "b"}, follow=True).content.decode()
    assert all(sentence in page for sentence in sentences)
    rows[0].refresh_from_db()
    assert rows[0].released_on is None


def test_a_refusal_says_which_days_are_unexcused(as_user, programme, director, social_worker, enter):
    mark(programme, {MONDAY: "present", TUESDAY: "sick"}, by=social_worker)
    note = enter(programme, delivered_on=FRIDAY)
    client, url = as_user(director, FRIDAY), f"/obecnosc/zwolnienia/{note.pk}/"
    answer = client.post(f"{url}decyzja/", {"token": "b", "note": "Za późno.", "refuse": "1"}, follow=True)
    assert "Zwolnienie nie jest uznane. Nieusprawiedliwione: 10 marca." in answer.content.decode()
    assert ("Dni nieusprawiedliwione", "10 marca") in answer.context["facts"]


def test_a_visit_taken_back_is_crossed_out(as_user, programme, social_worker, enter):
    note = enter(programme, delivered_on=TUESDAY)
    check = record_check(note, visited_on=TUESDAY, result="absent", by=social_worker, on=FRIDAY)
    client, url = as_user(social_worker, FRIDAY), f"/obecnosc/zwolnienia/{note.pk}/"
    assert f"/visit/{check.pk}/" in client.get(url).content.decode()
    retract(check, why="Inny adres.", by=social_worker, on=FRIDAY)
    page = client.get(url).content.decode()
    assert f"/visit/{check.pk}/" not in page
    assert "<del><strong>" in page
    assert "Inny adres." in page


def test_the_list_says_who_is_away_today_for_planning_visits(as_user, programme, instructor, social_worker, enter):
    note = enter(programme, MONDAY, FRIDAY, delivered_on=TUESDAY)
    check = record_check(note, visited_on=TUESDAY, result="absent", by=social_worker, on=TUESDAY)
    other = record_check(note, visited_on=WEDNESDAY, result="found", by=social_worker, on=WEDNESDAY)
    retract(other, why="Inny adres.", by=social_worker, on=FRIDAY)
    answer = as_user(social_worker, FRIDAY).get("/obecnosc/zwolnienia/")
    assert answer.context["away"] == [(note, check)]
    assert "kontrola 10.03.2026: nie zastano" in answer.content.decode()
    assert "nie zastano" not in as_user(instructor, FRIDAY).get("/obecnosc/zwolnienia/").content.decode()
    assert not as_user(social_worker, date(2026, 3, 14)).get("/obecnosc/zwolnienia/").context["away"]


def test_over_closed_days_alone_the_preview_says_whole_sentences(as_user, programme, social_worker):
    mark(programme, {MONDAY: "present", TUESDAY: "unexcused"}, by=social_worker)
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=social_worker, on=FRIDAY)
    client, url = as_user(social_worker, FRIDAY), f"/obecnosc/zwolnienia/nowe/{programme.pk}/"
    shown = client.post(url, posted(MONDAY, TUESDAY, FRIDAY)).context["shown"]
    assert shown.consequences[0] == (
        "Żaden otwarty dzień się nie zmieni. Zwolnienie jest tymczasowe: "
        "doręczono je po terminie, więc rozstrzygnie kierujący centrum."
    )
    assert not any("→" in sentence for sentence in shown.consequences)
    assert "przesłoni" not in shown.warnings[0]


def test_the_director_reads_which_closed_days_accepting_changes_at_once(as_user, programme, director, enter):
    note = enter(programme, delivered_on=FRIDAY)
    other = enter(programme, FRIDAY, FRIDAY, delivered_on=FRIDAY)
    withdraw_note(note, by=director, on=FRIDAY)
    mark(programme, {MONDAY: "unexcused", TUESDAY: "unexcused"}, by=director)
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=director, on=FRIDAY)
    note = enter(programme, delivered_on=FRIDAY)
    client = as_user(director, FRIDAY)
    answer = client.get(f"/obecnosc/zwolnienia/{note.pk}/")
    (sentence,) = answer.context["closed"]
    assert sentence == "Uznanie zmieni od razu dni zamknięte: 9 i 10 marca (NN → L4)."
    assert sentence in answer.content.decode()
    assert "zmieni od razu" not in client.get(f"/obecnosc/zwolnienia/{other.pk}/").content.decode()
    note.refresh_from_db()
    assert (note.accepted, Correction.objects.count()) == (None, 0)
    decided = client.post(f"/obecnosc/zwolnienia/{note.pk}/decyzja/", {"token": "b", "grant": "1"}, follow=True)
    assert "Zamknięte dni zmienione od razu: 2." in decided.content.decode()


def test_of_closed_days_that_accepting_leaves_the_director_reads_too(as_user, programme, director, enter):
    mark(programme, {MONDAY: "unexcused"}, by=director)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=director, on=FRIDAY)
    note = enter(programme, delivered_on=date(2026, 3, 12))
    amend_note(note, delivered_on=FRIDAY, by=director, on=FRIDAY)
    page = as_user(director, FRIDAY).get(f"/obecnosc/zwolnienia/{note.pk}/").content.decode()
    assert "Dni zamknięte (1 dzień) zmieni tylko osobna korekta." in page


def test_the_help_of_an_announced_end_is_not_shown_once_the_paper_is_here(as_user, programme, director, enter):
    announced, delivered = enter(programme), enter(programme, FRIDAY, FRIDAY, delivered_on=FRIDAY)
    client, help_text = as_user(director, FRIDAY), "Zapowiedziany: spodziewany"
    shown = {
        step: help_text in client.get(f"/obecnosc/zwolnienia/{pk}/{step}/").content.decode()
        for step, pk in (("doreczenie", announced.pk), ("poprawienie", delivered.pk))
    }
    assert shown == {"doreczenie": False, "poprawienie": False}
    assert help_text in client.get(f"/obecnosc/zwolnienia/{announced.pk}/poprawienie/").content.decode()
