"""What waits about the ends of programmes: proposals for the director, decisions to be delivered, days missed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.reading.termination import Missed
from attendance.reading.termination import near_threshold as absences
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.desk.matters import Matter
from cistor.templatetags.cistor import plural
from participants.models import Termination


def to_decide(user: User, on: date) -> Iterator[Matter]:
    """Proposals that wait for the user's decision; the own ones only where the centre is led by one person."""
    if not user.may("decide_programme", on=on):
        return
    rows = Termination.objects.visible_to(user, on=on).open().select_related("programme__participant")
    waiting = rows if user.home_centre.single_handed else rows.exclude(asked_by=user)
    for row in waiting.order_by("asked_on", "pk"):
        text = f"Wniosek o rozwiązanie IPZS czeka na decyzję: {row.programme.participant}"
        yield Matter("soon", f"od {row.asked_on:%d.%m}", text, reverse("participants:termination", args=[row.pk]))


# By name on the desk; all of them stand on a page of their own.
MOST_NAMED = 5


def near_threshold(user: User, on: date) -> Iterator[Matter]:
    """Who has missed so many classes that the regulations see a ground before long, or see one; it ends nothing, and
    may stay so for the rest of the programme."""
    if user.is_of_office or not user.may("prepare_programme", on=on):
        return
    found = absences(user.home_centre, on=on)
    for row in found[:MOST_NAMED]:
        text = f"{row.programme.participant}: {row.days_text} bez udziału w zajęciach, {row.meaning}"
        yield Matter("info", f"próg {row.threshold}", text, _page_of(row, user, on))
    others = len(found) - MOST_NAMED
    if others > 0:
        text = f"i jeszcze {others} {plural(others, 'osoba,osoby,osób')} blisko progu nieobecności albo ponad nim"
        yield Matter("info", f"próg {found[0].threshold}", text, reverse("attendance:near_threshold"))


def _page_of(row: Missed, user: User, on: date) -> str:
    """The proposal once there is a ground for one; before, the person's days. A deputy may reach neither of these."""
    if row.is_ground:
        return reverse("attendance:propose_termination", args=[row.programme.pk])
    if row.programme.participant.open_to(user, "see_attendance", on=on):
        return reverse("attendance:person_years", args=[row.programme.participant_id])
    return reverse("attendance:near_threshold")


def to_deliver(user: User, on: date) -> Iterator[Matter]:
    """Decisions that have not reached the person yet: until then no term of the complaint runs."""
    if not user.may("prepare_programme", on=on):
        return
    rows = Termination.objects.visible_to(user, on=on).filter(granted=True, delivery=None)
    rows = rows.filter(programme__participant__erased_on=None).select_related("programme__participant")
    for row in rows.order_by("decided_on", "pk"):
        text = f"{row.programme.participant}: niedoręczona decyzja o rozwiązaniu IPZS z {day_text(row.decided_on)}"
        yield Matter("soon", "doręcz", text, reverse("participants:delivery", args=[row.pk]))
