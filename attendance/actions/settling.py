"""What the facts say of a day is written into it: the one writer of days that nobody marks by hand."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from django.db import transaction

from attendance import facts
from attendance.actions.holding import hold_all, is_closed
from attendance.cells import Cell, Change, write
from attendance.models import Correction, Day, Source
from attendance.rulings import HAND, Fact, Ruling, hand_of, ruled, that_rules
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre, Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record_many
from participants.models import Programme

# The reasons of a correction that was granted with the fact itself: its word is the fact's, nobody else's.
AT_ONCE = "Rozstrzygnięto razem z zapisem, z którego ta korekta wynika."


class ClosedDay(NamedTuple):
    """A closed day that says something else than the facts do by now; only a correction changes it."""

    programme: Programme
    on: date
    meaning: str | None
    # As long as its note may never come, or not be accepted, nobody changes the day for its sake.
    provisional: bool = False


class Settled(NamedTuple):
    """How many days were written, and which of those that differ are closed."""

    written: int
    closed: list[ClosedDay]


class Behind(NamedTuple):
    """A day that says something else than follows from its facts: what is to be written, and which fact rules it."""

    change: Change
    ruling: Ruling
    fact: Fact | None
    standing: Day | None

    @property
    def programme(self) -> int:
        return self.change.cell.programme_id

    @property
    def differs(self) -> bool:
        """In its meaning, which alone a correction changes."""
        return self.change.cell.seen != self.ruling.meaning

    @property
    def author(self) -> int:
        """Who stated the fact; where it is gone, who wrote the day."""
        if self.fact:
            return self.fact.by
        return self.standing.marked_by_id if self.standing else 0


@transaction.atomic
def settle(
    programmes: Collection[int],
    start: date,
    end: date,
    *,
    centre: Centre,
    by: User,
    named: Collection[date] | None = None,
) -> Settled:
    """Write what follows from the facts on each day from `start` to `end`; days to come too.

    Every act that changes a fact calls it in its own transaction, after the fact is written; safe to call again.
    Refused where the regulations of a day have no code for what it has become. `named` are the days that the act's own
    entry in the journal names of the person, by default all of them: of others that are written there is an entry here.
    """
    rows, terms = hold_all(Programme.objects.filter(pk__in=programmes, participant__centre=centre)), Terms(centre)
    found = behind(rows, start, end, terms)
    changed = [row for row in found if not is_closed(rows[row.programme], row.change.on_day)]
    closed = [row for row in found if row.differs and is_closed(rows[row.programme], row.change.on_day)]
    told = [_told(row, rows) for row in not_overruled(closed)]
    written = _write(changed, terms, by=by.pk)
    if named is not None:
        _name([row for row in written if row.change.on_day not in named], rows, by=by)
    return Settled(len(written), told)


def _told(row: Behind, programmes: Mapping[int, Programme]) -> ClosedDay:
    return ClosedDay(programmes[row.programme], row.change.on_day, row.ruling.meaning, row.ruling.provisional)


def settle_behind(
    rows: Mapping[int, Programme], start: date, end: date, *, terms: Terms, by: User | None = None
) -> int:
    """Write the open days that their facts have left behind, each in the name of who stated the fact.

    Of programmes that are held; returns how many days were written. A day for which the regulations have no code
    is left as it is: nobody else's waits for it. `by` is whose act met them, for the journal; nobody in the morning.
    """
    authors: dict[int, list[Behind]] = {}
    for row in behind(rows, start, end, terms):
        if not is_closed(rows[row.programme], row.change.on_day):
            authors.setdefault(row.author, []).append(row)
    written: list[Behind] = []
    for author, found in authors.items():
        written += _write([row for row in found if has_code(row, terms)], terms, by=author)
    _name(written, rows, by=by)
    return len(written)


def _name(written: Iterable[Behind], rows: Mapping[int, Programme], *, by: User | None) -> None:
    """In the journal, an entry for each programme: whose word its days are, and which ones."""
    found: dict[int, dict[str, list[date]]] = {}
    for row in sorted(written, key=lambda row: row.change.key):
        found.setdefault(row.programme, {}).setdefault(row.ruling.source, []).append(row.change.on_day)
    record_many(((rows[pk], {"days": days}) for pk, days in found.items()), "days_settled", by=by)


def has_code(row: Behind, terms: Terms) -> bool:
    """Whether the regulations of the day can say it; where not, who sets them is told on the desk."""
    return row.ruling.meaning is None or row.ruling.meaning in terms.codes(row.change.on_day)


def behind(rows: Mapping[int, Programme], start: date, end: date, terms: Terms) -> list[Behind]:
    """The days that do not say what follows from their facts, the closed ones too."""
    if not rows:
        return []
    known = facts.of_days(next(iter(rows.values())).participant.centre, rows.values(), start, end)
    days = {(day.programme_id, day.on): day for day in Day.objects.filter(programme__in=rows).between(start, end)}
    by_rule = {key for key, day in days.items() if day.source != Source.HAND}
    below, found = _below(days, known), []
    for key in sorted(known.keys() | by_rule):
        programme, standing = rows[key[0]], days.get(key)
        counting = _that_count(known.get(key, ()), programme, key[1], terms)
        by_hand = below.get(key, _hand(standing))
        ruling = ruled(counting, by_hand)
        if change := _change(key, standing, ruling, terms):
            found.append(Behind(change, ruling, that_rules(counting, by_hand), standing))
    return found


def follows(programme: Programme, day: date, terms: Terms) -> Ruling:
    """What the facts say of the day now, whatever stands there."""
    if found := behind({programme.pk: programme}, day, day, terms):
        return found[0].ruling
    standing = Day.objects.filter(programme=programme, on=day).first()
    return _says(standing) if standing else Ruling(None, False, HAND, "")


def not_overruled(closed: Collection[Behind]) -> list[Behind]:
    """Without those that a correction of its own has decided since their fact was stated."""
    if not closed:
        return []
    decided: dict[tuple[int, date], date] = {}
    corrections = Correction.objects.filter(granted=True, programme__in={row.programme for row in closed})
    for row in corrections.order_by("decided_on").defer("reason"):
        if row.note != AT_ONCE:
            decided[row.programme_id, row.on] = row.decided_on or date.min
    return [row for row in closed if not row.fact or decided.get(row.change.key, date.min) <= row.fact.stated_on]


def _that_count(found: Iterable, programme: Programme, day: date, terms: Terms) -> list:
    """The facts of a day of the programme; on a day without classes only what the regulations count by the calendar."""
    if not programme.stage_on(day):
        return []
    if terms.is_class_day(day):
        return list(found)
    markable = terms.markable(day)
    return [fact for fact in found if fact.meaning in markable]


def _hand(day: Day | None) -> str:
    return hand_of(day.source, day.meaning, day.provisional, day.by_hand) if day else ""


def _below(days: Mapping[facts.Key, Day], known: Mapping[facts.Key, Collection[Fact]]) -> dict[facts.Key, str]:
    """The hand of days that a fact had corrected at once and that no fact says any more: what stood there before."""
    said = {key: {fact.meaning for fact in known.get(key, ())} for key in days}
    gone = {key for key, day in days.items() if day.source == Source.CORRECTION and day.meaning not in said[key]}
    if not gone:
        return {}
    keys = {"programme__in": {programme for programme, _ in gone}, "on__in": {day for _, day in gone}}
    granted: dict[facts.Key, list[Correction]] = {key: [] for key in gone}
    for row in Correction.objects.filter(granted=True, **keys).order_by("-pk").defer("reason"):
        granted.get((row.programme_id, row.on), []).append(row)
    alone = {key: list(takewhile(_by_fact_alone(said[key]), rows)) for key, rows in granted.items()}
    return _stood_before({key: rows[-1] for key, rows in alone.items() if rows})


def _by_fact_alone(said: Collection[str]) -> Callable[[Correction], bool]:
    return lambda row: row.note == AT_ONCE and row.meaning not in said


def _stood_before(corrections: Mapping[facts.Key, Correction]) -> dict[facts.Key, str]:
    """The hand as each of them met it; below a fact too, as the history of the day knows."""
    if not corrections:
        return {}
    found = {key: hand_of(HAND, row.seen, row.seen_provisional, "") for key, row in corrections.items()}
    keys = {"programme__in": {row.programme_id for row in corrections.values()}}
    days: Any = Day
    events = days.pgh_event_model.objects.filter(**keys, on__in={row.on for row in corrections.values()})
    for event in events.exclude(pgh_label="delete").order_by("pgh_id"):
        row = corrections.get((event.programme_id, event.on))
        if row and (event.meaning, event.provisional) == (row.seen, row.seen_provisional):
            found[row.programme_id, row.on] = hand_of(event.source, event.meaning, event.provisional, event.by_hand)
    return found


def _change(key: tuple[int, date], standing: Day | None, ruling: Ruling, terms: Terms) -> Change | None:
    if standing is None and ruling.meaning is None:
        return None
    programme, day = key
    if standing and _says(standing) == ruling and not _has_old_letters(standing, terms):
        return None
    seen, provisional = (standing.meaning, standing.provisional) if standing else (None, False)
    return Change(day, Cell(programme, seen, ruling.meaning, ruling.provisional, provisional))


def _says(day: Day) -> Ruling:
    return Ruling(day.meaning, day.provisional, day.source, day.by_hand)


def _has_old_letters(day: Day, terms: Terms) -> bool:
    """Written ahead, before other regulations came into force; what people have marked keeps its letters."""
    code = terms.codes(day.on).get(day.meaning)
    return day.source != Source.HAND and code is not None and code.letters != day.code


def _write(rows: Collection[Behind], terms: Terms, *, by: int) -> list[Behind]:
    """Those that were written."""
    if not rows:
        return []
    codes = {row.change.key: _letters(terms, row.change.on_day, row.ruling.meaning) for row in rows}
    rulings = {row.change.key: row.ruling for row in rows}
    keys = write([row.change for row in rows], codes, by=by, rulings=rulings)
    return [row for row in rows if row.change.key in keys]


def _letters(terms: Terms, day: date, meaning: str | None) -> str:
    if meaning is None:
        return ""
    code = terms.codes(day).get(meaning)
    if code is None:
        raise Refused(f"Regulamin z {day_text(day)} nie ma oznaczenia dla: {Meaning(meaning).label}.")
    return code.letters
