"""The budget of a year as a workbook."""

from benefits.reading.budget import Budget, Cost
from cistor.sheets import Column, Sheet, Value, workbook

COLUMNS = [
    Column("Rodzaj"),
    Column("Plan", "amount"),
    Column("Wypłacono", "amount"),
    Column("Zatwierdzone, nie wypłacone", "amount"),
    Column("Na projektach list", "amount"),
    Column("Prognoza", "amount"),
    Column("Razem", "amount"),
    Column("Zostaje z planu", "amount"),
    Column("Podstawa planu"),
]


def budget_workbook(found: Budget) -> bytes:
    rows = [_row(cost) for cost in (*found.costs, found.total)]
    return workbook([Sheet(f"Budżet {found.year}", COLUMNS, rows)], title=f"Budżet świadczeń {found.year}")


def _row(cost: Cost) -> list[Value]:
    amounts = [cost.plan, cost.paid, cost.approved, cost.drafted, cost.coming, cost.expected, cost.left]
    return [cost.label, *amounts, cost.source]
