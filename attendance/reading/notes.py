"""What the pages of sick notes show: where one stands, and what another would change before it is entered."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Prefetch

from attendance import inputs
from attendance.actions.holding import is_closed
from attendance.actions.notes import Outcome, decide_note, record_note, withdraw_note
from attendance.actions.released import Returned
from attendance.counters import Counter, sick_days
from attendance.grid import HERE
from attendance.models import Correction, Day, LeaveDay, LeaveRequest, SickCheck, SickNote, Source
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre, Meaning
from cistor.dates import ONE_DAY, day_count, day_text, days_between, days_text, span_text
from cistor.errors import Refused
from participants.models import Programme

# The paper itself, its number too, is for those who keep papers; why it was refused, for those who may know of
# somebody's health. An instructor sees the days and whether the paper is here.
SEES_NUMBER = "ask_correction"
SEES_HEALTH = "see_diagnosis"
# Between two certificates further apart nobody looks for a missing day.
NEAR = timedelta(days=14)
ASK = "Ustal, czy ta osoba była wtedy na zajęciach."
# A limit for all the time, so that days to come count against it; another begins anew.
LONG = ("programme", "main_period")


def state(note: SickNote, on: date) -> tuple[str, str]:
    """Kind and word of its badge."""
    if note.withdrawn_on:
        return "plain", "wycofane"
    if note.accepted is not None:
        return ("done", "uznane") if note.accepted else ("late", "nieuznane")
    if note.is_late:
        return "soon", "po terminie, czeka na decyzję"
    if note.delivered_on:
        return "done", "doręczone"
    is_over = bool(note.due_on and note.due_on < on)
    return ("late", "nie doręczono w terminie") if is_over else ("soon", "czeka na doręczenie")


def delivery_text(note: SickNote) -> str:
    """ "10 marca 2026, po terminie (9 marca 2026)"; "jeszcze nie, termin 16 marca 2026, liczony od pierwszego dnia"."""
    due = due_text(note)
    if note.delivered_on is None:
        return f"jeszcze nie, termin {due}" if due else "jeszcze nie"
    return f"{day_text(note.delivered_on)}, po terminie ({due})" if note.is_late else day_text(note.delivered_on)


def due_text(note: SickNote) -> str:
    """The last day of delivery; of a note that nobody has seen yet, how it was counted."""
    if note.due_on is None:
        return ""
    return day_text(note.due_on) if note.issued_on else f"{day_text(note.due_on)}, liczony od pierwszego dnia"


def attended(programme: Programme, start: date, end: date) -> list[date]:
    """The days marked as attended that a note from day to day would cover up."""
    days = Day.objects.filter(programme=programme, meaning__in=HERE).between(start, end)
    return list(days.order_by("on").values_list("on", flat=True))


def unexcused(note: SickNote) -> list[date]:
    """The days that a note made unexcused by its refusal."""
    days = Day.objects.filter(programme=note.programme_id, source=Source.NOTE, meaning=Meaning.UNEXCUSED)
    return list(days.between(note.start_on, note.end_on).order_by("on").values_list("on", flat=True))


class Away(NamedTuple):
    """Somebody on sick leave today, with the last visit."""

    note: SickNote
    visit: SickCheck | None


def away(user: User, *, on: date) -> list[Away]:
    """Who is on sick leave on the day, as far as the user's reach goes; for planning visits. Two queries."""
    rows = SickNote.objects.visible_to(user, on=on).standing().touching(on, on).exclude(accepted=False)
    rows = rows.filter(programme__participant__erased_on=None).select_related("programme__participant__centre")
    visits = SickCheck.objects.filter(retraction=None).defer("text").order_by("-visited_on", "-pk")
    found = rows.defer("note", "number").prefetch_related(Prefetch("checks", visits, to_attr="visits"))
    return [Away(row, next(iter(row.visits), None)) for row in found.order_by("end_on", "pk")]


class FreeDays(NamedTuple):
    """Those that count no more because of a note, or will not once it is sure; `asked` wait for a decision."""

    granted: list[date]
    asked: list[date]
    # Whether a request is left without a day.
    is_emptied: bool


