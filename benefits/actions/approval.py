from bisect import bisect_right
from datetime import date

from django.db import transaction

from attendance.actions import close_many
from benefits.actions.locks import locked, one_at_a_time, still_open
from benefits.checksums import list_checksum, seen_checksum
from benefits.documents import payment_list_context
from benefits.drafting import Made, draft, results
from benefits.models import PaymentList, Settlement
from cistor.accounts.models import User
from cistor.centres.actions import seal
from cistor.centres.models import Centre, Regulations
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.models import Participant, Programme

CHANGED = "Dane zmieniły się od przeliczenia. Policz listę ponownie i sprawdź ją jeszcze raz."


@transaction.atomic
def check(payment_list: PaymentList, *, by: User, on: date, seen: str | None = None) -> PaymentList:
    """Payroll has looked through the draft and hands it to the director; counting it anew takes that back.

    `seen` is the `seen_checksum` of what was looked at, where a page showed one.
    """
    one_at_a_time(payment_list.centre)
    row = locked(payment_list)
    still_open(row)
    PaymentList.MOVES.make(row, "check")
    settlements = list(row.settlements.prefetch_related("lines"))
    _nothing_in_the_way(row, settlements)
    if seen is not None and seen != seen_checksum(row, settlements):
        raise Refused(CHANGED)
    row.checked_by, row.checked_on = by, on
    row.save(update_fields=["status", "checked_by", "checked_on"])
    record(row, "list_checked", by=by, on=on)
    return row


@transaction.atomic
def approve(payment_list: PaymentList, *, by: User, on: date, seen: str | None = None) -> PaymentList:
    """Make the list final: its days are closed, its versions sealed, the paper issued; the database keeps it so.

    Refused without the right, to the one who prepared it, with problems left, or when the facts give another result;
    `seen` is the `seen_checksum` of the draft that was looked at, where a page showed one.
    """
    one_at_a_time(payment_list.centre)
    row = locked(payment_list)
    still_open(row)
    _may_approve(row, by=by, on=on)
    PaymentList.MOVES.make(row, "approve")
    settlements = list(row.settlements.select_related("programme__participant").prefetch_related("lines"))
    _nothing_in_the_way(row, settlements)
    if seen is not None and seen != seen_checksum(row, settlements):
        raise Refused(CHANGED)
    _same_result_now(row, settlements, on=on)
    close_many([(one.programme, one.start_on, one.end_on) for one in settlements], by=by, on=on)
    for version in _versions_used(row.centre, settlements):
        seal(version, by=by, on=on)
    row.approved_by, row.approved_on = by, on
    row.checksum = list_checksum(row, settlements)
    context = payment_list_context(row, settlements)
    row.document = issue(
        kind="payment_list",
        centre=row.centre,
        context=context,
        people=(settlement.programme.participant_id for settlement in settlements),
        by=by,
        on=on,
    )
    row.save(update_fields=["status", "approved_by", "approved_on", "checksum", "document"])
    record(row, "list_approved", by=by, number=row.document.number, checksum=row.checksum, on=on)
    return row


def _may_approve(payment_list: PaymentList, *, by: User, on: date) -> None:
    if by.home_centre_id != payment_list.centre_id or not by.may("approve_list", on=on):
        raise Refused("Listę zatwierdza kierujący centrum albo osoba, która go tego dnia zastępuje.")
    if not payment_list.centre.single_handed and _has_counted(payment_list, by):
        raise Refused("Listę zatwierdza ktoś inny niż osoba, która ją sporządziła.")


def _has_counted(payment_list: PaymentList, user: User) -> bool:
    """Ever, not only last: else two could pass a list to each other until neither has prepared it."""
    return (
        payment_list.prepared_by == user
        or Entry.objects.filter(
            by=user,
            verb="list_counted",
            object_kind=PaymentList._meta.label_lower,
            object_id=payment_list.pk,
        ).exists()
    )


def _nothing_in_the_way(payment_list: PaymentList, settlements: list[Settlement]) -> None:
    if payment_list.problems.exists():
        raise Refused("Listy nie można zatwierdzić, dopóki są na niej przeszkody.")
    if not settlements:
        raise Refused("Na liście nie ma nikogo.")


def _same_result_now(payment_list: PaymentList, settlements: list[Settlement], *, on: date) -> None:
    """Count once more, while nothing about these people can change: nobody approves what they have not seen.

    Facts that changed without changing the result (an extension granted meanwhile) are taken over into the inputs.
    """
    _hold(settlements)
    now = draft(payment_list, on=on)
    if now.problems or results(now.made) != results(Made(row, list(row.lines.all())) for row in settlements):
        raise Refused(CHANGED)
    fresh = {(one.settlement.programme_id, one.settlement.span): one.settlement for one in now.made}
    newer = [row for row in settlements if row.checksum != fresh[row.programme_id, row.span].checksum]
    for row in newer:
        again = fresh[row.programme_id, row.span]
        row.inputs, row.checksum = again.inputs, again.checksum
    Settlement.objects.bulk_update(newer, ["inputs", "checksum"])


def _hold(settlements: list[Settlement]) -> None:
    """Acts about a person wait for the participant, marks for the programme; taken in the order of those acts."""
    people = Participant.objects.filter(pk__in={row.programme.participant_id for row in settlements})
    programmes = Programme.objects.filter(pk__in={row.programme_id for row in settlements})
    for rows in (people, programmes):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _versions_used(centre: Centre, settlements: list[Settlement]) -> list[Regulations]:
    """Those of the days paid for, and of the programmes' first days, which say how a trial is settled."""
    versions = list(Regulations.objects.filter(centre=centre).order_by("in_force_from"))
    starts = [version.in_force_from for version in versions]
    used: set[int] = set()
    for row in settlements:
        first, last = bisect_right(starts, row.start_on) - 1, bisect_right(starts, row.end_on) - 1
        used |= {bisect_right(starts, row.first_on) - 1, *range(first, last + 1)}
    return [versions[place] for place in sorted(used)]
