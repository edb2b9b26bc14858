"""What the centre did as a payer: registrations with ZUS, the duties of a month or a year, PIT-11."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction

from benefits.actions.checking import has_been, refuse_without
from benefits.actions.locks import one_at_a_time
from benefits.deadlines.payer import due_of, period_end
from benefits.models import Insurance, PayerDuty, TaxReturn
from benefits.reading.tax_year import Figures, tax_year
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.centres.terms import TermBook
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.models import Programme

NOT_PAYROLL = "Obowiązki płatnika prowadzą kadry i płace tego centrum."


@transaction.atomic
def register_insurance(
    programme: Programme, *, title_code: str = "091000", registered_on: date, by: User, on: date
) -> Insurance:
    """Somebody was registered with ZUS on the day, under the title; said once more, it corrects what was said."""
    refuse_without(by, "run_month", programme.participant.centre, on, NOT_PAYROLL)
    row = _locked(programme)
    has_been(registered_on, on=on, field="registered_on")
    if registered_on < programme.start_on:
        raise Refused(f"Program zaczął się {day_text(programme.start_on)}.", field="registered_on")
    if row.deregistered_on and row.deregistered_on < registered_on:
        raise Refused(f"Wyrejestrowano {day_text(row.deregistered_on)}.", field="registered_on")
    row.title_code, row.registered_on, row.by, row.recorded_on = title_code, registered_on, by, on
    row.full_clean(exclude=["programme", "by"])
    row.save(update_fields=["title_code", "registered_on", "by", "recorded_on"] if row.pk else None)
    record(row, "insurance_registered", by=by, registered_on=registered_on, title_code=title_code)
    return row


@transaction.atomic
def deregister_insurance(programme: Programme, *, deregistered_on: date, by: User, on: date) -> Insurance:
    """Whose programme has ended is taken off; the title ends with the programme's last day."""
    refuse_without(by, "run_month", programme.participant.centre, on, NOT_PAYROLL)
    row = _locked(programme)
    if row.registered_on is None:
        raise Refused("Tej osoby nie zgłoszono do ZUS.", field="deregistered_on")
    if programme.ended_on is None or programme.ended_on > on:
        raise Refused("Program jeszcze trwa.", field="deregistered_on")
    has_been(deregistered_on, on=on, field="deregistered_on")
    if deregistered_on < max(programme.ended_on, row.registered_on):
        raise Refused(f"Program trwał do {day_text(programme.ended_on)}.", field="deregistered_on")
    row.deregistered_on, row.by, row.recorded_on = deregistered_on, by, on
    row.save(update_fields=["deregistered_on", "by", "recorded_on"])
    record(row, "insurance_deregistered", by=by, deregistered_on=deregistered_on)
    return row


@transaction.atomic
def record_duty(
    centre: Centre,
    kind: str,
    period: date,
    *,
    done_on: date,
    amount: Decimal | None = None,
    note: str = "",
    by: User,
    on: date,
) -> PayerDuty:
    """A duty of a month, or of a year by its January, was done; a correction is one more row."""
    refuse_without(by, "run_month", centre, on, NOT_PAYROLL)
    if period.day != 1 or (kind == PayerDuty.Kind.PIT_RETURN and period.month != 1):
        raise Refused("Obowiązek dotyczy miesiąca albo roku.")
    has_been(done_on, on=on, field="done_on")
    if done_on < period:
        raise Refused(f"Ten okres zaczął się {day_text(period)}.", field="done_on")
    if amount is not None and amount < 0:
        raise Refused("Kwota nie może być ujemna.", field="amount")
    due_on, source = due_of(TermBook([centre.pk]), centre.pk, kind, period_end(kind, period))
    row = PayerDuty.objects.create(
        centre=centre,
        kind=kind,
        period=period,
        done_on=done_on,
        amount=amount,
        note=note.strip(),
        due_on=due_on,
        due_source=source,
        by=by,
        recorded_on=on,
    )
    record(row, "payer_duty_recorded", by=by, kind=kind, period=period, amount=amount)
    return row


@transaction.atomic
def issue_tax_returns(centre: Centre, year: int, *, by: User, on: date) -> list[TaxReturn]:
    """PIT-11 of everybody whose figures of the year are new or other than those handed over: a correction has the
    next number. Figures that are gone are corrected to nothing."""
    refuse_without(by, "run_month", centre, on, NOT_PAYROLL)
    if year >= on.year:
        raise Refused("PIT-11 sporządza się po zakończeniu roku.")
    # A list approved in the meantime would change the figures.
    one_at_a_time(centre)
    said = {"year": year, "issued_by": by, "issued_on": on}
    made = TaxReturn.objects.bulk_create(
        TaxReturn(participant_id=person, number=number, income=now.income, advance=now.advance, **said)
        for person, number, now in _changed(centre, year)
    )
    if not made:
        raise Refused("Nie ma nowych ani zmienionych kwot.")
    record(centre, "tax_returns_issued", by=by, year=year, count=len(made))
    return made


def _changed(centre: Centre, year: int) -> Iterator[tuple[int, int, Figures]]:
    """(participant, number, figures) of those whose PIT-11 is to be made."""
    for person in tax_year(centre, year).people:
        if person.is_to_issue:
            yield person.pk, person.issued.number + 1 if person.issued else 1, person.figures


def _locked(programme: Programme) -> Insurance:
    """The row of the programme, or a new one; whoever writes it holds the programme."""
    held = Programme.objects.select_for_update().get(pk=programme.pk)
    return Insurance.objects.select_for_update().filter(programme=held).first() or Insurance(programme=held)
