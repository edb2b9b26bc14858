"""Classes suspended for a group or the whole centre: the benefit is full, and nobody is absent."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold_all
from attendance.actions.released import NOTHING, Returned, give_back, take_up
from attendance.actions.settling import settle
from attendance.models import LeaveDay, Suspension
from attendance.reading import suspensions
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.dates import day_text, days_between, length, span_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_days, refuse_invalid
from participants.models import Group

RIGHT, SUSPENDED = "decide_attendance", LeaveDay.Release.SUSPENDED
# A quarter; what lasts longer is no suspension of classes.
LONGEST = 92


class Outcome(NamedTuple):
    """What became of it: people and days concerned, free days given back to their people, and what was written; of a
    suspension taken back, the free days that count again and those that do not."""

    suspension: Suspension
    people: int
    days: int
    leave: int
    followed: Followed
    returned: Returned = NOTHING


@transaction.atomic
def suspend_classes(
    centre: Centre, *, group: Group | None = None, start_on: date, end_on: date, reason: str, by: User, on: date
) -> Outcome:
    """From day to day the group, or without one the whole centre, has no classes by no fault of the people.

    Days to come too. A free day asked for or granted on such a day is given back. Refused where no class falls into
    the span, or where one suspension of the same people stands already.
    """
    # Two suspensions of one centre come one after the other.
    centre = Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    row = Suspension(centre=centre, group=group, start_on=start_on, end_on=end_on, by=by, decided_on=on)
    row.reason = reason.strip()
    _refuse_decider(centre, by=by, on=on)
    _check(row)
    row.save(force_insert=True)
    outcome = _carried_out(row, reason=f"Zajęcia zawieszone: {row.reason}", by=by, on=on)
    days: dict[str, Any] = {"start_on": start_on, "end_on": end_on, "people": outcome.people, "leave": outcome.leave}
    record(row, "classes_suspended", by=by, group=group.pk if group else None, **days)
    return outcome


@transaction.atomic
def withdraw_suspension(suspension: Suspension, *, by: User, on: date) -> Outcome:
    """The classes took place, or will: what was marked by hand stands again, and so do the free days that it had taken,
    as far as the balance and the other facts allow."""
    centre = Centre.objects.select_for_update(no_key=True).get(pk=suspension.centre_id)
    row = Suspension.objects.select_for_update(of=("self",), no_key=True).select_related("group").get(pk=suspension.pk)
    row.centre = centre
    _refuse_decider(centre, by=by, on=on)
    if row.withdrawn_on:
        raise Refused(f"Zawieszenie odwołano już {day_text(row.withdrawn_on)}.")
    row.withdrawn_on, row.withdrawn_by = on, by
    row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    outcome = _carried_out(row, reason="Odwołano zawieszenie zajęć.", by=by, on=on)
    back, kept = _named(outcome.returned.back), _named([day for day, _ in outcome.returned.kept])
    record(row, "suspension_withdrawn", by=by, people=outcome.people, back=back, kept=kept)
    return outcome


def _refuse_decider(centre: Centre, *, by: User, on: date) -> None:
    if by.home_centre_id != centre.pk or not by.may(RIGHT, on=on):
        raise Refused("Zajęcia zawiesza kierujący centrum albo osoba, która go tego dnia zastępuje.")


def _check(row: Suspension) -> None:
    refuse_days(start_on=row.start_on, end_on=row.end_on)
    if row.group and row.group.centre_id != row.centre_id:
        raise Refused("Tej grupy nie ma w centrum.", field="group")
    if not row.reason:
        raise Refused("Napisz, dlaczego nie ma zajęć.", field="reason")
    refuse_invalid(row)
    if length(row.start_on, row.end_on) > LONGEST:
        raise Refused(f"Najwyżej {LONGEST} dni naraz.", field="end_on")
    same = Suspension.objects.standing().filter(centre=row.centre_id, group=row.group)
    if standing := same.touching(row.start_on, row.end_on).first():
        days = span_text(standing.start_on, standing.end_on)
        raise Refused(f"Zajęcia są już zawieszone: {days}.", field="start_on")
    terms = Terms(row.centre)
    if not any(terms.is_class_day(day) for day in days_between(row.start_on, row.end_on)):
        raise Refused("W tych dniach i tak nie ma zajęć.", field="start_on")


def _named(days: Iterable[LeaveDay]) -> list[tuple[int, date]]:
    """For the journal: programme and day."""
    return [(day.programme_id, day.on) for day in days]


def take_up_leave(reach: suspensions.Reach, *, by: User | None, on: date) -> list[LeaveDay]:
    """The free days on the open days of a suspension come back to their people; of programmes that are held."""
    rows = LeaveDay.objects.filter(pk__in=reach.leave).order_by("pk").select_for_update(no_key=True)
    return take_up(rows, SUSPENDED, by=by, on=on)


def _carried_out(row: Suspension, *, reason: str, by: User, on: date) -> Outcome:
    """Settle the days of everybody concerned; first take up their free days, or give them back."""
    start, end = row.start_on, row.end_on
    concerned = suspensions.concerned(row.centre, row.group, start, end)
    # The people first, as every act about the days of one does; a correction asked for waits for them as well.
    people.hold_all(concerned.values_list("participant", flat=True))
    programmes = hold_all(concerned)
    reach = suspensions.reach(list(programmes.values()), row.group, start, end, terms=Terms(row.centre))
    leave = [] if row.withdrawn_on else take_up_leave(reach, by=by, on=on)
    returned = give_back(programmes, reach.days, SUSPENDED) if row.withdrawn_on else NOTHING
    settled = settle(list(programmes), start, end, centre=row.centre, by=by, named=())
    followed = corrections_for(settled, reason=reason, by=by, on=on)
    return Outcome(row, reach.people, len(reach.days), len(leave), followed, returned)
