"""What waits about sobriety: who was sent away, talks to be had, tests that the register lacks."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.reading import order
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.desk.matters import THIS_WEEK, Matter


def told(user: User, on: date) -> Iterator[Matter]:
    """S1 § 3 ust. 6 lit. b: reintegration staff, the instructor of the group and the therapist are told;
    until each has opened it."""
    if not _may(user, on, "see_diagnosis", "record_incident"):
        return
    for row in order.told_to(user, on=on):
        talk = f", rozmowa {day_text(row.talk_on)}" if row.talk_on else ""
        text = f"{row.programme.participant}: {day_text(row.on)} odsunięto od zajęć{talk}"
        yield Matter("info", "trzeźwość", text, reverse("attendance:incident", args=[row.pk]))


def talks(user: User, on: date) -> Iterator[Matter]:
    """Planned for the coming days or missed, until somebody has talked."""
    if not _may(user, on, "record_contact"):
        return
    for row in order.talks_due(user, until=on + THIS_WEEK, on=on):
        late = row.talk_on < on
        yield Matter(
            "late" if late else "soon",
            "po terminie" if late else f"do {row.talk_on:%d.%m}",
            f"{row.programme.participant}: rozmowa po incydencie z {day_text(row.on)}",
            reverse("attendance:incident", args=[row.pk]),
            row.talk_on,
        )


def tests(user: User, on: date) -> Iterator[Matter]:
    """Somebody was tested, and whoever keeps the register has not written it down."""
    if not _may(user, on, "see_diagnosis") or not _may(user, on, "record_incident"):
        return
    for row in order.without_test(user, on=on):
        text = f"{row.programme.participant}: badanie z {day_text(row.on)} czeka na wpis do ewidencji"
        yield Matter("soon", "wpisz", text, reverse("attendance:add_test", args=[row.pk]))


def _may(user: User, on: date, *rights: str) -> bool:
    return not user.is_of_office and any(user.may(right, on=on) for right in rights)
