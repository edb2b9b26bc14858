"""The end that the director alone decides on: persistent breach, or classes left for good (S1 § 6.II, S2 § 11.II)."""

from collections.abc import Sequence
from datetime import date
from typing import NotRequired, TypedDict

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Ground, Regulations
from cistor.dates import day_text
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.deciding import Words, held, refuse_decider, refuse_over, say_no, withdraw
from participants.actions.ending import check_kind, end_programme
from participants.actions.stages import locked_programme
from participants.documents import ending as papers
from participants.models import Delivery, Programme, Termination

WORDS = Words(
    decider="O rozwiązaniu IPZS rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O rozwiązaniu IPZS rozstrzyga ktoś inny niż osoba, która złożyła wniosek.",
    asker="Wniosek wycofuje ten, kto go złożył.",
    withdrawn="Ten wniosek jest już wycofany.",
    decided="O tym wniosku rozstrzygnięto już {}.",
)


class GroundText(TypedDict):
    """A ground as the regulations in force word it."""

    letter: str
    text: str
    source: str


class DayFact(TypedDict):
    """A marked day: ISO day, meaning, letters as written that day, and what its regulations call the mark."""

    on: str
    meaning: str
    letters: str
    name: NotRequired[str]


@transaction.atomic
def propose_termination(
    programme: Programme,
    *,
    kind: str,
    grounds: Sequence[GroundText],
    facts: str,
    days: Sequence[DayFact],
    last_on: date,
    through_fault: bool,
    reason: str,
    by: User,
    on: date,
) -> Termination:
    """Put before the director what was found; everything is kept as it stood on the day, whatever changes later.

    Refused without findings and reasons, to a breach without a ground, on too few days for the threshold of the
    regulations, and while another proposal waits.
    """
    programme = locked_programme(programme)
    if not programme.participant.open_to(by, "prepare_programme", on=on):
        raise Refused("Wniosek o rozwiązanie IPZS przygotowuje pracownik socjalny albo kierujący centrum.")
    _check_proposal(programme, kind, grounds, facts, reason, on)
    _check_threshold(programme, grounds, days, on)
    _check_last_day(programme, kind, reason, days, last_on=last_on, on=on)
    termination = Termination(
        programme=programme,
        kind=kind,
        grounds=list(grounds),
        facts=facts.strip(),
        days=list(days),
        last_on=last_on,
        through_fault=through_fault,
        reason=reason.strip(),
        asked_by=by,
        asked_on=on,
    )
    # Who has left for good has no ground of the regulations, and there may be no marked day to speak of.
    refuse_invalid(termination, but=("grounds", "days"))
    termination.save(force_insert=True)
    record(termination, "termination_proposed", by=by, kind=kind, last_on=last_on, days=len(days))
    return termination


def _check_proposal(
    programme: Programme, kind: str, grounds: Sequence[GroundText], facts: str, reason: str, on: date
) -> None:
    if kind not in Termination.Kind.values:
        raise Refused("Wybierz powód rozwiązania.", field="kind")
    if on < programme.start_on:
        raise Refused(f"Program zaczyna się dopiero {day_text(programme.start_on)}.")
    if kind == Termination.Kind.BREACH and not grounds:
        raise Refused("Wskaż co najmniej jedną podstawę z regulaminu.", field="grounds")
    if not facts.strip():
        raise Refused("Opisz ustalenia: co się stało i skąd to wiadomo.", field="facts")


def _check_threshold(programme: Programme, grounds: Sequence[GroundText], days: Sequence[DayFact], on: date) -> None:
    """ "More than so many days" rests on more than so many (S1 § 6.I.1 c)."""
    rules = Regulations.objects.version(programme.participant.centre_id, on)
    if rules is None or rules.absence_threshold_days is None:
        return
    of_threshold = rules.grounds.filter(
        meaning=Ground.Kind.ABSENCE_THRESHOLD, letter__in=[row["letter"] for row in grounds]
    )
    least, named = rules.absence_threshold_days + 1, len({day["on"] for day in days})
    if named < least and (ground := of_threshold.first()):
        raise Refused(
            f"Lit. {ground.letter} opiera się na co najmniej {least} dniach, a zaznaczono {named}.", field="days"
        )


