"""What waits of the duties of a payer: people not told to ZUS yet, and what a month or a year owes."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benefits import deadlines
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.centres.terms import TermBook
from cistor.deadlines import Deadline
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.notices.deadlines import LABELS, asked_here
from cistor.templatetags.cistor import plural
from participants.models import Programme
from referrals.deadlines import badge


def due(user: User, on: date) -> Iterator[Matter]:
    """Overdue, or due within the week."""
    if user.is_of_office or not user.may("run_month", on=on):
        return
    centre = user.home_centre
    book, people = TermBook([centre.pk]), Programme.objects.filter(participant__centre=centre)
    untold = _pressing(centre, deadlines.of_registrations(people, book, on=on), on)
    if untold:
        first, n = min(untold, key=lambda row: row.due_on), len(untold)
        kind, word = badge(first, on)
        text = f"{n} {plural(n, 'osoba czeka,osoby czekają,osób czeka')} na zgłoszenie do ZUS"
        yield Matter("late" if kind == "late" else "soon", word, text, reverse("benefits:payer"), first.due_on)
    for row in _pressing(centre, deadlines.of_payer(centre, book, on=on), on):
        yield _matter(row, on)


def _pressing(centre: Centre, rows: list[Deadline], on: date) -> list[Deadline]:
    return [row for row in asked_here(rows, centre) if not row.met_on and row.due_on and row.due_on <= on + THIS_WEEK]


def _matter(row: Deadline, on: date) -> Matter:
    kind, word = badge(row, on)
    return Matter("late" if kind == "late" else "soon", word, f"{LABELS[row.kind]}: {row.about}", row.url, row.due_on)
