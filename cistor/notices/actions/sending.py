"""That a paper went out, which is what meets its deadline."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Office
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.notices import addressees, required
from cistor.notices.models import Dispatch, Letter, Withholding
from participants.actions.checking import refuse_days


@transaction.atomic
def dispatch(
    document: Document,
    *,
    office: Office | None = None,
    is_copy: bool = False,
    way: str,
    sent_on: date,
    proof: str = "",
    by: User | None,
    on: date,
) -> Dispatch:
    """When and how the paper went to an office, or without one to the participant, and what proves it.

    The one to the addressee keeps the term that it met or missed; a copy has none. `by` is None when the mail server
    has taken what somebody had sent.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    letter = Letter.objects.filter(document=document).first()
    if by:
        check_sender(document, by, on)
    if document.kind == addressees.DELIVERED:
        raise Refused("Doręczenie tej decyzji zapisuje się przy wniosku o rozwiązanie.")
    _check_way(way, sent_on, document, on)
    if letter is None and way == Dispatch.Way.EMAIL and not proof.strip():
        raise Refused("Podaj, na jaki adres i kiedy wysłano e-mail.", field="proof")
    _check_addressee(document, letter, office, is_copy=is_copy)
    due_on, source = required.terms(letter, on) if letter and not is_copy else (None, "")
    sent = Dispatch.objects.create(
        document=document,
        office=office,
        is_copy=is_copy,
        way=way,
        sent_on=sent_on,
        proof=proof.strip(),
        due_on=due_on,
        due_source=source,
        by=by,
        recorded_on=on,
    )
    record(sent, "document_sent", by=by, number=document.number, way=way, sent_on=sent_on, is_copy=is_copy)
    return sent


def check_sender(document: Document, by: User, on: date) -> None:
    """Refused unless the right and the centre reach the paper."""
    owners = by.owners("send_letter", on=on) if by.home_centre_id == document.centre_id else set()
    if owners is not None and document.issued_by_id not in owners:
        raise Refused("Wysłanie wpisuje pracownik socjalny, kierujący centrum albo ten, kto wydał pismo.")
    if Withholding.objects.filter(letter__document=document).exists():
        raise Refused("Tego pisma postanowiono nie wysyłać.")


def _check_way(way: str, sent_on: date, document: Document, on: date) -> None:
    if way not in Dispatch.Way.values:
        raise Refused("Wybierz, jak wysłano pismo.", field="way")
    refuse_days(sent_on=sent_on)
    if sent_on > on:
        raise Refused("Dzień wysłania jeszcze nie nadszedł.", field="sent_on")
    if sent_on < document.issued_on:
        raise Refused(f"Pismo jest z {document.issued_on:%d.%m.%Y}. Nie mogło wyjść wcześniej.", field="sent_on")


def _check_addressee(document: Document, letter: Letter | None, office: Office | None, *, is_copy: bool) -> None:
    if office and office.centre_id != document.centre_id:
        raise Refused("Wybierz urząd ze spisu centrum.", field="office")
    whose = addressees.office_of(document, letter)
    if not is_copy and whose != office:
        named = whose or addressees.without_office(document)
        raise Refused(f"Adresat pisma to {named}. Komu innemu wysyła się odpis.", field="office")
    if document.dispatches.filter(office=office, is_copy=is_copy).exists():
        raise Refused("Wysłanie tego pisma do tego adresata już wpisano.", field="office")
