"""Who may open the file of a paper, and the number as a link for those."""

from datetime import date

from django.urls import reverse
from django.utils.html import format_html

from cistor.accounts.models import User
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document


def may_open(document: Document, user: User, *, on: date) -> bool:
    """Of a paper of the user's own centre or office, as far as the rights of its kind reach."""
    return _was_sent_to(user, document, on) if user.is_of_office else _may_have(user, document, on)


def number_for(document: Document, user: User, *, on: date) -> str:
    """A link where there is a file and the user may open it, else the number alone."""
    if not document.sha256 or not may_open(document, user, on=on):
        return document.number
    return format_html('<a href="{}">{}</a>', reverse("documents:download", args=[document.pk]), document.number)


def _may_have(user: User, document: Document, on: date) -> bool:
    reach = [user.owners(right, on=on) for right in KINDS[document.kind].rights]
    return any(owners is None or document.issued_by_id in owners for owners in reach)


def _was_sent_to(user: User, document: Document, on: date) -> bool:
    """An office has what was sent to itself. The sendings are a room above, reached the way the database ties them."""
    return user.may("give_opinion", on=on) and document.dispatches.filter(office=user.office_id).exists()
