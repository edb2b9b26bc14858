"""One mark on many days of many people: who and what may be chosen, and what became of it."""

from datetime import date

from attendance.actions.ranges import Outcome
from attendance.terms import BY_DECISION, Terms
from cistor.dates import day_count, joined, month_end
from participants.models import Group, Membership, Participant


def people_of(group: Group, month: date, today: date):
    """Who was in the group in the month or since."""
    stays = Membership.objects.filter(group=group).touching(month, max(today, month_end(month)))
    return Participant.objects.filter(pk__in=stays.values("participant")).order_by("order_key", "pk")


def codes_of(terms: Terms, today: date) -> list:
    """Of today's regulations; on days under others `mark_range` leaves out what they do not know."""
    return [code for code in terms.offered(today).values() if code.meaning not in BY_DECISION]


def told(outcome: Outcome) -> str:
    """What was done, and what was left as it was."""
    people = "osoby" if outcome.people == 1 else "osób"
    left = [
        ("już oznaczone", outcome.standing),
        ("zamknięte", outcome.closed),
        ("wynikające z innego zapisu", outcome.taken),
    ]
    rest = joined([f"{word}: {day_count(count)}" for word, count in left if count])
    done = f"Oznaczono {day_count(outcome.days)} u {outcome.people} {people}."
    return f"{done} Pominięto {rest}." if rest else done
