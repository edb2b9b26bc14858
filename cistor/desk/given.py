"""What waits about things given: what is not back after the end of a programme."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.reading.items import Missing, missing_after_end
from benefits.reading.charges import charged
from benefits.reading.deductions import kinds_in_force
from cistor.accounts.models import User
from cistor.desk.matters import Matter
from cistor.money import zloty
from cistor.templatetags.cistor import plural

# Whoever gives things out asks for them back; who has only the money to do with considers a deduction.
GIVE, CHARGE = "record_incident", "enter_deduction"


def missing(user: User, on: date) -> Iterator[Matter]:
    """One line a programme, until each thing is back, written off, or has a deduction of its own. Where the regulations
    know no deduction, nobody is asked to consider one."""
    right = next((right for right in (GIVE, CHARGE) if user.may(right, on=on)), None)
    if right is None or (right == CHARGE and not kinds_in_force(user.home_centre.pk, on)):
        return
    rows = missing_after_end(user, on=on, right=right)
    entered = charged([thing for row in rows for thing in row.things])
    for row in rows:
        if things := [thing for thing in row.things if thing.item.pk not in entered]:
            yield _matter(Missing(row.programme, things), right)


def _matter(row: Missing, right: str) -> Matter:
    programme, count = row.programme, sum(thing.item.quantity for thing in row.things)
    missing = f"{plural(count, 'nie wróciła,nie wróciły,nie wróciło')} {count} {plural(count, 'rzecz,rzeczy,rzeczy')}"
    value = f" za {zloty(row.value)}" if row.value else ""
    unknown = f", {row.valueless} bez wartości: dopisz ją" if row.valueless and right == GIVE else ""
    text = f"{programme.participant}: po zakończeniu programu {programme.ended_on:%d.%m.%Y} {missing}{value}{unknown}"
    if right == GIVE:
        return Matter("soon", "zwrot", text, reverse("attendance:person_items", args=[programme.participant_id]))
    return Matter("info", "rozważ", text, reverse("benefits:new_deduction", args=[programme.pk]))