@dataclass(frozen=True)
class Preview:
    """A note as if it were entered or put right: what it does, and what about it deserves a second look."""

    outcome: Outcome
    # Days inside that somebody marked as attended, days without a certificate since the last one.
    attended: list[date]
    gap: list[date]
    overlapping: list[SickNote]
    # Others of the person with its number.
    twins: list[SickNote]
    free: FreeDays
    # Sick days against their limit up to its last day, without it and with it; None for care.
    before: Counter | None
    after: Counter | None

    @property
    def consequences(self) -> list[str]:
        """A sentence each."""
        returned = returned_words(self.outcome.returned)
        return [self._marks(), *self._limit(), *self._closed(), *self._given_back(), *returned]

    def _marks(self) -> str:
        written, note = self.outcome.followed.written, self.outcome.note
        if written and self.outcome.is_changed:
            unsure = "" if note.is_sure else f" Dni zwolnienia są tymczasowe: {_until(note)}."
            return f"Zapis zmieni {day_count(written)}.{unsure}"
        if not written:
            unsure = "" if note.is_sure else f" Zwolnienie jest tymczasowe: {_until(note)}."
            return f"Żaden otwarty dzień się nie zmieni.{unsure}"
        marks = f"Zwolnienie oznaczy {day_count(written)}"
        return f"{marks}." if note.is_sure else f"{marks}, tymczasowo: {_until(note)}."

    @property
    def warnings(self) -> list[str]:
        """What deserves a second look."""
        attended, gap = days_text(self.attended), days_text(self.gap)
        covers = "Zwolnienie przesłoni ją. " if self.outcome.followed.written else ""
        found = [f"W tych dniach oznaczono obecność: {attended}. {covers}{ASK}"] if attended else []
        for other in self.overlapping:
            days = span_text(other.start_on, other.end_on)
            found.append(f"Nakłada się na inne zwolnienie: {days}, {other.get_kind_display()}.")
        if self.twins:
            days = "; ".join(span_text(other.start_on, other.end_on) for other in self.twins)
            found.append(f"Zwolnienie o tym numerze już wpisano: {days}. Sprawdź, czy to nie to samo.")
        if gap:
            found.append(f"Od poprzedniego zwolnienia zostają dni zajęć bez usprawiedliwienia: {gap}.")
        return found

    def _limit(self) -> list[str]:
        """ "Dni chorobowe w programie: 3 → 5 z 14."."""
        if self.after is None or self.after.used == (self.before.used if self.before else 0):
            return []
        used = f"{self.before.used if self.before else 0} → {used_text(self.after)}"
        return [f"{self.after.label[0].upper()}{self.after.label[1:]}: {used}."]

    def _closed(self) -> list[str]:
        followed = self.outcome.followed
        if not followed.closed:
            return []
        asks = " ".join(filter(None, ("Poprosisz o korektę." if followed.asked else "", followed.rest())))
        if not self.outcome.note.is_sure:
            asks = "O korektę poprosi się, gdy zwolnienie będzie pewne."
        return [f"Nie zmieni dni, które są już zamknięte ({day_count(followed.closed)}). {asks}".strip()]

    def _given_back(self) -> list[str]:
        when = "" if self.outcome.note.is_sure else ", gdy zwolnienie będzie pewne"
        granted, asked = days_text(self.free.granted), days_text(self.free.asked)
        emptied = " Wniosek stanie się bezprzedmiotowy." if self.free.is_emptied else ""
        return [
            *([f"Przyznane dni wolne w tym czasie ({granted}) wrócą do puli{when}."] if granted else []),
            *([f"Z wniosku, który czeka na decyzję, odpadną dni wolne{when}: {asked}.{emptied}"] if asked else []),
        ]


def returned_words(returned: Returned) -> list[str]:
    """What becomes of free days that a note gives up, a sentence each."""
    back, waiting = (days_text(row.on for row in rows) for rows in (returned.granted, returned.waiting))
    kept = returned.kept_words
    sentences = (
        f"Znów są dniami wolnymi: {back}." if back else "",
        f"Znów czekają na decyzję: {waiting}." if waiting else "",
        f"Dniami wolnymi już nie będą: {kept}." if kept else "",
    )
    return [sentence for sentence in sentences if sentence]


