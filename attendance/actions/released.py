"""Free days that a sick note or a suspension takes up, and gives back when it is taken back itself."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from attendance import facts
from attendance.actions.holding import is_closed
from attendance.models import LeaveDay, LeaveRequest, Source
from attendance.reading.leave import STRONGER, Rules, balances, without_request
from attendance.rulings import Fact
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import days_text
from cistor.journal.actions import record
from participants.models import Programme

Release = LeaveDay.Release
# What takes up a free day says so in the day; another fact that has it by now takes it over.
OF_FACTS: dict[str, str] = {Source.SUSPENSION: Release.SUSPENDED, Source.NOTE: Release.SICK}
EMPTIED = "Wszystkie dni zajął inny wpis: {}"


class Returned(NamedTuple):
    """The free days that count again, and those that do not, each with the reason."""

    back: list[LeaveDay]
    kept: list[tuple[LeaveDay, str]]

    @property
    def granted(self) -> list[LeaveDay]:
        """Of those back, the ones that are free again; the `waiting` are only asked for."""
        return [row for row in self.back if row.request.granted]

    @property
    def waiting(self) -> list[LeaveDay]:
        return [row for row in self.back if not row.request.granted]

    @property
    def kept_words(self) -> str:
        """ "10 marca (dzień jest zamknięty); 11 i 12 marca (poproszono o nie na nowo)"."""
        reasons: dict[str, list[date]] = {}
        for row, why in self.kept:
            reasons.setdefault(why, []).append(row.on)
        return "; ".join(f"{days_text(sorted(set(days)))} ({why})" for why, days in reasons.items())


NOTHING = Returned([], [])


def take_up(days: Iterable[LeaveDay], release: str, *, by: User | None, on: date) -> list[LeaveDay]:
    """The days, asked for or granted, count no more. A request still open that is left without a day is closed.

    Of programmes that are held; the days are open ones.
    """
    taken = list(days)
    for row in taken:
        row.released_on, row.release = on, release
        row.save(update_fields=["released_on", "release"])
    _close_emptied({row.request_id for row in taken}, release, by=by, on=on)
    return taken


def _close_emptied(requests: Collection[int], release: str, *, by: User | None, on: date) -> None:
    """There is nothing left to decide about."""
    rows = LeaveRequest.objects.open().filter(pk__in=requests).exclude(days__released_on__isnull=True)
    for row in rows.order_by("pk").select_for_update(of=("self",), no_key=True):
        row.withdrawn_on, row.note = on, EMPTIED.format(Release(release).label)
        row.save(update_fields=["withdrawn_on", "note"])
        record(row, "leave_emptied", by=by, days=list(row.days.order_by("on").values_list("on", flat=True)))


def let_go(request: LeaveRequest) -> None:
    """What facts had taken up before the rest was granted, nobody has granted: it comes back no more."""
    request.days.filter(release__in=OF_FACTS.values()).update(release=Release.REFUSED)


def give_back(programmes: Mapping[int, Programme], days: Collection[date], release: str) -> Returned:
    """Count again the free days that a fact had taken up, now that it is gone; before its days are settled.

    Of programmes that are held. Not those of a request that people have ended; the rest of them are told with the
    reason: closed, taken by another fact, asked for anew, of a request left without a day, outside the programme,
    beyond the balance. Six queries.
    """
    rows = _released(programmes, days, release)
    if not rows:
        return NOTHING
    obstacles, found = _Obstacles(programmes, [row.on for row in rows]), Returned([], [])
    for row in rows:
        why = obstacles.of(row)
        if why:
            found.kept.append((row, why))
        else:
            row.released_on, row.release = None, ""
            row.save(update_fields=["released_on", "release"])
            found.back.append(row)
    return found


def _released(programmes: Mapping[int, Programme], days: Collection[date], release: str) -> list[LeaveDay]:
    """One a day, that of the newest request."""
    rows = LeaveDay.objects.taken_up(release).filter(programme__in=programmes, on__in=days).order_by("pk")
    held = rows.select_related("request").select_for_update(of=("self",), no_key=True)
    newest = {(row.programme_id, row.on): row for row in held}
    return sorted(newest.values(), key=lambda row: (row.on, row.programme_id))


class _Obstacles:
    """Why a free day cannot count again."""

    def __init__(self, programmes: Mapping[int, Programme], days: list[date]) -> None:
        rows, self.programmes = list(programmes.values()), programmes
        centre = rows[0].participant.centre
        self._known = facts.of_days(centre, rows, min(days), max(days))
        asked = LeaveDay.objects.standing().filter(programme__in=programmes, on__in=days)
        self._asked = set(asked.values_list("programme", "on"))
        self._left = {pk: row.left for pk, row in balances(rows, Rules(centre), on=max(days)).items()}
        by_hand = without_request(rows).filter(on__in=days)
        self._by_hand = set(by_hand.values_list("programme", "on"))

    def of(self, row: LeaveDay) -> str:
        """ "" where there is none: the day is counted from then on."""
        key, programme = (row.programme_id, row.on), self.programmes[row.programme_id]
        if is_closed(programme, row.on):
            return "dzień jest zamknięty"
        if not programme.stage_on(row.on):
            return "leży poza programem"
        if key in self._asked:
            return "poproszono o niego na nowo"
        if row.request.withdrawn_on:
            return "wniosek zamknięto, trzeba poprosić na nowo"
        if fact := next((fact for fact in self._known.get(key, ()) if _takes(fact)), None):
            self._take_over(row, fact)
            return STRONGER[Source(fact.source)]
        # Free by hand below the fact: counted already.
        needed = 0 if key in self._by_hand else 1
        if needed and self._left[row.programme_id] < needed:
            return "nie ma już dni wolnych"
        self._left[row.programme_id] -= needed
        return ""

    def _take_over(self, row: LeaveDay, fact: Fact) -> None:
        """The day waits for the other fact from now on."""
        row.release = OF_FACTS[fact.source]
        row.save(update_fields=["release"])


def _takes(fact: Fact) -> bool:
    return fact.source in OF_FACTS and not fact.provisional and fact.meaning != Meaning.UNEXCUSED
