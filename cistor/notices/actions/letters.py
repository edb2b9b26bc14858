"""What people do with a letter until it is signed: write, send back, hand in, sign, or say that it is needless."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.notices import documents, seen
from cistor.notices.models import LETTER_MOVES, Letter, LetterPerson, Withholding

REFUSALS = {
    "prepare_letter": "Pismo przygotowuje pracownik socjalny albo kierujący centrum.",
    "sign_letter": "Podpisuje, zwraca i uznaje za niepotrzebne kierujący centrum albo zastępująca go osoba.",
}
CHANGED = "Pismo zmieniło się od chwili, gdy je czytano. Przeczytaj je jeszcze raz."
WITHHELD = "Postanowiono nie wysyłać."


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
def sign(letter: Letter, *, marked: str | None = None, text: str | None = None, by: User, on: date) -> Letter:
    """The paper gets its number and is kept as it is; a stand-in signs for the absent one, visibly.

    `marked`: the mark of what was read (`cistor.notices.seen`); a letter that says something else by now is not signed.
    None where nobody has read a page. `text`: what stood in the box beside the signature; it is saved first.
    """
    letter = _locked(letter)
    whose = _must_be_allowed("sign_letter", letter, by=by, on=on)
    if marked is not None and letter.status == Letter.Status.DRAFT and marked != seen.mark_now(letter):
        raise Refused(CHANGED)
    if text is not None and _lines(text) != _lines(documents.text_of(letter)):
        letter = save_text(letter, text=text, by=by, on=on)
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
def void(letter: Letter, *, reason: str, people: Collection[int] = (), by: User | None, on: date) -> Letter:
    """It need not be sent, and is not prepared again. `by` is None when the schedule sees that facts have overtaken
    it.

    `people`: whom of several it concerns, by `LetterPerson`; the others stay in the letter, and what is void is a
    letter about the ones named. Empty: all.
    """
    letter = _locked(letter)
    if by:
        _must_be_allowed("sign_letter", letter, by=by, on=on)
    LETTER_MOVES.make(letter, "void")
    letter.void_reason = _said(reason, "reason", "Napisz, dlaczego pismo jest niepotrzebne.")
    chosen = [row for row in letter.people.all() if row.pk in people]
    if chosen and len(chosen) < letter.people.count():
        return _void_for(letter, chosen, by=by)
    letter.save(update_fields=["status", "void_reason"])
    record(letter, "letter_voided", by=by, reason=letter.void_reason)
    return letter


def _void_for(letter: Letter, people: list[LetterPerson], *, by: User | None) -> Letter:
    """A letter of their own, void; `letter` in the database goes on with the others as it was."""
    pk, letter.pk, letter.text, letter.text_saved = letter.pk, None, "", False
    letter.participant_id = people[0].programme.participant_id if len(people) == 1 else None
    letter._state.adding = True
    letter.save(force_insert=True)
    LetterPerson.objects.filter(pk__in=[row.pk for row in people]).update(letter=letter)
    for row in people:
        record(row, "letter_person_dropped", by=by, letter=pk, reason=letter.void_reason)
    _go_on(pk)
    return letter


def _go_on(pk: int) -> None:
    """Who alone is left in a list is whom it is about; its term is that of the people in it."""
    rest = list(LetterPerson.objects.filter(letter=pk).select_related("programme"))
    whose = rest[0].programme.participant_id if len(rest) == 1 else None
    days: Iterable[date] = [row.due_on for row in rest if row.due_on]
    starts_on = min(row.programme.signed_on for row in rest)
    Letter.objects.filter(pk=pk).update(participant=whose, due_on=min(days, default=None), starts_on=starts_on)


@transaction.atomic
def withhold(letter: Letter, *, reason: str, by: User, on: date) -> Withholding:
    """Signed, it is not sent after all; the paper and its number stay as they are."""
    letter = _locked(letter)
    whose = _must_be_allowed("sign_letter", letter, by=by, on=on)
    if letter.document_id is None or hasattr(letter, "withholding"):
        raise Refused("Nie wysyłać można tylko pisma, które jest podpisane i czeka na wysłanie.")
    said = _said(reason, "reason", "Napisz, dlaczego pisma nie wysyłać.")
    _stop_mails(letter)
    document = Document.objects.select_for_update(of=("self",)).get(pk=letter.document_id)
    if document.dispatches.filter(is_copy=False).exists():
        raise Refused("To pismo już wysłano.")
    days = {"withheld_on": on, "withheld_by": by, "withheld_for": None if whose == by else whose}
    row = Withholding.objects.create(letter=letter, reason=said, **days)
    record(row, "letter_withheld", by=by, number=document.number, reason=said)
    return row


def _stop_mails(letter: Letter) -> None:
    """What waits in the outbox stays there; Refused when the server has it in hand, or has taken it."""
    if letter.mails.filter(sent_at__isnull=False, is_copy=False).exists():
        raise Refused("Serwer poczty przyjął już e-mail z tym pismem.")
    now = timezone.now()
    for mail in letter.mails.waiting().select_for_update(of=("self",)):
        if mail.is_offered:
            raise Refused("E-mail z tym pismem właśnie wychodzi. Odśwież stronę za chwilę.")
        mail.error, mail.given_up_at = WITHHELD, now
        mail.save(update_fields=["error", "given_up_at"])


def _lines(text: str) -> list[str]:
    """However a browser ends its lines."""
    return text.strip().splitlines()


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
