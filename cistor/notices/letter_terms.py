"""The terms that letters meet, and the one that a sent request begins: the office's answer about a qualification."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery

from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import Centre, DeadlineLength
from cistor.centres.terms import Term, TermBook
from cistor.deadlines import Deadline
from cistor.notices import required
from cistor.notices.models import Dispatch, Letter, LetterPerson
from participants.models import Programme, QualificationReply, Stage
from participants.qualification import provisionally_begun

REPLY = DeadlineLength.Code.QUALIFICATION_REPLY
REQUEST = Letter.Kind.QUALIFICATION_REQUEST
STEPS = {
    Letter.Status.DRAFT: "czeka na podpis",
    Letter.Status.RETURNED: "do poprawy",
    Letter.Status.SIGNED: "do wysłania",
    Letter.Status.VOID: "",
}
VOID = {Letter.Status.VOID: "niepotrzebne", Letter.Status.SIGNED: "niewysłane"}


class Sent(NamedTuple):
    """The first sending that is no copy, with the term that it met."""

    sent_on: date
    due_on: date | None
    due_source: str


class Person(NamedTuple):
    """Somebody in a letter; thousands are read at once, so it is no model."""

    kind: str
    programme: int
    participant: int
    centre: int
    office: int | None
    due_on: date | None
    letter: int
    status: str
    starts_on: date
    due_source: str
    document: int | None
    number: str | None


COLUMNS = (
    "kind",
    "programme",
    "programme__participant",
    "letter__centre",
    "office",
    "due_on",
    "letter",
    "letter__status",
    "letter__starts_on",
    "letter__due_source",
    "letter__document",
    "letter__document__number",
)


def of_programmes(centre: Centre, programmes: QuerySet[Programme], book: TermBook, on: date) -> list[Deadline]:
    """Of the letters, and of the answers to those requests that went out."""
    people = LetterPerson.objects.filter(programme__in=programmes)
    sent, voids = _sent(programmes), _voids(programmes)
    rows = list(_by_todays_holidays(centre, _read(people), sent, on))
    found = [_of_letter(row, sent.get(row.document), voids) for row in rows]
    return [*found, *_replies(rows, sent, book)]


def of_replies(programmes: QuerySet[Programme], book: TermBook) -> list[Deadline]:
    """Of the answers alone."""
    people = LetterPerson.objects.filter(programme__in=programmes, kind=REQUEST)
    return list(_replies(_read(people), _sent(programmes), book))


def _read(people: QuerySet[LetterPerson]) -> list[Person]:
    return [Person(*row) for row in people.order_by("letter", "pk").values_list(*COLUMNS)]


def _sent(programmes: QuerySet[Programme]) -> dict[int | None, Sent]:
    """Document → its first sending."""
    rows = Dispatch.objects.filter(document__letter__people__programme__in=programmes, is_copy=False).distinct()
    rows = rows.order_by("-sent_on", "-pk").values_list("document", "sent_on", "due_on", "due_source", "pk")
    return {document: Sent(sent_on, due_on, source) for document, sent_on, due_on, source, _ in rows}


def _voids(programmes: QuerySet[Programme]) -> dict[int, str]:
    """Why a letter need not go out: dropped before the signature, or withheld after it."""
    idle = Q(status=Letter.Status.VOID) | Q(withholding__isnull=False)
    rows = Letter.objects.filter(idle, people__programme__in=programmes).order_by()
    told = rows.values_list("pk", "status", "void_reason", "withholding__reason")
    return {pk: withheld if status == Letter.Status.SIGNED else why for pk, status, why, withheld in told}


def waiting(centre: Centre) -> QuerySet[Programme]:
    """Programmes with a letter that has not gone out, or with a question that nobody has answered."""
    went_out = Dispatch.objects.filter(document=OuterRef("letter__document"), is_copy=False)
    answered = QualificationReply.objects.filter(programme=OuterRef("programme"))
    rows = LetterPerson.objects.filter(letter__centre=centre, letter__withholding=None)
    rows = rows.exclude(letter__status=Letter.Status.VOID)
    unsent = rows.filter(~Exists(went_out))
    awaited = Q(programme__ended_on=None) | Q(provisionally_begun("programme"))
    unanswered = rows.filter(awaited, ~Exists(answered), kind=REQUEST)
    return Programme.objects.filter(pk__in=unsent.values("programme").union(unanswered.values("programme")))


def _by_todays_holidays(centre: Centre, rows: list[Person], sent: dict[int | None, Sent], on: date) -> Iterator[Person]:
    """What is not sent yet has the term that the facts give now: a holiday proclaimed since moves it."""
    waiting = {row.programme for row in rows if row.document not in sent and row.status != Letter.Status.VOID}
    facts = required.with_facts(Programme.objects.filter(pk__in=waiting), on)
    asked = {need.key: need for need in required.asked_for(centre, facts, on)} if waiting else {}
    for row in rows:
        need = asked.get((row.programme, row.kind, row.office)) if row.document not in sent else None
        yield row._replace(due_on=need.due_on, due_source=need.source) if need and need.due_on else row


def not_written(centre: Centre, on: date) -> list[Deadline]:
    """Letters that the facts ask for and nobody has prepared yet: the schedule stands still, or has not run today."""
    return [_of_need(need, centre) for need in required.needs(centre, on)]


def _of_need(need: required.Need, centre: Centre) -> Deadline:
    person = need.programme.participant_id
    return Deadline(
        kind=need.kind,
        centre=centre.pk,
        role=Role.SOCIAL_WORKER,
        starts_on=need.starts_on,
        due_on=need.due_on,
        source=need.source,
        url=address("participants:programme", person),
        participant=person,
        programme=need.programme.pk,
        office=need.office.pk if need.office else None,
        step="do przygotowania",
    )


def _of_letter(row: Person, sent: Sent | None, voids: dict[int, str]) -> Deadline:
    """What was sent keeps the term that it met."""
    return Deadline(
        kind=row.kind,
        centre=row.centre,
        role=Role.DIRECTOR if row.status == Letter.Status.DRAFT else Role.SOCIAL_WORKER,
        starts_on=row.starts_on,
        due_on=(sent.due_on if sent else None) or row.due_on,
        source=(sent.due_source if sent else "") or row.due_source,
        met_on=sent.sent_on if sent else None,
        proof=f"pismo {row.number}" if sent else "",
        void=VOID[Letter.Status(row.status)] if row.letter in voids else "",
        words=voids.get(row.letter, ""),
        url=address("notices:letter", row.letter),
        participant=row.participant,
        programme=row.programme,
        office=row.office,
        letter=row.letter,
        step="" if sent or row.letter in voids else STEPS[Letter.Status(row.status)],
    )


class Answer(NamedTuple):
    """Of a programme whose office was asked: the trial's last day, the first answer with its term, the end."""

    programme: int
    trial_end: date | None
    received_on: date | None
    due_on: date | None
    due_source: str | None
    ended_on: date | None
    # The main period was begun before the answer: its payment waits for it, whatever happens to the programme.
    is_begun: bool


