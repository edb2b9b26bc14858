"""How much less than the statute the CISTOR regulations give: 50 / 100 % for 120 / 120 %, 14 sick days for 21."""

from datetime import date
from decimal import Decimal

import pytest

from attendance import inputs
from benefits import rules
from benefits.reading.shortfall import raised, shortfall
from cistor.centres import presets
from cistor.dates import class_days
from tests.factories import make_centre, make_participant, make_programme, mark

# The trial lasts all January, the main period begins on 1 February 2026.
NEW_YEAR = date(2026, 1, 1)
SICK = sorted(class_days(date(2026, 4, 1), date(2026, 4, 30)))
TODAY = date(2026, 8, 3)


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=NEW_YEAR)


def short(programme, span: str) -> str:
    centre = programme.participant.centre
    facts = inputs.gather(centre, [programme], TODAY)[programme.pk]
    given = facts.inputs(span)
    return str(shortfall(given, rules.settle(given), raised(centre, facts.rulebook)))


@pytest.mark.parametrize(
    "span, missing",
    [
        # 120 % of 1 721,90 is 2 066,28, rounded up to 2 066,30; half of it is 860,95, rounded up to 861,00.
        ("trial", "1205.30"),
        # 2 066,30 − 1 721,90.
        ("2026-04", "344.40"),
        # 1 783,90 since June: 2 140,70 − 1 783,90.
        ("2026-06", "356.80"),
    ],
)
def test_a_whole_month_falls_short_by_the_difference_of_the_full_rates(programme, span, missing):
    assert short(programme, span) == missing


def test_days_over_the_centres_limit_but_not_over_that_of_the_statute_fall_short(programme):
    """21 class days of April, all sick.

    Here: 1 721,90 − 14 × 1/40 (602,67) − 7 × 1/21 (573,97) = 545,26. By the statute: 2 066,30 − 21 × 1/40 (1 084,81).
    """
    assert len(SICK) == 21
    mark(programme, dict.fromkeys(SICK, "sick"))
    assert short(programme, "2026-04") == str(Decimal("2066.30") - Decimal("1084.81") - Decimal("545.26"))


def test_nothing_falls_short_where_nothing_would_be_paid_anyway(programme):
    mark(programme, dict.fromkeys(SICK[:4], "unexcused"))
    assert short(programme, "2026-04") == "0.00"


def test_regulations_that_follow_the_statute_are_raised_nowhere(db):
    centre = make_centre("statute")
    centre.regulations.update(in_force_from=date(2022, 2, 15))
    assert raised(centre, inputs.rulebook(centre)) is None


def test_a_version_is_raised_on_the_days_of_the_departure_alone(centre):
    book = raised(centre, inputs.rulebook(centre))
    days = [date(2021, 12, 31), date(2022, 1, 1), date(2022, 2, 14), date(2022, 2, 15)]
    found = [book.settings_on(day) for day in days]
    assert [(str(s.trial_rate), str(s.main_rate), s.sick_days_limit) for s in found] == [
        ("1/2", "1", 14),
        ("6/5", "6/5", 14),
        ("6/5", "6/5", 14),
        ("6/5", "6/5", 21),
    ]


def test_what_may_lawfully_stay_below_a_maximum_is_not_raised(centre):
    book = raised(centre, inputs.rulebook(centre))
    assert str(book.settings_on(TODAY).bonus_cap) == "1/5"


def test_a_later_version_by_the_statute_ends_the_departure(centre):
    presets.load_regulations("statute", centre, in_force_from=date(2026, 6, 1))
    book = raised(centre, inputs.rulebook(centre))
    assert [version.from_on for version in book.versions][-1] == date(2026, 6, 1)
    assert book.settings_on(date(2026, 5, 31)).sick_days_limit == 21


def test_a_draft_raises_nothing(centre):
    before = raised(centre, inputs.rulebook(centre)).versions
    draft = centre.regulations.get()
    draft.pk, draft.is_draft, draft.in_force_from = None, True, date(2024, 1, 1)
    draft.save()
    assert len(raised(centre, inputs.rulebook(centre)).versions) == len(before)


def test_raising_takes_two_queries_however_many_versions(centre, django_assert_num_queries):
    presets.load_regulations("statute", centre, in_force_from=date(2026, 6, 1))
    book = inputs.rulebook(centre)
    with django_assert_num_queries(2):
        raised(centre, book)


def test_a_centre_without_regulations_has_nothing_to_raise(centre):
    centre.regulations.update(is_draft=True)
    assert raised(centre, inputs.rulebook(centre)) is None
