"""Certificates of sickness and of care: entered, delivered, amended, decided upon, taken back; and visits."""

from datetime import date
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold, is_closed
from attendance.actions.released import NOTHING, Returned, give_back, take_up
from attendance.actions.settling import settle
from attendance.models import LeaveDay, SickCheck, SickNote
from cistor.accounts.models import User
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.dates import day_text, days_between, length
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.deciding import held, say_no
from participants.models import Programme

ENTER, DECIDE, VISIT = "enter_absence_papers", "decide_attendance", "visit_sick"
Code = DeadlineLength.Code
# Acts that change what the paper says.
PUT_RIGHT = ("note_amended", "note_delivered")
OWN = "O zwolnieniu rozstrzyga ktoś inny niż osoba, która je wpisała."
# More is a slip of the keyboard: sickness itself is paid for half a year at most (art. 8 ustawy zasiłkowej).
LONGEST = 366


class Paper(TypedDict, total=False):
    """What a certificate says; only announced, it has no number and no day of issue yet."""

    kind: str
    number: str
    start_on: date
    end_on: date
    issued_on: date | None


class Delivered(Paper, total=False):
    """The same with the day on which the centre got it."""

    delivered_on: date | None


FIELDS = tuple(Delivered.__annotations__)


class Outcome(NamedTuple):
    """What a note did: to its days; to free days that it took up, so that they count no more, and that it gave up."""

    note: SickNote
    followed: Followed
    released: list[date]
    returned: Returned
    # Whether an earlier note was changed or taken back, so that days may have lost it.
    is_changed: bool


@transaction.atomic
def record_note(programme: Programme, *, by: User, on: date, **said: Unpack[Delivered]) -> Outcome:
    """Enter a certificate, also one that is only announced; it marks its days at once, those to come too.

    Delivered in time they are certain and give back the free days among them, else they wait for the delivery or the
    director. Refused outside the programme, for the same days twice, and where papers are not the user's to enter.
    """
    _refuse_without(ENTER, programme=programme, by=by, on=on)
    note = SickNote(programme=hold(programme), entered_by=by, entered_on=on)
    _fill(note, said, on=on)
    note.save(force_insert=True)
    outcome = _took_effect(note, by=by, on=on)
    days = {name: getattr(note, name) for name in ("start_on", "end_on", "delivered_on")}
    record(note, "note_recorded", by=by, **days, **_leave(outcome))
    return outcome


@transaction.atomic
def deliver_note(note: SickNote, *, delivered_on: date, by: User, on: date, **said: Unpack[Paper]) -> Outcome:
    """The paper is here, and says what it says, be it other days than were announced: in time it makes its days
    certain, late it waits for the director."""
    note = _held(note, ENTER, by=by, on=on)
    if note.delivered_on:
        raise Refused(f"To zwolnienie doręczono już {day_text(note.delivered_on)}.")
    outcome, changed = _amended(note, {**said, "delivered_on": delivered_on}, by=by, on=on)
    record(note, "note_delivered", by=by, **changed, **_leave(outcome))
    return outcome


@transaction.atomic
def amend_note(note: SickNote, *, by: User, on: date, **said: Unpack[Delivered]) -> Outcome:
    """Put right what was written down wrongly, until the director has decided; the days that it leaves say again what
    they would without it."""
    note = _held(note, ENTER, by=by, on=on)
    outcome, changed = _amended(note, said, by=by, on=on)
    record(note, "note_amended", by=by, **changed, **_leave(outcome))
    return outcome


def _amended(note: SickNote, said: Delivered, *, by: User, on: date) -> tuple[Outcome, dict[str, Any]]:
    """With what was changed, for the journal: [before, after] by field."""
    if note.accepted is not None:
        raise Refused("O tym zwolnieniu już rozstrzygnięto, więc nie można go poprawić.")
    before = {name: getattr(note, name) for name in FIELDS}
    _fill(note, said, on=on)
    changed = {name: [was, getattr(note, name)] for name, was in before.items() if was != getattr(note, name)}
    if not changed:
        raise Refused("Nic się nie zmieniło.")
    note.save(update_fields=[*FIELDS, "due_on"])
    outcome = _took_effect(note, before["start_on"], before["end_on"], gives_back=True, by=by, on=on)
    # The number is for fewer eyes than the journal.
    return outcome, {name: pair for name, pair in changed.items() if name != "number"}


