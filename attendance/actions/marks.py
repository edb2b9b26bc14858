from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from attendance.cells import Cell, Change, Conflict, conflicts, write
from attendance.grid import Span
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre
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
    day outside it, in the future, without classes or closed, a meaning without a code in the regulations of the day.
    `terms` are the centre's, where somebody has read them already.
    """
    changes = [Change(day, cell) for day, cells in days.items() for cell in cells if cell.is_change]
    if not changes:
        return []
    terms = terms or Terms(centre)
    ids = {change.cell.programme_id for change in changes}
    programmes = locked(Programme.objects.filter(pk__in=ids, participant__centre=centre))
    _check(changes, programmes, terms, by=by, on=on)
    codes = {c.key: terms.codes(c.on_day)[c.cell.meaning].letters for c in changes if c.cell.meaning}
    written = write(changes, codes, by=by)
    if written:
        record(centre, "attendance_marked", by=by, days=_by_day_and_meaning(changes, written))
    return conflicts(change for change in changes if change.key not in written)


def locked(programmes: QuerySet[Programme]) -> dict[int, Programme]:
    """The programmes, held until the end of the transaction: a closing waits for marks under way, and they for it."""
    rows = programmes.order_by("pk").select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows.select_related("participant__centre").prefetch_related("stages", "closings")}


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


def problems(change: Change, programme: Programme, terms: Terms, on: date) -> Iterator[str]:
    """Why no mark, and no correction either, can say this of the day."""
    day, meaning = change.on_day, change.cell.meaning
    if day > on:
        yield "tego dnia jeszcze nie było"
    if not programme.stage_on(day):
        yield "ten dzień leży poza programem"
    if meaning is not None and meaning not in terms.markable(day):
        yield "tego dnia nie ma takiego oznaczenia"


def is_closed(programme: Programme, day: date) -> bool:
    return any(closing.start_on <= day <= closing.end_on for closing in programme.closings.all())


def _reach(programmes: Iterable[Programme], *, by: User, on: date) -> Callable[[Programme, date], bool]:
    """Whose marks are the user's to make: of the whole centre, or of who was that day in a group led today."""
    owners = by.owners("mark_attendance", on=on)
    if owners is None:
        return lambda programme, day: programme.participant.centre_id == by.home_centre_id
    led = GroupLead.objects.in_force(on).filter(instructor__in=owners, group__centre=by.home_centre_id).values("group")
    people = [programme.participant_id for programme in programmes]
    spans: dict[int, list[Span]] = {}
    for row in Membership.objects.filter(group__in=led, participant__in=people):
        spans.setdefault(row.participant_id, []).append(Span(row.start_on, row.end_on))
    return lambda programme, day: any(span.covers(day) for span in spans.get(programme.participant_id, []))


def _by_day_and_meaning(changes: Iterable[Change], written: set[tuple[int, date]]) -> dict[str, dict[str, list[int]]]:
    """For the journal: day → meaning → ids of the programmes."""
    days: dict[str, dict[str, list[int]]] = {}
    for change in changes:
        if change.key in written:
            meanings = days.setdefault(change.on_day.isoformat(), {})
            meanings.setdefault(change.cell.meaning or "unmarked", []).append(change.cell.programme_id)
    return days
