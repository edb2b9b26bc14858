"""What the pages of corrections ask for and show; closed days that say something else than the papers."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from attendance.actions.corrections import of_open_day
from attendance.actions.holding import is_closed
from attendance.actions.settling import Behind, behind, has_code, not_overruled
from attendance.facts import reaching
from attendance.forms.corrections import UNMARKED
from attendance.models import Correction, Day, Source
from attendance.reading import origins
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.dates import span_text
from participants.models import Membership, Participant, Programme

NOT_MARKED = "nieoznaczone"
# Two months: an older day nobody has missed.
BACK = timedelta(days=62)


class AskedDay:
    """A day of a person, before a correction is asked for."""

    def __init__(self, participant: Participant, on_day: date, *, user: User, today: date) -> None:
        self.participant, self.day, self.user, self.today = participant, on_day, user, today
        self.terms = Terms(participant.centre)
        programmes = participant.programmes.prefetch_related("stages", "closings")
        self.programme = next((row for row in programmes if row.stage_on(on_day)), None)
        self.mark = Day.objects.filter(programme=self.programme, on=on_day).select_related("marked_by").first()
        self.open = self.programme and self.programme.corrections.open().filter(on=on_day).first()

    @property
    def obstacle(self) -> str:
        """Why there is nothing to ask for; "" when there is."""
        if self.day > self.today:
            return "Tego dnia jeszcze nie było"
        if not self.programme:
            return "Tego dnia ta osoba nie była w programie"
        if not is_closed(self.programme, self.day):
            return self._of_open_day
        return "" if self.choices else "Tego dnia nie ma zajęć"

    @cached_property
    def _of_open_day(self) -> str:
        if origins.is_taken(self.mark):
            return of_open_day(self.mark, self.user, on=self.today)
        return "Ten dzień jest otwarty"

    @property
    def marked_at(self) -> str:
        """Where an open day is marked: on the page of the group of that day; "" without one."""
        row = Membership.objects.in_force(self.day).filter(participant=self.participant).first()
        if not row or self.day > self.today or not self.programme or origins.is_taken(self.mark):
            return ""
        return f"{reverse('attendance:today', args=[row.group_id])}?dzien={self.day}"

    def preset(self, meaning: str | None) -> dict[str, str]:
        """What the form says at first, where the address names what the papers say."""
        if meaning not in dict(self.choices):
            return {}
        return {"meaning": meaning, "reason": "Dzień jest zamknięty, a zapisy mówią o nim co innego."}

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What the day may say instead of what it says."""
        codes = [(code.meaning, f"{code.letters} – {code.name}") for code in self.terms.markable(self.day).values()]
        unmarked = [(UNMARKED, NOT_MARKED)] if self.mark else []
        stands = self.mark.meaning if self.mark and not self.mark.provisional else None
        return [choice for choice in (*codes, *unmarked) if choice[0] != stands]

    @property
    def stands(self) -> str:
        if self.mark is None:
            return NOT_MARKED
        return wording(self.terms, self.day, self.mark.meaning, provisional=self.mark.provisional)


def wording(terms: Terms, day: date, meaning: str, *, provisional: bool = False) -> str:
    """A mark in words: "NN – nieobecność nieusprawiedliwiona, tymczasowo", "nieoznaczone"."""
    if not meaning:
        return NOT_MARKED
    name = terms.named(day, meaning)
    return f"{name}, tymczasowo" if provisional else name


def before_and_after(terms: Terms, correction: Correction) -> tuple[str, str]:
    seen = wording(terms, correction.on, correction.seen, provisional=correction.seen_provisional)
    return seen, wording(terms, correction.on, correction.meaning)


def paid_by(programme: Programme, day: date) -> list[tuple[str, int, str]]:
    """(title, id, days) of the approved payment lists that cover the day; benefits are known by the relation only."""
    rows = programme.settlements.filter(start_on__lte=day, end_on__gte=day, payment_list__status="approved")
    rows = rows.select_related("payment_list").only("start_on", "end_on", "payment_list")
    return [(row.payment_list.title, row.payment_list_id, span_text(row.start_on, row.end_on)) for row in rows]


# Closed days and the papers -------------------------------------------------------------------------------------------


class Differing(NamedTuple):
    """A closed day that says something else than the papers do, and nobody has asked about it."""

    programme: Programme
    on: date
    stands: str
    meaning: str
    says: str
    # What says so, in words that anybody may read.
    source: str
    # The director has refused this very change since.
    refused_on: date | None

    @property
    def ask_url(self) -> str:
        named = urlencode({"dzien": self.on.isoformat(), "na": self.meaning or UNMARKED})
        return f"{reverse('attendance:ask_correction', args=[self.programme.participant_id])}?{named}"


class Left(NamedTuple):
    """What the facts have left behind: closed days that differ, and how many days of which meaning have no code."""

    closed: list[Differing]
    without_code: dict[str, int]


def left_behind(centre: Centre, *, on: date) -> Left:
    """Of two months back; a fixed number of queries, two where no fact reaches anybody."""
    start = on - BACK
    taken = Day.objects.filter(programme=OuterRef("pk"), on__range=(start, on)).exclude(source=Source.HAND)
    rows = Programme.objects.filter(participant__centre=centre, participant__erased_on=None).touching(start, on)
    rows = rows.filter(reaching(start, on) | Q(Exists(taken))).select_related("participant__centre")
    programmes = {row.pk: row for row in rows.prefetch_related("stages", "closings")}
    if not programmes:
        return Left([], {})
    terms = Terms(centre)
    found = [row for row in behind(programmes, start, on, terms) if row.differs]
    without = [row for row in found if not has_code(row, terms)]
    closed = [row for row in found if has_code(row, terms)]
    # A note that may never come changes no closed day.
    closed = [row for row in closed if not row.ruling.provisional]
    closed = [row for row in closed if is_closed(programmes[row.programme], row.change.on_day)]
    return Left(_differing(not_overruled(closed), programmes, terms), _by_meaning(without))


def _by_meaning(rows: Collection[Behind]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        if meaning := row.ruling.meaning:
            found[meaning] = found.get(meaning, 0) + 1
    return found


def _differing(rows: Collection[Behind], programmes: Mapping[int, Programme], terms: Terms) -> list[Differing]:
    """In the order of days; without those about which somebody has asked already."""
    if not rows:
        return []
    asked, refused = set(), {}
    known = Correction.objects.filter(programme__in={row.programme for row in rows}, withdrawn_on=None)
    for row in known.defer("reason", "note"):
        if row.is_open:
            asked.add((row.programme_id, row.on))
        elif not row.granted:
            refused[row.programme_id, row.on, row.meaning] = row.decided_on
    found = [_of(row, programmes[row.programme], terms, refused) for row in rows if row.change.key not in asked]
    return sorted(found, key=lambda row: (row.on, row.programme.participant.order_key))


def _of(row: Behind, programme: Programme, terms: Terms, refused: Mapping) -> Differing:
    day, meaning = row.change.on_day, row.ruling.meaning or ""
    stands = row.standing.meaning if row.standing else ""
    refused_on = refused.get((programme.pk, day, meaning))
    if refused_on and row.fact and refused_on < row.fact.stated_on:
        refused_on = None
    source = origins.words(knows=False)[Source(row.fact.source)] if row.fact else "zapis, który wycofano"
    return Differing(
        programme, day, wording(terms, day, stands), meaning, wording(terms, day, meaning), source, refused_on
    )
