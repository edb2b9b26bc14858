"""People whose July 2026 is to be paid, and what their list says."""

from datetime import date, timedelta

from benefits.actions import approve, check, run_month
from benefits.models import PaymentList
from cistor.accounts.models import User
from cistor.centres.models import Centre
from participants.models import Programme
from tests.factories import make_participant, make_programme, make_user, mark_present

JULY = date(2026, 7, 1)
SIXTH = date(2026, 7, 6)
LAST_OF_JULY = date(2026, 7, 31)
COUNTED = date(2026, 8, 3)
PAYDAY = date(2026, 8, 5)
REASON = "Stawki sprzed zmiany ustawy; nowy regulamin jest u starosty."


def make_settled_in(
    centre: Centre, *, since: date = JULY, until: date = LAST_OF_JULY, but=None, applied: bool = True, **over
) -> Programme:
    """Somebody in the main period, present from `since` to the end of July but for `but`; no trial is left to pay."""
    programme = make_programme(make_participant(centre, **over), start_on=since, applied=applied)
    programme.stages.filter(kind="trial").delete()
    programme.stages.filter(kind="main").update(start_on=since, end_on=since + timedelta(days=300))
    mark_present(programme, since, until, but=but)
    return programme


def make_on_trial(
    centre: Centre, *, start_on: date, until: date, but=None, main: bool = False, applied: bool = True, **over
) -> Programme:
    """Somebody in a trial of one month, present on every class day up to `until`."""
    programme = make_programme(make_participant(centre, **over), start_on=start_on, main=main, applied=applied)
    mark_present(programme, start_on, until, but=but)
    return programme


def counted(centre: Centre, by: User, month: date = JULY, on: date = COUNTED, **over) -> PaymentList:
    return run_month(centre=centre, month=month, by=by, on=on, **over)


def nets(payment_list: PaymentList) -> dict[int, str]:
    """Programme → what is paid."""
    return {row.programme_id: str(row.net) for row in payment_list.settlements.all()}


def said(payment_list: PaymentList) -> list[tuple[int, str]]:
    """(programme, kind) of every problem."""
    return sorted(payment_list.problems.values_list("programme_id", "kind"))


def amounts(settlement) -> dict[str, str]:
    """Code → amount of the lines."""
    return {line.code: str(line.amount) for line in settlement.lines.all()}


def checked(payment_list: PaymentList, *, on: date) -> PaymentList:
    """Looked through by whoever counted it, unless it was already."""
    payment_list.refresh_from_db()
    if payment_list.status == PaymentList.Status.DRAFT:
        check(payment_list, by=payment_list.prepared_by or make_user(payment_list.centre, "payroll"), on=on)
    return payment_list


def check_and_approve(payment_list: PaymentList, *, by: User, on: date, **fields) -> PaymentList:
    """With the reason for paying less than the statute, which the presets do."""
    return approve(checked(payment_list, on=on), by=by, on=on, **{"departure_reason": REASON, **fields})
