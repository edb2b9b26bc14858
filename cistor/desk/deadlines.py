"""Deadlines that no other matter shows: the duty to insure, the office's answer, the planned end, the time after it."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cistor.accounts.models import User
from cistor.deadlines import Deadline
from cistor.desk.cases import first
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.notices.agenda import CLIMBED
from cistor.notices.deadlines import AFTER, INSURANCE, LABELS, REPLY, Code, beside_letters, reached
from participants.qualification import provisional_stages
from referrals.deadlines import badge

# On the desk of those who can do something about them; the head of the office has the requests themselves.
BY = {
    INSURANCE: ("prepare_letter",),
    REPLY: ("enter_opinion_from_paper",),
    Code.PROGRAMME_END: ("prepare_programme",),
    AFTER: ("prepare_programme",),
}


def due(user: User, on: date) -> Iterator[Matter]:
    """Overdue, or due within the week."""
    kinds = {kind for kind, rights in BY.items() if any(user.may(right, on=on) for right in rights)}
    if not kinds or user.is_of_office:
        return
    shown, listed = _shown_already(user), reverse("notices:deadlines")
    found = reached(user, beside_letters(user.home_centre, on), on)
    rows = [row for row in found if row.kind in kinds and (row.kind, row.programme) not in shown]
    yield from first([_matter(row, on, listed) for row in rows if _presses(row, on)], listed)


def _shown_already(user: User) -> set[tuple[str, int]]:
    """A main period that goes on provisionally says itself that the answer is missing."""
    return {(REPLY, stage.programme_id) for stage in provisional_stages(user.home_centre_id)}


def _presses(row: Deadline, on: date) -> bool:
    return bool(row.due_on) and row.due_on <= on + THIS_WEEK and row.state(on) not in {"met", "void"}


def _matter(row: Deadline, on: date, listed: str) -> Matter:
    kind, word = badge(row, on)
    climbed = f" ({CLIMBED[row.climbed]})" if row.climbed else ""
    text = f"{row.about}: {LABELS[row.kind]}{climbed}"
    return Matter("late" if kind == "late" else "soon", word, text, row.url or listed, row.due_on)
