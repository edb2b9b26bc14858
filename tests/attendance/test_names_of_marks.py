"""A centre calls a mark as its regulations do: on no page and no paper stands another word for it."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from attendance.actions import close
from attendance.actions.certificates import issue_certificate
from attendance.actions.corrections import ask_correction
from attendance.documents.person_sheet import person_sheet
from attendance.reading.history import changes_of
from attendance.reading.termination import Case
from attendance.reading.years import ProgrammeYears
from attendance.terms import Terms
from cistor.centres.models import DayCode, Meaning
from tests.factories import make_group, make_participant, make_programme, mark_present

START, MONTH_END, FRIDAY, TODAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 31), date(2026, 8, 3)
DAYS = {
    date(2026, 7, 6): Meaning.SICK,
    date(2026, 7, 7): Meaning.CARE,
    date(2026, 7, 8): Meaning.EXCUSED,
    date(2026, 7, 9): Meaning.UNEXCUSED,
}
NEW = {meaning: f"słowo {number}" for number, meaning in enumerate(DAYS.values(), 1)}


@pytest.fixture
def old(centre) -> set[str]:
    """The words that the regulations had, and ours."""
    codes = DayCode.objects.filter(regulations__centre=centre, meaning__in=NEW)
    words = {*codes.values_list("name", flat=True), *(str(meaning.label) for meaning in NEW)}
    for meaning, name in NEW.items():
        codes.filter(meaning=meaning).update(name=name)
    return words


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def programme(centre, old, group, social_worker):
    programme = make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=social_worker)
    mark_present(programme, START, MONTH_END, but=DAYS)
    return programme


def pages(programme, group):
    """What a social worker opens about the days."""
    person, month = programme.participant_id, "?miesiac=2026-07"
    at = {day: f"?dzien={day}" for day in DAYS}
    yield from (reverse("attendance:day", args=[person]) + at[day] for day in DAYS)
    yield from (reverse("attendance:today", args=[group.pk]) + at[day] for day in DAYS)
    yield from (reverse(f"attendance:{name}", args=[person]) + month for name in ("person", "person_years"))
    yield reverse("attendance:month", args=[group.pk]) + month
    yield reverse("attendance:propose_termination", args=[programme.pk])
    yield from (reverse("attendance:ask_excuse", args=[programme.pk]) + at[day] for day in DAYS)
    yield f"{reverse('attendance:statistics')}?od={START}&do={MONTH_END}"
    yield reverse("desk:way", args=[person])


def old_words(text: str, old: set[str]) -> list[str]:
    return [word for word in old if word in text]


def test_no_page_has_another_word(as_user, old, programme, group, social_worker):
    client = as_user(social_worker, TODAY)
    for address in pages(programme, group):
        page = client.get(address, follow=True)
        assert (page.status_code, old_words(page.content.decode(), old)) == (200, []), address


def test_each_of_these_pages_has_the_word_of_the_regulations(as_user, programme, group, social_worker):
    client = as_user(social_worker, TODAY)
    for address in pages(programme, group):
        page = client.get(address).content.decode()
        assert any(word in page for word in NEW.values()), address


def test_the_desk_calls_those_who_are_missing_so(as_user, old, programme, social_worker):
    page = as_user(social_worker, date(2026, 7, 9)).get(reverse("desk:desk")).content.decode()
    assert (NEW[Meaning.UNEXCUSED] in page, old_words(page, old)) == (True, [])


def test_what_a_note_has_marked_is_told_so(as_user, old, programme, social_worker):
    days = dict.fromkeys(("start_on", "end_on", "issued_on", "delivered_on"), str(TODAY))
    form = {"token": "a", "kind": "own", **days}
    client, address = as_user(social_worker, TODAY), reverse("attendance:new_note", args=[programme.pk])
    shown = client.post(address, form).context["form"].data
    page = client.post(address, {**form, "seen": shown["seen"]}, follow=True).content.decode()
    assert ("Oznaczono 1 dzień: słowo 1." in page, old_words(page, old)) == (True, [])


def test_the_history_of_a_day_and_the_corrections_asked_say_it(as_user, old, programme, social_worker, director):
    day = date(2026, 7, 9)
    close(programme, start_on=START, end_on=MONTH_END, by=social_worker, on=TODAY)
    ask_correction(programme, on_day=day, meaning="excused", reason="Sąd.", by=social_worker, on=TODAY)
    page = as_user(director, TODAY).get(f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={day}")
    text = page.content.decode()
    assert ("NN – słowo 4 → NU – słowo 3" in text, old_words(text, old)) == (True, [])
    codes = Terms(programme.participant.centre).codes(day)
    assert [change.after.label for change in changes_of(programme, day, [], codes)] == ["słowo 4"]


def test_the_spreadsheet_has_the_letters_and_the_words(as_user, old, programme, director):
    data = as_user(director, TODAY).get(reverse("attendance:statistics_file"), {"od": START, "do": MONTH_END}).content
    heads = [cell.value for cell in load_workbook(BytesIO(data)).worksheets[0][1]]
    assert {"L4 – słowo 1", "L4 OP – słowo 2", "NU – słowo 3", "NN – słowo 4"} <= set(heads)
    assert not old & set(heads)


def test_a_proposal_keeps_the_words_for_the_decision(programme):
    days = Case(programme, on=TODAY).frozen_days([str(day) for day in DAYS])
    assert [day["name"] for day in days] == list(NEW.values())


def test_papers_have_the_words(old, programme, letterhead, social_worker):
    given = {"start": START, "end": MONTH_END, "with_kinds": True, "by": social_worker, "on": TODAY}
    certificate = issue_certificate(programme, **given).context
    assert [kind["label"] for kind in certificate["kinds"]] == [
        "L4 – słowo 1",
        "L4 OP – słowo 2",
        "NU – słowo 3",
        "NN – słowo 4",
    ]
    years = ProgrammeYears(programme, Terms(programme.participant.centre), today=TODAY, start=START, end=MONTH_END)
    assert old_words(f"{certificate}{person_sheet(years)}", old) == []
