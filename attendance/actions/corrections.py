"""Corrections of closed days: asked for with a reason, decided by the director."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q

from attendance.actions.holding import hold, is_closed
from attendance.actions.marks import problems, refuse_free_days
from attendance.actions.settling import AT_ONCE, ClosedDay, Settled, follows
from attendance.cells import Cell, Change, write
from attendance.models import Correction, Day, LeaveDay, Source
from attendance.reading import origins
from attendance.rulings import Ruling
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from cistor.triggers import correcting
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import Words, held, refuse_decider, refuse_over, say_no, withdraw
from participants.models import Programme

ASK, DECIDE = "ask_correction", "decide_attendance"
WORDS = Words(
    decider="O korekcie rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O korekcie rozstrzyga ktoś inny niż osoba, która o nią poprosiła.",
    asker="Prośbę wycofuje ten, kto poprosił.",
    withdrawn="Ta prośba jest już wycofana.",
    decided="O tej korekcie rozstrzygnięto już {}.",
)

# Why a free day is given back, by what its day has become.
RELEASES: dict[str, str] = {
    Meaning.SICK: LeaveDay.Release.SICK,
    Meaning.CARE: LeaveDay.Release.SICK,
    Meaning.SUSPENDED: LeaveDay.Release.SUSPENDED,
}
# In the journal, of what nobody asked for in words of their own.
OF_FACT: dict[str, Any] = {"of_fact": True}


class Followed(NamedTuple):
    """What became of the days of a fact: how many were written, and how many that differ are closed.

    Of the closed ones a correction was `asked` for, and `granted` in the same act; about those `already` somebody had
    asked before; those `unsure` wait for their fact.
    """

    written: int = 0
    closed: int = 0
    asked: int = 0
    granted: int = 0
    already: int = 0
    unsure: int = 0

    def told(self) -> str:
        """What became of the closed ones: "Zamknięte dni zmienione od razu: 2."; "" without any."""
        waiting = self.asked - self.granted
        said = (
            f"Zamknięte dni zmienione od razu: {self.granted}." if self.granted else "",
            f"Zamknięte dni, o których korektę poproszono: {waiting}." if waiting > 0 else "",
            self.rest(),
        )
        return " ".join(filter(None, said))

    def rest(self) -> str:
        """Of those for which nothing was asked."""
        left = self.closed - self.asked - self.already - self.unsure
        said = (
            f"Zamknięte dni, o których korektę ktoś już poprosił: {self.already}." if self.already else "",
            f"Zamknięte dni, o które poprosi się, gdy zapis będzie pewny: {self.unsure}." if self.unsure else "",
            f"Zamknięte dni, o których korektę trzeba jeszcze poprosić: {left}." if left > 0 else "",
        )
        return " ".join(filter(None, said))


@transaction.atomic
def ask_correction(
    programme: Programme, *, on_day: date, meaning: str | None, reason: str, by: User, on: date
) -> Correction:
    """Ask that a closed day say something else; `meaning` None asks for no mark at all.

    Refused where a mark would be too, on a day still open, without a reason, while another request waits, and of an
    erased person.
    """
    programme = hold(programme)
    day = Day.objects.filter(programme=programme, on=on_day).first()
    correction = _question(ClosedDay(programme, on_day, meaning), day, reason=reason, by=by, on=on)
    _check_question(correction, day, by=by, on=on)
    correction.save(force_insert=True)
    record(correction, "correction_asked", by=by, day=on_day)
    return correction


@transaction.atomic
def corrections_for(settled: Settled, *, reason: str, by: User, on: date, asker: User | None = None) -> Followed:
    """Ask for the corrections that a fact needs on closed days; of people and programmes that are held.

    `asker` is who stated or asked for the fact. Where somebody else decides on it now, that is the second person's
    word: asked for in the name of the one and granted by the other at once. Who alone decides on corrections asks for
    none: nobody could grant it. Those days are listed for the others (`attendance.reading.corrections.differing`), and
    so is what may not be asked; nothing is asked of a day about which somebody has asked already.
    """
    days, found = settled.closed, Followed(settled.written, len(settled.closed))
    if not days:
        return found
    is_word = _is_second_word(asker, by, on)
    whose = asker if asker and is_word else by
    open_rows = Correction.objects.open().filter(programme__in={day.programme.pk for day in days})
    asked, sure = set(open_rows.values_list("programme", "on")), [day for day in days if not day.provisional]
    free = [day for day in sure if (day.programme.pk, day.on) not in asked]
    found = found._replace(already=len(sure) - len(free), unsure=len(days) - len(sure))
    if not free or not (is_word or may_ask(by, on=on)):
        return found
    rows = Correction.objects.bulk_create(_questions(free, reason=reason, by=whose, on=on))
    for row in rows:
        named: dict[str, Any] = {"asker": whose.pk} if is_word else {}
        record(row, "correction_asked", by=by, day=row.on, **OF_FACT, **named)
    granted = _granted_at_once(rows, by=by, on=on) if rows and is_word else 0
    return found._replace(asked=len(rows), granted=granted)


def overtaken(correction: Correction) -> Ruling | None:
    """What the facts say by now, where a fact asked and they say no longer what it asked for; None otherwise."""
    if not correction.is_open or not _is_of_fact(correction):
        return None
    programme = correction.programme
    ruling = follows(programme, correction.on, Terms(programme.participant.centre))
    fits = not ruling.provisional and (ruling.meaning or "") == correction.meaning
    return None if fits else ruling


def _is_of_fact(correction: Correction) -> bool:
    """Nobody's own question."""
    person, kind = correction.programme.participant_id, correction._meta.label_lower
    asked = Entry.objects.filter(participant=person, verb="correction_asked", object_kind=kind)
    return any(OF_FACT.items() <= (row.data or {}).items() for row in asked.filter(object_id=correction.pk))


