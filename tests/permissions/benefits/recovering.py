from datetime import date

from benefits.actions import run_month
from benefits.models import Settlement
from cistor.accounts.roles import Role
from tests.benefits.months import approved_unprinted, correct
from tests.permissions.benefits.lists import FEBRUARY, approved, payroll
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World


def overpaid(world: World) -> Settlement:
    """A day of February said otherwise once it was paid: the second list of the month asks for it back."""
    if known := Settlement.objects.filter(payment_list__centre=world.centre, net__lt=0).first():
        return known
    first = approved(world)
    correct(world.programme, {date(2026, 2, 10): "unexcused"})
    second = run_month(centre=first.centre, month=FEBRUARY, number=2, by=payroll(world), on=TODAY)
    approved_unprinted(second, by=world.people[Role.DIRECTOR], on=TODAY)
    return second.settlements.get(net__lt=0)


ROWS = [
    Row(
        "benefits:instalments",
        "decide_recovery",
        kwargs=lambda w: {"pk": overpaid(w).pk},
        post=lambda w: {"instalment": "10", "reason": "Trudna sytuacja.", "token": "raty"},
    )
]
