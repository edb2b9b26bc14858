"""What a participant is given, signs for and gives back."""

from collections.abc import Iterable
from copy import copy
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from attendance.actions.holding import hold, hold_all
from attendance.models import IssuedItem
from attendance.reading.items import RETURNABLE, is_over
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.money import NOTHING, share
from participants.actions import participant as people
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.deciding import held
from participants.models import Programme

RIGHT = "record_incident"
# The doctor and the insurance come before the first day.
BEFOREHAND = timedelta(days=60)


@transaction.atomic
def issue_item(
    programme: Programme,
    *,
    kind: str,
    what: str,
    quantity: int = 1,
    value: Decimal = NOTHING,
    is_returnable: bool | None = None,
    given_on: date,
    is_signed: bool = False,
    remark: str = "",
    by: User,
    on: date,
) -> IssuedItem:
    """Write down what the person was given. `value` is that of all pieces; `is_returnable` None: as is usual for the
    kind. Refused for a day to come, long before the programme or after its end.
    """
    programme = _held(programme, by=by, on=on)
    row = IssuedItem(
        programme=programme,
        kind=kind,
        what=what.strip(),
        quantity=quantity,
        value=value,
        is_returnable=kind in RETURNABLE if is_returnable is None else is_returnable,
        given_on=given_on,
        given_by=by,
        is_signed=is_signed,
        remark=remark.strip(),
    )
    _refuse_day("given_on", given_on, since=programme.signed_on - BEFOREHAND, until=programme.ended_on or on, on=on)
    refuse_invalid(row)
    row.save(force_insert=True)
    record(row, "item_issued", by=by, kind=kind, value=value, given_on=given_on)
    return row


@transaction.atomic
def issue_items(programmes: Iterable[Programme], *, by: User, on: date, **given: Any) -> list[IssuedItem]:
    """The same to each of many people: tickets of a month. `given` as `issue_item` takes it; all of them or nobody."""
    rows = sorted(programmes, key=lambda row: row.pk)
    # Everybody first, as a suspension does: one by one, the two could wait for each other.
    people.hold_all(row.participant_id for row in rows)
    hold_all(Programme.objects.filter(pk__in=[row.pk for row in rows]))
    return [issue_item(row, **given, by=by, on=on) for row in rows]


@transaction.atomic
def sign_item(item: IssuedItem, *, by: User, on: date) -> IssuedItem:
    """The person has signed for it on the card."""
    row = _held_item(item, by=by, on=on)
    if row.is_signed:
        raise Refused("Odbiór jest już podpisany.")
    row.is_signed = True
    row.save(update_fields=["is_signed"])
    record(row, "item_signed", by=by)
    return row


@transaction.atomic
def correct_item(
    item: IssuedItem, *, kind: str, what: str, quantity: int, value: Decimal, by: User, on: date
) -> IssuedItem:
    """Put right a typing error, until the person has signed for the thing; a value that the card lacked, later too."""
    row = _held_item(item, by=by, on=on)
    _refuse_over(row)
    asked = {"kind": kind, "what": what.strip(), "quantity": quantity, "value": value}
    changed: dict[str, Any] = {name: new for name, new in asked.items() if getattr(row, name) != new}
    if not changed:
        raise Refused("To nic nie zmienia.")
    if row.is_signed and (set(changed) != {"value"} or row.value):
        raise Refused("Osoba już za to podpisała: zwróć albo spisz ten wpis i wpisz rzecz jeszcze raz.")
    if row.is_returnable == (row.kind in RETURNABLE):
        row.is_returnable = kind in RETURNABLE
    for name, new in changed.items():
        setattr(row, name, new)
    refuse_invalid(row)
    row.save(update_fields=[*changed, "is_returnable"])
    record(row, "item_corrected", by=by, **changed)
    return row