def _check_last_day(
    programme: Programme, kind: str, reason: str, days: Sequence[DayFact], *, last_on: date, on: date
) -> None:
    """As of any end, told beside the field of this form; what speaks for the end has happened before it, and who is
    sent away is not kept for days to come."""
    refuse_days(last_on=last_on)
    first = max((date.fromisoformat(day["on"]) for day in days), default=last_on)
    if last_on < first:
        raise Refused(
            f"Wśród wskazanych dni jest {day_text(first)}: program kończy się najwcześniej tego dnia.", field="last_on"
        )
    if last_on > on:
        raise Refused(
            "Ostatni dzień nie może być z przyszłości: rozwiązanie kończy program najpóźniej dziś.", field="last_on"
        )
    try:
        check_kind(programme, ended_on=last_on, kind=kind, reason=reason, on=on)
    except Refused as refusal:
        field = "last_on" if refusal.field == "ended_on" else refusal.field
        raise Refused(refusal.message, field=field) from refusal


@transaction.atomic
def withdraw_termination(termination: Termination, *, by: User, on: date) -> Termination:
    """Whoever proposed takes it back, as long as nobody has decided."""
    termination = _held(termination)
    withdraw(termination, WORDS, by=by, on=on)
    record(termination, "termination_withdrawn", by=by)
    return termination


@transaction.atomic
def decide_termination(
    termination: Termination, *, granted: bool, note: str, last_on: date | None = None, by: User, on: date
) -> Termination:
    """Granted, the programme ends in the same act and the paper of the decision is issued; refused, it goes on.

    `last_on`: another last day than the proposed one. Refused to the one who proposed it, unless the centre is led by
    one person, and without a note that says why not.
    """
    termination = _held(termination)
    note, ends_on = note.strip(), last_on or termination.last_on
    check_decision(termination, granted=granted, note=note, last_on=ends_on, by=by, on=on)
    termination.granted, termination.decided_by, termination.decided_on, termination.note = granted, by, on, note
    termination.decided_for = by.acts_for("decide_programme", on=on)
    if granted:
        termination.document = _issued(termination, ends_on, by=by, on=on)
    termination.save(update_fields=["granted", "decided_by", "decided_for", "decided_on", "note", "document"])
    record(termination, "termination_granted" if granted else "termination_refused", by=by)
    if granted:
        _end(termination, ends_on, by=by, on=on)
    return termination


def check_decision(termination: Termination, *, granted: bool, note: str, last_on: date, by: User, on: date) -> None:
    """Refused when it cannot be decided so; asked once more before the page that names the person."""
    refuse_decider(termination, "decide_programme", WORDS, by=by, on=on)
    refuse_over(termination, WORDS)
    if granted:
        days = termination.days or []
        _check_last_day(termination.programme, termination.kind, termination.reason, days, last_on=last_on, on=on)
    else:
        say_no(note)


def _end(termination: Termination, last_on: date, *, by: User, on: date) -> None:
    end_programme(
        termination.programme,
        ended_on=last_on,
        kind=termination.kind,
        reason=termination.reason,
        through_fault=termination.through_fault,
        by=by,
        on=on,
    )


def _issued(termination: Termination, last_on: date, *, by: User, on: date) -> Document:
    participant = termination.programme.participant
    return issue(
        kind="termination_decision",
        centre=participant.centre,
        participant=participant,
        context=papers.termination_decision(termination, last_on=last_on, by=by, on=on),
        by=by,
        on=on,
    )


def _held(termination: Termination) -> Termination:
    """The person first, as every act about them does, then the proposal."""
    return held(termination, locked_programme(termination.programme))


@transaction.atomic
def record_delivery(
    termination: Termination, *, way: str, delivered_on: date, proof: str = "", by: User, on: date
) -> Delivery:
    """How and when the decision reached the person: the term of the complaint runs from that day."""
    termination = _held(termination)
    participant = termination.programme.participant
    if not participant.open_to(by, "prepare_programme", on=on):
        raise Refused("Doręczenie zapisuje pracownik socjalny albo kierujący centrum.")
    if not termination.granted or termination.decided_on is None:
        raise Refused("Doręcza się tylko wydaną decyzję.")
    if Delivery.objects.filter(termination=termination).exists():
        raise Refused("Doręczenie tej decyzji jest już zapisane.")
    if not termination.decided_on <= delivered_on <= on:
        raise Refused(
            f"Decyzję wydano {termination.decided_on:%d.%m.%Y}: doręczono ją tego dnia albo później, najpóźniej dziś.",
            field="delivered_on",
        )
    given = {"delivered_on": delivered_on, "way": way, "proof": proof.strip()}
    delivery = Delivery(termination=termination, **given, by=by, recorded_on=on)
    refuse_invalid(delivery)
    delivery.save(force_insert=True)
    record(termination, "termination_delivered", by=by, way=way, day=delivered_on)
    return delivery
