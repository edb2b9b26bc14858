"""What every request about a programme has in common: who takes it back, who decides, what is over."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from participants.models import Programme, ProgrammeRequest

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Words:
    """Why one kind of request is refused, a sentence each; `decided` takes the day of the decision."""

    decider: str
    own: str
    asker: str
    withdrawn: str
    decided: str


def held(row: Row, programme: Programme) -> Row:
    """The row read anew and held; its programme, held before, goes with it."""
    fresh: Any = type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    fresh.programme = programme
    return fresh


def withdraw(row: ProgrammeRequest, words: Words, *, by: User, on: date) -> None:
    """Whoever asked takes it back, as long as nobody has decided."""
    if row.asked_by_id != by.pk:
        raise Refused(words.asker)
    refuse_over(row, words)
    row.withdrawn_on = on
    row.save(update_fields=["withdrawn_on"])


def refuse_over(row: ProgrammeRequest, words: Words) -> None:
    if row.withdrawn_on:
        raise Refused(words.withdrawn)
    if row.decided_on:
        raise Refused(words.decided.format(day_text(row.decided_on)))


def refuse_decider(row: ProgrammeRequest, right: str, words: Words, *, by: User, on: date) -> None:
    """Another than who asked decides, unless the centre is led by one person."""
    participant = row.programme.participant
    if not participant.open_to(by, right, on=on):
        raise Refused(words.decider)
    if row.asked_by_id == by.pk and not participant.centre.single_handed:
        raise Refused(words.own)


def say_no(note: str) -> None:
    """A refusal is reasoned."""
    if not note.strip():
        raise Refused("Odmowa wymaga uzasadnienia.", field="note")
