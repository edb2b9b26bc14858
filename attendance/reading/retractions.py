"""Who may take back what was written by mistake."""

from datetime import date

from cistor.accounts.models import User
from participants.models import Participant

DECIDE = "decide_attendance"


def may_retract(
    participant: Participant, user: User, *, right: str, author: int | None = None, shown_by: str = "", on: date
) -> bool:
    """Whoever has written it, and the director, as far as the right of its kind reaches; of an erased person nobody.

    `author` None: it is the director's word. `shown_by`: the right by which the row was found, which need not be asked
    for again.
    """
    if participant.erased_on:
        return False
    is_theirs = author == user.pk or participant.open_to(user, DECIDE, on=on)
    return is_theirs and (right == shown_by or participant.open_to(user, right, on=on))
