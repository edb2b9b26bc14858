"""A table of candidates → what the register and a draft would say of each, and what is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cistor.names import name_key
from participants import checks, pesel

# What one request writes well within the time limits of the server, also on a busy machine.
MOST = 150


class Field(NamedTuple):
    """A column of the table; `of` says whose it is: the person's or the application's."""

    name: str
    heading: str
    of: str
    hint: str
    is_required: bool = False


FIELDS = (
    Field("last_name", "Nazwisko", "person", "Jak w dokumencie tożsamości.", is_required=True),
    Field("first_name", "Imię", "person", "Jak w dokumencie tożsamości.", is_required=True),
    Field("pesel", "PESEL", "person", "11 cyfr. Bez numeru PESEL potrzebne są dwie następne kolumny, data i płeć."),
    Field("document_kind", "Dokument", "person", "Paszport, karta pobytu albo inny."),
    Field("document_number", "Numer dokumentu", "person", "Numer tego dokumentu."),
    Field("birth_on", "Data urodzenia", "person", "Dzień, miesiąc i rok. Przy numerze PESEL może zostać pusta."),
    Field("sex", "Płeć", "person", "Kobieta albo mężczyzna. Przy numerze PESEL może zostać pusta."),
    Field("street", "Ulica i numer", "person", "Adres zamieszkania."),
    Field("postal_code", "Kod pocztowy", "person", "Dwie cyfry, kreska, trzy cyfry."),
    Field("city", "Miejscowość", "person", "Adres zamieszkania."),
    Field("phone", "Telefon", "person", "9 cyfr; zagraniczny od znaku +."),
    Field("email", "E-mail", "person", "Jeden adres."),
    Field("applied_on", "Data wniosku", "application", "Pusta: dzień, w którym wpisano arkusz."),
    Field("category", "Kategoria", "application", "Numer albo brzmienie z listy poniżej: główna podstawa skierowania."),
    Field("further_categories", "Dalsze kategorie", "application", "Numery z listy poniżej, rozdzielone przecinkami."),
    Field("registered_at_pup", "Zarejestrowana w PUP", "application", "Tak albo nie."),
    Field("reason", "Uzasadnienie", "application", "Dlaczego ta osoba ubiega się o skierowanie."),
    Field("aim", "Cel", "application", "Co mają jej dać zajęcia."),
)
BY_HEADING = {name_key(field.heading): field for field in FIELDS}

DOCUMENT_KINDS = {"paszport": "passport", "karta pobytu": "residence_card", "inny": "other", "inny dokument": "other"}
SEXES = {"k": "woman", "kobieta": "woman", "m": "man", "mezczyzna": "man"}
ANSWERS = {"tak": True, "t": True, "nie": False, "n": False}
DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})|([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
# A spreadsheet takes a PESEL for a number and drops its zeros in front; nobody alive has lost more than two.
SHORTENED = range(9, 11)
PESEL_LENGTH = 11


class Misread(ValueError):
    """A cell that says nothing the column understands; the message is Polish."""


@dataclass(frozen=True)
class Candidate:
    """One row. `line` is its number as the spreadsheet counts; `faults` are sentences, each with its column."""

    line: int
    person: Mapping[str, Any]
    application: Mapping[str, Any]
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.person.get('last_name', '')} {self.person.get('first_name', '')}".strip()


@dataclass(frozen=True)
class Parsed:
    """`problems` are of the table as a whole; then no row is read."""

    candidates: Sequence[Candidate] = ()
    problems: Sequence[str] = ()


def parse(table: Sequence[Sequence[str]], *, on: date, categories: Mapping[str, str]) -> Parsed:
    """`table`: rows of text, headings first; `categories`: code → wording of the law in force, in its order."""
    if not table:
        return Parsed(problems=["Arkusz jest pusty."])
    columns, problems = _columns(table[0])
    if problems:
        return Parsed(problems=problems)
    rows = [(line, row) for line, row in enumerate(table[1:], 2) if any(row)]
    if not rows:
        return Parsed(problems=["W arkuszu nie ma nikogo: pod nagłówkiem brak wierszy."])
    known = list(categories.items())
    return Parsed(_without_doubles([_candidate(line, row, columns, on=on, categories=known) for line, row in rows]))


def _columns(headings: Sequence[str]) -> tuple[dict[int, Field], list[str]]:
    """Place → column. A heading nobody knows is a problem: what stands under it would be lost without a word."""
    columns: dict[int, Field] = {}
    problems = []
    for place, heading in enumerate(headings):
        field = BY_HEADING.get(name_key(heading))
        if field in columns.values():
            problems.append(f"Kolumna „{heading}” stoi w arkuszu dwa razy.")
        elif field:
            columns[place] = field
        elif heading:
            problems.append(f"Nieznana kolumna „{heading[:60]}”. Popraw nagłówek albo usuń kolumnę.")
    missing = [field for field in FIELDS if field.is_required and field not in columns.values()]
    return columns, problems + [f"Brak kolumny „{field.heading}”." for field in missing]


def _candidate(
    line: int, row: Sequence[str], columns: Mapping[int, Field], *, on: date, categories: Sequence[tuple[str, str]]
) -> Candidate:
    values: dict[str, dict[str, Any]] = {"person": {}, "application": {}}
    faults: dict[str, str] = {}
    for place, field in columns.items():
        text = row[place] if place < len(row) else ""
        try:
            values[field.of][field.name] = _read(field, text, categories)
        except Misread as misread:
            faults[field.name] = str(misread)
    person = _completed(checks.tidy(values["person"]), faults)
    found = {name: _first_sentence(problem) for name, problem in checks.person(person, on=on).items()}
    faults = found | _application_faults(values["application"], on) | faults
    said = tuple(f"{field.heading}: {faults[field.name]}" for field in FIELDS if field.name in faults)
    return Candidate(line, person, {name: v for name, v in values["application"].items() if v not in ("", None)}, said)


def _completed(person: dict[str, Any], faults: dict[str, str]) -> dict[str, Any]:
    """A valid PESEL says the birth date and the sex; without it both must stand in the row."""
    for field in FIELDS:
        if field.is_required and not person.get(field.name):
            faults.setdefault(field.name, "Brak. Bez tego nie można wpisać osoby.")
    number = person.get("pesel", "")
    proves = bool(number) and not pesel.fault(number)
    for name, read in (("birth_on", pesel.birth_on), ("sex", pesel.sex)):
        if not person.get(name) and name not in faults:
            if proves:
                person[name] = read(number)
            elif not number:
                faults[name] = "Brak. Bez numeru PESEL to pole jest potrzebne."
    return {name: value for name, value in person.items() if value not in ("", None)}


def _application_faults(application: Mapping[str, Any], on: date) -> dict[str, str]:
    found = {}
    applied_on = application.get("applied_on")
    if applied_on and applied_on > on:
        found["applied_on"] = "Data wniosku nie może być z przyszłości."
    if application.get("category") and application["category"] in (application.get("further_categories") or []):
        found["further_categories"] = "Ta kategoria jest już główną."
    return found


def _first_sentence(text: str) -> str:
    """The advice that follows belongs to a form, not to a table."""
    return text.partition(". ")[0].removesuffix(".") + "."


def _without_doubles(candidates: list[Candidate]) -> list[Candidate]:
    """Who stands in the file twice is wrong in the later row."""
    first: dict[Any, int] = {}
    found = []
    for candidate in candidates:
        lines = [first.setdefault(key, candidate.line) for key in identities(candidate.person)]
        earlier = [line for line in lines if line != candidate.line]
        doubled = (f"Ta sama osoba stoi już w wierszu {earlier[0]}.",) if earlier else ()
        faults = candidate.faults + doubled
        found.append(Candidate(candidate.line, candidate.person, candidate.application, faults))
    return found


def identities(person: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(kind, number) of each that proves who the person is: PESEL, or another document."""
    found = [("pesel", person["pesel"])] if person.get("pesel") else []
    if person.get("document_kind") and person.get("document_number"):
        found.append((person["document_kind"], person["document_number"]))
    return found


