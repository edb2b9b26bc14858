from datetime import date

from benefits.actions import refunds as acts
from benefits.models import Refund
from benefits.reading.refunds import seen_checksum
from cistor.accounts.roles import Role
from tests.permissions.benefits.lists import paid, payroll
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

MARCH = date(2026, 3, 1)


def labour_office(world: World):
    return world.centre.offices.get(kind="pup")


def drafted(world: World) -> Refund:
    """Of what was paid the day before."""
    paid(world)
    known = world.centre.refunds.first()
    given = {"month": MARCH, "office": labour_office(world), "by": payroll(world), "on": TODAY}
    return known or acts.prepare_refund(world.centre, **given)


def signed(world: World) -> Refund:
    row = drafted(world)
    if row.status == Refund.Status.DRAFT:
        acts.sign_refund(row, by=world.people[Role.DIRECTOR], on=TODAY)
    return drafted(world)


def sent(world: World) -> Refund:
    row = signed(world)
    if not row.steps.exists():
        acts.send_refund(row, sent_on=TODAY, by=payroll(world), on=TODAY)
    return row


def new(world: World) -> dict:
    paid(world)
    return {"month": str(MARCH), "office": labour_office(world).pk, "token": "refundacja"}


def seen(world: World) -> dict:
    return {"seen": seen_checksum(drafted(world).items.all())}


ROWS: list[Row] = [
    Row("benefits:refunds", "see_lists"),
    Row("benefits:new_refund", "prepare_refund", post=new),
    Row("benefits:refund", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row(
        "benefits:recount_refund",
        "prepare_refund",
        kwargs=lambda w: {"pk": drafted(w).pk},
        post_only=True,
        post=lambda w: {},
    ),
    Row("benefits:drop_refund", "prepare_refund", kwargs=lambda w: {"pk": drafted(w).pk}, post=lambda w: {}),
    Row("benefits:sign_refund", "sign_refund", kwargs=lambda w: {"pk": drafted(w).pk}, post=seen),
    Row(
        "benefits:refund_step",
        "prepare_refund",
        kwargs=lambda w: {"pk": sent(w).pk, "step": "wplyw"},
        post=lambda w: {"on": str(TODAY), "amount": "1,00", "token": "wplyw"},
    ),
    Row("benefits:refund_sheet", "see_lists", kwargs=lambda w: {"pk": drafted(w).pk}),
    Row("benefits:budget", "see_lists"),
    Row(
        "benefits:set_budget",
        "set_budget",
        kwargs=lambda w: {"year": 2026},
        post=lambda w: {"benefit": "1 000 000", "benefit_source": "plan finansowy", "token": "plan"},
        unscoped=True,
    ),
    Row("benefits:budget_sheet", "see_lists", kwargs=lambda w: {"year": 2026}, unscoped=True),
]
