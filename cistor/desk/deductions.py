"""What waits about deductions: consents that did not come back, and what is missing after an end through fault."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse

from benefits.models import Deduction
from benefits.reading.deductions import Condition, State, kinds_in_force
from cistor.accounts.models import User
from cistor.desk.matters import Matter
from cistor.templatetags.cistor import plural
from participants.models import Programme

RIGHT = "enter_deduction"
# A signed paper is back by then, or somebody should ask.
WAITS = timedelta(days=14)
# Whoever has not thought of a deduction by then has decided against it.
RECENT = timedelta(days=60)


def consents(user: User, on: date) -> Iterator[Matter]:
    """Papers given out to be signed, or entered and never printed, two weeks ago and earlier."""
    if not user.may(RIGHT, on=on):
        return
    rows = Deduction.objects.visible_to(user, on=on).filter(consented_on=None, withdrawn_on=None)
    given = rows.annotate(given_on=Coalesce("document__issued_on", "entered_on"))
    if n := given.filter(given_on__lte=on - WAITS).count():
        waits = plural(
            n, "zgoda na potrącenie nie wróciła,zgody na potrącenie nie wróciły,zgód na potrącenie nie wróciło"
        )
        url = f"{reverse('benefits:deductions')}?stan={State.WAITING}"
        yield Matter("info", "zgody", f"{n} {waits} od 14 dni", url)


def to_consider(user: User, on: date) -> Iterator[Matter]:
    """Ended through fault, something was not given back, and nobody has entered a deduction since."""
    if not user.may(RIGHT, on=on) or not _has_kind(user, on):
        return
    ended = Programme.objects.visible_to(user, on=on, right=RIGHT)
    ended = ended.filter(through_fault=True, ended_on__range=(on - RECENT, on), clearance__is_complete=False)
    entered = Deduction.objects.filter(programme=OuterRef("pk"), kind__condition=Condition.ENDED_THROUGH_FAULT)
    rows = ended.filter(~Exists(entered), participant__erased_on=None).select_related("participant")
    for row in rows.defer("end_reason").order_by("ended_on", "pk"):
        text = (
            f"{row.participant}: po zakończeniu programu z winy uczestnika nie zwrócono wszystkiego. Rozważ potrącenie"
        )
        yield Matter("soon", "rozważ", text, reverse("benefits:new_deduction", args=[row.pk]))


def _has_kind(user: User, on: date) -> bool:
    kinds = kinds_in_force(user.home_centre_id, on)
    return any(kind.condition == Condition.ENDED_THROUGH_FAULT for kind in kinds)