# Cells ----------------------------------------------------------------------------------------------------------------


def _read(field: Field, text: str, categories: Sequence[tuple[str, str]]) -> Any:
    """ "" and None for an empty cell; Misread when it cannot be understood."""
    if not text:
        return [] if field.name == "further_categories" else ""
    if field.name == "category":
        return _category(text, categories)
    if field.name == "further_categories":
        return list(dict.fromkeys(_category(one, categories) for one in re.split(r"[;,\s]+", text) if one))
    return READERS[field.name](text) if field.name in READERS else text


def _category(text: str, categories: Sequence[tuple[str, str]]) -> str:
    """By its number in the list, or by the beginning of its wording when it can mean only one."""
    if re.fullmatch(r"[0-9]{1,2}\.?", text):
        place = int(text.removesuffix(".")) - 1
        if 0 <= place < len(categories):
            return categories[place][0]
    wanted = name_key(text)
    found = [code for code, wording in categories if wanted and name_key(wording).startswith(wanted)]
    exact = [code for code, wording in categories if name_key(wording) == wanted]
    if len(exact or found) != 1:
        raise Misread("Nieznana kategoria. Wpisz numer albo brzmienie z arkusza „Objaśnienia”.")
    return (exact or found)[0]


def _pesel(text: str) -> str:
    number = pesel.tidy(text)
    if len(number) in SHORTENED and number.isascii() and number.isdecimal():
        whole = number.zfill(PESEL_LENGTH)
        return number if pesel.fault(whole) else whole
    return number


def _day(text: str) -> date:
    found = DAY.fullmatch(text)
    if not found:
        raise Misread("Nie można odczytać dnia. Wpisz go jako dzień, miesiąc i rok, na przykład 31.12.1980.")
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        value = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Misread("Takiego dnia nie ma w kalendarzu.") from error
    problem = checks.day(value)
    if problem:
        raise Misread(problem)
    return value


def _one_of(words: Mapping[str, Any], said: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if name_key(text) not in words:
            raise Misread(said)
        return words[name_key(text)]

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "pesel": _pesel,
    "document_kind": _one_of(DOCUMENT_KINDS, "Wpisz: paszport, karta pobytu albo inny."),
    "birth_on": _day,
    "sex": _one_of(SEXES, "Wpisz: kobieta albo mężczyzna."),
    "applied_on": _day,
    "registered_at_pup": _one_of(ANSWERS, "Wpisz: tak albo nie."),
}