def may_ask(user: User, *, on: date) -> bool:
    """Whether there is somebody to grant what the user asks for: who heads the centre asks only where alone."""
    return user.may(ASK, on=on) and (user.home_centre.single_handed or not _heads(user, on))


def _heads(user: User, on: date) -> bool:
    """Decides by an own right, not as a stand-in: of a stand-in's question the absent one decides later."""
    return user.may(DECIDE, on=on) and user.acts_for(DECIDE, on=on) is None


def _is_second_word(asker: User | None, by: User, on: date) -> bool:
    if asker is None or asker.pk == by.pk or not by.may(DECIDE, on=on):
        return False
    return asker.is_active and asker.home_centre_id == by.home_centre_id and asker.may(ASK, on=on)


def _questions(days: Collection[ClosedDay], *, reason: str, by: User, on: date) -> Iterator[Correction]:
    """Of those that may be asked; a fixed number of queries."""
    programmes = {day.programme.pk for day in days}
    standing = Day.objects.filter(programme__in=programmes, on__in={day.on for day in days})
    stands = {(day.programme_id, day.on): day for day in standing}
    terms = Terms(next(iter(days)).programme.participant.centre)
    for day in days:
        row = _question(day, stands.get((day.programme.pk, day.on)), reason=reason, by=by, on=on)
        differs = row.seen != row.meaning or row.seen_provisional
        if differs and not _obstacle(row, terms, on):
            yield row


def _question(day: ClosedDay, standing: Day | None, *, reason: str, by: User, on: date) -> Correction:
    return Correction(
        programme=day.programme,
        on=day.on,
        seen=standing.meaning if standing else "",
        seen_provisional=bool(standing and standing.provisional),
        meaning=day.meaning or "",
        reason=reason.strip(),
        asked_by=by,
        asked_on=on,
    )


def _obstacle(correction: Correction, terms: Terms, on: date) -> str:
    person = correction.programme.participant
    if person.erased_on:
        return "dane tej osoby usunięto"
    return next(problems(_change(correction), correction.programme, terms, on), "")


def _check_question(correction: Correction, standing: Day | None, *, by: User, on: date) -> None:
    programme, day = correction.programme, correction.on
    if by.home_centre_id != programme.participant.centre_id or not by.may(ASK, on=on):
        raise Refused("O korektę prosi pracownik socjalny, kadry albo kierujący centrum.")
    _check_day(correction, Terms(programme.participant.centre), on)
    if not is_closed(programme, day):
        raise Refused(of_open_day(standing, by, on=on))
    if not correction.reason:
        raise Refused("Napisz, dlaczego ten dzień ma być zmieniony.", field="reason")
    refuse_invalid(correction)


def of_open_day(standing: Day | None, user: User, *, on: date) -> str:
    """Why an open day needs no correction: it is marked, or the fact that has taken it is put right."""
    if standing is None or not origins.is_taken(standing):
        return "Ten dzień jest otwarty i nie trzeba korekty: wystarczy go oznaczyć."
    person = standing.programme.participant
    fact = origins.words(knows=origins.knows(user, person, on=on))[standing.source]
    return f"Ten dzień jest otwarty, a mówi o nim {fact}: zmieni się razem z tym zapisem, nie przez korektę."