@transaction.atomic
def decide_note(note: SickNote, *, accepted: bool, note_text: str, by: User, on: date) -> Outcome:
    """The director's word on a note that came late or not at all; not accepted, its days are unexcused
    (S1 § 3 ust. 4 lit. c). A refusal is reasoned. Refused to the one who entered it, unless the centre is led by one
    person."""
    note = _held(note, DECIDE, by=by, on=on)
    if note.accepted is not None:
        raise Refused("O tym zwolnieniu już rozstrzygnięto.")
    if not is_for(note, by):
        raise Refused(OWN)
    if note.is_sure:
        raise Refused("To zwolnienie doręczono w terminie i nie ma o czym rozstrzygać.")
    if note.delivered_on is None and note.due_on and on <= note.due_on:
        raise Refused(f"Termin doręczenia mija {day_text(note.due_on)}. Rozstrzyga się po nim.")
    if not accepted:
        say_no(note_text)
    note.accepted, note.note, note.decided_by, note.decided_on = accepted, note_text.strip(), by, on
    note.decided_for = by.acts_for(DECIDE, on=on)
    note.save(update_fields=["accepted", "note", "decided_by", "decided_on", "decided_for"])
    outcome = _took_effect(note, asker=_stated_by(note, by) if accepted else None, by=by, on=on)
    record(note, "note_accepted" if accepted else "note_refused", by=by, **_leave(outcome))
    return outcome


@transaction.atomic
def withdraw_note(note: SickNote, *, by: User, on: date) -> Outcome:
    """Entered by mistake: its days say again what they would without it, and the free days that it took up are free
    again where they still can be. One that was decided only the director takes back."""
    note = _held(note, ENTER, DECIDE, by=by, on=on)
    if note.accepted is not None:
        _refuse_without(DECIDE, programme=note.programme, by=by, on=on)
    note.withdrawn_on, note.withdrawn_by = on, by
    note.save(update_fields=["withdrawn_on", "withdrawn_by"])
    outcome = _took_effect(note, gives_back=True, by=by, on=on)
    record(note, "note_withdrawn", by=by, **_leave(outcome))
    return outcome


@transaction.atomic
def record_check(note: SickNote, *, visited_on: date, result: str, text: str = "", by: User, on: date) -> SickCheck:
    """A visit of the staff to somebody on sick leave (S1 § 3 ust. 4 lit. c); what follows people decide."""
    note = _held(note, VISIT, by=by, on=on)
    _refuse_later(visited_on, on, "visited_on")
    if not note.start_on <= visited_on <= note.end_on:
        raise Refused("Tego dnia zwolnienie nie trwało.", field="visited_on")
    check = SickCheck(sick_note=note, visited_on=visited_on, result=result, text=text.strip(), by=by, recorded_on=on)
    refuse_invalid(check)
    check.save(force_insert=True)
    record(check, "note_checked", by=by, visited_on=visited_on)
    return check


def _stated_by(note: SickNote, decider: User) -> User | None:
    """Whose word the paper is beside the decider's; nobody's alone where the decider has put it right."""
    acts = Entry.objects.filter(object_kind=note._meta.label_lower, object_id=note.pk, verb__in=PUT_RIGHT)
    return None if acts.filter(by=decider).exists() else note.entered_by


def is_for(note: SickNote, user: User) -> bool:
    """Preparing and deciding are two people's."""
    return note.entered_by_id != user.pk or user.home_centre.single_handed


def due_on(centre: int, *, issued_on: date | None, start_on: date) -> date | None:
    """The last day of delivery, by what held on the day of issue; counted from it or from the onset, as the term says,
    and from the onset while nobody has seen the paper. None where nobody has set a term.
    """
    book, known_on = TermBook([centre], [Code.SICK_NOTE]), issued_on or start_on
    row = book.length(Code.SICK_NOTE, centre=centre, office=None, on=known_on)
    from_onset = row is not None and row.starts_with == DeadlineLength.Start.ONSET
    event = start_on if from_onset else known_on
    return book.term(Code.SICK_NOTE, event, centre=centre, office=None, on=known_on)[0]


WHO = {
    ENTER: "Zwolnienia wpisuje pracownik socjalny, kadry, instruktor tej grupy albo kierujący centrum.",
    DECIDE: "O zwolnieniu po terminie rozstrzyga kierujący centrum albo osoba, która go zastępuje.",
    VISIT: "Kontrolę zwolnienia wpisuje pracownik socjalny albo kierujący centrum.",
}


def _refuse_without(*rights: str, programme: Programme, by: User, on: date) -> None:
    """Whoever has none of the rights over this person."""
    if not any(programme.participant.open_to(by, right, on=on) for right in rights):
        raise Refused(WHO[rights[0]])


def _held(note: SickNote, *rights: str, by: User, on: date) -> SickNote:
    """The note as it stands now, not taken back."""
    _refuse_without(*rights, programme=note.programme, by=by, on=on)
    fresh = held(note, hold(note.programme))
    if fresh.withdrawn_on:
        raise Refused(f"To zwolnienie wycofano {day_text(fresh.withdrawn_on)}.")
    return fresh


