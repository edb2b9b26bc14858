"""How a letter stands: the words of its badges, whom it is about, whom it goes to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from cistor.deadlines import SOON
from cistor.notices.actions.letters import WITHHELD
from cistor.notices.actions.mail import SENT_OTHERWISE
from cistor.notices.models import Dispatch, Letter, Mail

Badge = tuple[str, str]
STATES: dict[str, Badge] = {
    Letter.Status.DRAFT: ("soon", "czeka na podpis"),
    Letter.Status.RETURNED: ("late", "do poprawy"),
    Letter.Status.VOID: ("plain", "niepotrzebne"),
}
# Of mails that were not to go any more.
GIVEN_UP: dict[str, Badge] = {
    SENT_OTHERWISE: ("plain", "wysłano inną drogą"),
    WITHHELD: ("plain", "postanowiono nie wysyłać"),
}
DASH = "—"


class Row(NamedTuple):
    """A letter in a list."""

    letter: Letter
    about: str
    addressee: str
    term: Badge | None


def state(letter: Letter, sent: Iterable[Dispatch] = ()) -> Badge:
    """`sent`: the dispatches of its document."""
    if letter.status != Letter.Status.SIGNED:
        return STATES[letter.status]
    if hasattr(letter, "withholding"):
        return "plain", "niewysłane"
    went = next((row for row in sent if not row.is_copy), None)
    return ("done", f"wysłane {went.sent_on:%d.%m.%Y}") if went else ("soon", "podpisane, do wysłania")


def term(due_on: date | None, on: date) -> Badge | None:
    """None where nobody set a term."""
    if due_on is None:
        return None
    if due_on < on:
        return "late", f"po terminie, {due_on:%d.%m.%Y}"
    if due_on == on:
        return "soon", "dziś"
    return ("soon" if due_on <= on + timedelta(days=SOON) else "plain"), f"do {due_on:%d.%m.%Y}"


def mail_state(mail: Mail, *, is_recorded: bool = True) -> Badge:
    """`is_recorded`: the register names the sending, once the server has taken the mail."""
    if mail.sent_at:
        return ("done", "wysłany") if is_recorded else ("late", "wyszedł, wysłania nie wpisano")
    if mail.given_up_at:
        return GIVEN_UP.get(mail.error, ("late", "nie udało się wysłać"))
    if mail.is_offered:
        return "soon", "właśnie wychodzi"
    return "soon", "czeka na wysłanie" if not mail.attempts else "czeka na następną próbę"


def rows(letters: Iterable[Letter], on: date) -> list[Row]:
    """`letters` as `with_people` reads them."""
    return [Row(letter, about(letter), addressee(letter), term(letter.due_on, on)) for letter in letters]


def with_people(letters):
    rows = letters.select_related("office", "participant", "returned_by")
    return rows.prefetch_related("people__programme__participant")


def about(letter: Letter) -> str:
    """The person, or of several the first and how many more."""
    names = sorted((row.programme.participant for row in letter.people.all()), key=lambda person: person.order_key)
    if not names:
        return str(letter.participant or DASH)
    return str(names[0]) if len(names) == 1 else f"{names[0]} i jeszcze {len(names) - 1}"


def addressee(letter: Letter) -> str:
    return str(letter.office or letter.participant or DASH)