@transaction.atomic
def return_item(
    item: IssuedItem, *, returned_on: date, quantity: int | None = None, remark: str = "", by: User, on: date
) -> IssuedItem:
    """It is back; a remark says in what state. After the end of the programme too.

    Of several pieces `quantity` came back (None: all): those become an entry of their own, which is returned here, and
    the rest is still to come back, with its share of the value.
    """
    row = _held_item(item, by=by, on=on)
    _refuse_over(row)
    if not row.is_returnable:
        raise Refused("Tego się nie zwraca.")
    _refuse_day("returned_on", returned_on, since=row.given_on, until=on, on=on)
    row = _part(row, quantity)
    row.returned_on, row.returned_to, row.remark = returned_on, by, remark.strip() or row.remark
    refuse_invalid(row)
    row.save(update_fields=["returned_on", "returned_to", "remark"])
    record(row, "item_returned", by=by, returned_on=returned_on, quantity=row.quantity)
    return row


def _part(row: IssuedItem, quantity: int | None) -> IssuedItem:
    """So many pieces as an entry of their own; the entry itself for all of them."""
    if quantity in (None, row.quantity):
        return row
    if not 1 <= quantity < row.quantity:
        raise Refused(f"Podaj liczbę od 1 do {row.quantity}.", field="quantity")
    part = copy(row)
    part.pk, part._state.adding, part.part_of_id = None, True, row.part_of_id or row.pk
    part.quantity, part.value = quantity, share(row.value, quantity, row.quantity)
    row.quantity, row.value = row.quantity - quantity, row.value - part.value
    row.save(update_fields=["quantity", "value"])
    part.save(force_insert=True)
    return part


@transaction.atomic
def reopen_item(item: IssuedItem, *, why: str, by: User, on: date) -> IssuedItem:
    """The return, or the writing off, was of something else: it is to come back again."""
    row = _held_item(item, by=by, on=on)
    if not is_over(row):
        raise Refused("Tego jeszcze nie zwrócono ani nie spisano.")
    if not why.strip():
        raise Refused("Napisz, dlaczego to cofasz.", field="why")
    undone = "zwrot cofnięto" if row.returned_on else "spisanie cofnięto"
    before: dict[str, Any] = {"returned_on": row.returned_on, "written_off_on": row.written_off_on}
    row.returned_on = row.returned_to = row.written_off_on = None
    row.remark = f"{undone}: {why.strip()}"
    refuse_invalid(row)
    row.save(update_fields=["returned_on", "returned_to", "written_off_on", "remark"])
    record(row, "item_reopened", by=by, **before, why=why.strip())
    return row


@transaction.atomic
def write_off_item(
    item: IssuedItem, *, written_off_on: date, quantity: int | None = None, remark: str, by: User, on: date
) -> IssuedItem:
    """Worn out, lost without fault, paid for, or entered by mistake: nobody owes it any more; the remark says why.

    Of several pieces `quantity` (None: all), as with a return.
    """
    row = _held_item(item, by=by, on=on)
    _refuse_over(row)
    if not remark.strip():
        raise Refused("Napisz, dlaczego nikt już tego nie oddaje.", field="remark")
    _refuse_day("written_off_on", written_off_on, since=row.given_on, until=on, on=on)
    row = _part(row, quantity)
    row.written_off_on, row.remark = written_off_on, remark.strip()
    refuse_invalid(row)
    row.save(update_fields=["written_off_on", "remark"])
    record(row, "item_written_off", by=by, written_off_on=written_off_on, quantity=row.quantity)
    return row


def _held(programme: Programme, *, by: User, on: date) -> Programme:
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused("Wydane rzeczy wpisuje pracownik socjalny, instruktor grupy albo kierujący centrum.")
    return hold(programme)


def _held_item(item: IssuedItem, *, by: User, on: date) -> IssuedItem:
    return held(item, _held(item.programme, by=by, on=on))


def _refuse_over(row: IssuedItem) -> None:
    if row.returned_on:
        raise Refused(f"Zwrócono to już {day_text(row.returned_on)}.")
    if row.written_off_on:
        raise Refused(f"Spisano to już {day_text(row.written_off_on)}.")


def _refuse_day(field: str, day: date, *, since: date, until: date, on: date) -> None:
    refuse_days(**{field: day})
    last = min(until, on)
    if not since <= day <= last:
        raise Refused(f"Podaj dzień od {since:%d.%m.%Y} do {last:%d.%m.%Y}.", field=field)
