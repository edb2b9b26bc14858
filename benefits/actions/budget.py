"""What a centre means to spend in a year."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from benefits.models import BudgetPlan
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def set_budget(
    centre: Centre, *, year: int, kind: str, amount: Decimal | None, source: str = "", by: User, on: date
) -> BudgetPlan | None:
    """The plan of one kind of cost, with the paper it comes from; None takes it away. What was planned before stays in
    the history, and what nobody has changed is not written again."""
    if by.home_centre_id != centre.pk or not by.may("set_budget", on=on):
        raise Refused("Plan budżetu ustalają kadry i płace albo kierujący centrum.")
    if kind not in BudgetPlan.Kind.values:
        raise Refused("Nie ma takiego rodzaju kosztu.")
    if amount is not None and amount < 0:
        raise Refused("Plan nie może być ujemny.", field=kind)
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    plan = BudgetPlan.objects.filter(centre=centre, year=year, kind=kind).first()
    said, source = _said(plan), source.strip() if amount is not None else ""
    if said == (amount, source):
        return plan
    plan = _written(plan or BudgetPlan(centre=centre, year=year, kind=kind), amount, source)
    record(centre, "budget_set", by=by, year=year, kind=kind, amount=amount, before=said[0], source=source)
    return plan


def _said(plan: BudgetPlan | None) -> tuple[Decimal | None, str]:
    return (plan.amount, plan.source) if plan else (None, "")


def _written(plan: BudgetPlan, amount: Decimal | None, source: str) -> BudgetPlan | None:
    if amount is None:
        plan.delete()
        return None
    plan.amount, plan.source = amount, source
    plan.save()
    return plan
