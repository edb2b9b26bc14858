"""What waits about the ends of programmes: proposals for the director, decisions to be delivered, days missed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.termination import near_threshold as absences
from cistor.accounts.models import User
from cistor.dates import day_count, day_text
from cistor.desk.matters import Matter
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


def near_threshold(user: User, on: date) -> Iterator[Matter]:
    """Who has missed so many classes that the regulations see a ground before long, or see one; it ends nothing."""
    if user.is_of_office or not user.may("prepare_programme", on=on):
        return
    for programme, days, threshold in absences(user.home_centre, on=on):
        is_ground = "jest podstawa" if days > threshold else f"od {threshold + 1}. jest podstawa"
        text = f"{programme.participant}: {day_count(days)} bez udziału w zajęciach, {is_ground} do rozwiązania IPZS"
        yield Matter("soon", f"próg {threshold}", text, reverse("attendance:propose_termination", args=[programme.pk]))


def to_deliver(user: User, on: date) -> Iterator[Matter]:
    """Decisions that have not reached the person yet: until then no term of the complaint runs."""
    if not user.may("prepare_programme", on=on):
        return
    rows = Termination.objects.visible_to(user, on=on).filter(granted=True, delivery=None)
    rows = rows.filter(programme__participant__erased_on=None).select_related("programme__participant")
    for row in rows.order_by("decided_on", "pk"):
        text = f"{row.programme.participant}: niedoręczona decyzja o rozwiązaniu IPZS z {day_text(row.decided_on)}"
        yield Matter("soon", "doręcz", text, reverse("participants:delivery", args=[row.pk]))
