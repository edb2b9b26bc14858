"""A request for a bonus on its way, for the tests of acts and pages."""

from datetime import date
from decimal import Decimal

from benefits.actions.bonuses import ask_bonus, opine_bonus
from benefits.models import Bonus
from cistor.accounts.models import User
from participants.models import Programme

JULY = date(2026, 7, 1)
# After the month, before its list.
ON = date(2026, 8, 3)
# 20 % of the full rate of July 2026.
CAP = Decimal("356.78")


def request(programme: Programme, by: User, *, month: date = JULY, on: date = ON, **over) -> Bonus:
    asked = {"amount": Decimal("300.00"), "reason": "Uczy nowych obsługi pilarki.", **over}
    return ask_bonus(programme, month=month, **asked, by=by, on=on)


def supported(bonus: Bonus, by: User, *, on: date = ON) -> Bonus:
    opine_bonus(bonus, is_positive=True, text="Robi postępy.", by=by, on=on)
    return bonus
