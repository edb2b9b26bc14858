"""The bonus: asked for by the instructor, opined by the staff, decided on by the director (S1 § 3 ust. 2)."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.actions.bonuses import decide_bonus, opine_bonus, withdraw_bonus
from benefits.models import Bonus
from benefits.reading.bonuses import asked, caps, caps_of, granted, late
from cistor.accounts.models import StandIn
from cistor.centres.models import Regulations
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.benefits.bonus_world import CAP, JULY, ON, request, supported
from tests.benefits.months import pay_month
from tests.benefits.people import make_settled_in
from tests.factories import make_group, make_participant, make_programme, make_user, mark_present


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, letterhead):
    return make_settled_in(centre, group=group)


@pytest.fixture
def ready(programme, instructor, social_worker):
    """300 zł asked for, with a positive opinion."""
    return supported(request(programme, instructor), social_worker)


def decide(bonus, by, *, amount=None, granted=True, note="", on=ON):
    return decide_bonus(bonus, granted=granted, amount=amount and Decimal(amount), note=note, by=by, on=on)


def test_what_was_asked_opined_and_granted_is_paid_and_printed(ready, director, programme):
    bonus = decide(ready, director)
    assert (bonus.amount, bonus.decided_by, bonus.document.number) == (Decimal("300.00"), director, "PM/1/2026")
    assert granted([programme.pk]) == {(programme.pk, "2026-07"): Decimal("300.00")}
    verbs = Entry.objects.filter(verb__startswith="bonus_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["bonus_asked", "bonus_opined", "bonus_granted"]


def test_the_cap_is_the_engines_and_a_percent_is_of_what_it_is_a_part_of(programme, instructor, centre):
    cap = caps(centre, JULY)[programme.pk]
    assert (cap.amount, cap.basis) == (CAP, Decimal("1783.90"))
    bonus = request(programme, instructor, amount=None, percent=Decimal("12.5"))
    assert asked(bonus, cap) == Decimal("222.98")  # 222.9875, cut down to the grosz


def test_nobody_asks_for_more_than_the_cap_and_is_told_the_largest_amount(programme, instructor):
    with pytest.raises(Refused, match=r"najwyżej 356,78.zł: .* 1/5 × 1.783,90.zł") as refusal:
        request(programme, instructor, amount=Decimal("356.79"))
    assert refusal.value.field == "amount"
    with pytest.raises(Refused, match=r"najwyżej 356,78.zł") as refusal:
        request(programme, instructor, amount=None, percent=Decimal("20.01"))
    assert refusal.value.field == "percent"


def test_four_unexcused_days_leave_nothing_to_ask_for(centre, group, instructor, letterhead):
    lost = {date(2026, 7, day): "unexcused" for day in (6, 7, 8, 9)}
    with pytest.raises(Refused, match=r"najwyżej 0,00.zł: .*przepadło"):
        request(make_settled_in(centre, group=group, but=lost), instructor)


def test_a_trial_settled_apart_has_no_bonus(centre, group, instructor):
    programme = make_programme(make_participant(centre, group=group), start_on=JULY)
    mark_present(programme, JULY, date(2026, 7, 31))
    with pytest.raises(Refused, match="w lipcu 2026 ten program nie ma rozliczenia"):
        request(programme, instructor)


@pytest.mark.parametrize(
    "over, said",
    [
        ({"month": date(2026, 9, 1)}, "jeszcze się nie zaczął"),
        ({"month": date(2026, 7, 2)}, "pierwszym dniem"),
        ({"reason": " "}, "jaka postawa"),
        ({"amount": None}, "Podaj kwotę albo procent"),
        ({"percent": Decimal(10)}, "Podaj kwotę albo procent"),
    ],
)
def test_a_request_names_a_month_begun_one_measure_and_a_reason(programme, instructor, over, said):
    with pytest.raises(Refused, match=said):
        request(programme, instructor, **over)


def test_the_instructor_of_the_group_asks_and_nobody_else(programme, centre, social_worker, director, outsider):
    for other in (make_user(centre, "instructor"), social_worker, director, outsider):
        with pytest.raises(Refused, match="wnosi instruktor prowadzący"):
            request(programme, other)


def test_where_no_request_is_needed_the_director_begins_one(programme, director, centre):
    Regulations.objects.filter(centre=centre).update(bonus_needs_request=False, bonus_needs_opinion=False)
    bonus = request(programme, director)
    with pytest.raises(Refused, match="ktoś inny"):
        decide(bonus, director)


def test_one_request_a_month_stands_and_after_a_refusal_there_may_be_another(programme, instructor, director):
    first = request(programme, instructor)
    with pytest.raises(Refused, match="już jest"):
        request(programme, instructor)
    decide(first, director, granted=False, note="Za wcześnie.")
    withdraw_bonus(request(programme, instructor), by=instructor, on=ON)
    request(programme, instructor)
    assert Bonus.objects.open().count() == 1


def test_only_who_asked_takes_it_back(ready, director):
    with pytest.raises(Refused, match="ten, kto go wpisał"):
        withdraw_bonus(ready, by=director, on=ON)


def test_without_a_positive_opinion_there_is_nothing_to_grant(programme, instructor, director):
    bonus = request(programme, instructor)
    with pytest.raises(Refused, match="Brakuje pozytywnej opinii"):
        decide(bonus, director)
    assert decide(bonus, director, granted=False, note="Brak opinii.").granted is False


def test_the_newest_opinion_of_each_person_counts(ready, social_worker, director, centre):
    opine_bonus(ready, is_positive=False, text="Od poniedziałku spóźnia się.", by=social_worker, on=ON)
    with pytest.raises(Refused, match="Brakuje pozytywnej opinii"):
        decide(ready, director)
    supported(ready, make_user(centre, "psychologist"))
    assert decide(ready, director).granted


def test_an_opinion_is_of_the_staff_of_another_than_who_asked_and_a_negative_one_has_reasons(ready, director, centre):
    with pytest.raises(Refused, match="opiniują pracownicy"):
        opine_bonus(ready, is_positive=True, text="", by=director, on=ON)
    with pytest.raises(Refused, match="wymaga uzasadnienia"):
        opine_bonus(ready, is_positive=False, text=" ", by=make_user(centre, "therapist"), on=ON)
    ready.asked_by.roles = ["instructor", "social_worker"]
    ready.asked_by.save()
    with pytest.raises(Refused, match="opiniuje ktoś inny"):
        opine_bonus(ready, is_positive=True, text="", by=ready.asked_by, on=ON)


def test_less_than_asked_for_is_granted_with_a_note_and_more_never(ready, director):
    with pytest.raises(Refused, match="mniej niż we wniosku"):
        decide(ready, director, amount="200.00")
    with pytest.raises(Refused, match="więcej przyznać nie można"):
        decide(ready, director, amount="350.00")
    with pytest.raises(Refused, match=r"najwyżej 356,78.zł"):
        decide(ready, director, amount="400.00")
    with pytest.raises(Refused, match="Odmowa wymaga uzasadnienia"):
        decide(ready, director, granted=False)
    assert decide(ready, director, amount="200.00", note="Budżet miesiąca.").amount == Decimal("200.00")


def test_a_cap_that_fell_since_is_the_one_that_counts(ready, director, programme):
    days = programme.days.filter(on__in=[date(2026, 7, day) for day in (6, 7, 8, 9)])
    days.update(meaning="unexcused", code="NN")
    with pytest.raises(Refused, match=r"najwyżej 0,00.zł"):
        decide(ready, director)


def test_whoever_asked_or_opined_does_not_decide_unless_alone(ready, instructor, social_worker, director, centre):
    absent = {"absent": director, "start_on": ON, "end_on": ON}
    for deputy in (instructor, social_worker):
        StandIn.objects.create(**absent, deputy=deputy)
        with pytest.raises(Refused, match="ktoś inny niż osoba"):
            decide(ready, deputy)
    centre.single_handed = True
    centre.save()
    bonus = decide(ready, type(instructor).objects.get(pk=instructor.pk))
    assert (bonus.decided_by, bonus.decided_for) == (instructor, director)


def test_a_stranger_to_the_centre_and_other_roles_decide_nothing(ready, outsider, payroll, instructor):
    for other in (outsider, payroll, instructor):
        with pytest.raises(Refused, match="rozstrzyga kierujący"):
            decide(ready, other)


def test_what_is_decided_stays(ready, director, instructor, social_worker):
    bonus = decide(ready, director)
    for act in (
        lambda: decide(bonus, director),
        lambda: withdraw_bonus(bonus, by=instructor, on=ON),
        lambda: opine_bonus(bonus, is_positive=True, text="", by=social_worker, on=ON),
    ):
        with pytest.raises(Refused, match="rozstrzygnięto już 3 sierpnia 2026"):
            act()


def test_one_granted_after_the_list_was_approved_waits_for_the_next(ready, director, payroll, centre):
    pay_month(centre, JULY, by=payroll, director=director)
    bonus = decide(ready, director)
    assert list(late(Bonus.objects.all())) == [bonus]


def test_another_centres_programmes_have_no_cap_here(programme, other_centre):
    assert caps(other_centre, JULY) == {}
    assert caps_of(programme.participant.centre, [programme], date(2027, 7, 1))[programme.pk].amount == 0
