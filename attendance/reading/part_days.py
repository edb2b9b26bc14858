"""Requests to be let go early that still wait for an answer."""

from datetime import date, timedelta

from attendance.models import PartDay
from cistor.accounts.models import User

RIGHT = "mark_attendance"
# An answer about a day longer ago helps nobody any more.
ANSWERED_WITHIN = timedelta(days=31)


def unanswered(user: User, *, on: date):
    """The nearest day first; of people whose data are there and whose programme goes on."""
    rows = PartDay.objects.visible_to(user, on=on, right=RIGHT).filter(kind=PartDay.Kind.EARLY, agreed=None)
    rows = rows.filter(removed_on=None, on__gte=on - ANSWERED_WITHIN, programme__participant__erased_on=None)
    rows = rows.exclude(programme__ended_on__lt=on)
    return rows.select_related("programme__participant").order_by("on", "pk")
