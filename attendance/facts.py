"""The facts that outweigh a mark: suspensions, incidents, sick notes, free days granted, days excused."""

from collections.abc import Collection, Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from attendance.models import Excuse, Incident, LeaveDay, SickNote, Source, Suspension
from attendance.rulings import Fact
from cistor.centres.models import Centre, Meaning
from cistor.dates import days_between
from participants.models import Membership, Programme

Key = tuple[int, date]


def of_days(centre: Centre, programmes: Collection[Programme], start: date, end: date) -> dict[Key, list[Fact]]:
    """(programme, day) → the facts, of the days from `start` to `end`; six queries whatever their number."""
    found: dict[Key, list[Fact]] = {}
    ids = [programme.pk for programme in programmes]
    for questions in (_notes(ids, start, end), _days(ids, start, end), _suspensions(centre, programmes, start, end)):
        for key, fact in questions:
            found.setdefault(key, []).append(fact)
    return found


def reaching(start: date, end: date) -> Q:
    """Whether any fact may reach a programme in the span: a condition to be asked along with the programmes."""
    notes = SickNote.objects.standing().touching(start, end)
    days = (LeaveDay.objects.granted(), Incident.objects.sent_away(), Excuse.objects.granted())
    own = (notes, *(rows.filter(on__range=(start, end)) for rows in days))
    suspended = Suspension.objects.standing().filter(centre=OuterRef("participant__centre")).touching(start, end)
    return reduce(or_, (Exists(rows.filter(programme=OuterRef("pk"))) for rows in own), Q(Exists(suspended)))


def _notes(ids: list[int], start: date, end: date) -> Iterator[tuple[Key, Fact]]:
    for note in SickNote.objects.standing().filter(programme__in=ids).touching(start, end):
        stated = max(filter(None, (note.entered_on, note.delivered_on, note.decided_on)))
        fact = Fact(Source.NOTE, note.meaning, not note.is_sure, note.entered_by_id, stated)
        for day in days_between(max(note.start_on, start), min(note.end_on, end)):
            yield (note.programme_id, day), fact


def _days(ids: list[int], start: date, end: date) -> Iterator[tuple[Key, Fact]]:
    """Facts of one day each."""
    rows = (
        (Incident.objects.sent_away(), Source.SOBRIETY, Meaning.UNEXCUSED, ("recorded_by", "recorded_on")),
        (LeaveDay.objects.granted(), Source.LEAVE, Meaning.FREE_DAY, ("request__decided_by", "request__decided_on")),
        (Excuse.objects.granted(), Source.EXCUSE, Meaning.EXCUSED, ("decided_by", "decided_on")),
    )
    for found, source, meaning, stated in rows:
        days = found.filter(programme__in=ids, on__range=(start, end))
        for programme, day, by, on in days.values_list("programme", "on", *stated):
            yield (programme, day), Fact(source, meaning, by=by, stated_on=on)


def _suspensions(
    centre: Centre, programmes: Collection[Programme], start: date, end: date
) -> Iterator[tuple[Key, Fact]]:
    rows = list(Suspension.objects.standing().filter(centre=centre).touching(start, end))
    if not rows:
        return
    people = {programme.participant_id for programme in programmes}
    stays = list(Membership.objects.filter(participant__in=people).touching(start, end))
    for row in rows:
        fact = Fact(Source.SUSPENSION, Meaning.SUSPENDED, by=row.by_id, stated_on=row.decided_on)
        days = days_between(max(row.start_on, start), min(row.end_on, end))
        for programme in programmes:
            own = [stay for stay in stays if stay.participant_id == programme.participant_id]
            for day in days:
                if row.group_id is None or any(_is_in(stay, row.group_id, day) for stay in own):
                    yield (programme.pk, day), fact


def _is_in(stay: Membership, group: int, day: date) -> bool:
    return stay.group_id == group and stay.start_on <= day and (stay.end_on is None or day <= stay.end_on)
