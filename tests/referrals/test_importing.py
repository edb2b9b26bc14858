"""What a row of a table says of a candidate, and what is wrong with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.importing import FIELDS, MOST, parse
from tests.factories import pesel

ON = date(2026, 3, 11)
UNKNOWN = "Kategoria: Nieznana kategoria. Wpisz numer albo brzmienie z arkusza „Objaśnienia”."
CATEGORIES = {
    "homeless": "osoby bezdomne",
    "unemployed": "osoby długotrwale bezrobotne",
    "disabled": "osoby niepełnosprawne",
}
BORN = date(1980, 5, 17)
WERA = {"Nazwisko": "Zmyślona", "Imię": "Wera", "PESEL": pesel(BORN, serial=7)}


def read(*rows: dict[str, str]):
    """The candidates of a table with these rows."""
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    table = [headings, *[[row.get(heading, "") for heading in headings] for row in rows]]
    return parse(table, on=ON, categories=CATEGORIES)


def faults(**cells: str) -> tuple[str, ...]:
    return read(WERA | {heading.replace("_", " "): text for heading, text in cells.items()}).candidates[0].faults


def test_a_row_says_who_and_what_the_application_is_about():
    (wera,) = read(
        WERA | {"Telefon": "600100200", "Kategoria": "2", "Dalsze kategorie": "1, 3", "Zarejestrowana w PUP": "Tak"}
    ).candidates
    assert wera.faults == ()
    assert wera.name == "Zmyślona Wera"
    assert wera.person["phone"] == "600 100 200"
    assert wera.application == {
        "category": "unemployed",
        "further_categories": ["homeless", "disabled"],
        "registered_at_pup": True,
    }


def test_the_pesel_says_birth_date_and_sex():
    person = read(WERA).candidates[0].person
    assert (person["birth_on"], person["sex"]) == (BORN, "woman")


def test_lines_are_counted_as_the_spreadsheet_does_and_empty_ones_are_left_out():
    found = read(WERA, {"Nazwisko": ""}, {**WERA, "PESEL": pesel(BORN, serial=8)}).candidates
    assert [candidate.line for candidate in found] == [2, 4]


def test_headings_are_known_whatever_their_case_and_marks():
    found = parse([["NAZWISKO", "imie *", "Pesel"], list(WERA.values())], on=ON, categories=CATEGORIES)
    assert found.candidates[0].name == "Zmyślona Wera"


@pytest.mark.parametrize(
    "headings, problem",
    [
        (["Imię", "PESEL"], "Brak kolumny „Nazwisko”."),
        (["Nazwisko", "Imię", "Imię"], "Kolumna „Imię” stoi w arkuszu dwa razy."),
        (["Nazwisko", "Imię", "Waga"], "Nieznana kolumna „Waga”. Popraw nagłówek albo usuń kolumnę."),
    ],
)
def test_a_table_with_other_headings_is_not_read(headings, problem):
    found = parse([headings, ["x"] * len(headings)], on=ON, categories=CATEGORIES)
    assert (found.candidates, list(found.problems)) == ((), [problem])


def test_a_table_without_rows_says_so():
    assert parse([], on=ON, categories=CATEGORIES).problems
    assert parse([["Nazwisko", "Imię"], ["", ""]], on=ON, categories=CATEGORIES).problems


@pytest.mark.parametrize(
    "cells, fault",
    [
        ({"PESEL": "80051700071"}, "PESEL: Ten numer PESEL jest błędny (nie zgadza się cyfra kontrolna)."),
        ({"PESEL": "123"}, "PESEL: PESEL ma dokładnie 11 cyfr."),
        ({"Data_urodzenia": "18.05.1980"}, "Data urodzenia: Z numeru PESEL wynika data urodzenia 17.05.1980."),
        ({"Data_urodzenia": "31.02.1980"}, "Data urodzenia: Takiego dnia nie ma w kalendarzu."),
        ({"Płeć": "mężczyzna"}, "Płeć: Z numeru PESEL wynika płeć: kobieta."),
        ({"Nazwisko": ""}, "Nazwisko: Brak. Bez tego nie można wpisać osoby."),
        ({"Imię": "123"}, "Imię: Wpisz litery; poza nimi mogą tu być tylko odstęp, łącznik i apostrof."),
        ({"Kategoria": "9"}, UNKNOWN),
        ({"Kategoria": "osoby"}, UNKNOWN),
        ({"Kategoria": "1", "Dalsze_kategorie": "1"}, "Dalsze kategorie: Ta kategoria jest już główną."),
        ({"Data_wniosku": "12.03.2026"}, "Data wniosku: Data wniosku nie może być z przyszłości."),
        ({"Zarejestrowana_w_PUP": "może"}, "Zarejestrowana w PUP: Wpisz: tak albo nie."),
    ],
)
def test_what_is_wrong_is_said_with_its_column(cells, fault):
    assert fault in faults(**cells)


def test_a_category_is_known_by_the_beginning_of_its_wording():
    assert read(WERA | {"Kategoria": "osoby dlugotrwale"}).candidates[0].application["category"] == "unemployed"


def test_without_a_pesel_the_document_the_birth_date_and_the_sex_must_stand_there():
    nothing = read({"Nazwisko": "Zmyślona", "Imię": "Wera"}).candidates[0].faults
    assert [fault.partition(":")[0] for fault in nothing] == ["PESEL", "Data urodzenia", "Płeć"]
    foreigner = {"Nazwisko": "Zmyślona", "Imię": "Wera", "Dokument": "paszport", "Numer dokumentu": "zx 12"}
    (found,) = read(foreigner | {"Data urodzenia": "1980-05-17", "Płeć": "K"}).candidates
    assert found.faults == ()
    assert found.person["document_number"] == "ZX12"


def test_a_pesel_that_a_spreadsheet_took_for_a_number_gets_its_zeros_back():
    number = pesel(date(2004, 5, 17), serial=7)
    assert number.startswith("0")
    (found,) = read(WERA | {"PESEL": number.lstrip("0")}).candidates
    assert (found.person["pesel"], found.faults) == (number, ())


def test_who_stands_in_the_file_twice_is_wrong_in_the_later_row():
    first, second = read(WERA, {**WERA, "Imię": "Weronika"}).candidates
    assert first.faults == ()
    assert second.faults == ("Ta sama osoba stoi już w wierszu 2.",)


cells = st.one_of(
    st.text(max_size=30),
    st.text("0123456789.-/ +", max_size=14),
    st.sampled_from([*CATEGORIES.values(), "tak", "kobieta", "paszport", WERA["PESEL"], "17.05.1980", "٣"]),
)


@given(st.lists(st.lists(cells, max_size=len(FIELDS) + 2), max_size=8), st.booleans())
def test_no_table_is_too_strange_to_be_answered(rows, has_headings):
    table = [[field.heading for field in FIELDS], *rows] if has_headings else rows
    found = parse(table, on=ON, categories=CATEGORIES)
    assert bool(found.problems) != bool(found.candidates)
    assert len(found.candidates) <= MOST
