"""The foot of a paper names the paragraph of the centre's own regulations."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance.documents.basis import basis_of, basis_of_codes
from attendance.documents.leave import request_paper
from attendance.models import PartDay
from cistor.centres.actions import drafts
from tests.factories import make_centre, make_group, make_participant, make_programme

MONDAY = date(2026, 3, 9)
PAPERS = ("part_day", "meals", "things")
SECTIONS = {
    "cistor": ["§3 ust. 4 lit. b", "§4 cz. II pkt 6", "§4 cz. II pkt 3, 5 i 9", "§3 ust. 5"],
    "rzyszczewo": ["§9 ust. 2 lit. b", "§10 cz. II pkt 5", "§10 cz. II pkt 2 i 4", "§9 ust. 3"],
}


@pytest.mark.parametrize("preset", SECTIONS)
def test_each_paper_names_its_paragraph(db, preset):
    centre = make_centre(preset)
    title = centre.regulations.get().title
    found = [*(basis_of(centre.pk, MONDAY, name) for name in PAPERS), basis_of_codes(centre.pk, MONDAY)]
    assert found == [f"{title}, {section}" for section in SECTIONS[preset]]


@pytest.mark.parametrize(
    "preset, sections", [("cistor", "§3 ust. 3 lit. a"), ("rzyszczewo", "§9 ust. 1 lit. a, §9 ust. 1 lit. b")]
)
def test_a_request_for_free_days_names_how_many_there_are_and_how_early_it_is_filed(db, preset, sections):
    centre = make_centre(preset)
    paper = request_paper(centre, None, reads=True, on=MONDAY)
    assert paper["basis"] == f"{centre.regulations.get().title}, {sections}"


def test_where_the_regulations_name_no_paragraph_nothing_is_named(db):
    centre = make_centre("statute")
    assert [*(basis_of(centre.pk, MONDAY, name) for name in PAPERS), basis_of_codes(centre.pk, MONDAY)] == [""] * 4


def test_a_version_begun_from_another_names_its_paragraphs_until_they_are_changed(db, director):
    centre = director.centre
    first, who = centre.regulations.get(), {"by": director, "on": date(2026, 3, 2)}
    draft = drafts.start_draft(centre=centre, origin=first, title="Nowy", in_force_from=MONDAY, **who)
    assert draft.sources == first.sources
    drafts.change_settings(draft, values={}, sources={"meals": "§12 ust. 4"}, **who)
    drafts.make_binding(draft, **who)
    assert basis_of(centre.pk, MONDAY, "meals") == "Nowy, §12 ust. 4"
    assert basis_of(centre.pk, MONDAY, "things") == f"Nowy, {SECTIONS['cistor'][2]}"


@pytest.fixture
def programme(centre, instructor, letterhead):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=instructor)


def test_every_paper_of_attendance_prints_it(as_user, programme, instructor, director):
    hours = {"minutes": 60, "from_at": time(12), "to_at": time(13), "reason": "Urząd."}
    row = PartDay.objects.create(
        programme=programme, on=MONDAY, kind="early", by=instructor, recorded_on=MONDAY, **hours
    )
    group = programme.participant.memberships.get().group
    printed = {
        reverse("attendance:part_day_request", args=[row.pk]): 0,
        reverse("attendance:empty_part_day_request"): 0,
        reverse("attendance:meal_list", args=[group.pk], query={"pusty": "1"}): 1,
        reverse("attendance:issue_card", args=[programme.pk]): 2,
        reverse("attendance:sheet", args=[group.pk], query={"miesiac": "2026-03"}): 3,
        reverse("attendance:person_sheet", args=[programme.participant_id], query={"miesiac": "2026-03"}): 3,
    }
    client = as_user(director, MONDAY)
    missing = [page for page, section in printed.items() if SECTIONS["cistor"][section] not in text_of(client, page)]
    assert missing == []


def text_of(client, page: str) -> str:
    read = PdfReader(BytesIO(client.get(page).content))
    return " ".join(" ".join(page.extract_text() for page in read.pages).split())


def test_an_empty_list_of_meals_and_an_empty_leave_card_are_a_page_without_a_day(as_user, programme, instructor):
    group, client = programme.participant.memberships.get().group, as_user(instructor, MONDAY)
    meals = reverse("attendance:meal_list", args=[group.pk], query={"pusty": "1"})
    pages = PdfReader(BytesIO(client.get(meals).content)).pages
    assert len(pages) == 1
    assert "data i podpis" in " ".join(pages[0].extract_text().split())
    card = text_of(client, reverse("attendance:empty_leave_card"))
    assert ("dnia" in card, "marca 2026" in card) == (True, False)