def _until(note: SickNote) -> str:
    """Why its days are provisional."""
    if note.is_late:
        return "doręczono je po terminie, więc rozstrzygnie kierujący centrum"
    due = due_text(note)
    return f"do doręczenia, termin {due}" if due else "do doręczenia"


class Seams(NamedTuple):
    """How a note meets the others of its person: those it overlaps; class days unexplained since the one before."""

    overlapping: list[SickNote]
    gap: list[date]

    @property
    def words(self) -> list[str]:
        return [word for word, found in (("nakłada się", self.overlapping), ("luka", self.gap)) if found]


def seams(centre: Centre, notes: Collection[SickNote]) -> dict[int, Seams]:
    """By note; one taken back meets none. Four queries at most."""
    standing = [note for note in notes if not note.withdrawn_on]
    people: dict[int, list[SickNote]] = {note.programme_id: [] for note in standing}
    for other in SickNote.objects.standing().filter(programme__in=people).defer("note", "number"):
        people[other.programme_id].append(other)
    before = {note.pk: _between(note, people[note.programme_id]) for note in standing}
    explained, terms = _explained(standing, before), Terms(centre) if any(before.values()) else None
    found = {}
    for note in standing:
        others = [row for row in people[note.programme_id] if row.pk != note.pk and _touch(row, note)]
        gap = [day for day in before[note.pk] if (note.programme_id, day) not in explained]
        found[note.pk] = Seams(others, [day for day in gap if terms and terms.is_class_day(day)])
    return found


def _touch(one: SickNote, other: SickNote) -> bool:
    return one.start_on <= other.end_on and other.start_on <= one.end_on


def _between(note: SickNote, others: Collection[SickNote]) -> list[date]:
    """The days since the note before, where it is near."""
    ends = [row.end_on for row in others if note.start_on - NEAR <= row.end_on < note.start_on]
    return days_between(max(ends) + ONE_DAY, note.start_on - ONE_DAY) if ends else []


def _explained(notes: Collection[SickNote], before: Mapping[int, list[date]]) -> set[tuple[int, date]]:
    """Of those days, the ones on which the person was there or excused."""
    days = {day for found in before.values() for day in found}
    if not days:
        return set()
    rows = Day.objects.filter(programme__in={note.programme_id for note in notes}, on__in=days)
    return set(rows.exclude(meaning=Meaning.UNEXCUSED).values_list("programme", "on"))


def counter(programme: Programme, day: date) -> Counter | None:
    """The sick days that count together with a day, against their limit; where that is one for all the time, up to
    the last that is marked, be it still to come."""
    last = programme.ended_on or max(stage.end_on for stage in programme.stages.all())
    facts = inputs.gather(programme.participant.centre, [programme], date.max)[programme.pk]
    return sick_days(facts, min(_counted_to(facts, day), last))


def _counted_to(facts: inputs.Facts, day: date) -> date:
    try:
        scope = facts.rulebook.settings_on(day).sick_limit_scope
    except inputs.RuleError:
        return day
    sick = [marked for marked, kind in facts.marks.items() if kind == Meaning.SICK]
    return max([day, *sick]) if scope in LONG else day


def used_text(counter: Counter) -> str:
    """ "16 z 14, ponad limit: 2 dni"."""
    over = f", ponad limit: {day_count(counter.used - counter.limit)}" if counter.is_over else ""
    return f"{counter.used} z {counter.limit}{', limit wykorzystany' if counter.is_full else over}"


def preview(programme: Programme, *, by: User, on: date, **given) -> Preview:
    """Enter it and take it back in one breath, so that what is shown is what will happen; Refused as the act is."""
    return _as_if(partial(record_note, programme, **given, by=by, on=on), programme, given)


def preview_of(note: SickNote, act: Callable[..., Outcome], *, by: User, on: date, **given) -> Preview:
    """The same of one that `act` puts right: the paper is here, or says something else than was written down."""
    return _as_if(partial(act, note, **given, by=by, on=on), note.programme, given, was=note)


