"""The answers that an office owes about somebody's qualification."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cistor.accounts.models import User
from cistor.centres.terms import TermBook
from cistor.desk.matters import Matter
from cistor.notices import replies, standing
from cistor.notices.letter_terms import of_replies
from participants.models import Programme


def for_the_office(user: User, on: date) -> Iterator[Matter]:
    """Requests to qualify somebody, for the head of the office that was asked."""
    if not user.is_of_office or not user.may("give_consent", on=on):
        return
    rows = list(replies.unanswered(user).order_by("pk"))
    terms = _terms(user, rows)
    for programme in rows:
        due_on = terms.get(programme.pk)
        kind, word = standing.term(due_on, on) or ("soon", "dziś")
        text = f"{programme.participant}: kwalifikacja do okresu właściwego"
        yield Matter(_pressing(kind), word, text, reverse("notices:qualify", args=[programme.pk]), due_on)


def _terms(user: User, rows: list[Programme]) -> dict[int | None, date | None]:
    """Programme → the day by which its answer is owed; as many queries for one as for a hundred."""
    if not rows:
        return {}
    asked = Programme.objects.filter(pk__in=[row.pk for row in rows])
    book = TermBook([user.home_centre_id], [replies.REPLY])
    return {row.programme: row.due_on for row in of_replies(asked, book)}


def _pressing(kind: str) -> str:
    """A badge of the desk is late, soon or info."""
    return "info" if kind == "plain" else kind
