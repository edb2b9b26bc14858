"""A whole programme of one person: its maps, its sums, its sheet."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance import roster
from attendance.actions import mark
from attendance.cells import Cell
from attendance.documents import attendance_sheet
from attendance.documents.person_sheet import person_sheet
from attendance.reading.years import ProgrammeYears
from attendance.terms import Terms
from cistor.centres.models import Meaning
from cistor.journal.models import Reading
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user, mark_present

START, TODAY = date(2025, 12, 1), date(2026, 2, 13)


@pytest.fixture
def programme(centre, instructor, letterhead):
    person = make_participant(centre, group=make_group(centre, instructor, name="Pracownia żółta"), last_name="Ćmiel")
    found = make_programme(person, start_on=START, by=instructor)
    mark_present(found, START, date(2026, 2, 11), but={date(2025, 12, 5): "sick", date(2026, 1, 8): "late"})
    return found


def years(programme, **days):
    return ProgrammeYears(programme, Terms(programme.participant.centre), today=TODAY, **days)


def test_sums_by_meaning_are_those_of_the_marks_in_every_month_and_year(programme):
    found = years(programme)
    assert [year.number for year in found.years] == [2025, 2026]
    # December 2025: 24–26 are holidays; of 20 days with classes one was sick.
    assert (found.years[0].sums["present"], found.years[0].sums["sick"]) == (19, 1)
    assert found.months[1].sums["late"] == 1
    assert sum(found.sums[meaning] for meaning in Meaning) == programme.days.count()
    # 12 and 13 February came and nobody marked them; the rest of the programme is still to come.
    assert found.sums["unmarked"] == 2


def test_a_month_of_the_sheet_says_what_the_whole_sheet_says_of_it(programme):
    whole = person_sheet(years(programme))
    january = person_sheet(years(programme, start=date(2026, 1, 1), end=date(2026, 1, 31)))
    assert january["months"] == [whole["months"][1]]
    assert january["period"] == "1–31 stycznia 2026"
    assert whole["person"] == {"name": str(programme.participant), "groups": "Pracownia żółta"}
    empty = person_sheet(years(programme), filled=False)
    assert {cell["code"] for month in empty["months"] for cell in month["cells"]} == {""}


def test_the_page_shows_every_year_and_is_a_reading(as_user, programme, instructor, django_assert_max_num_queries):
    client = as_user(instructor, TODAY)
    address = reverse("attendance:person_years", args=[programme.participant_id])
    client.get(address)
    with django_assert_max_num_queries(40):
        page = client.get(address).content.decode()
    for expected in ("Obecność w 2025 roku", "Obecność w 2026 roku", "97,", "L4"):
        assert expected in page
    assert Reading.objects.filter(what="attendance", participant=programme.participant).exists()


def test_below_the_last_year_that_has_come_stand_the_sums_of_the_whole_programme(as_user, programme, instructor):
    found = years(programme)
    page = as_user(instructor, TODAY).get(reverse("attendance:person_years", args=[programme.participant_id]))
    assert page.context["whole"] == (2026, found.counted(found.sums))
    foot = page.content.decode().split("Cały program</th>")
    assert len(foot) == 2
    assert f'<td class="amount">{found.sums["present"]}</td>' in foot[1].split("</tr>")[0]
    first = as_user(instructor, date(2025, 12, 31)).get(
        reverse("attendance:person_years", args=[programme.participant_id])
    )
    assert (first.context["whole"], "Cały program</th>" in first.content.decode()) == (None, False)


def test_the_sheet_is_printed_with_the_codes_of_the_centre(as_user, instructor, programme):
    client = as_user(instructor, TODAY)
    answer = client.get(reverse("attendance:person_sheet", args=[programme.participant_id]))
    words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    for expected in ("Karta obecności uczestnika", "Ćmiel", "styczeń 2026", "L4 OP"):
        assert expected in words
    assert Reading.objects.filter(what="person_sheet", participant=programme.participant).exists()


@pytest.mark.parametrize("preset, codes", [("cistor", ["NU", "L4 OP", "S"]), ("rzyszczewo", ["NU", "Cop", "S"])])
def test_both_papers_speak_in_the_letters_of_the_centres_regulations(db, preset, codes):
    centre = make_centre(preset)
    director = make_user(centre, "director")
    group = make_group(centre)
    programme = make_programme(make_participant(centre, group=group), start_on=START, by=director)
    for day, meaning in enumerate(("excused", "care", "late"), 1):
        marked = Cell(programme.pk, None, meaning)
        assert mark(centre=centre, on_day=date(2025, 12, day), cells=[marked], by=director, on=TODAY) == []
    own = person_sheet(years(programme))
    terms = Terms(centre)
    of_group = attendance_sheet(group, START, roster.of_month(group, START, TODAY, terms), terms, filled=True)
    for paper, row in ((own, own["months"][0]), (of_group, of_group["people"][0])):
        assert [cell["code"] for cell in row["cells"][:3]] == codes
        assert {code["code"] for code in paper["codes"]} == {code.letters for code in terms.codes(START).values()}
