from benefits.models import TaxReturn
from cistor.accounts.roles import Role
from tests.permissions.benefits.lists import approved
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

MONTH = {"year": TODAY.year, "month": TODAY.month}


def paid_month(world: World) -> dict:
    """A list is approved, with a payday in this month."""
    approved(world)
    return MONTH


def duty(world: World) -> dict:
    approved(world)
    return {"kind": "zus_declaration", **MONTH}


def done(world: World) -> dict:
    return {"token": "zus", "done_on": str(TODAY), "amount": "100,00", "note": "Wysłano."}


def last_year(world: World) -> dict:
    """Somebody's figures are gone since PIT-11 was handed over: a correction is to be made."""
    told = {"participant": world.programme.participant, "year": TODAY.year - 1, "number": 1}
    by = world.people[Role.PAYROLL]
    figures = {"income": 100, "advance": 12, "issued_by": by, "issued_on": TODAY}
    TaxReturn.objects.get_or_create(**told, defaults=figures)
    return {"year": told["year"]}


def programme(world: World) -> dict:
    return {"pk": world.programme.pk}


def registered(world: World) -> dict:
    return {"token": "zgłoszenie", "title_code": "091000", "registered_on": str(STARTED)}


ROWS: list[Row] = [
    Row("benefits:payer", "see_lists"),
    Row("benefits:record_duty", "run_month", kwargs=duty, unscoped=True, post=done),
    Row("benefits:insurance", "run_month", kwargs=programme, post=registered),
    Row("benefits:tax_year", "see_lists", kwargs=lambda w: {"year": paid_month(w)["year"]}, unscoped=True),
    Row("benefits:tax_sheet", "see_lists", kwargs=lambda w: {"year": paid_month(w)["year"]}, unscoped=True),
    Row(
        "benefits:issue_tax_returns",
        "run_month",
        kwargs=last_year,
        post=lambda w: {"token": "PIT-11"},
        unscoped=True,
    ),
    Row("benefits:zus", "see_lists", kwargs=paid_month, unscoped=True),
    Row("benefits:zus_sheet", "see_lists", kwargs=paid_month, unscoped=True),
]
