"""Deductions: entered, agreed to on paper, withdrawn. Nothing is taken here: the lists do that (`deductions.due`)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from attendance.models import IssuedItem
from attendance.reading.items import chargeable
from benefits.actions.locks import one_at_a_time
from benefits.documents.deduction import agreement_context
from benefits.models import Deduction
from benefits.reading.charges import ENTERED, charged
from benefits.reading.deductions import Condition, State, in_state, kinds_in_force, obstacle, with_taken
from cistor.accounts.models import User
from cistor.centres.models import DeductionKind
from cistor.dates import day_text
from cistor.documents.actions import issue
from cistor.documents.models import Document, Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.stages import locked_programme
from participants.models import Programme

RIGHT = "enter_deduction"
FIELDS = ["what", "amount", "instalment", "position", "suspected_on", "suspicion"]


@transaction.atomic
def enter_deduction(
    programme: Programme,
    *,
    kind: DeductionKind,
    what: str,
    amount: Decimal,
    instalment: Decimal | None = None,
    position: int = 1,
    suspected_on: date | None = None,
    suspicion: str = "",
    item: IssuedItem | None = None,
    by: User,
    on: date,
) -> Deduction:
    """Write down an amount that is to be taken from the person's payments; nothing is taken before the consent.

    `instalment`: the most that one list may take; `item`: what was not given back, charged once. Refused for a kind
    that the regulations of the day do not have, and while the condition of the kind is not met; of a suspicion the day
    and the words are needed.
    """
    programme = _of(programme, by=by, on=on)
    deduction = Deduction(programme=programme, kind=_in_force(kind, programme, on), entered_by=by, entered_on=on)
    if item:
        deduction.item, deduction.pieces = item, _missing(item, programme, on).quantity
    words: dict[str, Any] = {"what": what, "suspected_on": suspected_on, "suspicion": suspicion}
    _set(deduction, amount=amount, instalment=instalment, position=position, on=on, **words)
    deduction.save(force_insert=True)
    record(deduction, "deduction_entered", by=by, kind=kind.code, amount=amount)
    return deduction


def _missing(item: IssuedItem, programme: Programme, on: date) -> IssuedItem:
    """As it stands now that the programme is held; refused once it is back, or charged."""
    things = chargeable([programme], on=on)
    found = next((thing.item for thing in things if thing.item.pk == item.pk), None)
    if found is None:
        raise Refused("Ta rzecz już wróciła albo jest spisana.")
    if item.pk in charged(things):
        raise Refused(ENTERED)
    return found


@transaction.atomic
def change_deduction(
    deduction: Deduction,
    *,
    what: str,
    amount: Decimal,
    instalment: Decimal | None = None,
    position: int = 1,
    suspected_on: date | None = None,
    suspicion: str = "",
    by: User,
    on: date,
) -> Deduction:
    """Put it right before the consent; a paper that was issued already is replaced by one that says so."""
    row = _held(deduction, by=by, on=on)
    _refuse_unless_waiting(row)
    words: dict[str, Any] = {"what": what, "suspected_on": suspected_on, "suspicion": suspicion}
    _set(row, amount=amount, instalment=instalment, position=position, on=on, **words)
    if row.document_id:
        row.document = _issued(row, by=by, on=on)
    row.save(update_fields=[*FIELDS, "document"])
    record(row, "deduction_changed", by=by, amount=amount)
    return row


@transaction.atomic
def issue_agreement(deduction: Deduction, *, by: User, on: date) -> Document:
    """The consent as a paper for the person to sign; asked for again, it is the same paper."""
    row = _held(deduction, by=by, on=on)
    _refuse_unless_waiting(row)
    if row.document is None:
        row.document = _issued(row, by=by, on=on)
        row.save(update_fields=["document"])
    return row.document


@transaction.atomic
def record_consent(
    deduction: Deduction, *, consented_on: date, scan: Upload | None = None, by: User, on: date
) -> Deduction:
    """The person has signed: from now on lists take the amount, and the amount never changes."""
    row = _held(deduction, by=by, on=on)
    _refuse_unless_waiting(row)
    if missing := obstacle(row.kind, row.programme, on=on):
        raise Refused(missing)
    first = row.suspected_on or row.programme.signed_on
    _refuse_day(consented_on, first, on, field="consented_on")
    if scan is not None and scan.participant_id != row.programme.participant_id:
        raise Refused("Ten skan dotyczy innej osoby.", field="scan")
    row.consented_on, row.consent_scan = consented_on, scan
    row.save(update_fields=["consented_on", "consent_scan"])
    record(row, "deduction_consented", by=by, amount=row.amount, consented_on=consented_on)
    return row


@transaction.atomic
def withdraw_consent(deduction: Deduction, *, withdrawn_on: date, note: str = "", by: User, on: date) -> Deduction:
    """The person has withdrawn the consent: what no approved list has taken by now is not taken any more."""
    # No list is approved in the meantime; a draft that takes some of it has to be counted anew.
    one_at_a_time(deduction.programme.participant.centre)
    row = _held(deduction, by=by, on=on)
    if row.consented_on is None:
        raise Refused("Nie ma jeszcze zgody, którą można by wycofać.")
    if row.withdrawn_on:
        raise Refused(f"Zgodę wycofano już {day_text(row.withdrawn_on)}.")
    if in_state(with_taken(Deduction.objects.filter(pk=row.pk)), State.DONE).exists():
        raise Refused("Całą kwotę już potrącono. Wycofanie niczego by nie zmieniło.")
    _refuse_day(withdrawn_on, row.consented_on, on, field="withdrawn_on")
    row.withdrawn_on, row.withdrawn_note = withdrawn_on, note.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_note"])
    record(row, "deduction_withdrawn", by=by, withdrawn_on=withdrawn_on)
    return row


@transaction.atomic
def drop_deduction(deduction: Deduction, *, note: str, by: User, on: date) -> Deduction:
    """The centre gives it up before there is a consent: it was paid, or the person does not agree."""
    row = _held(deduction, by=by, on=on)
    _refuse_unless_waiting(row)
    if not note.strip():
        raise Refused("Napisz, dlaczego potrącenia nie będzie.", field="note")
    row.withdrawn_on, row.withdrawn_note = on, note.strip()
    row.save(update_fields=["withdrawn_on", "withdrawn_note"])
    record(row, "deduction_dropped", by=by)
    return row


def _of(programme: Programme, *, by: User, on: date) -> Programme:
    """Held, for whoever may enter deductions of this person."""
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused("Potrącenia wpisują kadry i płace albo dyrektor.")
    return locked_programme(programme)


def _held(deduction: Deduction, *, by: User, on: date) -> Deduction:
    programme = _of(deduction.programme, by=by, on=on)
    rows = Deduction.objects.select_for_update(of=("self",), no_key=True).select_related("kind", "document")
    row = rows.get(pk=deduction.pk)
    row.programme = programme
    return row


def _in_force(kind: DeductionKind, programme: Programme, on: date) -> DeductionKind:
    kinds = kinds_in_force(programme.participant.centre_id, on)
    if not kinds:
        raise Refused(f"Regulamin obowiązujący {day_text(on)} nie przewiduje potrąceń.")
    if kind not in kinds:
        raise Refused(f"Regulamin obowiązujący {day_text(on)} nie ma tego rodzaju potrącenia.", field="kind")
    return kind


def _set(
    row: Deduction,
    *,
    what: str,
    amount: Decimal,
    instalment: Decimal | None,
    position: int,
    suspected_on: date | None,
    suspicion: str,
    on: date,
) -> None:
    row.what, row.amount, row.instalment, row.position = what.strip(), amount, instalment, position
    asks = row.kind.condition == Condition.JUSTIFIED_SUSPICION
    row.suspected_on, row.suspicion = (suspected_on, suspicion.strip()) if asks else (None, "")
    if not row.what:
        raise Refused("Napisz, za co jest potrącenie.", field="what")
    if instalment is not None and instalment > amount:
        raise Refused("Rata nie może być większa niż cała kwota.", field="instalment")
    if missing := obstacle(row.kind, row.programme, on=on):
        raise Refused(missing, field="kind")
    if asks:
        _refuse_bare_suspicion(row, on)
    refuse_invalid(row)


def _refuse_bare_suspicion(row: Deduction, on: date) -> None:
    """§ 5 cz. I ust. 2 lit. c regulaminu CISTOR: only where a justified suspicion was written down."""
    if row.suspected_on is None:
        raise Refused("To można potrącić tylko po uzasadnionym podejrzeniu: podaj jego dzień.", field="suspected_on")
    if not row.suspicion:
        raise Refused("Napisz, na czym polegało uzasadnione podejrzenie.", field="suspicion")
    last = min(on, row.programme.ended_on or on)
    _refuse_day(row.suspected_on, row.programme.start_on, last, field="suspected_on")


def _refuse_day(day: date, first: date, last: date, *, field: str) -> None:
    if day > last:
        raise Refused(f"Najpóźniej {day_text(last)}.", field=field)
    if day < first:
        raise Refused(f"Nie wcześniej niż {day_text(first)}.", field=field)


def _refuse_unless_waiting(row: Deduction) -> None:
    if row.consented_on:
        raise Refused(f"Zgodę podpisano {day_text(row.consented_on)}. Od tego dnia można ją już tylko wycofać.")
    if row.withdrawn_on:
        raise Refused(f"Z tego potrącenia zrezygnowano {day_text(row.withdrawn_on)}.")


def _issued(row: Deduction, *, by: User, on: date) -> Document:
    participant = row.programme.participant
    context = agreement_context(row, on=on)
    whose: dict[str, Any] = {"centre": participant.centre, "participant": participant, "replaces": row.document}
    return issue(kind="deduction_agreement", context=context, **whose, by=by, on=on)