def _as_if(
    act: Callable[[], Outcome], programme: Programme, given: Mapping[str, Any], *, was: SickNote | None = None
) -> Preview:
    start, end = given["start_on"], given["end_on"]
    # Days that the note gives up count no more: both are asked up to the last day of either.
    kinds, last = ({given["kind"], was.kind}, max(end, was.end_on)) if was else ({given["kind"]}, end)
    counts = SickNote.Kind.OWN in kinds
    before = counter(programme, last) if counts else None
    found, free = attended(programme, start, end), _open_free(programme, start, end)
    with transaction.atomic():
        outcome = act()
        after = counter(programme, last) if counts else None
        met, twins = seams(programme.participant.centre, [outcome.note])[outcome.note.pk], _of_same_number(outcome.note)
        taken = _taken(outcome, free)
        transaction.set_rollback(True)
    return Preview(outcome, found, met.gap, met.overlapping, twins, taken, before, after)


def _open_free(programme: Programme, start: date, end: date) -> list[LeaveDay]:
    """The free days, asked for or granted, on days that are not closed."""
    rows = LeaveDay.objects.standing().filter(programme=programme, on__range=(start, end)).select_related("request")
    return [row for row in rows.order_by("on") if not is_closed(programme, row.on)]


def _taken(outcome: Outcome, free: Collection[LeaveDay]) -> FreeDays:
    """What a sure note has taken up; one that may never be takes nothing yet."""
    rows = [row for row in free if row.on in outcome.released] if outcome.note.is_sure else free
    asked = [row for row in rows if not row.request.granted]
    emptied = LeaveRequest.objects.filter(pk__in={row.request_id for row in asked}, withdrawn_on__isnull=False)
    return FreeDays([row.on for row in rows if row.request.granted], [row.on for row in asked], emptied.exists())


def _of_same_number(note: SickNote) -> list[SickNote]:
    """The person's other notes with its number, however it is spaced; encrypted, so compared here."""
    others = SickNote.objects.standing().filter(programme__participant=note.programme.participant_id)
    rows = others.exclude(pk=note.pk).defer("note").order_by("start_on") if note.number else []
    return [row for row in rows if _squeezed(row.number) == _squeezed(note.number)]


def _squeezed(number: str) -> str:
    return "".join(number.split()).casefold()


def acceptance(note: SickNote, *, by: User, on: date) -> list[str]:
    """What accepting it would change on closed days, a sentence each; none where it is refused or has none."""
    met = Correction.objects.filter(programme=note.programme_id, on__range=(note.start_on, note.end_on), granted=True)
    with transaction.atomic():
        before = set(met.values_list("pk", flat=True))
        try:
            outcome = decide_note(note, accepted=True, note_text="", by=by, on=on)
            changed = list(met.exclude(pk__in=before).order_by("on"))
        except Refused:
            return []
        finally:
            transaction.set_rollback(True)
    left, others = outcome.followed.closed - len(changed), "Pozostałe dni zamknięte" if changed else "Dni zamknięte"
    later = [f"{others} ({day_count(left)}) zmieni tylko osobna korekta."] if left > 0 else []
    return [*_at_once(note, changed), *later]


def _at_once(note: SickNote, changed: Collection[Correction]) -> list[str]:
    """ "8 i 9 października (NU → L4)"."""
    terms, found = Terms(note.programme.participant.centre), dict[str, list[date]]()
    for row in changed:
        codes = terms.codes(row.on)
        was, will = (codes[word].letters if word in codes else "–" for word in (row.seen, row.meaning))
        found.setdefault(f"{was} → {will}", []).append(row.on)
    days = "; ".join(f"{days_text(rows)} ({how})" for how, rows in found.items())
    return [f"Uznanie zmieni od razu dni zamknięte: {days}."] if days else []


def withdrawal(note: SickNote, *, by: User, on: date) -> Outcome | None:
    """What taking it back would do; None where it is refused."""
    with transaction.atomic():
        try:
            return withdraw_note(note, by=by, on=on)
        except Refused:
            return None
        finally:
            transaction.set_rollback(True)
