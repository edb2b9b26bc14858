"""Whose words of a talk are for whom to read."""

from datetime import date
from typing import NamedTuple

from attendance.models import Contact, Retraction
from cistor.accounts.models import User


class Talk(NamedTuple):
    """A talk as the user reads it: `whom` and `text` are "" where they are not for the user."""

    contact: Contact
    is_read: bool
    whom: str
    text: str
    # What has taken it back.
    retraction: Retraction | None
    may_retract: bool


def talk_for(contact: Contact, user: User, on: date) -> Talk:
    """Whoever has written it, and the director, may take it back."""
    is_read, retraction = _is_read(contact, user, on), getattr(contact, "retraction", None)
    whom, text = (contact.whom, contact.text) if is_read else ("", "")
    is_theirs = contact.by_id == user.pk or user.may("decide_attendance", on=on)
    return Talk(contact, is_read, whom, text, retraction, is_theirs and retraction is None)


def words_for(contact: Contact, user: User, on: date) -> str:
    """The words of the talk."""
    return contact.text if _is_read(contact, user, on) else ""


def _is_read(contact: Contact, user: User, on: date) -> bool:
    """About an incident only by who reads of incidents, or has written them."""
    return not contact.incident_id or contact.by_id == user.pk or user.may("see_diagnosis", on=on)
