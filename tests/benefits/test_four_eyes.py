"""Nobody decides about money that they prepared themselves, whatever roles they have, unless the centre has one person
and says so in its settings."""

from importlib import import_module

import pytest

from benefits.actions import approve, recount
from cistor.accounts.models import StandIn
from cistor.accounts.roles import RIGHTS, STAFF_ROLES, Role
from cistor.errors import Refused
from tests.benefits.people import COUNTED, REASON, checked
from tests.factories import make_user

# What the head of the centre, or a stand-in, decides about money → the test that refuses it to whoever prepared it.
HELD_BY = {
    "approve_list": "test_approval::test_who_prepared_a_list_does_not_approve_it",
    "decide_bonus": "test_bonus_acts::test_whoever_asked_or_opined_does_not_decide_unless_alone",
    "sign_refund": "test_refund_acts::test_who_has_ever_prepared_it_does_not_sign_unless_alone",
}
# Payroll makes the order of a list that somebody else approved.
ORDERED_BY = "test_orders::test_who_approved_the_list_makes_no_order_unless_alone"
# The page of lists is read; an overpayment by instalments was computed, and nobody has prepared it.
NOT_PREPARED = {"see_lists", "decide_recovery"}
OF_MONEY = ("bonus", "list", "refund", "recovery", "order")


def test_every_decision_about_money_has_a_second_pair_of_eyes():
    decided = {right for right, roles in RIGHTS.items() if roles.get(Role.DIRECTOR) and roles[Role.DIRECTOR].stand_in}
    assert {right for right in decided if right.endswith(OF_MONEY) or right == "see_lists"} == {*HELD_BY, *NOT_PREPARED}
    for test in (*HELD_BY.values(), ORDERED_BY):
        module, name = test.split("::")
        assert callable(getattr(import_module(f"tests.benefits.{module}"), name))


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_who_has_counted_a_list_does_not_approve_it_in_any_other_role(centre, july, payroll, director, role):
    """Once is enough, even when somebody else has counted it since; as a stand-in of the director too."""
    both = make_user(centre, "payroll", role)
    StandIn.objects.create(absent=director, deputy=both, start_on=COUNTED, end_on=COUNTED)
    recount(july, by=both, on=COUNTED)
    recount(july, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="ktoś inny niż osoba"):
        approve(checked(july, on=COUNTED), by=both, on=COUNTED, departure_reason=REASON)
