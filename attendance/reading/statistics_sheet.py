"""The statistics of attendance as a spreadsheet."""

from collections import Counter
from fractions import Fraction

from attendance.reading.statistics import ABSENT, HERE, Statistics, rate
from attendance.terms import Terms
from cistor.dates import span_text
from cistor.sheets import Column, Sheet, workbook

MEANINGS = [*HERE, *ABSENT]


def statistics_workbook(found: Statistics, terms: Terms) -> bytes:
    """The columns are called as the regulations of the last day call the marks."""
    sums = [Column("Obecność", "percent"), *(Column(terms.named(found.end, name), "count") for name in MEANINGS)]
    weeks = [[monday, *_line(sums)] for monday, sums in sorted(found.weeks.items())]
    groups = [[group.name, *_line(sums)] for group, sums in found.groups.items()]
    sheets = [
        Sheet("Tygodnie", [Column("Tydzień od", "day"), *sums], weeks),
        Sheet("Grupy", [Column("Grupa"), *sums], groups),
        Sheet("Razem", [Column("Okres"), *sums], [[span_text(found.start, found.end), *_line(found.sums)]]),
    ]
    return workbook(sheets, title="Statystyka obecności")


def _line(sums: Counter[str]) -> list[Fraction | int | None]:
    return [rate(sums), *(sums[meaning] for meaning in MEANINGS)]
