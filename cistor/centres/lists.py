"""The lists of a version: how each is called, told apart by which column, and read as text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cistor.centres.models import DayCode, DeductionKind, FileItemKind, Meaning, Regulations


@dataclass(frozen=True)
class VersionList:
    """`slug` stands in addresses, `related` is the manager of a version, `key` tells its rows apart."""

    slug: str
    title: str
    related: str
    key: str
    label: Callable[[Any], str]
    text: Callable[[Any], str]
    none: str

    def rows(self, version: Regulations) -> list[Any]:
        return list(getattr(version, self.related).all())

    @property
    def model(self) -> type[Model]:
        return getattr(Regulations, self.related).rel.related_model


def _letter(row: Any) -> str:
    return f"lit. {row.letter}"


def _with_meaning(row: Any) -> str:
    return f"{row.text} ({row.get_meaning_display()})"


def _code_text(row: DayCode) -> str:
    retired = ", wycofane" if row.is_retired else ""
    return f"{row.letters} – {row.name}, {row.get_colour_display()}{retired}"


def _deduction_text(row: DeductionKind) -> str:
    return f"{row.name} ({row.get_condition_display()})"


def _file_item_text(row: FileItemKind) -> str:
    expires = ", z datą ważności" if row.expires else ""
    return f"{row.name} ({row.when}{expires})"


LISTS = {
    listed.slug: listed
    for listed in (
        VersionList(
            "oznaczenia",
            "Oznaczenia dni",
            "daycodes",
            "meaning",
            lambda row: row.get_meaning_display(),
            _code_text,
            "Regulamin nie ma oznaczeń dni.",
        ),
        VersionList(
            "podstawy",
            "Podstawy zaprzestania programu",
            "grounds",
            "letter",
            _letter,
            _with_meaning,
            "Regulamin ich nie wymienia.",
        ),
        VersionList(
            "naruszenia",
            "Naruszenia porządku i dyscypliny",
            "breachs",
            "letter",
            _letter,
            lambda row: row.text,
            "Regulamin ich nie wymienia.",
        ),
        VersionList(
            "srodki",
            "Środki, które mogą po nich nastąpić",
            "measures",
            "letter",
            _letter,
            _with_meaning,
            "Regulamin ich nie wymienia.",
        ),
        VersionList(
            "potracenia",
            "Potrącenia",
            "deductionkinds",
            "code",
            lambda row: row.code,
            _deduction_text,
            "Regulamin nie przewiduje potrąceń.",
        ),
        VersionList(
            "terminy",
            "Terminy",
            "deadline_lengths",
            "code",
            lambda row: row.get_code_display(),
            lambda row: row.text,
            "Regulamin nie wyznacza terminów.",
        ),
        VersionList(
            "teczka",
            "Teczka osobowa",
            "fileitemkinds",
            "code",
            lambda row: row.code,
            _file_item_text,
            "Regulamin nie mówi, co ma być w teczce.",
        ),
    )
}
# Without these a day could not be marked, and so not be paid for; not every centre writes down who came late.
NEEDED_MEANINGS = frozenset(Meaning) - {Meaning.LATE, Meaning.SUSPENDED}
