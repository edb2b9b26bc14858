"""What waits about things given: what is not back after the end of a programme."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from attendance.reading.items import Missing, missing_after_end
from benefits.models import Deduction
from cistor.accounts.models import User
from cistor.desk.matters import Matter
from cistor.money import zloty
from cistor.templatetags.cistor import plural

# Whoever gives things out asks for them back; who has only the money to do with considers a deduction.
GIVE, CHARGE = "record_incident", "enter_deduction"
# What is not back by then was given up.
RECENT = timedelta(days=60)


def missing(user: User, on: date) -> Iterator[Matter]:
    """One line a programme, until everything is back or written off, or a deduction was entered since the end."""
    right = next((right for right in (GIVE, CHARGE) if user.may(right, on=on)), None)
    if right is None:
        return
    rows = missing_after_end(user, since=on - RECENT, on=on, right=right)
    charged = _charged(rows)
    for row in rows:
        if row.programme.pk not in charged:
            yield _matter(row, right)


def _charged(rows: list[Missing]) -> set[int]:
    ends = {row.programme.pk: row.programme.ended_on for row in rows}
    entered = Deduction.objects.filter(programme__in=ends).values_list("programme", "entered_on")
    return {programme for programme, day in entered if day >= ends[programme]}


def _matter(row: Missing, right: str) -> Matter:
    programme = row.programme
    value = f" za {zloty(row.value)}" if row.value else ""
    missing = f"{plural(row.count, 'nie wróciła,nie wróciły,nie wróciło')} {row.count}"
    missing += f" {plural(row.count, 'rzecz,rzeczy,rzeczy')}{value}"
    text = f"{programme.participant}: po zakończeniu programu {programme.ended_on:%d.%m} {missing}"
    if right == GIVE:
        return Matter("soon", "zwrot", text, reverse("attendance:person_items", args=[programme.participant_id]))
    return Matter("info", "rozważ", text, reverse("benefits:new_deduction", args=[programme.pk]))
