"""From a list to the form of one person: "Kogo dotyczy?"."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import record_reason, report_absence
from attendance.models import IssuedItem, LeaveRequest, SickNote
from attendance.views.whose import PAPERS
from cistor.accounts.models import StandIn
from cistor.centres.models import DayCode
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark

MONDAY, WEDNESDAY, FRIDAY = (date(2026, 3, day) for day in (9, 11, 13))
STARTED = date(2026, 1, 5)
AT = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def other_group(centre):
    return make_group(centre, make_user(centre, "instructor"), name="Kuchnia")


@pytest.fixture
def kalina(centre, group):
    return make_programme(make_participant(centre, group=group, last_name="Łąkowa"), start_on=STARTED)


@pytest.fixture
def malina(centre, other_group):
    person = make_participant(centre, group=other_group, first_name="Malina", last_name="Leśna")
    return make_programme(person, start_on=STARTED)


def page_of(paper: str) -> str:
    return reverse("attendance:whose", args=[paper])


def names(answer) -> dict[str, list[str]]:
    return {title: [choice.name for choice in choices] for title, choices in answer.context["groups"]}


def test_everybody_with_a_running_programme_is_offered_by_groups(as_user, kalina, malina, social_worker, centre):
    make_programme(make_participant(centre, first_name="Iga", last_name="Samotna"), start_on=STARTED)
    make_programme(make_participant(centre, last_name="Przyszła"), start_on=date(2026, 4, 1))
    answer = as_user(social_worker, FRIDAY).get(page_of("dni-wolne"))
    assert names(answer) == {"Kuchnia": ["Leśna Malina"], "Stolarnia": ["Łąkowa Kalina"], "Bez grupy": ["Samotna Iga"]}


def test_an_instructor_is_offered_the_own_groups(as_user, kalina, malina, instructor):
    answer = as_user(instructor, FRIDAY).get(page_of("incydent"))
    assert names(answer) == {"Stolarnia": ["Łąkowa Kalina"]}


@pytest.mark.parametrize("paper", PAPERS)
def test_each_choice_opens_the_form_of_that_person_and_no_name_stands_in_its_address(
    as_user, kalina, social_worker, paper
):
    client = as_user(social_worker, FRIDAY)
    ((_, (choice,)),) = client.get(page_of(paper)).context["groups"]
    assert choice.url == f"{reverse(PAPERS[paper].form, args=[kalina.pk])}?skad=lista"
    form = client.get(choice.url)
    assert form.status_code == 200
    assert form.context["cancel"] == reverse(PAPERS[paper].room)


def test_what_is_typed_comes_by_post_and_narrows(as_user, kalina, malina, centre, group, social_worker):
    make_programme(make_participant(centre, group=group, first_name="Olga", last_name="Lakowa"), start_on=STARTED)
    answer = as_user(social_worker, FRIDAY).post(page_of("zwolnienie"), {"text": "lakowa"})
    assert names(answer) == {"Stolarnia": ["Lakowa Olga", "Łąkowa Kalina"]}
    assert answer.status_code == 200


def test_who_is_found_alone_is_meant(as_user, kalina, malina, social_worker):
    answer = as_user(social_worker, FRIDAY).post(page_of("zwolnienie"), {"text": "łąk"})
    assert answer.url == f"{reverse('attendance:new_note', args=[kalina.pk])}?skad=lista"


def test_whoever_is_still_typing_is_led_nowhere(as_user, kalina, malina, social_worker):
    answer = as_user(social_worker, FRIDAY).post(page_of("zwolnienie"), {"text": "łąk"}, headers={"HX-Request": "true"})
    assert names(answer) == {"Stolarnia": ["Łąkowa Kalina"]}


@pytest.mark.parametrize("text", ["\0", "x" * 10_000, "9" * 30, "٣", "-1"])
def test_nonsense_is_answered_calmly(as_user, kalina, social_worker, text):
    assert as_user(social_worker, FRIDAY).post(page_of("zwolnienie"), {"text": text}).status_code in (200, 422)


def test_nobody_found_is_said(as_user, kalina, social_worker):
    client = as_user(social_worker, FRIDAY)
    late, early = (
        client.post(page_of(of), {"text": "Nieznana"}).content.decode() for of in ("zwolnienie", "dni-wolne")
    )
    assert "Nikogo takiego tu nie ma" in late
    assert ["albo skończyły go najwyżej 60 dni temu" in text for text in (late, early)] == [True, False]


@pytest.mark.parametrize(
    "paper, day, offered",
    [
        ("zwolnienie", date(2026, 4, 26), True),
        ("zwolnienie", date(2026, 4, 27), False),
        ("incydent", date(2026, 4, 26), True),
        ("dni-wolne", date(2026, 2, 26), False),
    ],
)
def test_who_has_ended_is_offered_for_sixty_days_where_the_paper_may_come_later(
    as_user, kalina, malina, social_worker, director, paper, day, offered
):
    """Ended on 25 February; its sixtieth day is 26 April."""
    end(malina, ended_on=date(2026, 2, 25), by=director)
    found = names(as_user(social_worker, day).get(page_of(paper)))
    ended = found.get("Program zakończony", [])
    assert ended == (["Leśna Malina"] if offered else [])
    assert found["Stolarnia"] == ["Łąkowa Kalina"]


def test_the_right_of_the_paper_is_asked(as_user, kalina, payroll):
    client = as_user(payroll, FRIDAY)
    assert client.get(page_of("zwolnienie")).status_code == 200
    for paper in ("incydent", "naruszenie", "wypadek", "rzecz", "czesc-dnia"):
        assert client.get(page_of(paper)).status_code == 403
    assert client.get(page_of("nic-takiego")).status_code == 404


def test_of_an_erased_person_nothing_is_entered(as_user, kalina, malina, social_worker):
    type(malina.participant).objects.filter(pk=malina.participant_id).update(erased_on=MONDAY)
    assert "Kuchnia" not in names(as_user(social_worker, FRIDAY).get(page_of("zwolnienie")))


@pytest.mark.parametrize(
    "room, papers",
    [
        ("notes", ["zwolnienie"]),
        ("leave", ["dni-wolne"]),
        ("order", ["incydent", "naruszenie", "wypadek"]),
        ("accidents", ["wypadek"]),
        ("items", ["rzecz"]),
        ("groups", ["czesc-dnia"]),
    ],
)
def test_the_list_leads_there(as_user, kalina, social_worker, room, papers):
    answer = as_user(social_worker, FRIDAY).get(reverse(f"attendance:{room}")).content.decode()
    assert [paper for paper in papers if f'href="{page_of(paper)}"' not in answer] == []


def test_the_list_leads_there_only_who_may(as_user, kalina, payroll):
    client = as_user(payroll, FRIDAY)
    assert page_of("rzecz") not in client.get(reverse("attendance:items")).content.decode()
    assert page_of("czesc-dnia") not in client.get(reverse("attendance:groups")).content.decode()


def test_what_was_entered_from_the_list_leads_back_to_it(as_user, kalina, social_worker):
    client, days = as_user(social_worker, FRIDAY), {"start_on": "2026-03-11", "end_on": "2026-03-11"}
    note = {"token": "a", "kind": "own", **days, "issued_on": "2026-03-11", "delivered_on": "2026-03-11"}
    url = f"{reverse('attendance:new_note', args=[kalina.pk])}?skad=lista"
    note["seen"] = client.post(url, note).context["form"].data["seen"]
    assert client.post(url, note).url == reverse("attendance:notes")
    assert SickNote.objects.count() == 1
    url = f"{reverse('attendance:ask_leave', args=[kalina.pk])}?skad=lista"
    asked = {"token": "b", "start_on": "2026-03-30", "filed_on": "2026-03-13", "reason": "Sprawa w urzędzie."}
    assert client.post(url, asked).url == reverse("attendance:leave")
    assert LeaveRequest.objects.count() == 1
    url = f"{reverse('attendance:issue_item', args=[kalina.pk])}?skad=lista"
    given = {"token": "c", "kind": "key", "what": "klucz", "quantity": "1", "given_on": "2026-03-13", "back": "zwykle"}
    answer = client.post(url, given)
    assert answer.url == reverse("attendance:items"), answer.context["form"].errors
    assert IssuedItem.objects.count() == 1


def test_without_the_list_the_way_stays_with_the_person(as_user, kalina, social_worker):
    url = reverse("attendance:new_note", args=[kalina.pk])
    answer = as_user(social_worker, FRIDAY).get(url)
    assert answer.context["cancel"] == reverse("attendance:person_notes", args=[kalina.participant_id])


def test_the_day_offers_what_may_be_entered_about_it(as_user, kalina, social_worker):
    answer = as_user(social_worker, FRIDAY).get(
        reverse("attendance:day", args=[kalina.participant_id]), {"dzien": "2026-03-11"}
    )
    ways = dict(answer.context["ways"])
    assert ways["Wpisz zwolnienie"] == f"{reverse('attendance:new_note', args=[kalina.pk])}?od=2026-03-11"
    assert ways["Wpisz incydent"] == f"{reverse('attendance:new_incident', args=[kalina.pk])}?dzien=2026-03-11"
    assert ways["Wpisz wniosek o dni wolne"] == f"{reverse('attendance:ask_leave', args=[kalina.pk])}?od=2026-03-11"


def test_a_day_ahead_offers_a_note_and_a_free_day(as_user, kalina, social_worker):
    answer = as_user(social_worker, FRIDAY).get(
        reverse("attendance:day", args=[kalina.participant_id]), {"dzien": "2026-03-30"}
    )
    ways = dict(answer.context["ways"])
    assert ways["Wpisz wniosek o dni wolne"] == f"{reverse('attendance:ask_leave', args=[kalina.pk])}?od=2026-03-30"
    assert "Wpisz incydent" not in ways
    assert ways["Wpisz wniosek o dni wolne"] in answer.content.decode()


@pytest.mark.parametrize(
    "name, parameter, field",
    [("new_note", "od", "start_on"), ("ask_leave", "od", "start_on"), ("new_incident", "dzien", "on_day")],
)
def test_the_form_takes_the_day_over(as_user, kalina, social_worker, name, parameter, field):
    client, url = as_user(social_worker, FRIDAY), reverse(f"attendance:{name}", args=[kalina.pk])
    form = client.get(url, {parameter: "2026-03-11"}).context["form"]
    assert form.get_initial_for_field(form.fields[field], field) == WEDNESDAY
    assert client.get(url, {parameter: "2026-13-45"}).status_code == 404


def test_an_absence_for_which_a_note_is_on_its_way_leads_to_it(as_user, kalina, social_worker):
    mark(kalina, {MONDAY: "unexcused"}, by=social_worker)
    absence = report_absence(kalina, start_on=MONDAY, by=social_worker, on=MONDAY, at=AT)
    record_reason(absence, kind="sick", reason="Choroba.", by=social_worker, on=MONDAY)
    shown = as_user(social_worker, FRIDAY).get(reverse("attendance:absence", args=[absence.pk])).content.decode()
    assert f'{reverse("attendance:new_note", args=[kalina.pk])}?od=2026-03-09"' in shown


def test_who_may_not_enter_a_note_is_not_led_to_its_form(as_user, kalina, centre, social_worker, director):
    mark(kalina, {MONDAY: "unexcused"}, by=social_worker)
    absence = report_absence(kalina, start_on=MONDAY, by=social_worker, on=MONDAY, at=AT)
    record_reason(absence, kind="sick", reason="Choroba.", by=social_worker, on=MONDAY)
    deputy = make_user(centre, "psychologist")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=FRIDAY, end_on=FRIDAY)
    shown = as_user(deputy, FRIDAY).get(reverse("attendance:absence", args=[absence.pk])).content.decode()
    assert reverse("attendance:new_note", args=[kalina.pk]) not in shown


def test_the_tile_of_a_person_leads_to_papers_about_the_day(as_user, kalina, instructor, group):
    url = reverse("attendance:today", args=[group.pk])
    shown = as_user(instructor, FRIDAY).get(url, {"dzien": "2026-03-11"}).content.decode()
    for name, parameter in (("new_note", "od"), ("ask_leave", "od"), ("new_incident", "dzien")):
        assert f'{reverse(f"attendance:{name}", args=[kalina.pk])}?{parameter}=2026-03-11"' in shown


def test_the_tile_names_a_mark_as_the_regulations_do(as_user, kalina, instructor, group, centre):
    DayCode.objects.filter(regulations__centre=centre, meaning="excused").update(name="nieobecność za zgodą")
    mark(kalina, {WEDNESDAY: "excused"}, by=instructor)
    url = reverse("attendance:today", args=[group.pk])
    shown = as_user(instructor, FRIDAY).get(url, {"dzien": "2026-03-11"}).content.decode()
    assert "Stoi: NU – nieobecność za zgodą;" in shown
