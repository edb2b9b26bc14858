"""The contributions of a month as a workbook: a line a settlement, a line a person."""

from collections.abc import Iterator

from benefits.reading.zus import Insured, ZusMonth
from cistor.dates import month_text
from cistor.sheets import Column, Sheet, Value, workbook

AMOUNTS = (
    Column("Podstawa (świadczenie)", "amount"),
    Column("Składka emerytalna", "amount"),
    Column("Składka rentowa", "amount"),
    Column("Razem", "amount"),
)


def zus_workbook(found: ZusMonth) -> bytes:
    return workbook([_settlements(found), _people(found)], title=f"Składki ZUS, wypłaty: {month_text(found.month)}")


def _settlements(found: ZusMonth) -> Sheet:
    columns = [Column("Osoba"), Column("Kod tytułu"), Column("Za"), Column("Różnica"), *AMOUNTS]
    rows = [row for one in found.insured for row in _lines(one)]
    return Sheet(f"Rozliczenia {found.month:%Y-%m}", columns, rows, sums="Razem")


def _lines(one: Insured) -> Iterator[list[Value]]:
    for row in one.settlements:
        total = row.zus_pension + row.zus_disability
        what = "tak" if row.corrects_id else ""
        yield [one.name, _code(one), row.period, what, row.benefit, row.zus_pension, row.zus_disability, total]


def _people(found: ZusMonth) -> Sheet:
    columns = [
        Column("Osoba"),
        Column("Kod tytułu"),
        Column("Pierwszy dzień", "day"),
        Column("Ostatni dzień", "day"),
        Column("Zgłoszono do ZUS", "day"),
        Column("Wyrejestrowano", "day"),
        Column("Zdrowotne od", "day"),
        Column("Zdrowotne do", "day"),
        *AMOUNTS,
    ]
    return Sheet(f"Osoby {found.month:%Y-%m}", columns, [_person(one) for one in found.insured], sums="Razem")


def _person(one: Insured) -> list[Value]:
    told, sums = one.insurance, one.sums
    return [
        one.name,
        _code(one),
        one.first_on,
        one.programme.ended_on,
        told.registered_on if told else None,
        told.deregistered_on if told else None,
        one.health_from,
        one.health_until,
        sums.basis,
        sums.pension,
        sums.disability,
        sums.total,
    ]


def _code(one: Insured) -> str:
    return one.insurance.title_code if one.insurance else ""
