"""Points and places without a database."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.scoring import (
    Entrant,
    Line,
    Marks,
    Need,
    NeedRules,
    ScoreRules,
    full_months,
    need_points,
    points_text,
    ranking,
    score_points,
)

EVENLY = ScoreRules(
    5, dict.fromkeys(("motivation", "potential", "prognosis"), Fraction(1)), {"motivation": "§2 ust. 1"}
)
RZYSZCZEWO = NeedRules(Decimal("514.00"), 5, "§5 ust. 4", 12, 1, "§5 ust. 4")
MARCH = date(2026, 3, 2)


def total(lines) -> Fraction:
    return sum((line.points for line in lines), Fraction(0))


def need(income="600.00", since=None):
    return Need(Decimal(income) if income else None, "oświadczenie kandydata", since)


# Scores


def test_the_mean_of_the_recruiters_counts_once_a_criterion():
    lines = score_points([Marks(5, 3, 4), Marks(4, 3, 2)], EVENLY)
    assert [line.points for line in lines] == [Fraction(9, 2), Fraction(3), Fraction(3)]
    assert lines[0].sentence == "Motywacja: średnia 4,5 z ocen 5, 4 (w skali od 1 do 5) × waga 1."
    assert lines[0].source == "§2 ust. 1"


def test_one_score_is_no_mean():
    assert score_points([Marks(5, 3, 4)], EVENLY)[2].sentence == "Rokowanie: ocena 4 (w skali od 1 do 5) × waga 1."


def test_a_weight_multiplies_its_criterion_alone():
    rules = ScoreRules(5, {"motivation": Fraction(2), "potential": Fraction(1), "prognosis": Fraction(1, 2)}, {})
    assert [line.points for line in score_points([Marks(4, 3, 3)], rules)] == [8, 3, Fraction(3, 2)]


def test_three_recruiters_leave_no_rounding_behind():
    lines = score_points([Marks(5, 5, 5), Marks(4, 4, 4), Marks(4, 4, 4)], EVENLY)
    assert total(lines) == 13
    assert "średnia 4,33" in lines[0].sentence


def test_nobody_has_scored():
    with pytest.raises(ValueError, match="no scores"):
        score_points([], EVENLY)


marks = st.builds(Marks, *[st.integers(1, 5)] * 3)


@given(st.lists(marks, min_size=1, max_size=6), st.data())
def test_a_higher_mark_never_takes_points(given_marks, data):
    which = data.draw(st.integers(0, len(given_marks) - 1))
    one = given_marks[which]
    better = [*given_marks]
    better[which] = Marks(min(one.motivation + 1, 5), one.potential, one.prognosis)
    assert total(score_points(better, EVENLY)) >= total(score_points(given_marks, EVENLY))


@given(st.lists(marks, min_size=1, max_size=6))
def test_the_order_of_the_recruiters_says_nothing(given_marks):
    assert score_points(given_marks, EVENLY) == score_points(given_marks[::-1], EVENLY)


# Points for need


@pytest.mark.parametrize("income, points", [("0.00", 5), ("513.99", 5), ("514.00", 0), ("514.01", 0)])
def test_only_an_income_strictly_below_the_threshold_counts(income, points):
    assert need_points(need(income), RZYSZCZEWO, on=MARCH)[0].points == points


@pytest.mark.parametrize(
    "since, points",
    [
        (date(2025, 3, 3), 0),
        (date(2025, 3, 2), 1),
        (date(2024, 3, 3), 1),
        (date(2024, 3, 2), 2),
        (date(2016, 3, 1), 10),
        (date(2026, 3, 2), 0),
    ],
)
def test_twelve_full_months_make_a_point_and_each_further_twelve_another(since, points):
    assert need_points(need(since=since), RZYSZCZEWO, on=MARCH)[1].points == points


def test_the_sentences_say_the_facts_and_the_rule():
    income, jobless = need_points(need("400.00", date(2023, 1, 15)), RZYSZCZEWO, on=MARCH)
    assert income.sentence == (
        "Dochód na osobę w rodzinie 400,00\xa0zł (oświadczenie kandydata): poniżej kwoty 514,00\xa0zł."
    )
    assert jobless.sentence == (
        "Bez pracy od 15 stycznia 2023: do 2 marca 2026 pełnych miesięcy 37, za każde pełne 12 – 1 pkt."
    )
    assert (income.source, total([income, jobless])) == ("§5 ust. 4", 8)


def test_what_is_not_known_gives_nothing_and_says_so():
    lines = need_points(need(income=None), RZYSZCZEWO, on=MARCH)
    assert total(lines) == 0
    assert [line.sentence for line in lines] == [
        "Dochodu na osobę w rodzinie nie podano.",
        "Czasu bez pracy nie podano.",
    ]


def test_regulations_that_do_not_ask_make_no_line():
    rules = NeedRules(None, 0, "", 12, 1, "")
    assert len(need_points(need(), rules, on=MARCH)) == 1


@pytest.mark.parametrize(
    "since, on, months",
    [
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2025, 12, 15), date(2026, 1, 14), 0),
        (date(2026, 3, 1), date(2025, 3, 1), 0),
    ],
)
def test_a_month_is_full_on_the_day_of_the_same_number_or_the_months_last(since, on, months):
    assert full_months(since, on) == months


@given(st.dates(date(1990, 1, 1), MARCH), st.dates(date(1990, 1, 1), MARCH))
def test_longer_without_work_never_means_fewer_points(one, other):
    earlier, later = sorted((one, other))
    before, after = (need_points(need(since=day), RZYSZCZEWO, on=MARCH)[1].points for day in (earlier, later))
    assert before >= after


# The order


def entrant(key, points, submitted_on=MARCH, number=""):
    return Entrant(key, (Line(Fraction(points), "Za coś."),), submitted_on, number or f"W/{key}/2026")


def keys(ranked):
    return [one.entrant.key for one in ranked]


def test_most_points_first_and_the_line_lies_below_the_last_place():
    ranked = ranking([entrant(1, 3), entrant(2, 9), entrant(3, 6)], places=2)
    assert keys(ranked) == [2, 3, 1]
    assert [one.is_within for one in ranked] == [True, True, False]
    assert [one.tie for one in ranked] == ["", "", ""]


def test_among_equals_the_earlier_application_goes_first():
    ranked = ranking([entrant(1, 5, date(2026, 3, 5)), entrant(2, 5, date(2026, 3, 2))], places=1)
    assert keys(ranked) == [2, 1]
    assert ranked[1].tie == (
        "Tyle samo punktów co W/2/2026; o kolejności decyduje kolejność zgłoszeń: "
        "W/2/2026 złożono 2 marca 2026, W/1/2026 – 5 marca 2026."
    )
    assert ranked[0].tie.startswith("Tyle samo punktów co W/1/2026;")


def test_on_one_day_the_lower_number_goes_first_as_a_number():
    ranked = ranking([entrant(1, 5, number="W/10/2026"), entrant(2, 5, number="W/9/2026")], places=1)
    assert keys(ranked) == [2, 1]
    assert "oba wnioski złożono 2 marca 2026, W/9/2026 ma niższy numer" in ranked[1].tie


def test_more_places_than_people():
    assert all(one.is_within for one in ranking([entrant(1, 1)], places=26))


def test_nobody_makes_an_empty_ranking():
    assert ranking([], places=3) == []


entrants = st.lists(
    st.builds(
        entrant,
        st.integers(1, 400),
        st.fractions(0, 15, max_denominator=6),
        st.dates(date(2026, 1, 1), date(2026, 3, 31)),
    ),
    unique_by=lambda one: one.key,
    max_size=12,
)


@given(entrants, st.randoms(), st.integers(1, 12))
def test_the_order_is_one_whoever_comes_first(people, random, places):
    shuffled = [*people]
    random.shuffle(shuffled)
    assert ranking(people, places=places) == ranking(shuffled, places=places)


@given(entrants, st.integers(1, 12))
def test_places_are_consecutive_and_points_never_rise(people, places):
    ranked = ranking(people, places=places)
    assert [one.place for one in ranked] == list(range(1, len(people) + 1))
    points = [one.entrant.points for one in ranked]
    assert points == sorted(points, reverse=True)
    assert sum(one.is_within for one in ranked) == min(places, len(people))


@given(entrants.filter(bool), st.data())
def test_more_points_never_mean_a_lower_place(people, data):
    which = data.draw(st.sampled_from(people))
    raised = Entrant(which.key, (*which.lines, Line(Fraction(1), "Więcej.")), which.submitted_on, which.number)
    others = [one for one in people if one.key != which.key]
    place = {one.entrant.key: one.place for one in ranking(people, places=1)}[which.key]
    assert {one.entrant.key: one.place for one in ranking([*others, raised], places=1)}[which.key] <= place


@pytest.mark.parametrize(
    "points, text", [(Fraction(5), "5"), (Fraction(35, 3), "11,67"), (Fraction(9, 2), "4,5"), (Fraction(0), "0")]
)
def test_points_are_said_with_two_decimal_places_at_most(points, text):
    assert points_text(points) == text


def test_a_hundred_points_keep_their_noughts():
    assert points_text(Fraction(100)) == "100"