def _replies(rows: list[Person], sent: dict[int | None, Sent], book: TermBook) -> Iterator[Deadline]:
    asked = {row.programme: (row, sent[row.document]) for row in rows if row.kind == REQUEST and row.document in sent}
    for answer in _answers(asked):
        person, request = asked[answer.programme]
        term = _reply_term(person, request, answer, book)
        if term[0]:
            yield _of_reply(person, request, answer, term)


def _answers(programmes: Iterable[int]) -> Iterator[Answer]:
    first = QualificationReply.objects.filter(programme=OuterRef("pk")).order_by("recorded_on", "pk")
    told = ("received_on", "due_on", "due_source")
    columns: dict[str, Any] = {name: Subquery(first.values(name)[:1]) for name in told}
    trial_end = Min("stages__end_on", filter=Q(stages__kind=Stage.Kind.TRIAL))
    rows = Programme.objects.filter(pk__in=list(programmes)).order_by("pk")
    rows = rows.annotate(trial_end=trial_end, **columns, is_begun=provisionally_begun("pk"))
    rows = rows.values_list("pk", "trial_end", *columns, F("ended_on"), "is_begun")
    return (Answer(*row) for row in rows)


def _reply_term(person: Person, sent: Sent, answer: Answer, book: TermBook) -> Term:
    """Counted from the trial's last day, by what holds on the day the request was sent (S0 II.3)."""
    if answer.due_on:
        return answer.due_on, answer.due_source or ""
    if answer.trial_end is None:
        return None, ""
    return book.term(REPLY, answer.trial_end, centre=person.centre, office=person.office, on=sent.sent_on)


def _of_reply(person: Person, sent: Sent, answer: Answer, term: Term) -> Deadline:
    void = answer.ended_on and not answer.received_on and not answer.is_begun
    return Deadline(
        kind=REPLY,
        centre=person.centre,
        role=Role.WELFARE_HEAD,
        starts_on=sent.sent_on,
        due_on=term[0],
        source=term[1],
        met_on=answer.received_on,
        proof="odpowiedź urzędu" if answer.received_on else "",
        void=f"program zakończony {answer.ended_on:%d.%m.%Y}" if void else "",
        url=address("notices:record_reply", person.programme),
        participant=person.participant,
        programme=person.programme,
        office=person.office,
    )
