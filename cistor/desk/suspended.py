"""Classes that are suspended: who teaches or looks after the people learns of it before the day."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from attendance.models import Suspension
from cistor.accounts.models import User
from cistor.dates import span_text
from cistor.desk.matters import Matter
from participants.models import Group


def announced(user: User, on: date) -> Iterator[Matter]:
    """Until their last day, to everybody but who has suspended them."""
    if not user.may("follow_absence", on=on):
        return
    groups = Group.objects.visible_to(user, on=on, right="follow_absence")
    rows = Suspension.objects.visible_to(user, on=on).standing().filter(end_on__gte=on).exclude(by=user)
    rows = rows.filter(Q(group=None) | Q(group__in=groups)).select_related("group")
    for row in rows.order_by("start_on", "pk"):
        whose = row.group or "Całe centrum"
        text = f"{whose}: zajęcia zawieszone {span_text(row.start_on, row.end_on)} ({row.reason})"
        yield Matter("info", "zawieszone", text, _place(row))


def _place(row: Suspension) -> str:
    if row.group_id is None:
        return reverse("attendance:groups")
    return f"{reverse('attendance:today', args=[row.group_id])}?dzien={row.start_on}"
