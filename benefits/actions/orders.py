"""The order to pay an approved list, and the profile of the bank that its file is made by."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from benefits import elixir
from benefits.actions.checking import refuse_without
from benefits.actions.locks import locked
from benefits.documents.order import order_context
from benefits.models import BankProfile, OrderItem, PaymentList, PaymentOrder
from benefits.reading.ordering import ACCOUNT, CASH_DESK, Due, due, elixir_profile, sums
from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import day_text, is_working_day, moved_on, weekday_text
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record, record_readings
from participants import nrb as account_number
from participants.models import Participant

KIND = "payment_order"
# As long as any that an order writes; a profile that cannot hold it would fail on the payday.
SAMPLE = elixir.Transfer(
    "61109010140000071219812874",
    ("Przykładowa Anna",),
    Decimal("1783.90"),
    "październik 2026 - wyrównanie",
    "SI1234567890N123",
)
# A further day is a slip of the pen.
MOST_AHEAD = timedelta(days=31)
# By these words a bailiff and his bank know what is exempt.
TITLE = "Świadczenie integracyjne"
FOUR_EYES = "Polecenie wypłaty sporządza ktoś inny niż osoba, która zatwierdziła listę."
NOTHING_DUE = "Polecenie wypłaty tej listy jest już sporządzone. Kolejne obejmuje tylko przelewy, które wróciły."
DAMAGED = "Zapisany plik przelewów nie zgadza się ze swoją sumą kontrolną. Powiadom administratora."
NO_FILE = "To polecenie nie ma pliku przelewów: wszystko wypłaca kasa."
ERASED = "Plik wymienia osobę, której dane usunięto. Zostaje jako dowód księgowy i nie można go pobrać."
NO_PROFILE = "Nie ma profilu banku na dzień przelewu. Ustala go kierujący centrum: Świadczenia, zakładka Bank."


@transaction.atomic
def make_order(payment_list: PaymentList, *, pay_on: date, by: User, on: date) -> PaymentOrder:
    """Everybody of an approved list who is paid anything, once; then only those whose transfer came back.

    The file is kept as it is made, with its checksum; whoever is paid nothing is left out, the cash desk stands apart.
    Refused with the name of whoever cannot be paid. Nothing of it stands unless all of it does.
    """
    row = locked(payment_list)
    _may_order(row, by=by, on=on)
    _can_be_paid_on(pay_on, on=on)
    found = due(row, on=on)
    if not found:
        raise Refused(NOTHING_DUE if row.orders.exists() else "Z tej listy nie ma już nic do wypłaty.")
    number = row.orders.count() + 1
    profile = _profile(row.centre, found, pay_on)
    data = _file(found, profile, pay_on, number) if profile else b""
    sha256 = hashlib.sha256(data).hexdigest() if data else ""
    context = order_context(row, found, profile=profile, pay_on=pay_on, number=number, sha256=sha256, by=by, on=on)
    people = {one.settlement.programme.participant_id for one in found}
    counted = sums(found)
    order = PaymentOrder.objects.create(
        payment_list=row,
        number=number,
        profile=profile,
        pay_on=pay_on,
        content=b64encode(data).decode(),
        sha256=sha256,
        transfers=counted["transfers"].people,
        transferred=counted["transfers"].amount,
        in_cash=counted["cash"].people,
        cash=counted["cash"].amount,
        document=issue(kind=KIND, centre=row.centre, context=context, people=people, by=by, on=on),
        made_by=by,
        made_on=on,
    )
    OrderItem.objects.bulk_create(_item(order, one) for one in found)
    record(order, "order_made", by=by, number=order.document.number, people=len(found), sha256=sha256, pay_on=pay_on)
    return order


def take_file(order: PaymentOrder, *, by: User) -> bytes:
    """The bytes as they were made; Refused where they are no longer those, and once they name an erased person. Taking
    them is an act and a reading."""
    if not order.sha256:
        raise Refused(NO_FILE)
    if Participant.objects.filter(pk__in=order.document.people, erased_on__isnull=False).exists():
        raise Refused(ERASED)
    data = b64decode(order.content)
    if hashlib.sha256(data).hexdigest() != order.sha256:
        raise Refused(DAMAGED)
    record(order, "order_file_taken", by=by, sha256=order.sha256)
    record_readings(order.payment_list.centre, order.document.people, KIND, by=by)
    return data


@transaction.atomic
def add_profile(
    centre: Centre,
    *,
    in_force_from: date,
    bank: str,
    nrb: str,
    sender: Sequence[str],
    title: str = TITLE,
    encoding: str = BankProfile.Encoding.CP1250,
    line_end: str = BankProfile.LineEnd.CRLF,
    forbidden: str = "",
    width: int = 35,
    lines: int = 4,
    by: User,
    on: date,
) -> BankProfile:
    """From which account the centre pays from a day on, and how the bank wants the file; earlier orders keep theirs."""
    refuse_without(by, "set_regulations", centre, on, "Profil banku ustala kierujący centrum.")
    row = BankProfile(
        centre=centre,
        in_force_from=in_force_from,
        bank=bank.strip(),
        nrb=account_number.tidy(nrb),
        sender=[line.strip() for line in sender if line.strip()],
        title=" ".join(title.split()),
        encoding=encoding,
        line_end=line_end,
        forbidden=forbidden,
        width=width,
        lines=lines,
    )
    _may_stand(row, on=on)
    row.full_clean()
    row.save()
    record(row, "bank_profile_added", by=by, in_force_from=in_force_from)
    return row


def _may_order(payment_list: PaymentList, *, by: User, on: date) -> None:
    if by.home_centre_id != payment_list.centre_id or not by.may("run_month", on=on):
        raise Refused("Polecenie wypłaty sporządzają kadry i płace tego centrum.")
    if payment_list.is_open:
        raise Refused("Polecenie wypłaty sporządza się po zatwierdzeniu listy.")
    if payment_list.approved_by_id == by.pk and not payment_list.centre.single_handed:
        raise Refused(FOUR_EYES)


def _can_be_paid_on(pay_on: date, *, on: date) -> None:
    if pay_on < on:
        raise Refused("Ten dzień już minął.", field="pay_on")
    if pay_on > on + MOST_AHEAD:
        raise Refused(f"Najpóźniej {day_text(on + MOST_AHEAD)}.", field="pay_on")
    one_off = one_off_holidays()
    if not is_working_day(pay_on, one_off):
        first = day_text(moved_on(pay_on, one_off))
        raise Refused(
            f"Tego dnia banki nie księgują ({weekday_text(pay_on)}). Najbliższy dzień: {first}.", field="pay_on"
        )


def _profile(centre: Centre, found: list[Due], pay_on: date) -> BankProfile | None:
    """None where nothing goes by transfer."""
    for one in found:
        if one.method not in (ACCOUNT, CASH_DESK):
            raise _cannot_be_paid(one, "nie wiadomo, dokąd wypłacić")
    if not any(one.method == ACCOUNT for one in found):
        return None
    profile = BankProfile.objects.in_force(centre, pay_on)
    if profile is None:
        raise Refused(NO_PROFILE)
    return profile


def _file(found: list[Due], row: BankProfile, pay_on: date, number: int) -> bytes:
    profile = elixir_profile(row)
    sent = [one for one in found if one.method == ACCOUNT]
    try:
        return elixir.written((_transfer(one, number, profile) for one in sent), on=pay_on, profile=profile)
    except elixir.ElixirError as error:
        if not error.place:
            raise Refused(f"Profil banku od {day_text(row.in_force_from)}: {error.fault}.") from error
        raise _cannot_be_paid(sent[error.place - 1], error.fault) from error


def _cannot_be_paid(one: Due, why: str) -> Refused:
    remedy = "Zapisz na karcie tej osoby właściwy sposób wypłaty i sporządź polecenie ponownie."
    return Refused(f"{one.settlement.name}: {why}. {remedy}")


def _transfer(one: Due, number: int, profile: elixir.Profile) -> elixir.Transfer:
    """A name alone will do where the address no longer fits beside it."""
    recipient = one.recipient if elixir.fits(one.recipient, profile) else one.recipient[:1]
    return elixir.Transfer(one.account, recipient, one.amount, one.title, _reference(one, number))


def _reference(one: Due, number: int) -> str:
    """The same whenever the order is made: of the settlement and the order's place among those of its list."""
    return f"SI{one.settlement.pk}N{number}"


