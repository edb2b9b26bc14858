from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db import transaction

from attendance import roster
from attendance.actions.holding import hold_all, is_closed
from attendance.actions.settling import settle_behind
from attendance.cells import Cell, Change, Conflict, conflicts, write
from attendance.facts import reaching
from attendance.reading.leave import hand_obstacle
from attendance.terms import BY_DECISION, Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre, Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.models import GroupLead, Membership, Programme


def mark(
    *, centre: Centre, on_day: date, cells: Iterable[Cell], by: User, on: date, terms: Terms | None = None
) -> list[Conflict]:
    """Mark one day of many programmes; see `mark_days`."""
    return mark_days(centre=centre, days={on_day: list(cells)}, by=by, on=on, terms=terms)


@transaction.atomic
def mark_days(
    *, centre: Centre, days: Mapping[date, Sequence[Cell]], by: User, on: date, terms: Terms | None = None
) -> list[Conflict]:
    """Write each cell whose day still stands as it was seen; the others come back, with who was first.

    Refused, and nothing written, where a cell may not be marked at all: a programme that is not the user's to mark, a
    day outside it, in the future, without classes or closed, a meaning without a code in the regulations of the day,
    classes suspended, which the director decides, a free day in the trial or beyond the balance.
    `terms` are the centre's, where somebody has read them already.
    """
    changes = [Change(day, cell) for day, cells in days.items() for cell in cells if cell.is_change]
    if not changes:
        return []
    terms = terms or Terms(centre)
    ids = {change.cell.programme_id for change in changes}
    rows = Programme.objects.filter(pk__in=ids, participant__centre=centre)
    unmarked = [change.on_day for change in changes if change.cell.seen is None]
    if unmarked:
        rows = rows.annotate(is_reached=reaching(min(unmarked), max(unmarked)))
    programmes = hold_all(rows)
    _check(changes, programmes, terms, by=by, on=on)
    _settle_first(unmarked, programmes, terms, by=by)
    codes = {c.key: terms.codes(c.on_day)[c.cell.meaning].letters for c in changes if c.cell.meaning}
    written = write(changes, codes, by=by.pk)
    refuse_free_days([change for change in changes if change.key in written], programmes)
    if written:
        record(centre, "attendance_marked", by=by, days=_by_day_and_meaning(changes, written))
    return conflicts(change for change in changes if change.key not in written)


def _settle_first(unmarked: Collection[date], programmes: Mapping[int, Programme], terms: Terms, *, by: User) -> None:
    """A fact may have been stated before the person came under it; the mark then meets it, and comes back."""
    reached = {pk: row for pk, row in programmes.items() if getattr(row, "is_reached", False)}
    if reached:
        settle_behind(reached, min(unmarked), max(unmarked), terms=terms, by=by)


def _check(changes: Iterable[Change], programmes: Mapping[int, Programme], terms: Terms, *, by: User, on: date) -> None:
    may_mark = _reach(programmes.values(), by=by, on=on)
    for change in changes:
        programme = programmes.get(change.cell.programme_id)
        if programme is None or not may_mark(programme, change.on_day):
            raise Refused("Nie zapisano: jednej z osób nie ma tego dnia w Twoich grupach. Odśwież stronę.")
        if problem := next(_problems(change, programme, terms, on), None):
            raise Refused(f"{programme.participant}, {day_text(change.on_day)}: {problem}.")


def _problems(change: Change, programme: Programme, terms: Terms, on: date) -> Iterator[str]:
    if is_closed(programme, change.on_day):
        yield "ten dzień jest zamknięty, zmienia go tylko korekta"
    yield from problems(change, programme, terms, on)
    if change.cell.meaning in BY_DECISION and change.cell.seen != change.cell.meaning:
        yield "zajęcia zawiesza decyzja kierującego centrum, nie oznaczenie"


def problems(change: Change, programme: Programme, terms: Terms, on: date) -> Iterator[str]:
    """Why no mark, and no correction either, can say this of the day."""
    day, meaning = change.on_day, change.cell.meaning
    if day > on:
        yield "tego dnia jeszcze nie było"
    if not programme.stage_on(day):
        yield "ten dzień leży poza programem"
    if meaning is not None and meaning not in terms.markable(day):
        yield "tego dnia nie ma takiego oznaczenia"


def refuse_free_days(written: Iterable[Change], programmes: Mapping[int, Programme]) -> None:
    """Asked after they are written, under the locks: what another cell gave back in the same statement counts."""
    free = [c.key for c in written if c.cell.meaning == Meaning.FREE_DAY and c.cell.seen != Meaning.FREE_DAY]
    if free and (problem := hand_obstacle(programmes, free)):
        raise Refused(problem)


def _reach(programmes: Iterable[Programme], *, by: User, on: date) -> Callable[[Programme, date], bool]:
    """Whose marks are the user's to make: of the whole centre, or of who was that day in a group led today."""
    owners = by.owners("mark_attendance", on=on)
    if owners is None:
        return lambda programme, day: programme.participant.centre_id == by.home_centre_id
    led = GroupLead.objects.in_force(on).filter(instructor__in=owners, group__centre=by.home_centre_id).values("group")
    people = [programme.participant_id for programme in programmes]
    spans = roster.stays(Membership.objects.filter(group__in=led, participant__in=people))
    return lambda programme, day: any(span.covers(day) for span in spans.get(programme.participant_id, []))


def _by_day_and_meaning(changes: Iterable[Change], written: set[tuple[int, date]]) -> dict[str, dict[str, list[int]]]:
    """For the journal: day → meaning → ids of the programmes."""
    days: dict[str, dict[str, list[int]]] = {}
    for change in changes:
        if change.key in written:
            meanings = days.setdefault(change.on_day.isoformat(), {})
            meanings.setdefault(change.cell.meaning or "unmarked", []).append(change.cell.programme_id)
    return days
