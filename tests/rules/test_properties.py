"""What holds for every settlement, whatever the regulations, the programme and the marks."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from benefits.rules import Calendar, Inputs, Programme, Rulebook, Settings, Span, Version, settle, spans
from cistor.dates import month_end, months_later
from tests.rules.book import BENEFIT_CODES, CISTOR, NET_CODES, RZYSZCZEWO, STATUTE, TODAY, days_of, rulebook

KINDS = ["unexcused", "sick", "sick", "care", "excused", "free_day", "late", "suspended"]
AMOUNTS = st.decimals(0, 3000, places=2)


@st.composite
def regulations(draw):
    """One of the three sets with some settings turned."""
    chosen = dict(draw(st.sampled_from([CISTOR, RZYSZCZEWO, TODAY])))
    turned = {
        "part_month": st.sampled_from(["calendar_days", "thirtieths", "class_days"]),
        "unexcused_days_limit": st.integers(0, 5),
        "unexcused_limit_scope": st.sampled_from(["settlement", "calendar_month"]),
        "sick_days_limit": st.integers(0, 21),
        "sick_limit_scope": st.sampled_from(["programme", "main_period", "settlement"]),
        "sick_day_unit": st.sampled_from(["class_days", "calendar_days"]),
        "over_limit_share": st.sampled_from(["class_day", "thirtieth"]),
        "bonus_basis": st.sampled_from(["full_rate", "benefit_due"]),
        "minimum_paid": st.sampled_from(["0.00", "500.00"]),
    }
    for name in draw(st.sets(st.sampled_from(sorted(turned)))):
        chosen[name] = draw(turned[name])
    return chosen


@st.composite
def inputs(draw):
    start = draw(st.dates(date(2014, 6, 1), date(2027, 1, 1)))
    rule = draw(st.sampled_from(["day_before", "same_day"]))
    trial = Span(start, months_later(start, 1, rule))
    main_start = trial.end_on + timedelta(days=1)
    main = Span(main_start, months_later(main_start, draw(st.integers(1, 17)), rule))
    days = days_of(start, main.end_on)
    pick = random.Random(draw(st.integers(0, 10**6)))
    ended_on = pick.choice([None, None, pick.choice(days)])
    programme = Programme(trial, main, ended_on)
    calendar = Calendar(
        closed=frozenset(pick.sample(days, len(days) // 30)),
        extra=frozenset(day for day in pick.sample(days, len(days) // 30) if day.weekday() == 5),
    )
    versions = [Version(Settings.from_mapping(draw(regulations())))]
    versions += [
        Version(Settings.from_mapping(draw(regulations())), pick.choice(days)) for _ in range(draw(st.integers(0, 1)))
    ]
    book = Rulebook(versions, STATUTE, calendar)
    share = pick.choice([0, 0.05, 0.4])
    return Inputs(
        rulebook=book,
        programme=programme,
        settlement=pick.choice([span.key for span in spans(programme, book, main.end_on)]),
        marks={day: pick.choice(KINDS) for day in days if pick.random() < share},
        approved_bonus=draw(AMOUNTS),
        pit_monthly_reduction=draw(st.sampled_from([Decimal("0.00"), Decimal("100.00"), Decimal("300.00")])),
        consented_deductions=draw(AMOUNTS),
    )


def figures(settlement):
    return [
        settlement.base,
        settlement.unexcused_over_limit,
        settlement.not_taken,
        settlement.benefit,
        settlement.bonus_cap,
        settlement.bonus,
        settlement.tax,
        settlement.deductions_taken,
        settlement.deductions_carried,
        settlement.net,
        settlement.zus_pension,
        settlement.zus_disability,
        *settlement.reductions.values(),
    ]


@given(inputs())
def test_the_lines_add_up_to_the_benefit_and_to_net(case):
    settlement = settle(case)
    assert sum(line.amount for line in settlement.lines if line.code in BENEFIT_CODES) == settlement.benefit
    assert sum(line.amount for line in settlement.lines if line.code in NET_CODES) == settlement.net


@given(inputs())
def test_no_figure_is_negative_and_each_is_whole_in_grosze(case):
    for figure in figures(settle(case)):
        assert figure >= 0
        assert figure.as_tuple().exponent == -2


@given(inputs())
def test_every_line_has_a_reason_and_a_source(case):
    for line in settle(case).lines:
        assert line.because.endswith(".")
        assert line.source


@given(inputs(), st.integers(0, 10**6))
def test_a_present_day_turned_unexcused_never_pays_more(case, seed):
    settlement = settle(case)
    present = [day for day in days_of(*settlement.span.covered) if day not in case.marks]
    assume(present)
    day = random.Random(seed).choice(present)
    assert settle(replace(case, marks={**case.marks, day: "unexcused"})).benefit <= settlement.benefit


@given(inputs(), st.randoms(use_true_random=False))
def test_the_order_of_the_marks_does_not_matter(case, random):
    shuffled = list(case.marks.items())
    random.shuffle(shuffled)
    assert settle(replace(case, marks=dict(shuffled))) == settle(case)


@settings(max_examples=20)
@given(st.lists(inputs(), min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_the_people_does_not_matter(cases, random):
    alone = {number: settle(case) for number, case in enumerate(cases)}
    order = list(alone)
    random.shuffle(order)
    assert {number: settle(cases[number]) for number in order} == alone


@given(
    st.dates(date(2014, 7, 1), date(2027, 1, 1)).map(lambda day: day.replace(day=1)),
    st.integers(1, 30),
    st.sampled_from(["calendar_days", "class_days"]),
)
def test_a_month_split_at_any_day_by_an_unchanged_rate_pays_the_same_within_the_rounding(first, day, part_month):
    """The trial ends on some day of the month, and the main period pays the same rate."""
    last = month_end(first)
    assume(day < last.day)
    split = first.replace(day=day)
    whole = Programme(None, Span(first, last))
    parts = Programme(Span(first, split), Span(split + timedelta(days=1), last))
    book = rulebook({**RZYSZCZEWO, "trial_rate": "1", "part_month": part_month})
    key = f"{first:%Y-%m}"
    paid_whole, paid_in_parts = settle(Inputs(book, whole, key)), settle(Inputs(book, parts, key))
    assert len([line for line in paid_in_parts.lines if line.code.startswith("base")]) == 2
    assert abs(paid_in_parts.benefit - paid_whole.benefit) <= Decimal("0.01")
