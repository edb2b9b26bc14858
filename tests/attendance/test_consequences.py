"""What a mark costs, and how that is said, by the regulations of CISTOR: 1783,90 zł a month since June 2026."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404
from django.urls import reverse

from attendance.consequences import answer, read_changes
from attendance.terms import Terms
from cistor.centres.models import Regulations
from cistor.money import NBSP
from participants.models import Membership, Stage
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark

WEDNESDAY = date(2026, 7, 15)


def july(*days):
    return [date(2026, 7, day) for day in days]


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=date(2026, 5, 4))


def codes(programme, day=WEDNESDAY, changes=None):
    found = answer(programme, day, changes or {}, terms=Terms(programme.participant.centre))
    assert not found.problem
    return found.codes


def said(programme, meaning, day=WEDNESDAY, changes=None):
    return codes(programme, day, changes)[meaning].sentence.replace(NBSP, " ")


def problem(programme, day=WEDNESDAY):
    return answer(programme, day, {}, terms=Terms(programme.participant.centre)).problem


def set_rules(centre, **settings):
    Regulations.objects.filter(centre=centre).update(**settings)


# Unexcused ------------------------------------------------------------------------------------------------------------


def test_an_unexcused_day_costs_a_twentieth(programme):
    assert codes(programme)["unexcused"].amount == Decimal("-89.20")
    assert said(programme, "unexcused") == "1. dzień NN w tym miesiącu: −89,20 zł."


def test_the_last_day_of_the_limit_warns_of_the_next(programme):
    mark(programme, dict.fromkeys(july(6, 7), "unexcused"))
    assert said(programme, "unexcused") == "3. dzień NN w tym miesiącu: −89,20 zł; czwarty zabiera cały miesiąc."


def test_the_day_over_the_limit_takes_what_is_left(programme):
    mark(programme, dict.fromkeys(july(6, 7, 8), "unexcused"))
    assert said(programme, "unexcused") == (
        "4. dzień NN w tym miesiącu: przekroczony limit 3 dni, przepada całe świadczenie: −1 516,31 zł."
    )


def test_a_day_before_others_says_how_many_there_are(programme):
    mark(programme, dict.fromkeys(july(16, 17, 20), "unexcused"))
    assert said(programme, "unexcused") == (
        "1. dzień NN w tym miesiącu, razem 4: przekroczony limit 3 dni, przepada całe świadczenie: −1 516,31 zł."
    )


def test_a_benefit_lost_already_is_not_lost_again(programme):
    mark(programme, dict.fromkeys(july(6, 7, 8, 9), "unexcused"))
    assert said(programme, "unexcused") == "5. dzień NN w tym miesiącu: świadczenie za ten miesiąc już przepadło."
    assert said(programme, "sick") == "Dzień chorobowy 1 z 14: świadczenie za ten miesiąc już przepadło."
    assert said(programme, "late") == "Bez zmian w świadczeniu."


def test_a_trial_settled_apart_is_named(programme):
    mark(programme, {date(2026, 5, 5): "unexcused"})
    assert said(programme, "unexcused", date(2026, 6, 2)) == "2. dzień NN w okresie próbnym: −44,60 zł."


def test_a_month_that_shares_its_days_with_a_trial_is_called_a_settlement(programme):
    mark(programme, {date(2026, 6, 2): "unexcused"})
    assert said(programme, "unexcused", date(2026, 6, 8)) == "1. dzień NN w tym rozliczeniu: −89,20 zł."


def test_by_the_calendar_month_days_of_the_trial_count_and_later_settlements_are_told(centre, programme):
    set_rules(centre, unexcused_limit_scope="calendar_month")
    mark(programme, dict.fromkeys([date(2026, 6, day) for day in (8, 9, 10)], "unexcused"))
    text = said(programme, "unexcused", date(2026, 6, 2))
    assert text.startswith("1. dzień NN w tym miesiącu: −")
    assert "W kolejnych rozliczeniach: −" in text


# Sick -----------------------------------------------------------------------------------------------------------------


def test_sick_days_are_counted_over_the_programme(programme):
    mark(programme, dict.fromkeys([date(2026, 6, day) for day in (8, 9, 10, 11)], "sick"))
    assert said(programme, "sick") == "Dzień chorobowy 5 z 14: −44,60 zł."


def test_a_sick_day_over_the_limit_takes_the_day(programme):
    days = (8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 22, 23, 24, 25)
    mark(programme, dict.fromkeys([date(2026, 6, day) for day in days], "sick"))
    assert said(programme, "sick") == "15. dzień chorobowy, limit 14: −77,56 zł."


def test_a_sick_day_that_moves_a_later_one_over_the_limit_says_so(centre, programme):
    set_rules(centre, sick_days_limit=2)
    mark(programme, dict.fromkeys(july(16, 17), "sick"))
    assert said(programme, "sick") == "Dzień chorobowy 1 z 2: −77,56 zł, bo późniejszy dzień wychodzi ponad limit."


def test_a_sick_day_that_costs_a_later_settlement_says_how_much(centre, programme):
    set_rules(centre, sick_days_limit=2)
    mark(programme, dict.fromkeys([date(2026, 8, 3), date(2026, 8, 4)], "sick"))
    assert said(programme, "sick") == "Dzień chorobowy 1 z 2: −44,60 zł. W kolejnych rozliczeniach: −40,35 zł."


def test_the_limit_of_the_main_period_leaves_the_trial_alone(centre, programme):
    set_rules(centre, sick_limit_scope="main_period")
    assert said(programme, "sick", date(2026, 5, 6)) == "Dzień chorobowy, w okresie próbnym poza limitem: −21,53 zł."
    mark(programme, {date(2026, 5, 5): "sick"})
    assert said(programme, "sick") == "Dzień chorobowy 1 z 14: −44,60 zł."


def test_the_limit_of_a_settlement_begins_anew(centre, programme):
    set_rules(centre, sick_limit_scope="settlement")
    mark(programme, {date(2026, 6, 8): "sick"})
    assert said(programme, "sick") == "Dzień chorobowy 1 z 14 w tym miesiącu: −44,60 zł."


# Other kinds ----------------------------------------------------------------------------------------------------------


def test_what_costs_nothing_says_so(programme):
    found = codes(programme)
    for meaning in ("present", "late", "suspended", "excused", "care"):
        assert found[meaning].amount == 0
        assert found[meaning].sentence == "Bez zmian w świadczeniu."


def test_an_excused_day_costs_the_fraction_of_the_centre(other_centre):
    programme = make_programme(make_participant(other_centre), start_on=date(2026, 5, 4))
    assert said(programme, "excused") == "Dzień NU, 1/30 pełnej stawki: −59,46 zł."
    assert said(programme, "care") == "Dzień Cop, 1/30 pełnej stawki: −59,46 zł."


def test_free_days_are_counted_over_the_programme(programme):
    mark(programme, {date(2026, 6, 8): "free_day", date(2026, 7, 1): "free_day"})
    assert said(programme, "free_day") == "3. dzień wolny z 4. Bez zmian w świadczeniu."
    mark(programme, dict.fromkeys(july(2, 3), "free_day"))
    assert said(programme, "free_day") == "5. dzień wolny, regulamin daje 4. Bez zmian w świadczeniu."


def test_reductions_that_have_eaten_the_benefit_leave_nothing_to_take(centre, programme):
    set_rules(centre, unexcused_fraction="1", unexcused_days_limit=10)
    mark(programme, dict.fromkeys(july(6, 7), "unexcused"))
    assert said(programme, "sick") == "Dzień chorobowy 1 z 14: świadczenie za ten miesiąc wynosi już 0,00 zł."


# Which marks count ----------------------------------------------------------------------------------------------------


def test_what_is_pending_counts_and_what_is_taken_away_does_not(programme):
    mark(programme, dict.fromkeys(july(6, 7), "unexcused"))
    changes = {date(2026, 7, 6): None, date(2026, 7, 8): "unexcused", date(2026, 7, 9): "unexcused"}
    assert said(programme, "unexcused", changes=changes).startswith("4. dzień NN")


def test_provisional_marks_count_as_they_stand(programme):
    mark(programme, {date(2026, 7, 6): "unexcused"}, provisional=True)
    assert said(programme, "unexcused").startswith("2. dzień NN")


def test_the_mark_that_stands_on_the_day_is_compared_with_present_too(programme):
    mark(programme, {WEDNESDAY: "sick"})
    assert codes(programme)["sick"].amount == Decimal("-44.60")
    assert codes(programme)["present"].amount == 0


# What cannot be said --------------------------------------------------------------------------------------------------


def test_a_day_outside_the_programme_or_without_classes_has_no_consequence(programme):
    assert problem(programme, date(2026, 5, 3)) == "Ten dzień leży poza programem."
    assert problem(programme, date(2026, 7, 18)) == "Tego dnia nie ma zajęć."


def test_contradictory_stages_are_said_calmly(programme):
    Stage.objects.filter(programme=programme, kind="main").update(start_on=date(2026, 6, 10))
    assert problem(programme).startswith("Nie można policzyć skutku. Między końcem okresu próbnego")


def test_an_end_outside_the_plan_is_said_calmly(programme):
    end(programme, ended_on=date(2028, 1, 1))
    assert problem(programme).startswith("Nie można policzyć skutku. Program zakończono")


def test_a_day_before_the_first_rate_is_said_calmly(centre):
    set_rules(centre, in_force_from=date(2014, 1, 1))
    programme = make_programme(make_participant(centre), start_on=date(2014, 1, 7))
    assert "Brak parametru ustawowego: zasiłek dla bezrobotnych" in problem(programme, date(2014, 1, 8))


def test_days_before_the_first_regulations_are_said_calmly(centre, programme):
    set_rules(centre, in_force_from=date(2026, 6, 1))
    assert problem(programme).startswith("Nie można policzyć skutku. Brak regulaminu")


# The address ----------------------------------------------------------------------------------------------------------


def test_changes_of_an_address_are_read():
    assert read_changes("") == {}
    assert read_changes("2026-03-06:unexcused,2026-03-09:") == {
        date(2026, 3, 6): "unexcused",
        date(2026, 3, 9): None,
    }


@pytest.mark.parametrize(
    "text", ["x", ",", "2026-03-06", "2026-13-06:sick", "2026-03-06:holiday", "2026-03-06:sick,", "2026-03-06:sick "]
)
def test_nonsense_among_the_changes_is_not_found(text):
    with pytest.raises(Http404):
        read_changes(text)


def test_the_answer_is_for_this_page_only(as_user, centre, programme):
    client = as_user(make_user(centre, "social_worker"), WEDNESDAY)
    page = client.get(reverse("attendance:consequences", args=[programme.pk]), {"dzien": "2026-07-15"})
    assert page["Cache-Control"] == "private, no-store"
    assert page.json()["codes"]["unexcused"] == {
        "amount": f"−89,20{NBSP}zł",
        "sentence": f"1. dzień NN w tym miesiącu: −89,20{NBSP}zł.",
    }


def test_an_instructor_asks_about_the_own_group_only(as_user, centre, programme):
    instructor = make_user(centre, "instructor")
    make_group(centre, instructor)
    url = reverse("attendance:consequences", args=[programme.pk])
    assert as_user(instructor, WEDNESDAY).get(url).status_code == 404


def test_an_instructor_asks_about_the_days_of_who_left_the_group(as_user, centre, programme):
    instructor = make_user(centre, "instructor")
    left, joined = make_group(centre, instructor), make_group(centre, make_user(centre, "instructor"))
    Membership.objects.create(group=left, participant=programme.participant, start_on=july(1)[0], end_on=july(10)[0])
    Membership.objects.create(group=joined, participant=programme.participant, start_on=july(13)[0])
    client, url = as_user(instructor, WEDNESDAY), reverse("attendance:consequences", args=[programme.pk])
    answers = {day: client.get(url, {"dzien": day.isoformat()}).status_code for day in july(10, 13, 15)}
    assert list(answers.values()) == [200, 404, 404]


def test_a_group_that_somebody_will_join_opens_nothing_yet(as_user, centre, programme):
    instructor = make_user(centre, "instructor")
    group = make_group(centre, instructor)
    Membership.objects.create(group=group, participant=programme.participant, start_on=july(20)[0])
    url = reverse("attendance:consequences", args=[programme.pk])
    assert as_user(instructor, WEDNESDAY).get(url, {"dzien": "2026-07-20"}).status_code == 404


def test_the_number_of_queries_is_fixed(as_user, centre, programme, django_assert_max_num_queries):
    client = as_user(make_user(centre, "social_worker"), WEDNESDAY)
    url = reverse("attendance:consequences", args=[programme.pk])
    with django_assert_max_num_queries(15):
        client.get(url)
    mark(programme, dict.fromkeys(july(1, 2, 3, 6, 7, 8, 9), "sick"))
    with django_assert_max_num_queries(15):
        client.get(url)
