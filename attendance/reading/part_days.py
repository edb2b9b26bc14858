"""Lateness and requests to be let go early: which still wait for an answer, which count, which contradict the mark."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance.grid import HERE
from attendance.models import Day, PartDay
from attendance.reading.corrections import wording
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from participants.models import Programme

RIGHT = "mark_attendance"
# An answer about a day longer ago helps nobody any more.
ANSWERED_WITHIN = timedelta(days=31)


def unanswered(user: User, *, on: date):
    """The nearest day first; of people whose data are there and whose programme goes on."""
    rows = PartDay.objects.visible_to(user, on=on, right=RIGHT).filter(kind=PartDay.Kind.EARLY, agreed=None)
    rows = rows.filter(removed_on=None, on__gte=on - ANSWERED_WITHIN, programme__participant__erased_on=None)
    rows = rows.exclude(programme__ended_on__lt=on)
    return rows.select_related("programme__participant").order_by("on", "pk")


def with_presence(rows: QuerySet[PartDay]) -> QuerySet[PartDay]:
    """Each with what is marked on its day: `is_here`, then its minutes count; `is_away`, where they cannot."""
    marked = Day.objects.filter(programme=OuterRef("programme"), on=OuterRef("on"))
    here, away = marked.filter(meaning__in=HERE), marked.exclude(meaning__in=HERE)
    return rows.annotate(is_here=Exists(here), is_away=Exists(away))


def counted(rows: QuerySet[PartDay]) -> QuerySet[PartDay]:
    """Of rows `with_presence`, those that have come about: the person was here, and was let go where that was asked."""
    return rows.filter(Q(kind=PartDay.Kind.LATE) | Q(agreed=True), is_here=True)


def not_late(programme: Programme, day: date) -> str:
    """What the list says of a day instead of a lateness: "O – obecność", "nieoznaczone".

    "" where it says one, where a lateness cannot be, and where the regulations have no mark for it.
    """
    terms = Terms(programme.participant.centre)
    if not programme.stage_on(day) or Meaning.LATE not in terms.by_hand(day):
        return ""
    standing = Day.objects.filter(programme=programme, on=day).first()
    if standing is None:
        return wording(terms, day, "")
    here = standing.meaning == Meaning.PRESENT
    return wording(terms, day, standing.meaning, provisional=standing.provisional) if here else ""
