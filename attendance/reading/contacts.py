"""Whose words of a talk are for whom to read."""

from datetime import date

from attendance.models import Contact
from cistor.accounts.models import User


def words_for(contact: Contact, user: User, on: date) -> str:
    """The words of the talk; about an incident only for who reads of incidents, or has written them."""
    hidden = contact.incident_id and contact.by_id != user.pk and not user.may("see_diagnosis", on=on)
    return "" if hidden else contact.text
