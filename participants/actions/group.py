from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.centres.models import Centre
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.participant import locked
from participants.models import Group, GroupLead, Membership, Participant


@transaction.atomic
def create_group(*, centre: Centre, name: str, start_on: date, by: User, on: date) -> Group:
    refuse_days(start_on=start_on)
    group = Group(centre=centre, name=" ".join(name.split()), start_on=start_on)
    refuse_invalid(group)
    group.save(force_insert=True)
    record(group, "create_group", by=by)
    return group


@transaction.atomic
def lead_group(
    group: Group, *, instructor: User, start_on: date, end_on: date | None = None, by: User, on: date
) -> GroupLead:
    """From `start_on` the instructor sees and marks this group; more than one may lead it."""
    group = _locked(group)
    refuse_days(start_on=start_on, end_on=end_on)
    _refuse_stranger(group, instructor)
    _refuse_outside(group, start_on, end_on)
    same = group.leads.filter(instructor=instructor)
    if same.touching(start_on, end_on or date.max).exists():
        raise Refused("Ten instruktor prowadzi już tę grupę w podanych dniach.", field="instructor")
    lead = GroupLead(group=group, instructor=instructor, start_on=start_on, end_on=end_on)
    refuse_invalid(lead)
    lead.save(force_insert=True)
    record(lead, "lead_group", by=by, instructor=instructor.pk, start_on=start_on)
    return lead


@transaction.atomic
def end_lead(lead: GroupLead, *, end_on: date, by: User, on: date) -> GroupLead:
    """`end_on` is the last day the instructor leads the group."""
    group = _locked(lead.group)
    lead = GroupLead.objects.select_for_update().get(pk=lead.pk)
    refuse_days(end_on=end_on)
    _refuse_outside(group, lead.start_on, end_on)
    lead.end_on = end_on
    refuse_invalid(lead)
    lead.save(update_fields=["end_on"])
    record(lead, "end_lead", by=by, end_on=end_on)
    return lead


def _locked(group: Group) -> Group:
    return Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _refuse_stranger(group: Group, instructor: User) -> None:
    if instructor.centre_id != group.centre_id or not instructor.is_active or Role.INSTRUCTOR not in instructor.roles:
        raise Refused("Grupę prowadzi instruktor tego centrum z czynnym kontem.", field="instructor")


def _refuse_outside(group: Group, start_on: date, end_on: date | None = None) -> None:
    """The days must lie in the time the group works."""
    if start_on < group.start_on:
        raise Refused(f"Ta grupa działa dopiero od {group.start_on:%d.%m.%Y}.", field="start_on")
    if group.end_on and max(start_on, end_on or start_on) > group.end_on:
        raise Refused(f"Ta grupa działa tylko do {group.end_on:%d.%m.%Y}.", field="end_on" if end_on else "start_on")


@transaction.atomic
def join_group(participant: Participant, *, group: Group, start_on: date, by: User, on: date) -> Membership:
    """From `start_on` the person is in this group; the earlier membership ends the day before."""
    participant = locked(participant)
    refuse_days(start_on=start_on)
    if group.centre_id != participant.centre_id:
        raise Refused("Wybierz grupę tego samego centrum.", field="group")
    _refuse_outside(group, start_on)
    _refuse_later(participant, start_on)
    membership = _after_leaving(participant, group, start_on)
    refuse_invalid(membership)
    membership.save()
    record(membership, "join_group", by=by, group=group.pk, start_on=start_on)
    return membership


def _refuse_later(participant: Participant, start_on: date) -> None:
    later = participant.memberships.filter(start_on__gt=start_on).select_related("group").last()
    if later:
        raise Refused(
            f"Od {later.start_on:%d.%m.%Y} uczestnik jest zapisany do grupy „{later.group}”. Wybierz ten dzień "
            "albo późniejszy.",
            field="start_on",
        )


def _after_leaving(participant: Participant, group: Group, start_on: date) -> Membership:
    """The new membership, the earlier one ended; one that began the same day was a slip and changes its group."""
    earlier = participant.memberships.in_force(start_on).select_related("group").first()
    if earlier is None:
        return Membership(participant=participant, group=group, start_on=start_on)
    if earlier.group_id == group.pk:
        raise Refused(f"Uczestnik należy do tej grupy od {earlier.start_on:%d.%m.%Y}.", field="group")
    if earlier.start_on == start_on:
        earlier.group = group
        return earlier
    earlier.end_on = start_on - ONE_DAY
    earlier.save(update_fields=["end_on"])
    return Membership(participant=participant, group=group, start_on=start_on)


@transaction.atomic
def leave_group(participant: Participant, *, end_on: date, by: User, on: date) -> Membership:
    """`end_on` is the last day in the group."""
    participant = locked(participant)
    refuse_days(end_on=end_on)
    membership = participant.memberships.in_force(end_on).first()
    if membership is None:
        raise Refused("Tego dnia uczestnik nie należy do żadnej grupy.", field="end_on")
    membership.end_on = end_on
    membership.save(update_fields=["end_on"])
    record(membership, "leave_group", by=by, end_on=end_on)
    return membership
