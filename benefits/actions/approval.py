from datetime import date

from django.db import transaction

from attendance.actions import close_many
from benefits.actions.counting import payday_now
from benefits.actions.locks import locked, one_at_a_time, still_open
from benefits.documents import payment_list_context
from benefits.drafting import draft, results, stored
from benefits.models import PaymentList, Settlement, Taken
from benefits.reading.checksums import list_checksum, seen_checksum
from benefits.reading.departures import below_statute, versions_used
from cistor.accounts.models import User
from cistor.centres.actions import give_reason, seal
from cistor.dates import month_start
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.models import Participant, Programme

OVERDUE = "Dzień wypłaty minął. Policz listę ponownie."
CHANGED = "Dane zmieniły się od przeliczenia. Policz listę ponownie i sprawdź ją jeszcze raz."
FOUR_EYES = "Listę zatwierdza ktoś inny niż osoba, która ją sporządziła lub sprawdziła."
OWN_DEDUCTION = "Na tej liście z Twojego konta wpisano potrącenie: zatwierdza ją ktoś inny."


@transaction.atomic
def check(payment_list: PaymentList, *, by: User, on: date, seen: str | None = None) -> PaymentList:
    """Payroll has looked through the draft and hands it to the director; counting it anew takes that back.

    `seen` is the `seen_checksum` of what was looked at, where a page showed one.
    """
    row = _open_to_decide(payment_list)
    PaymentList.MOVES.make(row, "check")
    settlements = list(row.settlements.defer("inputs", "computed"))
    _nothing_in_the_way(row, settlements)
    _as_seen(row, settlements, seen)
    row.checked_by, row.checked_on = by, on
    row.save(update_fields=["status", "checked_by", "checked_on"])
    record(row, "list_checked", by=by, on=on)
    return row


@transaction.atomic
def take_back(payment_list: PaymentList, *, by: User, on: date) -> PaymentList:
    """Payroll has thought better of a list that the director has not decided on yet."""
    row = _reopened(payment_list)
    record(row, "list_taken_back", by=by, on=on)
    return row


@transaction.atomic
def send_back(payment_list: PaymentList, *, reason: str, by: User, on: date) -> PaymentList:
    """The director wants something put right first. The reason stands in the journal, and on the list until the next
    check (`reason_sent_back`)."""
    _may_decide(payment_list, by=by, on=on)
    if not reason.strip():
        raise Refused("Napisz, co poprawić.", field="reason")
    row = _reopened(payment_list)
    record(row, "list_sent_back", by=by, reason=reason.strip(), on=on)
    return row


@transaction.atomic
def approve(
    payment_list: PaymentList, *, by: User, on: date, seen: str | None = None, departure_reason: str = ""
) -> PaymentList:
    """Make the list final: its days are closed, its versions sealed, the paper issued; the database keeps it so.

    Refused without the right, to the one who prepared or checked it, with problems left, or when the facts give
    another result. `seen` is the `seen_checksum` of the draft that was looked at, where a page showed one;
    `departure_reason` says why a version that gives less than the statute is paid by, where nobody has said it yet.
    """
    row = _open_to_decide(payment_list)
    _may_approve(row, by=by, on=on)
    PaymentList.MOVES.make(row, "approve")
    _paid_in_its_month(row, on=on)
    settlements = list(
        row.settlements.select_related("programme__participant").prefetch_related("lines", "taken__deduction__kind")
    )
    _nothing_in_the_way(row, settlements)
    _as_seen(row, settlements, seen)
    _same_result_now(row, settlements, on=on)
    _say_why(row, departure_reason, by=by, on=on)
    close_many([(one.programme, one.start_on, one.end_on) for one in settlements], by=by, on=on)
    for version in versions_used(row.centre, settlements):
        seal(version, by=by, on=on)
    row.approved_by, row.approved_on = by, on
    row.checksum = list_checksum(row, settlements)
    row.document = _issued(row, settlements, by=by, on=on)
    row.save(update_fields=["status", "approved_by", "approved_on", "checksum", "document"])
    record(row, "list_approved", by=by, number=row.document.number, checksum=row.checksum, on=on)
    return row


