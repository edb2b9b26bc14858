from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Centre, Regulations
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.journal.actions import record
from participants import checks
from participants import nrb as account_number
from participants.actions.checking import refuse_days, refuse_first, refuse_invalid
from participants.models import Participant, PaymentMethod, TaxStatement

# What people enter; everything else on the row is derived from it.
FIELDS = (
    "first_name",
    "last_name",
    "pesel",
    "pesel_faulty",
    "document_kind",
    "document_number",
    "birth_on",
    "sex",
    "street",
    "postal_code",
    "city",
    "phone",
    "email",
)
KEYS = ("name_key", "sound_key", "order_key", "pesel_key", "document_key")


class AlreadyKnown(Refused):
    """The person stands in the register; `existing` is the card to open instead."""

    def __init__(self, message: str, *, field: str, existing: Participant):
        super().__init__(message, field=field)
        self.existing = existing


def locked(participant: Participant) -> Participant:
    """Everything about one person is done in turn, and nothing any more about one whose data were erased."""
    found = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    if found.erased_on:
        raise Refused(f"Dane tej osoby usunięto {found.erased_on:%d.%m.%Y}. Kto wraca, dostaje nową kartę.")
    return found


def hold_all(participants: Iterable[int]) -> None:
    """Those of the ids, in their order, until the end of the transaction: for acts that concern many at once."""
    rows = Participant.objects.filter(pk__in=list(participants)).order_by("pk")
    list(rows.select_for_update(no_key=True).only("pk"))


@transaction.atomic
def create_participant(*, centre: Centre, by: User, on: date, **fields: Any) -> Participant:
    """Put a person into the centre's register; AlreadyKnown when the PESEL or the document is there already."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    participant = Participant(centre=centre)
    _set(participant, fields, on=on)
    participant.save(force_insert=True)
    record(participant, "create_participant", by=by)
    return participant


@transaction.atomic
def change_participant(participant: Participant, *, by: User, on: date, **fields: Any) -> Participant:
    """Correct or renew the personal data; only what is named changes, and nothing is written when nothing does."""
    Centre.objects.select_for_update(no_key=True).get(pk=participant.centre_id)
    participant = locked(participant)
    changed = _set(participant, fields, on=on)
    if changed:
        participant.save(update_fields=[*changed, *KEYS])
        record(participant, "change_participant", by=by, changed=changed)
    return participant


def _set(participant: Participant, fields: dict[str, Any], *, on: date) -> list[str]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not a participant's own data: {sorted(unknown)}")
    before = {name: getattr(participant, name) for name in FIELDS}
    values = checks.tidy(before | fields)
    for name, value in values.items():
        setattr(participant, name, value)
    participant.set_keys()
    refuse_first(checks.person(values, on=on))
    _refuse_double(participant)
    refuse_invalid(participant)
    return [name for name in FIELDS if values[name] != before[name]]


def _refuse_double(participant: Participant) -> None:
    others = Participant.objects.filter(centre=participant.centre_id).exclude(pk=participant.pk)
    existing = others.filter(pesel_key=participant.pesel_key).first() if participant.pesel_key else None
    if existing:
        raise AlreadyKnown(
            "Osoba z tym numerem PESEL jest już w kartotece. Otwórz jej kartę zamiast zakładać drugą.",
            field="pesel",
            existing=existing,
        )
    document = {"document_kind": participant.document_kind, "document_key": participant.document_key}
    existing = others.filter(**document).first() if participant.document_key else None
    if existing:
        raise AlreadyKnown(
            "Osoba z tym dokumentem jest już w kartotece. Otwórz jej kartę zamiast zakładać drugą.",
            field="document_number",
            existing=existing,
        )


@transaction.atomic
def set_payment_method(
    participant: Participant, *, kind: str, start_on: date, nrb: str = "", holder: str = "", by: User, on: date
) -> PaymentMethod:
    """Where the benefit goes from a day on. A second entry for the same day corrects the first."""
    participant = locked(participant)
    values = checks.tidy({"holder": holder}) | {"kind": kind, "nrb": account_number.tidy(nrb)}
    refuse_days(start_on=start_on)
    refuse_first(_payment_problems(participant, start_on=start_on, **values))
    method = participant.payment_methods.filter(start_on=start_on).first() or PaymentMethod(
        participant=participant, start_on=start_on
    )
    for name, value in values.items():
        setattr(method, name, value)
    refuse_invalid(method)
    method.save(update_fields=list(values) if method.pk else None)
    record(method, "set_payment_method", by=by, kind=kind, start_on=start_on)
    return method


def _payment_problems(participant: Participant, *, kind: str, nrb: str, holder: str, start_on: date) -> dict[str, str]:
    if kind == PaymentMethod.Kind.ACCOUNT:
        problem = account_number.fault(nrb) if nrb else "Podaj numer rachunku albo wybierz kasę."
        return {"nrb": problem} if problem else _holder_problem(holder)
    if kind not in PaymentMethod.Kind.values:
        return {"kind": "Wybierz sposób wypłaty."}
    if nrb:
        return {"nrb": "Przy wypłacie w kasie nie podaje się rachunku. Usuń numer albo wybierz rachunek bankowy."}
    regulations = Regulations.objects.version(participant.centre_id, start_on)
    if regulations is None or kind not in regulations.payment_methods:
        return {"kind": f"Regulamin z {start_on:%d.%m.%Y} nie przewiduje wypłaty w kasie. Podaj rachunek bankowy."}
    return {}


def _holder_problem(holder: str) -> dict[str, str]:
    problem = checks.too_long("holder", holder)
    return {"holder": problem} if problem else {}


@transaction.atomic
def set_tax_statement(
    participant: Participant, *, start_on: date, share: int, end_on: date | None = None, by: User, on: date
) -> TaxStatement:
    """The statement that lowers the monthly advance by a whole, a half or a third of the amount (PIT-2).

    An open earlier statement ends the day before; one with its own end must not reach into the new one.
    """
    participant = locked(participant)
    refuse_days(start_on=start_on, end_on=end_on)
    earlier = participant.tax_statements.filter(end_on=None, start_on__lt=start_on).first()
    if earlier:
        earlier.end_on = start_on - ONE_DAY
        earlier.save(update_fields=["end_on"])
    statement = TaxStatement(participant=participant, start_on=start_on, end_on=end_on, share=share)
    refuse_invalid(statement)
    statement.save(force_insert=True)
    record(statement, "set_tax_statement", by=by, start_on=start_on, share=share)
    return statement


@transaction.atomic
def end_tax_statement(statement: TaxStatement, *, end_on: date, by: User, on: date) -> TaxStatement:
    """The participant withdraws the statement; `end_on` is the last day it counts."""
    locked(statement.participant)
    statement = TaxStatement.objects.select_for_update().get(pk=statement.pk)
    refuse_days(end_on=end_on)
    if statement.end_on and statement.end_on <= end_on:
        raise Refused(f"To oświadczenie skończyło się już {statement.end_on:%d.%m.%Y}.", field="end_on")
    statement.end_on = end_on
    refuse_invalid(statement)
    statement.save(update_fields=["end_on"])
    record(statement, "end_tax_statement", by=by, end_on=end_on)
    return statement
