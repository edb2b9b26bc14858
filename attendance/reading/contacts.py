"""Whose words of a talk are for whom to read."""

from datetime import date
from typing import NamedTuple

from attendance.models import Contact, Retraction
from attendance.reading.retractions import may_retract
from cistor.accounts.models import User

RIGHT = "record_contact"


class Talk(NamedTuple):
    """A talk as the user reads it: `whom` and `text` are "" where they are not for the user."""

    contact: Contact
    is_read: bool
    whom: str
    text: str
    # What has taken it back.
    retraction: Retraction | None
    may_retract: bool


def talk_for(contact: Contact, user: User, on: date, *, shown_by: str = "") -> Talk:
    """`shown_by`: the right by which the talk was found."""
    is_read, retraction = _is_read(contact, user, on), getattr(contact, "retraction", None)
    whom, text = (contact.whom, contact.text) if is_read else ("", "")
    may = retraction is None and may_retract(
        contact.participant, user, right=RIGHT, author=contact.by_id, shown_by=shown_by, on=on
    )
    return Talk(contact, is_read, whom, text, retraction, may)


def words_for(contact: Contact, user: User, on: date) -> str:
    """The words of the talk."""
    return contact.text if _is_read(contact, user, on) else ""


def _is_read(contact: Contact, user: User, on: date) -> bool:
    """About an incident only by who reads of incidents, or has written them."""
    return not contact.incident_id or contact.by_id == user.pk or user.may("see_diagnosis", on=on)
