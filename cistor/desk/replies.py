"""The answers that an office owes about somebody's qualification."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cistor.accounts.models import User
from cistor.desk.matters import Matter
from cistor.notices import replies, standing


def for_the_office(user: User, on: date) -> Iterator[Matter]:
    """Requests to qualify somebody, for the head of the office that was asked."""
    if not user.is_of_office or not user.may("give_consent", on=on):
        return
    for programme in replies.unanswered(user).order_by("pk"):
        due_on, _ = replies.reply_term(programme)
        kind, word = standing.term(due_on, on) or ("soon", "dziś")
        text = f"{programme.participant}: kwalifikacja do okresu właściwego"
        yield Matter(_pressing(kind), word, text, reverse("notices:qualify", args=[programme.pk]), due_on)


def _pressing(kind: str) -> str:
    """A badge of the desk is late, soon or info."""
    return "info" if kind == "plain" else kind
