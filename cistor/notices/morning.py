"""What awaits whom, told every working morning by e-mail: kinds, numbers and links, nothing about anybody."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import day_text, is_working_day
from cistor.deadlines import Deadline
from cistor.notices import agenda
from cistor.notices.actions import mail
from cistor.notices.agenda import Line
from cistor.notices.deadlines import label, of_centre, own, reached

logger = logging.getLogger(__name__)
TOLD = ("Po terminie", "Na dziś", agenda.NEAR)


def morning_mails(centre: Centre, on: date) -> int:
    """One mail a person and day, to whom something awaits; gives how many people that are. None on a day off.

    What fails for one waits for nobody else; asked again the same day, it tells those it could not tell before.
    """
    if not is_working_day(on, one_off_holidays()):
        return 0
    people = User.objects.of_centre(centre.pk).filter(is_active=True).exclude(email="").order_by("pk")
    rows = of_centre(centre, on)
    return sum(_told(user, centre, rows, on) for user in people.select_related("office", "centre"))


def page_of(kind: str) -> str:
    """Where the deadlines of a kind are seen, as a whole address."""
    return f"{settings.PUBLIC_URL}{reverse('notices:deadlines')}?rodzaj={kind}"


def _told(user: User, centre: Centre, rows: list[Deadline], on: date) -> bool:
    try:
        with transaction.atomic():
            return _tell(user, centre, rows, on)
    except Exception:
        logger.exception("The morning mail of user %s was not written.", user.pk)
        return False


def _tell(user: User, centre: Centre, rows: list[Deadline], on: date) -> bool:
    if not user.may("see_deadlines", on=on):
        return False
    mine = own(user, reached(user, rows, on), on)
    lines = [line for line in agenda.pressing(mine, on) if line.heading in TOLD]
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
