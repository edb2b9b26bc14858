from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from cistor.dates import ONE_DAY, next_month
from participants.models import Group, Membership, Participant, Programme


def group_of(request, pk) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user, on=request.today).select_related("centre"), pk=pk)


def person_of(request, pk) -> Participant:
    """With what the head of their card shows."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_attendance")
    shown = people.select_related("centre").with_phase(request.today).with_group(request.today)
    return get_object_or_404(shown, pk=pk)


def within(request, rows, *rights: str):
    """The rows that any of the rights reaches: a deputy of the director decides beyond what they see of attendance."""
    user, today = request.user, request.today
    reached = [rows.visible_to(user, on=today, right=right) for right in rights if user.may(right, on=today)]
    return rows.filter(reduce(or_, (Q(pk__in=found.values("pk")) for found in reached)))


def programme_on(request, pk, day: date, right: str) -> Programme:
    """As far as the right reaches today, or reached on the day: whoever was that day in a group led today."""
    user, today = request.user, request.today
    groups = Group.objects.visible_to(user, on=today, right=right)
    # A group that somebody is only going to join opens nothing yet.
    members = Membership.objects.in_force(min(day, today)).filter(group__in=groups)
    people = Participant.objects.visible_to(user, on=today, right=right)
    rows = Programme.objects.filter(Q(participant__in=people) | Q(participant__in=members.values("participant")))
    return get_object_or_404(rows.select_related("participant__centre"), pk=pk)


def chosen_group(request, text) -> Group | None:
    """The group that the address names, or None for the whole centre."""
    if not text:
        return None
    rows = Group.objects.visible_to(request.user, on=request.today, right="close_attendance")
    return get_object_or_404(rows, pk=read_id(text))


def read_id(text: str) -> int:
    """An id that an address names; 404 for what cannot be one."""
    # Longer than eighteen digits it overflows the column, and Arabic digits are decimal too.
    if not (text.isascii() and text.isdecimal() and len(text) <= 18):
        raise Http404
    return int(text)


def months(first, today) -> dict:
    """The month of a page and its neighbours, as `_months.html` asks for them."""
    following = next_month(first)
    return {
        "month": first,
        "previous": (first - ONE_DAY).replace(day=1),
        "following": following if following <= today else None,
    }