def has_prepared(payment_list: PaymentList, user: User) -> bool:
    """Counted or checked it, ever: else two could pass a list to each other until neither has prepared it."""
    return (
        user.pk in (payment_list.prepared_by_id, payment_list.checked_by_id)
        or Entry.objects.filter(
            by=user,
            verb__in=("list_counted", "list_checked"),
            object_kind=PaymentList._meta.label_lower,
            object_id=payment_list.pk,
        ).exists()
    )


def _open_to_decide(payment_list: PaymentList) -> PaymentList:
    one_at_a_time(payment_list.centre)
    row = locked(payment_list)
    still_open(row)
    return row


def _reopened(payment_list: PaymentList) -> PaymentList:
    row = _open_to_decide(payment_list)
    PaymentList.MOVES.make(row, "reopen")
    row.checked_by = row.checked_on = None
    row.save(update_fields=["status", "checked_by", "checked_on"])
    return row


def _may_decide(payment_list: PaymentList, *, by: User, on: date) -> None:
    if by.home_centre_id != payment_list.centre_id or not by.may("approve_list", on=on):
        raise Refused("O liście decyduje kierujący centrum albo osoba, która go tego dnia zastępuje.")


def _may_approve(payment_list: PaymentList, *, by: User, on: date) -> None:
    _may_decide(payment_list, by=by, on=on)
    if payment_list.centre.single_handed:
        return
    if has_prepared(payment_list, by):
        raise Refused(FOUR_EYES)
    if Taken.objects.filter(settlement__payment_list=payment_list, deduction__entered_by=by).exists():
        raise Refused(OWN_DEDUCTION)


def _as_seen(payment_list: PaymentList, settlements: list[Settlement], seen: str | None) -> None:
    if seen is not None and seen != seen_checksum(payment_list, settlements):
        raise Refused(CHANGED)


def _say_why(payment_list: PaymentList, reason: str, *, by: User, on: date) -> None:
    """Once a version: what the next list pays by it has its reason already."""
    unsaid = [below.version for below in below_statute(payment_list) if below.reason is None]
    if unsaid and not reason.strip():
        raise Refused("Lista płaci mniej, niż daje ustawa. Podaj uzasadnienie.", field="departure_reason")
    for version in unsaid:
        give_reason(version, text=reason, by=by, on=on)


def _issued(payment_list: PaymentList, settlements: list[Settlement], *, by: User, on: date) -> Document:
    return issue(
        kind="payment_list",
        centre=payment_list.centre,
        context=payment_list_context(payment_list, settlements),
        people=(settlement.programme.participant_id for settlement in settlements),
        by=by,
        on=on,
    )


def _paid_in_its_month(payment_list: PaymentList, *, on: date) -> None:
    """Tax is reckoned by the calendar month of the payday: a later one taxes it with other payments (rule 7)."""
    if month_start(payday_now(payment_list, on)) != month_start(payment_list.payday):
        raise Refused(OVERDUE)


def _nothing_in_the_way(payment_list: PaymentList, settlements: list[Settlement]) -> None:
    if payment_list.problems.in_the_way().exists():
        raise Refused("Listy nie można zatwierdzić, dopóki są na niej przeszkody.")
    if not settlements:
        raise Refused("Na liście nie ma nikogo.")


def _same_result_now(payment_list: PaymentList, settlements: list[Settlement], *, on: date) -> None:
    """Count once more, while nothing about these people can change: nobody approves what they have not seen.

    Facts that changed without changing the result (an extension granted meanwhile) are taken over into the inputs.
    """
    _hold(settlements)
    now = draft(payment_list, on=on)
    if now.in_the_way or results(now.made) != results(stored(settlements)):
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
