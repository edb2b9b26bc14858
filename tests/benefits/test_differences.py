"""What changes after the approval is settled with the next list: new − old, nothing twice, nothing forgotten."""

from datetime import date
from decimal import Decimal

import pytest

from attendance.models import Day
from benefits.actions import draft_trial_list
from benefits.models import Recovery, Settlement
from benefits.reading.checksums import verify
from cistor.centres.models import StatutoryRate
from tests.benefits.months import (
    AUGUST,
    JULY,
    OCTOBER,
    SEPTEMBER,
    SIXTH,
    correct,
    count_month,
    figures,
    mark_days,
    pay_month,
)
from tests.benefits.people import amounts, make_settled_in, said
from tests.factories import end, make_participant, make_programme, mark_present

END_OF_OCTOBER = date(2026, 10, 31)


@pytest.fixture
def programme(centre):
    """Somebody present until the end of October but for one unexcused day of July."""
    return make_settled_in(centre, until=END_OF_OCTOBER, but={SIXTH: "unexcused"})


def test_a_sick_note_that_came_late_is_paid_with_the_next_list(programme, pay, count):
    first = pay(JULY).settlements.get()
    correct(programme, {SIXTH: "sick"})
    difference, regular = count(AUGUST).settlements.order_by("pk")
    assert (difference.corrects, difference.span, difference.start_on, difference.end_on) == (
        first,
        "2026-07",
        first.start_on,
        first.end_on,
    )
    assert amounts(difference) == {
        "unexcused": "89.20",
        "sick": "-44.60",
        "tax": "-5.00",
        "zus_pension": "8.70",
        "zus_disability": "3.56",
    }
    assert (difference.base, difference.benefit, difference.net, difference.payout) == (
        Decimal("0.00"),
        Decimal("44.60"),
        Decimal("39.60"),
        Decimal("39.60"),
    )
    assert difference.counts == {"sick": 1}
    assert regular.corrects is None


def test_every_difference_says_both_amounts_and_the_days(programme, pay, count):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    line = count(AUGUST).settlements.get(span="2026-07").lines.get(code="unexcused")
    assert line.because.replace("\xa0", " ") == (
        "Nieobecność nieusprawiedliwiona: było −89,20 zł (1 dzień: 6 lipca), "
        "jest −178,39 zł (2 dni: 6 i 9 lipca); różnica −89,19 zł."
    )
    assert line.days == [date(2026, 7, 9)]
    assert "§3 ust. 1 lit. d" in line.source


def test_without_a_change_there_is_no_difference(programme, pay, count):
    pay(JULY)
    assert [row.span for row in count(AUGUST).settlements.all()] == ["2026-08"]


def test_a_day_that_moves_without_changing_an_amount_makes_none(programme, pay, count):
    pay(JULY)
    correct(programme, {SIXTH: "present", date(2026, 7, 7): "unexcused"})
    assert [row.span for row in count(AUGUST).settlements.all()] == ["2026-08"]


def test_marks_that_cancel_out_within_a_span_still_show_what_changed(programme, pay, count):
    """One unexcused day less, two sick ones more: lines change, the sum does not."""
    pay(JULY)
    correct(programme, {SIXTH: "sick", date(2026, 7, 7): "sick"})
    difference = count(AUGUST).settlements.get(span="2026-07")
    assert amounts(difference)["unexcused"] == "89.20"
    assert (difference.benefit, difference.net, difference.payout) == (0, 0, 0)


def test_more_owed_is_taxed_with_the_other_payment_of_the_month(programme, pay, count):
    pay(JULY)
    correct(programme, {SIXTH: "present"})
    difference, regular = count(AUGUST).settlements.order_by("pk")
    assert (difference.benefit, difference.tax) == (Decimal("89.20"), Decimal("11.00"))
    # 12 % of 1 873,10 is 225, of which 11 is taken.
    assert regular.tax == Decimal("214.00")
    assert regular.inputs["earlier_payments"] == [{"taxable": "89.20", "advance": "11.00"}]


