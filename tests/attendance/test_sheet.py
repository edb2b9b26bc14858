"""The attendance list on paper."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance import roster
from attendance.documents import attendance_sheet
from attendance.terms import Terms
from cistor.centres.models import ClosedDay
from cistor.documents.models import Letterhead
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, mark, mark_present
from tests.pdf import validator

# 31 days, begins on a Tuesday, with 24 December and the holidays after it.
MONTH, MONTH_END = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture
def group(centre, instructor):
    Letterhead.objects.create(
        centre=centre, in_force_from=date(2014, 6, 1), name=centre.name, address="ul. Wymyślona 1", place="Toruń"
    )
    group = make_group(centre, instructor, name="Pracownia żółta")
    for number, name in enumerate(("Ądracka", "Bąkowska", "Żółwińska")):
        person = make_participant(centre, group=group, last_name=name, first_name="Łucja")
        programme = make_programme(person, start_on=date(2026, 12, 3), by=instructor)
        mark_present(programme, date(2026, 12, 3), MONTH_END, but={date(2026, 12, 9 + number): "care"}, by=instructor)
    beginner = make_programme(make_participant(centre, group=group, last_name="Czyżyk"), start_on=MONTH, by=instructor)
    mark(beginner, {MONTH: "unexcused"}, provisional=True)
    return group


def printed(client, group, **params):
    return client.get(reverse("attendance:sheet", args=[group.pk]), {"miesiac": "2026-12", **params})


def text(answer):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def test_the_printout_says_what_the_month_says(as_user, group, instructor):
    answer = printed(as_user(instructor, MONTH_END), group)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="lista-obecnosci-{group.pk}-2026-12.pdf"'
    words = text(answer)
    for expected in ("Lista obecności", "Pracownia żółta", "grudzień 2026", str(instructor), "Ądracka Łucja"):
        assert expected in words
    assert "24: Wigilia Bożego Narodzenia" in words
    assert "L4 OP" in words


def test_empty_it_has_no_marks_and_room_for_the_sums(as_user, group, instructor):
    words = text(printed(as_user(instructor, MONTH_END), group, kody="nie"))
    assert "Ądracka Łucja" in words
    assert words.count("NN") == 2  # the head of its sums and the legend
    # Each of three people has 18 O and one L4 OP.
    assert words.count("O") == text(printed(as_user(instructor, MONTH_END), group)).count("O") - 3 * 19


def test_sums_are_counted_by_person_by_day_and_by_code(centre, group):
    terms = Terms(centre)
    grid = roster.of_month(group, MONTH, MONTH_END, terms)
    context = attendance_sheet(group, MONTH, grid, terms, filled=True)
    present = [code["code"] for code in context["codes"]].index("O")
    # 19 days with classes from the 3rd on, one of them with care; the beginner has one mark, no presence.
    assert [person["sums"][present] for person in context["people"]] == [18, 18, 0, 18]
    assert context["sums"][present] == 54
    assert [context["here"][day - 1]["people"] for day in (1, 3, 9, 24)] == [0, 3, 2, 0]
    empty = attendance_sheet(group, MONTH, grid, terms, filled=False)
    assert {*empty["sums"], *(day["people"] for day in empty["here"]), *empty["people"][0]["sums"]} == {None}


def test_neighbouring_days_with_one_reason_stand_together(centre, group):
    for day in (14, 15, 16, 18):
        ClosedDay.objects.create(centre=centre, on=date(2026, 12, day), reason="przerwa")
    terms = Terms(centre)
    context = attendance_sheet(group, MONTH, roster.of_month(group, MONTH, MONTH_END, terms), terms, filled=True)
    assert [note["days"] for note in context["notes"] if note["why"] == "przerwa"] == ["14–16", "18"]


def test_printing_is_in_the_journal(as_user, group, instructor):
    printed(as_user(instructor, MONTH_END), group, kody="nie")
    entry = Entry.objects.get(verb="attendance_sheet_printed")
    assert (entry.by, entry.object_id, entry.data) == (instructor, group.pk, {"month": "2026-12-01", "filled": False})


def test_without_a_letterhead_it_says_what_is_missing(as_user, group, instructor):
    Letterhead.objects.all().delete()
    answer = printed(as_user(instructor, MONTH_END), group)
    assert answer.status_code == 302
    assert "nie ma papieru firmowego" in as_user(instructor, MONTH_END).get(answer.url).content.decode()


def test_cells_outside_are_told_from_unmarked_ones(centre, group, instructor):
    terms = Terms(centre)
    grid = roster.of_month(group, MONTH, MONTH_END, terms)
    context = attendance_sheet(group, MONTH, grid, terms, filled=True)
    first, _, beginner, _ = context["people"]
    assert first["cells"][0] == {"code": "", "off": False, "outside": True, "provisional": False}
    assert first["cells"][8] == {"code": "L4 OP", "off": False, "outside": False, "provisional": False}
    assert first["cells"][23] == {"code": "", "off": True, "outside": False, "provisional": False}
    assert beginner["cells"][0] == {"code": "NN", "off": False, "outside": False, "provisional": True}
    assert beginner["cells"][1] == {"code": "", "off": False, "outside": False, "provisional": False}
    assert dict(zip([code["code"] for code in context["codes"]], first["sums"], strict=True))["L4 OP"] == 1


def test_the_sheet_is_fit_for_archives_and_for_screen_readers(as_user, group, instructor, tmp_path):
    client, paths = as_user(instructor, MONTH_END), [tmp_path / "filled.pdf", tmp_path / "empty.pdf"]
    for path, codes in zip(paths, ("tak", "nie"), strict=True):
        path.write_bytes(printed(client, group, kody=codes).content)
    assert set(map(tuple, validator.broken_rules(paths).values())) == {()}
