"""What awaits whom, told every working morning by e-mail: kinds, numbers and links, nothing about anybody."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import day_text, is_working_day
from cistor.notices import agenda
from cistor.notices.actions import mail
from cistor.notices.agenda import Line
from cistor.notices.deadlines import label, of_user

TOLD = ("Po terminie", "Na dziś", "W tym tygodniu")


def morning_mails(centre: Centre, on: date) -> int:
    """One mail a person and day, to whom something awaits; gives how many people that are. None on a day off."""
    if not is_working_day(on, one_off_holidays()):
        return 0
    people = (
        User.objects.of_centre(centre.pk).filter(is_active=True).exclude(email="").select_related("office", "centre")
    )
    return sum(_tell(user, centre, on) for user in people)


def page_of(kind: str) -> str:
    """Where the deadlines of a kind are seen, as a whole address."""
    return f"{settings.PUBLIC_URL}{reverse('notices:deadlines')}?rodzaj={kind}"


def _tell(user: User, centre: Centre, on: date) -> bool:
    lines = [line for line in agenda.pressing(of_user(user, on), on) if line.heading in TOLD]
    if lines:
        subject = f"Terminy na {day_text(on)}: {_counted(lines)}"
        mail.queue(f"morning:{user.pk}:{on}", centre=centre, to=user.email, subject=subject, body=_body(lines))
    return bool(lines)


def _counted(lines: Iterable[Line]) -> str:
    """ "2 po terminie, 1 na dziś"."""
    numbers = Counter(line.heading for line in lines)
    return ", ".join(f"{numbers[name]} {name[0].lower()}{name[1:]}" for name in TOLD if numbers[name])


def _body(lines: list[Line]) -> str:
    parts = ["Dzień dobry,\n"]
    for name, group in agenda.under_headings(lines):
        kinds = Counter(line.row.kind for line in group)
        parts += [name, *(f"– {label(kind)}: {number}\n  {page_of(kind)}" for kind, number in kinds.items()), ""]
    parts.append(f"Wszystkie terminy: {settings.PUBLIC_URL}{reverse('notices:deadlines')}")
    return "\n".join(parts)
