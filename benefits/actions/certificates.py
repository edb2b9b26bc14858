from datetime import date

from django.db import transaction

from benefits.documents import certificate_context, paid
from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from participants.models import Participant

KIND = "payments_certificate"


@transaction.atomic
def issue_certificate(participant: Participant, *, start: date, end: date, by: User, on: date) -> Document:
    """What was really paid on these days, numbered and frozen; Refused when that is nothing."""
    if participant.erased_on:
        raise Refused("Dane tej osoby usunięto.")
    rows = list(paid(participant, start, min(end, on)))
    context = certificate_context(participant, rows, start=start, end=end, by=by, on=on)
    if not context["sums"]["paid"]:
        raise Refused("W tych miesiącach nic tej osobie nie wypłacono.", field="start")
    return issue(kind=KIND, centre=participant.centre, context=context, by=by, on=on, participant=participant)
