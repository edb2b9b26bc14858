"""The benefit computed a second time: day by day, in fractions and dictionaries, sharing no code with the engine.

Nothing here is clever, so that it can be read beside the rules with a desk calculator. Whatever the engine and this
page disagree about is wrong in one of them. Case in, expectation out: the two halves of a worked case of `tests/cases`.
"""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from math import ceil, floor
from typing import NamedTuple

ONE = timedelta(days=1)
STATUTE = {
    "unemployment_benefit": {
        "2014-06-01": "831.10",
        "2018-06-01": "847.80",
        "2019-06-01": "861.40",
        "2020-06-01": "881.30",
        "2020-09-01": "1200.00",
        "2021-06-01": "1240.80",
        "2022-06-01": "1304.10",
        "2023-06-01": "1491.90",
        "2024-06-01": "1662.00",
        "2025-06-01": "1721.90",
        "2026-06-01": "1783.90",
    },
    "tax": {"2014-01-01": "0.18", "2019-10-01": "0.17", "2022-07-01": "0.12"},
}


# Numbers ----------------------------------------------------------------------------------------------------------


def grosz(amount: Fraction) -> Fraction:
    """Half up; amounts below nothing do not come before here."""
    return Fraction(floor(amount * 100 + Fraction(1, 2)), 100)


def zloty(amount: Fraction) -> Fraction:
    return Fraction(floor(amount + Fraction(1, 2)))


def written(amount: Fraction) -> str:
    sign, groszy = ("-" if amount < 0 else ""), abs(int(amount * 100))
    return f"{sign}{groszy // 100}.{groszy % 100:02}"


@cache
def in_force(name: str, day: date) -> Fraction:
    values = STATUTE[name]
    return Fraction(values[max(start for start in values if start <= day.isoformat())])


# Days -------------------------------------------------------------------------------------------------------------


def every_day(first: date, last: date) -> list[date]:
    return [first + n * ONE for n in range((last - first).days + 1)]


