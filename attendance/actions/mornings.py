"""Each morning the facts are written into the open days once more, for whoever has come under them since."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q

from attendance.actions.holding import hold_all
from attendance.actions.settling import settle_behind
from attendance.actions.suspensions import take_up_leave
from attendance.models import BY_PEOPLE, Closing, Day, LeaveDay, SickNote, Suspension
from attendance.reading.suspensions import reach
from attendance.terms import Terms
from cistor.centres.models import Centre
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.models import Programme

# Two months; a day still open after them is nobody's slip of the night.
BACK = timedelta(days=62)


@transaction.atomic
def settle_day(centre: Centre, *, on: date) -> int:
    """Settle the open days of everybody whom a fact reaches, those to come too; returns how many were written.

    Who joined a group after its classes were suspended, whose end was taken back, whose programme grew into the days
    of a note. Free days in a suspension come back to them as well. Days after the end of a programme, which facts had
    taken before anybody knew of it, go.
    """
    start, end = _first(centre, on), _last(centre, on)
    taken = Day.objects.filter(programme__participant__centre=centre).between(start, end).exclude(source__in=BY_PEOPLE)
    programmes = Programme.objects.filter(participant__centre=centre, participant__erased_on=None)
    reached = programmes.touching(start, end).values("pk").union(taken.order_by().values("programme"))
    concerned = programmes.filter(pk__in=[pk for (pk,) in reached.values_list("pk")])
    # The people first; whoever was erased meanwhile is among the programmes no more.
    people.hold_all(concerned.values_list("participant", flat=True))
    rows = hold_all(concerned)
    _take_up_leave(centre, rows, start, end, on=on)
    return settle_behind(rows, start, end, terms=Terms(centre))


def _take_up_leave(centre: Centre, rows: Mapping[int, Programme], start: date, end: date, *, on: date) -> None:
    """Of who has come under a suspension since, as of those whom it reached when it was decided."""
    terms = Terms(centre)
    for row in Suspension.objects.standing().filter(centre=centre).touching(start, end):
        first, last = max(start, row.start_on), min(end, row.end_on)
        if taken := take_up_leave(reach(list(rows.values()), row.group, first, last, terms=terms), by=None, on=on):
            record(row, "leave_taken_up", by=None, days=[(day.programme_id, day.on) for day in taken])


def _first(centre: Centre, on: date) -> date:
    """An end may be dated back further than anybody looks; what is closed is left alone."""
    closing = Closing.objects.over(OuterRef("programme"), OuterRef("on"))
    past_the_end = Day.objects.filter(programme__participant__centre=centre, on__gt=F("programme__ended_on"))
    oldest = past_the_end.exclude(Q(source__in=BY_PEOPLE) | Exists(closing)).order_by("on").first()
    return min(on - BACK, oldest.on) if oldest else on - BACK


def _last(centre: Centre, on: date) -> date:
    """The last day that a fact reaches, or has reached."""
    of_centre = {"programme__participant__centre": centre}
    ends = (
        SickNote.objects.standing().filter(**of_centre).aggregate(last=Max("end_on")),
        LeaveDay.objects.granted().filter(**of_centre).aggregate(last=Max("on")),
        Suspension.objects.standing().filter(centre=centre).aggregate(last=Max("end_on")),
        Day.objects.filter(**of_centre, on__gt=on).aggregate(last=Max("on")),
    )
    return max([on, *(row["last"] for row in ends if row["last"])])
