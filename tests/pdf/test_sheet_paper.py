"""The attendance list on paper, when everything on it is as long as it becomes."""

import re
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from cistor import pdf
from tests.pdf import samples

# Eight codes, the longest as long as the regulations write it; 31 days that begin on a Saturday.
CODES = {
    "O": "obecność",
    "S": "spóźnienie",
    "UW": "dzień wolny na wniosek uczestnika",
    "L4": "zwolnienie lekarskie",
    "L4 OP": "opieka nad chorym członkiem rodziny",
    "NU": "nieobecność usprawiedliwiona",
    "NN": "nieobecność nieusprawiedliwiona",
    "ZZ": "zawieszenie zajęć",
}
WEEKDAYS = ("pn", "wt", "śr", "cz", "pt", "sb", "nd")
LONG = [
    "Brzęczyszczykiewicz-Wyszogrodzka Wielisława Konstancja",
    "Konstantynopolitańczykowianeczka-Dąbrowska Świętosława",
]
GROUP = "Pracownia rękodzieła artystycznego i renowacji mebli z elementami tapicerstwa II"
MILLIMETRE = 72 / 25.4


def sheet(people, *, filled=True, number=""):
    days = [_day(number) for number in range(1, 32)]
    context = {
        "filled": filled,
        "group": {"name": GROUP, "instructor": "Iga Testowa, Bogumiła Zmyślona-Wymyślona i Jan Przykładowy"},
        "month": "sierpień 2026",
        "code": samples.CODE,
        "days": days,
        "notes": [
            {"days": "15", "why": "Święto Wniebowzięcia Najświętszej Maryi Panny"},
            {"days": "24–28", "why": "przerwa urlopowa ustalona przez kierownika centrum"},
        ],
        "codes": [{"code": code, "label": label} for code, label in CODES.items()],
        "people": [_person(place, days, filled) for place in range(people)],
        "here": [{"off": day["off"], "people": people if filled and not day["off"] else None} for day in days],
        "sums": [21 * people if filled else None] * 8,
        "signatures": [{"act": "Prowadzący zajęcia", "name": "", "role": "", "on": ""}],
    }
    return samples.whole(context, title="Lista obecności", number=number, logo=True)


def _day(number):
    weekday = date(2026, 8, number).weekday()
    return {"number": number, "weekday": WEEKDAYS[weekday], "off": weekday > 4}


def _person(place, days, filled):
    cells = [
        {"code": "" if day["off"] or not filled else "L4 OP", "off": day["off"], "outside": False, "provisional": True}
        for day in days
    ]
    return {"name": LONG[place % len(LONG)], "sums": [21 if filled else None] * 8, "cells": cells}


@pytest.fixture
def printed(tmp_path):
    """`printed(people, filled=…)` → the path of the file."""

    def make(people, **options):
        path = tmp_path / "sheet.pdf"
        path.write_bytes(pdf.render("documents/attendance_sheet.html", sheet(people, **options)))
        return path

    return make


def pages(path):
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


def words_of(path):
    """Every word of the file with its left and right edge and its top, in points."""
    report = subprocess.check_output(["/usr/bin/pdftotext", "-bbox", path, "-"], text=True)
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">(.*?)</word>', report)
    return [(text, float(left), float(right), float(top)) for left, top, right, text in found]


@pytest.mark.parametrize("filled", [True, False])
def test_twenty_people_fit_on_one_sheet_however_long_everything_is(printed, filled):
    [page] = pages(printed(20, filled=filled))
    for expected in (
        "Świętosława",
        "tapicerstwa II",
        "Jan Przykładowy",
        "ZZ zawieszenie",
        "data i podpis",
        "strona 1 z 1",
    ):
        assert expected in page


def test_nothing_runs_off_the_paper(printed):
    for text, left, right, _ in words_of(printed(20)):
        assert 10 * MILLIMETRE <= left < right <= (297 - 10) * MILLIMETRE, text


def test_beyond_twenty_each_page_says_what_it_is_and_repeats_the_head_of_the_table(printed):
    sheets = pages(printed(60))
    assert len(sheets) == 3
    for number, page in enumerate(sheets, 1):
        assert "Nazwisko i imię" in page
        assert "tapicerstwa II" in page
        assert "sierpień 2026" in page
        assert f"strona {number} z 3" in page


@pytest.mark.parametrize("people", [21, 23, 52])
def test_nobody_signs_a_page_without_people(printed, people):
    *before, last = pages(printed(people))
    assert "data i podpis" in last
    assert str(people) in last
    assert "Wyszogrodzka" in last or "Dąbrowska" in last
    assert not any("data i podpis" in page for page in before)


def test_sums_stand_for_every_person_and_every_day(printed):
    [page] = pages(printed(7))
    assert "Na zajęciach, osób" in page
    assert page.count(" 21") >= 7 * 8
    # 21 days with classes; the sum of all people under each of the eight codes.
    assert len(re.findall(r"\b7\b", page.split("Na zajęciach, osób")[1].split("147")[0])) == 21
    assert page.count("147") == 8


def test_without_codes_the_heads_of_the_sums_stand_over_empty_columns(printed):
    [page] = pages(printed(7, filled=False))
    assert page.count("dni") >= 8
    assert "147" not in page
    assert "pole puste" not in page


@pytest.mark.parametrize("people, height", [(20, 5.2), (14, 7.5)])
def test_cells_for_ink_are_as_large_as_the_sheet_allows(printed, people, height):
    """In millimetres; a day with classes is 5.8 wide."""
    words = words_of(printed(people, filled=False))
    tops = {text: top for text, left, _, top in words if left < 20 * MILLIMETRE and text.isdecimal()}
    assert tops["10"] - tops["9"] >= height * MILLIMETRE
    head = min(top for text, *_, top in words if text == "31")
    centres = {text: (left + right) / 2 for text, left, right, top in words if abs(top - head) < 1}
    assert centres["5"] - centres["4"] == pytest.approx(5.8 * MILLIMETRE, abs=0.5)