def _check_day(correction: Correction, terms: Terms, on: date) -> None:
    if problem := _obstacle(correction, terms, on):
        raise Refused(f"{correction.programme.participant}, {day_text(correction.on)}: {problem}.")


@transaction.atomic
def withdraw_correction(correction: Correction, *, by: User, on: date) -> Correction:
    """Whoever asked takes the question back, as long as nobody has decided."""
    correction = _held(correction)
    withdraw(correction, WORDS, by=by, on=on)
    record(correction, "correction_withdrawn", by=by, day=correction.on)
    return correction


@transaction.atomic
def decide_correction(correction: Correction, *, granted: bool, note: str, by: User, on: date) -> Correction:
    """Grant, and the day says at once what was asked for; or refuse, with a note that says why.

    Refused to the one who asked, unless the centre is led by one person; granting also when the day no longer stands
    as seen, and when the fact that asked says something else by now.
    """
    correction = _held(correction)
    refuse_decider(correction, DECIDE, WORDS, by=by, on=on)
    refuse_over(correction, WORDS)
    if not granted:
        say_no(note)
    elif overtaken(correction):
        raise Refused(
            "Zapis, z którego wynika ta prośba, wycofano albo zmieniono i zapisy mówią dziś o tym dniu co innego. "
            "Odmów; jeżeli korekta jest jeszcze potrzebna, można o nią poprosić na nowo."
        )
    elif not _write([correction], on=on):
        raise Refused(
            "W międzyczasie ten dzień się zmienił i nie stoi już tak, jak w prośbie. "
            "Odmów albo poproś o nową, jeżeli jest jeszcze potrzebna."
        )
    _decided(correction, granted=granted, note=note.strip(), by=by, on=on)
    return correction


def _held(correction: Correction) -> Correction:
    """The person and the programme first, as in every act about its days, then the request."""
    return held(correction, hold(correction.programme))


def _granted_at_once(rows: Sequence[Correction], *, by: User, on: date) -> int:
    """By who has decided on the fact; where that cannot be now, the questions wait as any others."""
    try:
        with transaction.atomic():
            written = _write(rows, on=on)
            for row in written:
                _decided(row, granted=True, note=AT_ONCE, by=by, on=on)
    except Refused:
        return 0
    return len(written)


def _decided(row: Correction, *, granted: bool, note: str, by: User, on: date) -> None:
    row.granted, row.decided_by, row.decided_on, row.note = granted, by, on, note
    row.save(update_fields=["granted", "decided_by", "decided_on", "note"])
    record(row, "correction_granted" if granted else "correction_refused", by=by, day=row.on)


def _write(corrections: Sequence[Correction], *, on: date) -> list[Correction]:
    """Those whose day still stood as it was seen. The mark is the asker's word, the same one of all, so it bears the
    asker's name; who allowed it stands in the correction."""
    terms = Terms(corrections[0].programme.participant.centre)
    for row in corrections:
        _check_day(row, terms, on)
    changes = {(row.programme_id, row.on): _change(row) for row in corrections}
    letters = {
        (row.programme_id, row.on): terms.codes(row.on)[row.meaning].letters for row in corrections if row.meaning
    }
    rulings = {(row.programme_id, row.on): _ruling(row) for row in corrections}
    with correcting():
        keys = write(list(changes.values()), letters, by=corrections[0].asked_by_id, rulings=rulings)
    programmes = {row.programme_id: row.programme for row in corrections}
    refuse_free_days([changes[key] for key in keys], programmes)
    written = [row for row in corrections if (row.programme_id, row.on) in keys]
    _give_back(written, on=on)
    return written


def _give_back(corrections: Sequence[Correction], *, on: date) -> None:
    """A free day that has become something else counts no more."""
    for release in LeaveDay.Release:
        rows = [row for row in corrections if row.meaning != Meaning.FREE_DAY and _release(row) == release]
        if rows:
            whose = reduce(or_, (Q(programme=row.programme_id, on=row.on) for row in rows))
            ids = list(LeaveDay.objects.granted().filter(whose).values_list("pk", flat=True))
            LeaveDay.objects.filter(pk__in=ids).update(released_on=on, release=release)


def _release(correction: Correction) -> str:
    return RELEASES.get(correction.meaning, LeaveDay.Release.CANCELLED)


def _ruling(correction: Correction) -> Ruling:
    return Ruling(correction.meaning or None, False, Source.CORRECTION, "")


def _change(correction: Correction) -> Change:
    seen, meaning = correction.seen or None, correction.meaning or None
    cell = Cell(correction.programme_id, seen, meaning, seen_provisional=correction.seen_provisional)
    return Change(correction.on, cell)
