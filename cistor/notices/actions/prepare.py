"""The letters that write themselves: drafts for all that the facts of the day ask for."""

import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from cistor.centres.models import Centre
from cistor.errors import Refused
from cistor.jobs import locks
from cistor.journal.actions import record
from cistor.notices import required
from cistor.notices.actions import letters
from cistor.notices.escalation import climb
from cistor.notices.models import Letter, LetterPerson, Run
from cistor.notices.required import Drafted, Need

logger = logging.getLogger(__name__)

ONCE = "letter_once_about_a_programme"
Outcome = str  # one of the counters of a run, or "" for what they do not count


def prepare(centre: Centre, *, on: date, is_daily: bool = False) -> Run:
    """Writes what is asked for and not written yet; one at a time in a centre, safe to repeat and to break off.

    Every letter is a transaction of its own: one record that fails is counted, and stops nothing.
    """
    with locks.held(f"notices {centre.pk}", wait=True):
        needs, drafts = required.survey(centre, on)
        tally = Counter(_outcomes(centre, needs, drafts, on))
        counted = {name: tally[name] for name in ("prepared", "joined", "failed")}
        return Run.objects.create(centre=centre, on=on, is_daily=is_daily, reminded=climb(centre, on), **counted)


def _outcomes(centre: Centre, needs: list[Need], drafts: list[Drafted], on: date) -> Iterable[Outcome]:
    by_letter: dict[int, list[Drafted]] = defaultdict(list)
    for row in drafts:
        by_letter[row.person.letter_id].append(row)
    for pk, people in by_letter.items():
        # Most days nothing: to find that out takes no query.
        if _idle(people) or _moved(people) or _new_term(people):
            yield _alone(f"letter {pk} of centre {centre.pk}", _look_again, people, on)
    for need in needs:
        yield _alone(f"{need.kind} of programme {need.programme.pk}, centre {centre.pk}", _write, centre, need, on)


def _alone(what: str, act: Callable[..., Outcome], *given: Any) -> Outcome:
    """The act in its own transaction; what it raises is told by ids alone, unless the session has gone, and with it
    the lock."""
    session = connection.connection
    try:
        with transaction.atomic():
            return act(*given)
    except Refused:
        # Overtaken by somebody's hand: the letter was signed, or dropped, since it was looked at.
        return ""
    except Exception as error:
        if connection.connection is not session:
            raise
        if ONCE in str(error) and isinstance(error, IntegrityError):
            return ""
        logger.exception("Not prepared: %s.", what)
        return "failed"


# New letters ----------------------------------------------------------------------------------------------------------


def _write(centre: Centre, need: Need, on: date) -> Outcome:
    letter = _open_list(centre, need) if need.kind == Letter.Kind.ADMISSION_LIST else None
    if letter:
        _take_in(letter, need)
        return "joined"
    letter = _begin(centre, need, on)
    _name(letter, need)
    record(letter, "letter_prepared", by=None, kind=need.kind, due_on=need.due_on)
    return "prepared"


def _open_list(centre: Centre, need: Need) -> Letter | None:
    """The list of the office that nobody has signed yet: one letter for ten people, not ten."""
    rows = Letter.objects.filter(centre=centre, kind=need.kind, office=need.office, status__in=required.UNSIGNED)
    return rows.select_for_update().order_by("id").first()


def _begin(centre: Centre, need: Need, on: date) -> Letter:
    return Letter.objects.create(
        centre=centre,
        kind=need.kind,
        office=need.office,
        participant_id=need.programme.participant_id,
        starts_on=need.starts_on,
        due_on=need.due_on,
        due_source=need.source,
        prepared_on=on,
    )


def _name(letter: Letter, need: Need) -> LetterPerson:
    return LetterPerson.objects.create(
        letter=letter, programme=need.programme, kind=need.kind, office=need.office, due_on=need.due_on
    )


def _take_in(letter: Letter, need: Need) -> None:
    person = _name(letter, need)
    letter.participant = None
    letter.starts_on = min(letter.starts_on, need.starts_on)
    if need.due_on and (letter.due_on is None or need.due_on < letter.due_on):
        letter.due_on, letter.due_source = need.due_on, need.source
    letter.save(update_fields=["participant", "starts_on", "due_on", "due_source"])
    record(person, "letter_person_added", by=None, letter=letter.pk, due_on=need.due_on)


# Letters not sent yet -------------------------------------------------------------------------------------------------


def _look_again(people: list[Drafted], on: date) -> Outcome:
    """A question that has become idle before it was signed is void; terms are those by the holidays of today."""
    letter = people[0].person.letter
    if reason := _idle(people):
        letters.void(letter, reason=reason, by=None, on=on)
        return ""
    for person, need in _moved(people):
        LetterPerson.objects.filter(pk=person.pk).update(due_on=need.due_on)
    if term := _new_term(people):
        unsigned = Letter.objects.filter(pk=letter.pk, status__in=required.UNSIGNED)
        unsigned.update(due_on=term[0], due_source=term[1])
    return ""


def _idle(people: list[Drafted]) -> str:
    """Why the letter need not be sent, when that holds for all in it and nobody has signed it."""
    unsigned = people[0].person.letter.status in required.UNSIGNED
    return people[0].needless if unsigned and all(row.needless for row in people) else ""


def _moved(people: list[Drafted]) -> list[tuple[LetterPerson, Need]]:
    return [(row.person, row.need) for row in people if row.need and row.need.due_on != row.person.due_on]


def _new_term(people: list[Drafted]) -> tuple[date, str] | None:
    """What is signed stays as it was signed: its term moves with the people in it alone."""
    letter, term = people[0].person.letter, required.earliest([row.need for row in people if row.need])
    is_same = letter.status not in required.UNSIGNED or term == (letter.due_on, letter.due_source)
    return None if is_same else term
