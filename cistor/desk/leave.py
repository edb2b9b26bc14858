"""What waits about free days: an opinion, a decision; and for a week, how it came out."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from attendance.models import LeaveDay, LeaveRequest
from attendance.reading.leave import Rules, may_decide, opines_as, parts
from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.dates import days_text, joined
from cistor.desk.matters import THIS_WEEK, Matter

SUSPENDED, SICK = LeaveDay.Release.SUSPENDED, LeaveDay.Release.SICK


def to_opine(user: User, on: date) -> Iterator[Matter]:
    """Requests that lack the opinion of the user's role."""
    rows = _open(user, "opine_leave", on)
    rules = Rules(user.home_centre) if rows else None
    for row in rows:
        if opines_as(user, row, rules, on=on) in rules.lacking(row):
            yield _matter(row, "czeka na Twoją opinię", "opinia", on)


def to_decide(user: User, on: date) -> Iterator[Matter]:
    """Requests that the user may decide on, with the opinions that they need."""
    rows = _open(user, "decide_attendance", on)
    rules = Rules(user.home_centre) if rows else None
    for row in rows:
        if may_decide(row, user, rules) and not rules.lacking(row):
            yield _matter(row, "czeka na decyzję", "decyzja", on)


def lacking_opinions(user: User, on: date) -> Iterator[Matter]:
    """Requests that the user will decide on, and whose opinion they still wait for."""
    rows = _open(user, "decide_attendance", on)
    rules = Rules(user.home_centre) if rows else None
    for row in rows:
        if asked := rules.lacking(row):
            whose = joined([Role(role).label for role in asked])
            text = f"{row.programme.participant}: wniosek o dni wolne {_days(row)} czeka na opinię: {whose}"
            yield Matter("info", "brakuje opinii", text, reverse("attendance:leave_request", args=[row.pk]))


def answered(user: User, on: date) -> Iterator[Matter]:
    """For a week, decided or cancelled by somebody else: to who entered them, and who keeps the leave card."""
    if not user.may("enter_absence_papers", on=on):
        return
    rows = LeaveRequest.objects.visible_to(user, on=on, right="enter_absence_papers").order_by("-decided_on", "pk")
    decided = Q(decided_on__gte=on - THIS_WEEK) & ~Q(decided_by=user)
    rows = list(_light(rows.filter(decided | Q(cancelled_on__gte=on - THIS_WEEK)).exclude(cancelled_by=user)))
    version = Rules(user.home_centre).version(on) if rows else None
    keeps = version is not None and version.leave_card_role in user.roles
    for row in rows:
        if not keeps and row.asked_by_id != user.pk:
            continue
        text = f"{row.programme.participant}: dni wolne {_of_decision(row)}, {row.state[1]}"
        yield Matter("info", row.state[1], text, reverse("attendance:leave_request", args=[row.pk]))


def taken_up(user: User, on: date) -> Iterator[Matter]:
    """For a week, days that a suspension gave back, and requests that lost their last one: to who entered them."""
    if not user.may("enter_absence_papers", on=on):
        return
    lost = LeaveDay.objects.filter(Q(release=SUSPENDED) | Q(release=SICK, request__withdrawn_on__isnull=False))
    lost = lost.filter(released_on__gte=on - THIS_WEEK)
    rows = LeaveRequest.objects.visible_to(user, on=on, right="enter_absence_papers")
    rows = rows.filter(pk__in=lost.values("request"), cancelled_on=None, asked_by=user)
    for row in _light(rows).order_by("pk"):
        days = [day for day in row.days.all() if day.release in (SUSPENDED, SICK)]
        why = joined(sorted({day.get_release_display() for day in days}))
        text = f"{row.programme.participant}: dni wolne ({days_text([day.on for day in days])}) wróciły do puli: {why}"
        yield Matter("info", "wróciły do puli", text, reverse("attendance:leave_request", args=[row.pk]))


def _open(user: User, right: str, on: date) -> list[LeaveRequest]:
    if not user.may(right, on=on):
        return []
    # A request whose days something else has taken asks for nothing any more.
    asking = LeaveDay.objects.standing().values("request")
    rows = LeaveRequest.objects.visible_to(user, on=on, right=right).open().filter(pk__in=asking)
    return list(_light(rows).prefetch_related("opinions").order_by("asked_on", "pk"))


def _light(rows):
    rows = rows.select_related("programme__participant").prefetch_related("days")
    return rows.defer("reason", "waiver")


def _matter(row: LeaveRequest, waits: str, word: str, on: date) -> Matter:
    """Urgent by its first day: an answer after that helps nobody."""
    first = min(_standing(row))
    kind, text = ("late" if first <= on else "soon"), f"{row.programme.participant}: wniosek o dni wolne {_days(row)}"
    return Matter(kind, word, f"{text} {waits}", reverse("attendance:leave_request", args=[row.pk]), first)


def _days(row: LeaveRequest) -> str:
    return f"({days_text(_standing(row) or [day.on for day in row.days.all()])})"


def _of_decision(row: LeaveRequest) -> str:
    """What a grant gave, whatever has become of it; what a refusal was about."""
    return f"({days_text(parts(row)[0] or [day.on for day in row.days.all()])})"


def _standing(row: LeaveRequest) -> list[date]:
    return [day.on for day in row.days.all() if not day.released_on]