def _item(order: PaymentOrder, one: Due) -> OrderItem:
    return OrderItem(
        order=order,
        settlement=one.settlement,
        method=one.method,
        amount=one.amount,
        reference=_reference(one, order.number),
        returned=one.returned,
    )


def _may_stand(row: BankProfile, *, on: date) -> None:
    earlier = BankProfile.objects.filter(centre=row.centre).exists()
    if earlier and row.in_force_from < on:
        raise Refused("Kolejny profil obowiązuje najwcześniej od dziś.", field="in_force_from")
    if not elixir.is_nrb(row.nrb):
        raise Refused("To nie jest numer rachunku: ma 26 cyfr, a zgadzają się cyfry kontrolne.", field="nrb")
    if not row.title.startswith(TITLE):
        raise Refused(
            f"Tytuł zaczyna się od słów „{TITLE}”: po nich widać, że komornik nie może tego zająć.", field="title"
        )
    try:
        elixir.checked(elixir_profile(row))
    except elixir.ElixirError as error:
        raise Refused(f"Płatnik – {error.fault}.", field="sender") from error
    try:
        elixir.written([SAMPLE], on=on, profile=elixir_profile(row))
    except elixir.ElixirError as error:
        raise Refused(f"Z tym profilem nie da się zapisać przelewu ({error.fault}).", field="forbidden") from error