@cache
def easter(year: int) -> date:
    """The anonymous Gregorian computation."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    month, day = divmod(d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114, 31)
    return date(year, month, day + 1)


@cache
def is_holiday(day: date) -> bool:
    """The statutory holidays; 12 November 2018 was one by an act of its own."""
    fixed = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
    if day.year >= 2025:
        fixed.add((12, 24))
    movable = (day - easter(day.year)).days in (0, 1, 49, 60)
    return movable or (day.month, day.day) in fixed or day == date(2018, 11, 12)


def is_day_off(case: dict, day: date) -> bool:
    return day.weekday() >= 5 or is_holiday(day) or day.isoformat() in case.get("one_off_holidays", [])


def is_class_day(case: dict, day: date) -> bool:
    if day.isoformat() in case["extra_class_days"]:
        return True
    return not is_day_off(case, day) and day.isoformat() not in case["closed_days"]


# The programme, day by day ----------------------------------------------------------------------------------------


class Day(NamedTuple):
    """A day in the programme: what it is paid with, and what it costs."""

    on: date
    period: str
    settlement: str
    rate: Fraction
    kind: str | None
    fraction: Fraction
    loses_everything: bool


def ledger(case: dict) -> list[Day]:
    """Every day of the programme in order; the limits are counted on the way."""
    programme = programme_days(case)
    first = min(programme)
    is_separate = version(case, first)["trial_settlement"] == "separate"
    unexcused: Counter[str] = Counter()
    sick: Counter[str] = Counter()
    days = []
    for on, period in programme.items():
        settings, month = version(case, on), on.isoformat()[:7]
        settlement = "trial" if period == "trial" and is_separate else month
        rate = full_rate(
            in_force("unemployment_benefit", on), settings[f"{period}_rate"], settings["full_rate_rounding"]
        )
        kind, loses, is_over = counted_kind(case, on), False, False
        if kind == "unexcused":
            rows = {"calendar_month": f"month {month}", "settlement": settlement}
            unexcused.update(rows.values())
            loses = unexcused[rows[settings["unexcused_limit_scope"]]] > settings["unexcused_days_limit"]
        if kind == "sick":
            rows = {
                "programme": "programme",
                "settlement": settlement,
                "main_period": "main" if period == "main" else "",
            }
            sick.update(row for row in rows.values() if row)
            row = rows[settings["sick_limit_scope"]]
            # A day of the trial has no place in the row of the main period: neither counted nor limited.
            is_over = bool(row) and sick[row] > settings["sick_days_limit"]
        fraction = Fraction(0)
        if is_over:
            kind, fraction = "sick_over_limit", whole_day(case, settings, settlement)
        elif kind == "sick" and period == "trial" and settings["trial_sick_fraction"] is not None:
            fraction = Fraction(settings["trial_sick_fraction"])
        elif kind in ("unexcused", "sick", "excused", "care"):
            fraction = Fraction(settings[f"{kind}_fraction"])
        else:
            kind = None
        days.append(Day(on, period, settlement, rate, kind, fraction, loses))
    return days


def programme_days(case: dict) -> dict[date, str]:
    """Each day of the programme and its period, up to the day it ended on."""
    programme, periods = case["programme"], {}
    for period in ("trial", "main"):
        if programme[period]:
            first, last = map(date.fromisoformat, programme[period])
            periods |= dict.fromkeys(every_day(first, last), period)
    ended = programme["ended_on"] or "9999-12-31"
    return {day: period for day, period in periods.items() if day.isoformat() <= ended}


def version(case: dict, day: date) -> dict:
    found = case["regulations"]
    for start, settings in case.get("regulations_from", []):
        if start <= day.isoformat():
            found = settings
    return found


@cache
def full_rate(unemployment_benefit: Fraction, rate: str, rounding: str) -> Fraction:
    amount = unemployment_benefit * Fraction(rate)
    return Fraction(ceil(amount * 10), 10) if rounding == "up_to_10_grosz" else grosz(amount)


def counted_kind(case: dict, day: date) -> str | None:
    """What the day is marked with, where the mark counts: by the calendar a certificate covers days without classes."""
    kind = case["marks"].get(day.isoformat())
    by_calendar = kind == "sick" and version(case, day)["sick_day_unit"] == "calendar_days"
    return kind if kind and (by_calendar or is_class_day(case, day)) else None


def paid_for(case: dict, settlement: str) -> list[date]:
    """All days of what is paid for: of the calendar month, or of the trial as it was planned."""
    if settlement == "trial":
        return every_day(*map(date.fromisoformat, case["programme"]["trial"]))
    year, month = map(int, settlement.split("-"))
    return every_day(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - ONE)


def whole_day(case: dict, settings: dict, settlement: str) -> Fraction:
    """What a sick day over the limit takes of the full rate."""
    whole = paid_for(case, settlement)
    if settings["over_limit_share"] == "thirtieth":
        return Fraction(1, 30)
    if settings["sick_day_unit"] == "calendar_days":
        return Fraction(1, len(whole))
    return Fraction(1, len([day for day in whole if is_class_day(case, day)]))


# One settlement ---------------------------------------------------------------------------------------------------


def base(case: dict, covered: list[Day], part_month: str) -> Fraction:
    """A line for days that follow each other in one period and at one full rate."""
    lines: dict[tuple[int, str, Fraction], list[date]] = {}
    number, before = 0, None
    for day in covered:
        if before and (day.period, day.rate) != (before.period, before.rate):
            number += 1
        lines.setdefault((number, day.period, day.rate), []).append(day.on)
        before = day
    whole = paid_for(case, case["settlement"])
    is_complete = [day.on for day in covered] == whole
    shares = {line: share(case, days, whole, part_month, is_complete) for line, days in lines.items()}
    return sum((grosz(rate * shares[number, period, rate]) for number, period, rate in lines), Fraction(0))


def share(case: dict, days: list[date], whole: list[date], part_month: str, is_complete: bool) -> Fraction:
    """How much of the month, or of the planned trial, the days of one line are."""
    if days == whole:
        return Fraction(1)
    by_calendar = Fraction(len(days), len(whole))
    if case["settlement"] == "trial" or part_month == "calendar_days":
        return by_calendar
    if part_month == "thirtieths":
        return by_calendar if is_complete else Fraction(len(days), 30)
    classes = {day for day in whole if is_class_day(case, day)}
    return Fraction(len(classes.intersection(days)), len(classes)) if classes else by_calendar


def bonus_cap(settings: dict, covered: list[Day], benefit: Fraction, lost: bool) -> Fraction:
    """The largest bonus, cut down to the grosz."""
    eligible = [day for day in covered if day.period == "main"]
    if not eligible and settings["bonus_in_trial"]:
        eligible = covered
    if not eligible or (lost and not settings["bonus_when_benefit_lost"]):
        return Fraction(0)
    basis = benefit if settings["bonus_basis"] == "benefit_due" else eligible[-1].rate
    return Fraction(floor(Fraction(settings["bonus_cap"]) * basis * 100), 100)


def payday(case: dict, last: date, settings: dict) -> date:
    if case["settlement"] == "trial" and settings["trial_payday"] == "day_after":
        day = last + ONE
        while is_day_off(case, day):
            day += ONE
        return day
    year, month = last.year + last.month // 12, last.month % 12 + 1
    length = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
    day = date(year, month, min(settings["payday_day"], length))
    while is_day_off(case, day):
        day -= ONE
    return day


def tax(case: dict, paid_on: date, gross: Fraction) -> Fraction:
    """The advance: nothing is given back here, and nobody pays more than is paid to them."""
    earlier = case.get("earlier_payments", [])
    total = zloty(gross + sum(Fraction(payment["taxable"]) for payment in earlier))
    due = zloty(max(total * in_force("tax", paid_on) - Fraction(case["pit_monthly_reduction"]), Fraction(0)))
    left = due - sum(Fraction(payment["advance"]) for payment in earlier)
    return min(max(left, Fraction(0)), gross)


def computed(case: dict, days: list[Day] | None = None) -> dict:
    """What the `expect` of a worked case says, in its names and its writing; `days` where they are known already."""
    zero = Fraction(0)
    covered = [day for day in days or ledger(case) if day.settlement == case["settlement"]]
    last = covered[-1].on
    settings = version(case, last)

    counts = Counter(day.kind for day in covered if day.kind)
    lines = Counter((day.kind, day.fraction, day.rate) for day in covered if day.kind)
    reductions = dict.fromkeys(counts, zero)
    for (kind, fraction, rate), number in lines.items():
        reductions[kind] += grosz(number * fraction * rate)

    whole = base(case, covered, settings["part_month"])
    left = whole - sum(reductions.values())
    lost = any(day.loses_everything for day in covered)
    benefit = zero if lost else max(left, zero)

    cap, approved = bonus_cap(settings, covered, benefit, lost), Fraction(case["approved_bonus"])
    bonus = approved if approved <= cap else zero
    paid_on = payday(case, last, settings)
    advance = tax(case, paid_on, benefit + bonus)
    after_tax = benefit + bonus - advance
    consented = Fraction(case["consented_deductions"])
    deducted = min(consented, max(after_tax - Fraction(settings["minimum_paid"]), zero))

    amounts = {
        "base": whole,
        "unexcused_over_limit": max(left, zero) if lost else zero,
        "not_taken": max(-left, zero),
        "benefit": benefit,
        "bonus_cap": cap,
        "bonus": bonus,
        "tax": advance,
        "deductions_taken": deducted,
        "deductions_carried": consented - deducted,
        "net": after_tax - deducted,
        "zus_pension": grosz(benefit * Fraction("0.1952")),
        "zus_disability": grosz(benefit * Fraction("0.08")),
    }
    return {
        **{name: written(amount) for name, amount in amounts.items()},
        "counts": dict(counts),
        "reductions": {kind: written(amount) for kind, amount in reductions.items()},
        "payday": paid_on.isoformat(),
        **({"bonus_refused": True} if approved > cap else {}),
    }
