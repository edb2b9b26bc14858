"""The statistics of attendance as a spreadsheet."""

from collections import Counter
from fractions import Fraction

from attendance.reading.statistics import ABSENT, HERE, Statistics, rate
from cistor.centres.models import Meaning
from cistor.dates import span_text
from cistor.sheets import Column, Sheet, workbook

SUMS = [Column("Obecność", "percent"), *(Column(Meaning(meaning).label, "count") for meaning in [*HERE, *ABSENT])]


def statistics_workbook(found: Statistics) -> bytes:
    weeks = [[monday, *_line(sums)] for monday, sums in sorted(found.weeks.items())]
    groups = [[group.name, *_line(sums)] for group, sums in found.groups.items()]
    sheets = [
        Sheet("Tygodnie", [Column("Tydzień od", "day"), *SUMS], weeks),
        Sheet("Grupy", [Column("Grupa"), *SUMS], groups),
        Sheet("Razem", [Column("Okres"), *SUMS], [[span_text(found.start, found.end), *_line(found.sums)]]),
    ]
    return workbook(sheets, title="Statystyka obecności")


def _line(sums: Counter[str]) -> list[Fraction | int | None]:
    return [rate(sums), *(sums[meaning] for meaning in [*HERE, *ABSENT])]
