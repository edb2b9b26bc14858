"""Random programmes in the shape of the worked cases: every setting, versions and rates that change, many absences."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.rules.plain import ledger

Case = dict[str, Any]

CHOICES: dict[str, list[Any]] = {
    "trial_rate": ["1/2", "1", "6/5", "7/12", "0"],
    "main_rate": ["1", "6/5", "1/2", "13/11"],
    "unexcused_fraction": ["1/20", "1/20", "1/10", "1/21"],
    "unexcused_days_limit": [3, 3, 0, 1, 5],
    "unexcused_limit_scope": ["settlement", "calendar_month"],
    "sick_fraction": ["1/40", "1/40", "1/30", "0"],
    "trial_sick_fraction": [None, None, "1/30", "1/20"],
    "sick_days_limit": [14, 21, 0, 3, 7],
    "sick_limit_scope": ["programme", "main_period", "settlement"],
    "sick_day_unit": ["class_days", "calendar_days"],
    "over_limit_share": ["class_day", "thirtieth"],
    "excused_fraction": ["0", "1/30", "1/22"],
    "care_fraction": ["0", "1/30", "1/40"],
    "bonus_cap": ["1/5", "1/2", "1", "1/3"],
    "bonus_basis": ["full_rate", "benefit_due"],
    "bonus_in_trial": [False, True],
    "bonus_when_benefit_lost": [False, True],
    "minimum_paid": ["0.00", "500.00", "333.33"],
    "trial_settlement": ["separate", "calendar_month"],
    "trial_end_rule": ["day_before", "same_day"],
    "part_month": ["calendar_days", "thirtieths", "class_days"],
    "full_rate_rounding": ["up_to_10_grosz", "to_grosz"],
    "payday_day": [5, 10, 1, 15, 28, 31],
    "trial_payday": ["day_after", None],
}
COSTLY = ["unexcused", "sick", "sick", "sick", "excused", "care"]
HARMLESS = ["late", "free_day", "suspended", "present"]
EARLIEST, LATEST = date(2014, 7, 1), date(2027, 3, 1)
# Days on which the unemployment benefit or the tax changed: programmes that cross one are what goes wrong.
CHANGES = [date(year, 6, 1) for year in range(2018, 2027)] + [date(2020, 9, 1), date(2019, 10, 1), date(2022, 7, 1)]


def programmes(seed: int, number: int) -> Iterator[list[Case]]:
    """So many random programmes; of each, a case for every settlement."""
    for place in range(number):
        dice = Random(f"{seed}/{place}")
        yield _settlements(dice, _programme_case(dice))


def _programme_case(dice: Random) -> Case:
    first = _first_day(dice)
    programme, last = _programme(dice, first)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    regulations = {name: dice.choice(choices) for name, choices in CHOICES.items()}
    case = {
        "regulations": regulations,
        "programme": programme,
        "closed_days": _some(dice, days),
        "extra_class_days": _some(dice, [day for day in days if day.weekday() == 5 or dice.random() < 0.02]),
        "one_off_holidays": _some(dice, days),
        "marks": _marks(dice, days),
    }
    if changes := _texts(dice.sample(days, min(dice.choice([0, 0, 0, 1, 1, 2, 3]), len(days)))):
        case["regulations_from"] = _versions(dice, regulations, changes)
    return case


def _first_day(dice: Random) -> date:
    if dice.random() < 0.4:
        return dice.choice(CHANGES) - timedelta(days=dice.randrange(70))
    return EARLIEST + timedelta(days=dice.randrange((LATEST - EARLIEST).days))


def _programme(dice: Random, first: date) -> tuple[Case, date]:
    """A trial, a main period with or without an extension, or one of the two alone; sometimes ended early."""
    trial_last = first + timedelta(days=dice.choice([27, 28, 29, 30, 30, 30, dice.randrange(3, 45)]))
    main = [
        trial_last + timedelta(days=1),
        trial_last + timedelta(days=dice.choice([10, 25, 40, 60, 60, 90, 120, 330])),
    ]
    match dice.choice(["both", "both", "both", "both", "trial", "main"]):
        case "trial":
            trial, main = [first, trial_last], None
        case "main":
            trial, main = None, [first, main[1]]
        case _:
            trial = [first, trial_last]
    last = (main or trial)[1]
    ended = _ended(dice, first, last)
    spans = {"trial": trial and _texts(trial), "main": main and _texts(main)}
    return {**spans, "ended_on": ended and ended.isoformat()}, last


def _ended(dice: Random, first: date, last: date) -> date | None:
    """Often on one of the first days of a month, where absences cost more than there is."""
    if dice.random() < 0.6:
        return None
    day = first + timedelta(days=dice.randrange((last - first).days + 1))
    return max(first, min(day, day.replace(day=dice.randrange(1, 5)))) if dice.random() < 0.4 else day


def _versions(dice: Random, settings: Case, changes: list[str]) -> list[list[Any]]:
    """Versions that turn a few settings each, or none."""
    found = []
    for day in changes:
        turned = dice.sample(sorted(CHOICES), dice.choice([0, 1, 3, 8, len(CHOICES)]))
        settings = {**settings, **{name: dice.choice(CHOICES[name]) for name in turned}}
        found.append([day, settings])
    return found


def _marks(dice: Random, days: list[date]) -> dict[str, str]:
    """Anything from nobody absent to hardly anybody there; illness and absence come in rows of days."""
    density, marks = dice.choice([0, 0.02, 0.1, 0.1, 0.3]), {}
    for start in days:
        if dice.random() < density:
            kind = dice.choice(COSTLY if dice.random() < 0.8 else HARMLESS)
            length = dice.choice([1, 1, 1, 2, 4, 9, 20])
            marks |= {(start + timedelta(days=n)).isoformat(): kind for n in range(length)}
    return marks


def _settlements(dice: Random, case: Case) -> list[Case]:
    names = dict.fromkeys(day.settlement for day in ledger(case))
    return [{**case, "settlement": name, **_payment(dice)} for name in names]


def _payment(dice: Random) -> Case:
    payment: Case = {
        "approved_bonus": _amount(dice, 900),
        "pit_monthly_reduction": dice.choice(["0.00", "0.00", "43.76", "100.00", "150.00", "300.00"]),
        "consented_deductions": _amount(dice, 1500),
    }
    if dice.random() < 0.2:
        payment["earlier_payments"] = [
            {"taxable": _amount(dice, 2000), "advance": f"{dice.randrange(240)}.00"} for _ in range(dice.choice([1, 2]))
        ]
    if dice.random() < 0.05:
        payment["earlier_payments"] = [{"taxable": f"-{_amount(dice, 600)}", "advance": f"-{dice.randrange(70)}.00"}]
    return payment


def _amount(dice: Random, most: int) -> str:
    return dice.choice(["0.00", f"{dice.randrange(most)}.{dice.randrange(100):02}"])


def _some(dice: Random, days: list[date]) -> list[str]:
    """None, a few days, or a long closure."""
    match dice.choice(["none", "none", "few", "row"]):
        case "few":
            return _texts(dice.sample(days, min(len(days), 4)))
        case "row" if days:
            place = dice.randrange(len(days))
            return _texts(days[place : place + dice.choice([3, 10, 35])])
    return []


def _texts(days: list[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)]
