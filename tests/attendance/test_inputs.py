"""Rows become the engine's inputs."""

from datetime import date
from decimal import Decimal

import pytest

from attendance import inputs
from benefits import rules
from cistor.centres.models import ClosedDay, ExtraClassDay
from participants.models import Programme, Stage
from tests.factories import end, make_participant, make_programme, make_user, mark, mark_present

JULY, JULY_END = date(2026, 7, 1), date(2026, 7, 31)


def settle(centre, programme, settlement, until):
    return rules.settle(inputs.gather(centre, [programme], until)[programme.pk].inputs(settlement))


def test_the_marks_of_a_month_become_its_reductions(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    mark_present(programme, JULY, JULY_END, but={date(2026, 7, 6): "unexcused", date(2026, 7, 9): "unexcused"})
    settlement = settle(centre, programme, "2026-07", JULY_END)
    assert settlement.base == Decimal("1783.90")
    assert settlement.counts == {"unexcused": 2}
    assert settlement.reductions == {"unexcused": Decimal("178.39")}


def test_sick_days_before_the_month_count_towards_its_limit(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    june = [date(2026, 6, day) for day in (8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23, 24)]
    mark(programme, dict.fromkeys(june, "sick"))
    mark(programme, {date(2026, 7, 1): "sick", date(2026, 7, 2): "sick"})
    assert settle(centre, programme, "2026-07", JULY_END).counts == {"sick": 1, "sick_over_limit": 1}


def test_marks_after_the_last_day_asked_for_are_left_out(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    mark(programme, {date(2026, 7, 31): "sick", date(2026, 8, 3): "sick"})
    facts = inputs.gather(centre, [programme], JULY_END)[programme.pk]
    assert facts.marks == {date(2026, 7, 31): "sick"}


def test_unmarked_days_are_class_days_inside_the_programme_without_a_mark(centre):
    ClosedDay.objects.create(centre=centre, on=date(2026, 12, 28), reason="przerwa")
    ExtraClassDay.objects.create(centre=centre, on=date(2026, 12, 19), reason="odpracowanie")
    programme = end(make_programme(make_participant(centre), start_on=date(2026, 12, 16)), ended_on=date(2026, 12, 29))
    mark(programme, {date(2026, 12, 17): "present", date(2026, 12, 18): "unexcused"})
    facts = inputs.gather(centre, [programme], date(2026, 12, 31))[programme.pk]
    # Not before the 16th, no Sunday, no 24–27, not the closed 28th, nothing after the end.
    assert facts.unmarked(date(2026, 12, 1), date(2026, 12, 31)) == [
        date(2026, 12, day) for day in (16, 19, 21, 22, 23, 29)
    ]


def test_provisional_days_are_listed_and_present_ones_among_them_too(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 7, 1))
    mark(programme, {date(2026, 7, 2): "unexcused", date(2026, 7, 3): "present"}, provisional=True)
    mark(programme, {date(2026, 7, 6): "unexcused"})
    facts = inputs.gather(centre, [programme], JULY_END)[programme.pk]
    assert facts.provisional_days(JULY, JULY_END) == [date(2026, 7, 2), date(2026, 7, 3)]
    assert facts.provisional_days(date(2026, 7, 3), JULY_END) == [date(2026, 7, 3)]


def test_the_extension_prolongs_the_main_period(centre):
    programme = make_programme(make_participant(centre), start_on=date(2025, 7, 1))
    by = programme.signed_by
    Stage.objects.create(
        programme=programme, kind="extension", start_on=date(2026, 7, 1), end_on=date(2026, 12, 31),
        decided_on=date(2026, 6, 1), decided_by=by,
    )  # fmt: skip
    facts = inputs.gather(centre, [programme], JULY_END)[programme.pk]
    assert facts.programme.main == rules.Span(date(2025, 8, 1), date(2026, 12, 31))


def test_contradictory_facts_of_one_person_stop_nobody_else(centre):
    wrong = make_programme(make_participant(centre), start_on=date(2026, 7, 1), main=False)
    right = make_programme(make_participant(centre), start_on=date(2026, 7, 1))
    Programme.objects.filter(pk=wrong.pk).update(
        ended_on=date(2026, 6, 1),
        end_kind="declaration",
        end_decided_on=date(2026, 6, 1),
        end_decided_by=wrong.signed_by,
    )
    facts = inputs.gather(centre, Programme.objects.all(), JULY_END)
    with pytest.raises(rules.ContradictoryInputs):
        _ = facts[wrong.pk].programme
    assert facts[right.pk].programme.first_on == date(2026, 7, 1)


def test_versions_carry_their_first_day_and_their_sources(centre):
    version = inputs.rulebook(centre).versions[0]
    assert version.from_on == date(2014, 6, 1)
    assert "§3 ust. 1 lit. d" in version.cited["unexcused_fraction"]


def test_the_number_of_queries_grows_neither_with_people_nor_with_days(centre, django_assert_num_queries):
    by = make_user(centre, "social_worker")
    for _ in range(2):
        mark_present(make_programme(make_participant(centre), start_on=JULY, by=by), JULY, date(2026, 7, 3), by=by)
    with django_assert_num_queries(7):
        inputs.gather(centre, Programme.objects.all(), date(2026, 7, 3))
    for _ in range(10):
        mark_present(make_programme(make_participant(centre), start_on=JULY, by=by), JULY, JULY_END, by=by)
    with django_assert_num_queries(7):
        inputs.gather(centre, Programme.objects.all(), JULY_END)