def test_less_owed_lowers_the_tax_and_the_transfer_of_the_same_list(programme, pay, count):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    august = count(AUGUST)
    difference, regular = august.settlements.order_by("pk")
    assert (difference.net, difference.tax, difference.payout) == (Decimal("-89.19"), 0, 0)
    # 12 % of 1 695 instead of 1 784.
    assert (regular.tax, regular.net) == (Decimal("203.00"), Decimal("1580.90"))
    assert (regular.withheld, regular.payout) == (Decimal("89.19"), Decimal("1491.71"))
    assert [(row.overpaid, row.amount) for row in regular.recovered.all()] == [(difference, Decimal("89.19"))]


def test_a_negative_sum_takes_the_next_payments_to_nothing_and_lowers_their_tax(centre, programme, pay, count):
    """July's benefit is lost; August and September were half spent in unexcused days."""
    few_days = {date(2026, 8, day): "unexcused" for day in (3, 4, 5, 6)}
    mark_days(programme, few_days)
    pay(JULY)
    correct(programme, {date(2026, 7, day): "unexcused" for day in (7, 8, 9)})
    august = pay(AUGUST)
    assert [row[1:] for row in figures(august)] == [("-1694.70", "0.00", "0.00"), ("0.00", "0.00", "0.00")]
    assert left_of(centre) == [Decimal("1694.70")]
    september = pay(SEPTEMBER)
    # 12 % of the 89,20 that September is more than July was.
    assert figures(september) == [("2026-09", "1772.90", "1694.70", "78.20")]
    assert left_of(centre) == []
    october = pay(OCTOBER)
    assert figures(october) == [("2026-10", "1569.90", "0.00", "1569.90")]
    assert [row for paid in (august, september, october) for row in verify(paid)] == []


def test_who_is_transferred_nothing_needs_no_account(programme, pay, count):
    """What August brings goes to the last grosz towards July."""
    mark_days(programme, {date(2026, 8, 10): "unexcused"})
    pay(JULY)
    correct(programme, {date(2026, 7, day): "unexcused" for day in (7, 8, 9)})
    programme.participant.payment_methods.all().delete()
    august = count(AUGUST)
    assert figures(august)[1] == ("2026-08", "1694.70", "1694.70", "0.00")
    assert said(august) == []


def test_what_is_corrected_again_is_settled_against_the_last_computation(programme, pay, count):
    first = pay(JULY).settlements.get()
    correct(programme, {SIXTH: "sick"})
    second = pay(AUGUST).settlements.get(span="2026-07")
    correct(programme, {SIXTH: "present"})
    third = pay(SEPTEMBER).settlements.get(span="2026-07")
    assert (second.corrects, third.corrects) == (first, second)
    assert amounts(third)["sick"] == "44.60"
    assert [row.benefit for row in (first, second, third)] == [Decimal("1694.70"), Decimal("44.60"), Decimal("44.60")]
    assert [row.span for row in count(OCTOBER).settlements.all()] == ["2026-10"]


def test_what_goes_back_to_what_it_was_is_settled_back(programme, pay, count):
    pay(JULY)
    correct(programme, {SIXTH: "sick"})
    pay(AUGUST)
    correct(programme, {SIXTH: "unexcused"})
    assert count(SEPTEMBER).settlements.get(span="2026-07").benefit == Decimal("-44.60")


def test_an_end_dated_back_asks_for_the_days_after_it(programme, pay, count):
    pay(JULY)
    pay(AUGUST)
    end(programme, ended_on=date(2026, 7, 15))
    september = count(SEPTEMBER)
    assert {row.span: str(row.benefit) for row in september.settlements.all()} == {
        # 15 of 31 days are left of 1 783,90; nothing of August.
        "2026-07": "-920.72",
        "2026-08": "-1783.90",
    }
    assert [row.computed["lines"] for row in september.settlements.filter(span="2026-08")] == [[]]
    assert [row.counts for row in september.settlements.order_by("span")] == [{"unexcused": 1}, {}]


def test_who_left_and_returns_pays_back_out_of_the_new_programme(centre, programme, pay, count):
    pay(JULY)
    end(programme, ended_on=date(2026, 7, 15))
    back = make_programme(programme.participant, start_on=date(2026, 8, 1))
    mark_present(back, date(2026, 8, 1), END_OF_OCTOBER)
    august = pay(AUGUST, on=date(2026, 9, 1))
    assert [row[0] for row in figures(august)] == ["2026-07"]
    (trial,) = draft_trial_list(centre=centre, on=date(2026, 9, 2))
    row = trial.settlements.get()
    assert (row.withheld, row.payout) == (row.net, 0)
    assert Recovery.objects.get().overpaid.programme == programme


