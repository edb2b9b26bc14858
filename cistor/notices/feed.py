"""Somebody's deadlines as a calendar to subscribe to: kinds, numbers and links, nothing about anybody."""

from collections import Counter
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event

from cistor.accounts.models import User
from cistor.crypto import search_key
from cistor.notices.deadlines import label, of_user
from cistor.notices.models import Feed
from cistor.notices.morning import page_of


def by_token(token: str) -> Feed | None:
    """Found by its keyed hash, so that the time it takes tells nothing; an account that is closed has none."""
    rows = Feed.objects.filter(token_key=search_key("feed", token), user__is_active=True)
    return rows.select_related("user__centre", "user__office").first() if token else None


def calendar(user: User, on: date, *, at: datetime) -> bytes:
    """What is open on the day `on`, one entry a kind and day; `at` is the moment of writing."""
    rows = [row for row in of_user(user, on) if row.due_on and row.state(on) not in {"met", "void"}]
    found = Calendar()
    found.add("prodid", "-//Cistor//Terminy//PL")
    found.add("version", "2.0")
    found.add("x-wr-calname", "Cistor: terminy")
    for (due_on, kind), number in sorted(Counter((row.due_on, str(row.kind)) for row in rows).items()):
        found.add_component(_entry(kind, due_on, number, at))
    return found.to_ical()


def _entry(kind: str, due_on: date, number: int, at: datetime) -> Event:
    entry = Event()
    # The same as yesterday: the calendar changes the entry instead of adding another.
    entry.add("uid", f"{kind}.{due_on}@{urlsplit(settings.PUBLIC_URL).hostname}")
    entry.add("dtstamp", at)
    entry.add("dtstart", due_on)
    entry.add("summary", label(kind) if number == 1 else f"{label(kind)} ({number})")
    entry.add("url", page_of(kind))
    entry.add("transp", "TRANSPARENT")
    return entry
