"""A year as a workbook: what it has cost, who got what, what the days of absence took."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from benefits.reading.year import KINDS, MONTHS, Year
from cistor.dates import month_text
from cistor.money import NOTHING
from cistor.sheets import Column, Sheet, Value, workbook
from participants.models import Participant


def year_workbook(found: Year, participants: Mapping[int, Participant]) -> bytes:
    sheets = [_cost(found), _people(found, participants), _taken(found)]
    return workbook(sheets, title=f"Świadczenia wypłacone w {found.year} roku")


def _cost(found: Year) -> Sheet:
    names = [*KINDS.values(), "Razem"]
    columns = [Column("Miesiąc wypłaty"), *(Column(f"{name[0].upper()}{name[1:]}", "amount") for name in names)]
    rows = [_month(found, month) for month in MONTHS]
    return Sheet(f"Koszt {found.year}", columns, rows, sums="Razem")


def _month(found: Year, month: int) -> list[Value]:
    amounts = [found.cost[kind][month - 1] for kind in KINDS]
    return [_name(found, month), *amounts, sum(amounts, NOTHING)]


def _people(found: Year, participants: Mapping[int, Participant]) -> Sheet:
    columns = [Column("Osoba"), *(Column(_name(found, month), "amount") for month in MONTHS), Column("Razem", "amount")]
    rows = [_person(str(participants[pk]), found, pk) for pk in found.people]
    return Sheet(f"Wypłaty {found.year}", columns, rows, sums="Razem")


def _person(name: str, found: Year, pk: int) -> list[Value]:
    amounts: list[Decimal | None] = [month.amount if month.rows else None for month in found.by_person[pk]]
    return [name, *amounts, sum((amount for amount in amounts if amount), NOTHING)]


def _taken(found: Year) -> Sheet:
    columns = [Column("Rodzaj"), Column("Dni", "count"), Column("Odjęto", "amount")]
    return Sheet(
        f"Zmniejszenia {found.year}", columns, [[t.label, t.days, t.amount] for t in found.taken], sums="Razem"
    )


def _name(found: Year, month: int) -> str:
    return month_text(date(found.year, month, 1))