def _fill(note: SickNote, said: Delivered, *, on: date) -> None:
    """Write down what the paper says, with the term that follows; refused where it cannot be."""
    for name, value in said.items():
        setattr(note, name, value)
    note.number = note.number.strip()
    _check(note, on=on)
    note.due_on = due_on(note.programme.participant.centre_id, issued_on=note.issued_on, start_on=note.start_on)
    refuse_invalid(note)


def _check(note: SickNote, *, on: date) -> None:
    refuse_days(start_on=note.start_on, end_on=note.end_on, issued_on=note.issued_on, delivered_on=note.delivered_on)
    if length(note.start_on, note.end_on) > LONGEST:
        raise Refused("Zwolnienie nie trwa dłużej niż rok. Sprawdź daty.", field="end_on")
    _check_delivery(note, on)
    days = days_between(note.start_on, note.end_on)
    if days and not any(note.programme.stage_on(day) for day in days):
        raise Refused("Żaden z tych dni nie leży w programie tej osoby.", field="start_on")
    same = SickNote.objects.standing().filter(programme=note.programme, kind=note.kind).exclude(pk=note.pk)
    if same.filter(start_on=note.start_on, end_on=note.end_on).exists():
        raise Refused("Zwolnienie na te same dni jest już wpisane.", field="start_on")
    _refuse_visits_outside(note)


def _check_delivery(note: SickNote, on: date) -> None:
    if note.issued_on:
        _refuse_later(note.issued_on, on, "issued_on")
    if note.delivered_on is None:
        return
    _refuse_later(note.delivered_on, on, "delivered_on")
    if note.issued_on is None:
        raise Refused("Wpisz dzień, w którym wystawiono doręczone zwolnienie.", field="issued_on")
    if note.delivered_on < note.issued_on:
        raise Refused("Zwolnienia nie można doręczyć, zanim je wystawiono.", field="delivered_on")


def _refuse_visits_outside(note: SickNote) -> None:
    if note._state.adding:
        return
    visits = note.checks.filter(retraction=None).exclude(visited_on__range=(note.start_on, note.end_on))
    if visit := visits.order_by("visited_on").first():
        day = day_text(visit.visited_on)
        raise Refused(f"Kontrola z {day} wypadłaby poza zwolnienie. Najpierw ją wycofaj.", field="start_on")


def _refuse_later(day: date, on: date, field: str) -> None:
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.", field=field)


def _took_effect(
    note: SickNote, *old: date, gives_back: bool = False, asker: User | None = None, by: User, on: date
) -> Outcome:
    """Settle its days, those too that it had of `old`; take up free days, and give back those that it leaves.

    `asker` stated what `by` decides upon, so the closed days are changed by the word of both.
    """
    spans = [note.start_on, note.end_on, *old]
    start, end = min(spans), max(spans)
    released, returned = _release(note, by=by, on=on) if _counts(note) else [], NOTHING
    if gives_back:
        returned = give_back({note.programme_id: note.programme}, _left(note, start, end), LeaveDay.Release.SICK)
    settled = settle([note.programme_id], start, end, centre=note.programme.participant.centre, by=by)
    reason = f"Zwolnienie od {note.start_on:%d.%m.%Y} do {note.end_on:%d.%m.%Y}: dzień jest już zamknięty."
    followed = corrections_for(settled, reason=reason, asker=asker, by=by, on=on)
    return Outcome(note, followed, released, returned, gives_back)


def _left(note: SickNote, start: date, end: date) -> list[date]:
    """The days from `start` to `end` that the note has not, or has no more."""
    days = days_between(start, end)
    return [day for day in days if not note.start_on <= day <= note.end_on] if _counts(note) else list(days)


def _counts(note: SickNote) -> bool:
    """Whether the person is away with its word beyond doubt."""
    return note.is_sure and note.accepted is not False and not note.withdrawn_on


def _release(note: SickNote, *, by: User, on: date) -> list[date]:
    """Free days that sickness has taken up count no more, those asked for as well as those granted; a closed one does
    until its correction."""
    days = LeaveDay.objects.standing().filter(programme=note.programme, on__range=(note.start_on, note.end_on))
    still_open = [day for day in days.order_by("on") if not is_closed(note.programme, day.on)]
    return [day.on for day in take_up(still_open, LeaveDay.Release.SICK, by=by, on=on)]


def _leave(outcome: Outcome) -> dict[str, Any]:
    """The free days, for the journal."""
    back = [row.on for row in outcome.returned.back]
    return {name: days for name, days in (("released", outcome.released), ("returned", back)) if days}
