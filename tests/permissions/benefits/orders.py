from datetime import date

from benefits.actions.orders import TITLE, make_order
from benefits.models import PaymentList, PaymentOrder
from tests.benefits.orders import make_profile
from tests.permissions.benefits.lists import approved, payroll
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World


def with_bank(world: World) -> PaymentList:
    payment_list = approved(world)
    if not world.centre.bank_profiles.exists():
        make_profile(world.centre, since=STARTED, by=world.people["director"], on=TODAY)
    return payment_list


def ordered(world: World) -> PaymentOrder:
    payment_list = with_bank(world)
    known = payment_list.orders.first()
    return known or make_order(payment_list, pay_on=TODAY, by=payroll(world), on=TODAY)


def profile(world: World) -> dict:
    return {
        "token": "bank",
        "in_force_from": str(date(2026, 5, 1)),
        "bank": "Bank Wymyślony",
        "nrb": "61 1090 1014 0000 0712 1981 2874",
        "sender": "CIS\nul. Zmyślona 1",
        "title": TITLE,
        "encoding": "utf-8",
        "line_end": "lf",
        "width": "35",
        "lines": "4",
    }


ROWS: list[Row] = [
    Row(
        "benefits:order",
        "run_month",
        kwargs=lambda w: {"pk": with_bank(w).pk},
        post=lambda w: {"pay_on": str(TODAY), "token": "polecenie"},
    ),
    Row("benefits:orders", "see_lists", kwargs=lambda w: {"pk": ordered(w).payment_list_id}),
    Row("benefits:order_file", "run_month", kwargs=lambda w: {"pk": ordered(w).pk}),
    Row("benefits:bank_profiles", "see_lists"),
    Row("benefits:new_bank_profile", "set_regulations", post=profile),
]