def test_a_rate_entered_late_opens_every_span_that_it_touches(programme, pay, count):
    pay(JULY)
    pay(AUGUST)
    StatutoryRate.objects.create(
        kind="unemployment_benefit", in_force_from=date(2026, 8, 1), value=Decimal("1900"), source="Monitor Polski"
    )
    rows = count(SEPTEMBER).settlements.order_by("span")
    assert [(row.span, str(row.benefit)) for row in rows] == [("2026-08", "116.10"), ("2026-09", "1900.00")]


def test_a_rate_from_the_middle_of_a_month_pairs_its_lines(programme, pay, count):
    pay(JULY)
    StatutoryRate.objects.create(
        kind="unemployment_benefit", in_force_from=date(2026, 7, 16), value=Decimal("1900"), source="Monitor Polski"
    )
    difference = count(AUGUST).settlements.get(span="2026-07")
    bases = [line.amount for line in difference.lines.filter(code="base_main")]
    assert sum(bases) == difference.base == Decimal("863.18") + Decimal("980.65") - Decimal("1783.90")
    assert len(bases) == 2


def test_when_the_counter_of_a_limit_moves_later_settlements_open_too(centre, pay, count):
    """With fourteen sick days spent in July, two more push those of August over the limit of the programme."""
    sick = dict.fromkeys([date(2026, 7, day) for day in (1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17)], "sick")
    programme = make_settled_in(centre, until=END_OF_OCTOBER, but={**sick, date(2026, 8, 3): "sick"})
    pay(JULY)
    pay(AUGUST)
    correct(programme, {date(2026, 7, 20): "sick"})
    july, august, _ = count(SEPTEMBER).settlements.order_by("span")
    assert amounts(july)["sick"] == "-44.60"
    assert set(amounts(august)) == {"sick", "sick_over_limit", "zus_pension", "zus_disability"}
    assert august.benefit < 0


def test_a_main_period_decided_late_lengthens_a_month_already_paid(other_centre, other_letterhead, outsider):
    """Where trial and month are one settlement, the month was paid up to the end of the trial."""
    other_centre.single_handed = True
    other_centre.save()
    programme = make_programme(make_participant(other_centre), start_on=date(2026, 6, 11), main=False)
    mark_present(programme, date(2026, 6, 11), date(2026, 8, 31))
    july = pay_month(other_centre, JULY, by=outsider, director=outsider)
    last = july.settlements.latest("end_on").end_on
    assert last < date(2026, 7, 31)
    decided = {"decided_on": last, "decided_by": outsider}
    programme.stages.create(kind="main", start_on=date(2026, 7, last.day + 1), end_on=date(2027, 3, 1), **decided)
    august = count_month(other_centre, AUGUST, by=outsider)
    difference = august.settlements.get(span="2026-07")
    assert (difference.end_on, said(august)) == (date(2026, 7, 31), [])
    assert difference.base > 0


def test_days_that_a_difference_pays_for_the_first_time_must_be_marked(other_centre, other_letterhead, outsider):
    other_centre.single_handed = True
    other_centre.save()
    programme = make_programme(make_participant(other_centre), start_on=date(2026, 6, 11), main=False)
    mark_present(programme, date(2026, 6, 11), date(2026, 8, 31))
    pay_month(other_centre, JULY, by=outsider, director=outsider)
    last = programme.stages.get().end_on
    programme.stages.create(
        kind="main",
        start_on=date(2026, 7, last.day + 1),
        end_on=date(2027, 3, 1),
        decided_on=last,
        decided_by=outsider,
    )
    Day.objects.filter(programme=programme, on=date(2026, 7, 20)).delete()
    assert said(count_month(other_centre, AUGUST, by=outsider)) == [(programme.pk, "unmarked")]


def left_of(centre) -> list[Decimal]:
    return [row.left for row in Settlement.objects.overpaid().filter(payment_list__centre=centre)]
