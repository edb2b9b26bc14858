"""A list as a workbook: a row a settlement, then every line with its reason, then what stands in the way."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from benefits.models import Line, PaymentList, Problem, Settlement
from benefits.reading import explanation
from benefits.reading.letters import Letters
from benefits.rules.reckoning import CONTRIBUTIONS
from cistor.dates import day_text, days_text, length
from cistor.money import NOTHING
from cistor.sheets import Column, Kind, Sheet, Value, workbook

NAMES = {**explanation.STEPS, **{code: f"Składka {name}" for code, name in CONTRIBUTIONS.items()}}
COUNTS = {
    "unexcused": "Dni nieusprawiedliwione",
    "sick": "Dni choroby w limicie",
    "sick_over_limit": "Dni choroby ponad limit",
    "excused": "Dni usprawiedliwione",
    "care": "Dni opieki",
}
TAKEN = (*COUNTS, "unexcused_over_limit", "not_taken")
LINE_COLUMNS = [
    Column("Osoba"),
    Column("Za"),
    Column("Pozycja"),
    Column("Kwota", "amount"),
    Column("Dlaczego"),
    Column("Podstawa"),
    Column("Dni"),
]
PROBLEM_COLUMNS = [Column("Osoba"), Column("Przeszkoda"), Column("Opis"), Column("Dni")]


class Field(NamedTuple):
    """A column of the first sheet, and where its value comes from."""

    label: str
    kind: Kind
    value: Callable[[Settlement], Value]


def list_workbook(payment_list: PaymentList, *, accounts: bool) -> bytes:
    """`accounts`: whether the reader may see where people are paid. A draft says in every sheet that it is one."""
    letters = Letters(payment_list.centre_id)
    rows = list(_rows(payment_list, accounts=accounts))
    note = " (projekt)" if payment_list.is_open else ""
    fields = list(_fields(letters, accounts=accounts))
    sheets = [
        _settlements(rows, fields, note),
        _lines(rows, letters, note),
        _problems(payment_list, note),
    ]
    return workbook(sheets, title=f"{payment_list.title}{note}")


def file_name(payment_list: PaymentList) -> str:
    """ "lista-wyplat-2026-07.xlsx", "projekt-lista-wyplat-okresy-probne-2026-07-20-2.xlsx"."""
    what = f"{payment_list.month:%Y-%m}" if payment_list.month else f"okresy-probne-{payment_list.payday}"
    number = f"-{payment_list.number}" if payment_list.number > 1 else ""
    return f"{'projekt-' if payment_list.is_open else ''}lista-wyplat-{what}{number}.xlsx"


def people_in(payment_list: PaymentList) -> set[int]:
    """Whose data the file holds."""
    settled = payment_list.settlements.values_list("programme__participant", flat=True)
    return {*settled, *payment_list.problems.values_list("programme__participant", flat=True)}


def _rows(payment_list: PaymentList, *, accounts: bool) -> Iterable[Settlement]:
    rows = payment_list.settlements.prefetch_related("lines").defer("computed", *([] if accounts else ["account"]))
    return rows.order_by("programme__participant__order_key", "programme__participant", "start_on", "pk")


# The first sheet ------------------------------------------------------------------------------------------------------


def _settlements(rows: list[Settlement], fields: list[Field], note: str) -> Sheet:
    return Sheet(
        f"Rozliczenia{note}",
        [Column(field.label, field.kind) for field in fields],
        [[field.value(row) for field in fields] for row in rows],
        sums=f"Razem{note}",
    )


def _fields(letters: Letters, *, accounts: bool) -> Iterator[Field]:
    yield Field("Osoba", "text", attrgetter("name"))
    yield Field("Za", "text", lambda row: f"{'różnica za ' if row.corrects_id else ''}{row.period}")
    yield Field("Od", "day", attrgetter("start_on"))
    yield Field("Do", "day", attrgetter("end_on"))
    yield Field("Dni kalendarzowe", "count", lambda row: length(row.start_on, row.end_on))
    for code, label in COUNTS.items():
        yield Field(label, "count", _count_of(code))
    yield Field("Podstawa", "amount", attrgetter("base"))
    for code in TAKEN:
        yield Field(NAMES[code], "amount", _sum_of(code))
    yield from _paid(accounts=accounts)
    yield Field("Wyjaśnienie", "text", lambda row: _explained(row, letters))
    yield Field("Według", "text", _versions_of)


def _paid(*, accounts: bool) -> Iterator[Field]:
    yield Field("Świadczenie", "amount", attrgetter("benefit"))
    yield Field("Premia", "amount", attrgetter("bonus"))
    yield Field("Zaliczka na podatek", "amount", attrgetter("tax"))
    yield Field("Potrącenia", "amount", attrgetter("deductions_taken"))
    yield Field("Netto", "amount", attrgetter("net"))
    yield Field("Zaliczono na nadpłatę", "amount", attrgetter("withheld"))
    yield Field("Do wypłaty", "amount", attrgetter("payout"))
    for code in CONTRIBUTIONS:
        yield Field(NAMES[code], "amount", attrgetter(code))
    yield Field("Poniżej ustawy", "amount", attrgetter("shortfall"))
    yield Field("Sposób wypłaty", "text", attrgetter("method_text"))
    if accounts:
        yield Field("Rachunek", "text", attrgetter("account"))


def _count_of(code: str) -> Callable[[Settlement], Value]:
    return lambda row: row.counts.get(code, 0)


def _sum_of(code: str) -> Callable[[Settlement], Value]:
    return lambda row: sum((line.amount for line in row.lines.all() if line.code == code), NOTHING)


def _explained(row: Settlement, letters: Letters) -> str:
    return "\n".join(explanation.sentences(row, letters.on(row.end_on)))


def _versions_of(row: Settlement) -> str:
    return "; ".join(f"{title}, od {day_text(since)}" for title, since in explanation.versions_used(row))


# Lines, problems ------------------------------------------------------------------------------------------------------


def _lines(rows: list[Settlement], letters: Letters, note: str) -> Sheet:
    lines = chain.from_iterable(((row, line) for line in row.lines.all()) for row in rows)
    content = [_line(row, line, letters.on(row.end_on)) for row, line in lines]
    return Sheet(f"Pozycje{note}", LINE_COLUMNS, content)


def _line(row: Settlement, line: Line, letters: dict[str, str]) -> list[Value]:
    because = explanation.said(line, letters)
    days = days_text(line.days) if line.days else ""
    return [row.name, row.period, NAMES.get(line.code, line.code), line.amount, because, line.source, days]


def _problems(payment_list: PaymentList, note: str) -> Sheet:
    rows = [
        [str(found.programme.participant), _kind_of(found), found.text, days_text(found.days)]
        for found in payment_list.problems.with_people()
    ]
    return Sheet(f"Przeszkody{note}", PROBLEM_COLUMNS, rows)


def _kind_of(found: Problem) -> str:
    return f"{'wstrzymano: ' if found.holds_back else ''}{found.get_kind_display()}"
