"""What people do with a letter until it is signed: write, send back, hand in, sign, or say that it is needless."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.notices import documents
from cistor.notices.models import LETTER_MOVES, Letter

REFUSALS = {
    "prepare_letter": "Pismo przygotowuje pracownik socjalny albo kierujący centrum.",
    "sign_letter": "Podpisuje, zwraca i uznaje za niepotrzebne kierujący centrum albo zastępująca go osoba.",
}


@transaction.atomic
def save_text(letter: Letter, *, text: str, by: User, on: date) -> Letter:
    """What a person adds to what the facts say: the course of the trial, the reasons."""
    letter = _locked(letter)
    _must_be_allowed("prepare_letter", letter, by=by, on=on)
    if not LETTER_MOVES.possible(letter):
        raise Refused(f"Treści nie można już zmienić. Obecny stan: {letter.get_status_display()}.")
    letter.text, letter.text_saved = text.strip(), True
    letter.save(update_fields=["text", "text_saved"])
    record(letter, "letter_text_saved", by=by)
    return letter


@transaction.atomic
def return_letter(letter: Letter, *, remark: str, by: User, on: date) -> Letter:
    """Back to the one who prepares letters, with what is to be better."""
    letter = _locked(letter)
    _must_be_allowed("sign_letter", letter, by=by, on=on)
    LETTER_MOVES.make(letter, "return")
    letter.remark, letter.returned_on, letter.returned_by = _said(remark, "remark", "Napisz, co poprawić."), on, by
    letter.save(update_fields=["status", "remark", "returned_on", "returned_by"])
    record(letter, "letter_returned", by=by, remark=letter.remark)
    return letter


@transaction.atomic
def hand_in(letter: Letter, *, by: User, on: date) -> Letter:
    """Put right, it waits for the signature again; the remark stays to be compared with."""
    letter = _locked(letter)
    _must_be_allowed("prepare_letter", letter, by=by, on=on)
    LETTER_MOVES.make(letter, "hand_in")
    letter.save(update_fields=["status"])
    record(letter, "letter_handed_in", by=by)
    return letter


@transaction.atomic
def sign(letter: Letter, *, by: User, on: date) -> Letter:
    """The paper gets its number and is kept as it is; a stand-in signs for the absent one, visibly."""
    letter = _locked(letter)
    whose = _must_be_allowed("sign_letter", letter, by=by, on=on)
    LETTER_MOVES.make(letter, "sign")
    letter.signed_on, letter.signed_by, letter.signed_for = on, by, None if whose == by else whose
    letter.text = documents.text_of(letter)
    letter.document = issue(
        kind=letter.kind,
        centre=letter.centre,
        context=documents.context(letter, on),
        participant=letter.participant,
        people=letter.people.values_list("programme__participant", flat=True),
        by=by,
        on=on,
    )
    letter.save(update_fields=["status", "text", "signed_on", "signed_by", "signed_for", "document"])
    record(letter, "letter_signed", by=by, number=letter.document.number, signed_for=letter.signed_for_id)
    return letter


@transaction.atomic
def void(letter: Letter, *, reason: str, by: User | None, on: date) -> Letter:
    """It need not be sent, and is not prepared again. `by` is None when the schedule sees that facts have overtaken
    it."""
    letter = _locked(letter)
    if by:
        _must_be_allowed("sign_letter", letter, by=by, on=on)
    LETTER_MOVES.make(letter, "void")
    letter.void_reason = _said(reason, "reason", "Napisz, dlaczego pismo jest niepotrzebne.")
    letter.save(update_fields=["status", "void_reason"])
    record(letter, "letter_voided", by=by, reason=letter.void_reason)
    return letter


def _locked(letter: Letter) -> Letter:
    """The letter as it is now; every act locks its own row and no other."""
    return Letter.objects.select_for_update(of=("self",)).select_related("centre", "office").get(pk=letter.pk)


def _must_be_allowed(right: str, letter: Letter, *, by: User, on: date) -> User:
    """Whose right it is: one's own, else that of the one who is away."""
    grants = by.grants(right, on=on) if by.home_centre_id == letter.centre_id else ()
    whose = next((owner for _, owner in grants), None)
    if whose is None:
        raise Refused(REFUSALS[right])
    return whose


def _said(text: str, field: str, asked: str) -> str:
    if not text.strip():
        raise Refused(asked, field=field)
    return text.strip()
