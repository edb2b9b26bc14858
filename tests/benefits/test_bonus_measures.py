"""A measure "brak premii" is told where a bonus is asked for, opined and decided; it takes none by itself."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions.breaches import record_breach, take_measure
from attendance.actions.incidents import record_incident
from attendance.actions.retractions import retract
from attendance.reading.order import breaches_in_force
from benefits.actions.bonuses import decide_bonus
from benefits.models import Bonus
from cistor.accounts.models import StandIn
from tests.benefits.bonus_world import ON, request, supported
from tests.benefits.people import make_settled_in
from tests.factories import login, make_group, make_user

EVENT, TAKEN = date(2026, 7, 8), date(2026, 7, 10)
LABEL = "Środek: brak premii"
TOLD = "z 10 lipca 2026, po zdarzeniu z 8 lipca 2026"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def programme(centre, instructor, letterhead):
    return make_settled_in(centre, group=make_group(centre, instructor), since=date(2026, 6, 1))


def after_breach(programme, by, *, event=EVENT, taken=TAKEN):
    letter = breaches_in_force(programme.participant.centre_id, event)[0]
    row = record_breach(programme, breach=letter, on_day=event, text="Krzyki w stolarni.", by=by, on=taken)
    return take_measure(row, kind="no_bonus", by=by, on=taken)


def after_incident(programme, by):
    told = {"at": time(7, 40), "substance": "alcohol", "suspicion": "-", "outcome": "admitted", "talk_on": TAKEN}
    row = record_incident(programme, on_day=EVENT, **told, by=by, on=EVENT).incident
    return take_measure(row, kind="no_bonus", by=by, on=TAKEN)


def said(client, user, address) -> str:
    login(client, user)
    return " ".join(client.get(address).content.decode().replace("\xa0", " ").split())


def pages(programme, bonus=None) -> list[str]:
    """Where it is asked for, the request, and the table of the month."""
    found = [reverse("benefits:bonuses") + "?miesiac=2026-07"]
    if bonus:
        return [*found, reverse("benefits:bonus", args=[bonus.pk])]
    return [*found, reverse("benefits:ask_bonus", args=[programme.pk]) + "?miesiac=2026-07"]


def test_who_asks_opines_and_decides_is_told_of_the_measure_with_its_date(
    client, programme, instructor, social_worker, director
):
    measure = after_breach(programme, social_worker)
    for page in pages(programme):
        assert TOLD in said(client, instructor, page)
    bonus = request(programme, instructor)
    for user in (social_worker, director):
        for page in pages(programme, bonus):
            assert TOLD in said(client, user, page)
    page = said(client, director, reverse("benefits:bonus", args=[bonus.pk]))
    assert LABEL in page
    assert reverse("attendance:breach", args=[measure.breach_id]) in page


def test_the_measure_takes_no_bonus_by_itself(programme, instructor, social_worker, director):
    after_breach(programme, social_worker)
    bonus = supported(request(programme, instructor), social_worker)
    decide_bonus(bonus, granted=True, amount=Decimal("300.00"), note="", by=director, on=ON)
    assert Bonus.objects.get().amount == Decimal("300.00")


def test_what_was_chosen_in_the_table_is_confirmed_beside_the_measure(
    client, programme, instructor, social_worker, director
):
    after_breach(programme, social_worker)
    bonus = supported(request(programme, instructor), social_worker)
    login(client, director)
    key = f"premia-{bonus.pk}"
    typed = {"row": [bonus.pk], f"{key}-verdict": "grant", f"{key}-amount": "300,00", f"{key}-note": ""}
    page = client.post(reverse("benefits:decide_bonuses") + "?miesiac=2026-07", typed).content.decode()
    assert "Rozstrzygnąć o premiach" in page
    assert TOLD in page


def test_what_followed_an_incident_is_told_to_those_who_read_it_only(
    client, centre, programme, instructor, social_worker, payroll, director
):
    after_incident(programme, social_worker)
    bonus = request(programme, instructor)
    told = {user: [TOLD in said(client, user, page) for page in pages(programme, bonus)] for user in (
        social_worker, make_user(centre, "psychologist"), director, instructor, payroll
    )}  # fmt: skip
    assert list(told.values()) == [[True, True], [True, True], [True, True], [False, False], [False, False]]


def test_who_stands_in_for_the_director_reads_as_much_as_in_the_room_of_order(
    client, programme, payroll, instructor, social_worker, director
):
    bonus = request(programme, instructor)
    StandIn.objects.create(absent=director, deputy=payroll, start_on=ON, end_on=ON)
    after_incident(programme, social_worker)
    assert LABEL not in said(client, payroll, reverse("benefits:bonus", args=[bonus.pk]))
    after_breach(programme, social_worker, event=date(2026, 7, 20), taken=date(2026, 7, 21))
    page = said(client, payroll, reverse("benefits:bonus", args=[bonus.pk]))
    assert "z 21 lipca 2026, po zdarzeniu z 20 lipca 2026" in page
    assert TOLD not in page


@pytest.mark.parametrize(
    "event, taken, is_told",
    [
        (date(2026, 6, 30), date(2026, 6, 30), False),
        (date(2026, 6, 30), date(2026, 7, 1), True),
        (date(2026, 7, 31), date(2026, 8, 3), True),
        (date(2026, 8, 1), date(2026, 8, 3), False),
    ],
)
def test_it_is_told_from_the_month_of_its_event_to_that_in_which_it_was_taken(
    client, programme, social_worker, instructor, event, taken, is_told
):
    after_breach(programme, social_worker, event=event, taken=taken)
    for page in pages(programme):
        assert ("po zdarzeniu z" in said(client, instructor, page)) == is_told


def test_a_measure_taken_back_or_taken_after_the_decision_is_not_told(
    client, programme, instructor, social_worker, director
):
    measure = after_breach(programme, social_worker)
    retract(measure, why="Nie ta osoba.", by=director, on=TAKEN)
    assert [LABEL in said(client, instructor, page) for page in pages(programme)] == [False, False]
    bonus = supported(request(programme, instructor), social_worker)
    decide_bonus(bonus, granted=False, amount=None, note="Za mało postępów.", by=director, on=date(2026, 8, 2))
    after_breach(programme, social_worker, event=EVENT, taken=ON)
    for page in pages(programme, bonus):
        assert "po zdarzeniu z" not in said(client, director, page)


def test_nobody_elses_measure_is_told(client, centre, programme, instructor, social_worker):
    other = make_settled_in(centre, group=programme.participant.memberships.get().group)
    after_breach(other, social_worker)
    assert TOLD not in said(client, instructor, pages(programme)[1])
    assert TOLD in said(client, instructor, pages(other)[1])


def test_the_table_asks_the_same_number_of_questions_for_any_number(client, centre, programme, social_worker, director):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(pages(programme)[0])
        return len(captured)

    group = programme.participant.memberships.get().group
    request(programme, group.leads.get().instructor)
    after_breach(programme, social_worker)
    login(client, director)
    queries()
    few = queries()
    for _ in range(3):
        other = make_settled_in(centre, group=group)
        request(other, group.leads.get().instructor)
        after_breach(other, social_worker)
    assert queries() == few
