"""Certificates of sickness and of care: entered, delivered, decided where they came late, taken back; and visits."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from attendance.actions.corrections import corrections_for
from attendance.actions.marks import is_closed, locked
from attendance.actions.settling import settle
from attendance.models import LeaveDay, SickCheck, SickNote
from cistor.accounts.models import User
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.dates import day_text, days_between, length
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.deciding import say_no
from participants.actions.stages import locked_programme
from participants.models import Programme

ENTER, DECIDE, VISIT = "enter_absence_papers", "decide_attendance", "see_diagnosis"
Code = DeadlineLength.Code
OWN = "O zwolnieniu rozstrzyga ktoś inny niż osoba, która je wpisała."
# More is a slip of the keyboard: sickness itself is paid for half a year at most (art. 8 ustawy zasiłkowej).
LONGEST = 366


class Outcome(NamedTuple):
    """What a note did: days written, closed days that say something else, corrections asked, free days given back."""

    note: SickNote
    written: int
    closed: int
    corrections: int
    released: int


@transaction.atomic
def record_note(
    programme: Programme,
    *,
    kind: str,
    number: str = "",
    start_on: date,
    end_on: date,
    issued_on: date,
    delivered_on: date | None = None,
    by: User,
    on: date,
) -> Outcome:
    """Enter a certificate, also one that is only announced; it marks its days at once, those to come too.

    Delivered in time they are certain and give back the free days among them, else they wait for the delivery or the
    director. Refused outside the programme, for the same days twice, and where papers are not the user's to enter.
    """
    _refuse_without(ENTER, programme=programme, by=by, on=on)
    programme = _programme(programme)
    note = SickNote(programme=programme, kind=kind, number=number.strip(), start_on=start_on, end_on=end_on)
    note.issued_on, note.delivered_on, note.entered_by, note.entered_on = issued_on, delivered_on, by, on
    _check(note, on=on)
    note.due_on = due_on(programme.participant.centre_id, issued_on=issued_on, start_on=start_on)
    refuse_invalid(note)
    note.save(force_insert=True)
    record(note, "note_recorded", by=by, start_on=start_on, end_on=end_on, delivered_on=delivered_on)
    return _took_effect(note, by=by, on=on)


@transaction.atomic
def deliver_note(note: SickNote, *, delivered_on: date, by: User, on: date) -> Outcome:
    """The paper is here: in time it makes its days certain, late it waits for the director."""
    note = _held(note, ENTER, by=by, on=on)
    if note.delivered_on:
        raise Refused(f"To zwolnienie doręczono już {day_text(note.delivered_on)}.")
    _refuse_delivery(delivered_on, note, on)
    note.delivered_on = delivered_on
    note.save(update_fields=["delivered_on"])
    record(note, "note_delivered", by=by, delivered_on=delivered_on)
    return _took_effect(note, by=by, on=on)


@transaction.atomic
def decide_note(note: SickNote, *, accepted: bool, note_text: str, by: User, on: date) -> Outcome:
    """The director's word on a note that came late or not at all; not accepted, its days are unexcused
    (S1 § 3 ust. 4 lit. d). A refusal is reasoned. Refused to the one who entered it, unless the centre is led by one
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
    record(note, "note_accepted" if accepted else "note_refused", by=by)
    return _took_effect(note, by=by, on=on)


@transaction.atomic
def withdraw_note(note: SickNote, *, by: User, on: date) -> Outcome:
    """Entered by mistake: its days say again what they would without it. One that was decided only the director takes
    back. Free days given back stay given back."""
    note = _held(note, ENTER, DECIDE, by=by, on=on)
    if note.accepted is not None:
        _refuse_without(DECIDE, programme=note.programme, by=by, on=on)
    note.withdrawn_on, note.withdrawn_by = on, by
    note.save(update_fields=["withdrawn_on", "withdrawn_by"])
    record(note, "note_withdrawn", by=by)
    return _took_effect(note, by=by, on=on)


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


def is_for(note: SickNote, user: User) -> bool:
    """Preparing and deciding are two people's."""
    return note.entered_by_id != user.pk or user.home_centre.single_handed


def due_on(centre: int, *, issued_on: date, start_on: date) -> date | None:
    """The last day of delivery, by what held on the day of issue; counted from it or from the onset, as the term says.

    None where nobody has set a term.
    """
    book = TermBook([centre], [Code.SICK_NOTE])
    row = book.length(Code.SICK_NOTE, centre=centre, office=None, on=issued_on)
    from_onset = row is not None and row.starts_with == DeadlineLength.Start.ONSET
    event = start_on if from_onset else issued_on
    return book.term(Code.SICK_NOTE, event, centre=centre, office=None, on=issued_on)[0]


WHO = {
    ENTER: "Zwolnienia wpisuje pracownik socjalny, kadry, instruktor tej grupy albo dyrektor.",
    DECIDE: "O zwolnieniu po terminie rozstrzyga kierujący centrum albo osoba, która go zastępuje.",
    VISIT: "Kontrolę zwolnienia wpisuje pracownik socjalny albo dyrektor.",
}


def _refuse_without(*rights: str, programme: Programme, by: User, on: date) -> None:
    """Whoever has none of the rights over this person."""
    if not any(programme.participant.open_to(by, right, on=on) for right in rights):
        raise Refused(WHO[rights[0]])


def _programme(programme: Programme) -> Programme:
    """Held with its person: the person first, as every act about them does."""
    return locked(Programme.objects.filter(pk=locked_programme(programme).pk))[programme.pk]


def _held(note: SickNote, *rights: str, by: User, on: date) -> SickNote:
    """The note as it stands now, not taken back."""
    _refuse_without(*rights, programme=note.programme, by=by, on=on)
    programme = _programme(note.programme)
    fresh = SickNote.objects.select_for_update(of=("self",), no_key=True).get(pk=note.pk)
    fresh.programme = programme
    if fresh.withdrawn_on:
        raise Refused(f"To zwolnienie wycofano {day_text(fresh.withdrawn_on)}.")
    return fresh


def _check(note: SickNote, *, on: date) -> None:
    refuse_days(start_on=note.start_on, end_on=note.end_on, issued_on=note.issued_on, delivered_on=note.delivered_on)
    if length(note.start_on, note.end_on) > LONGEST:
        raise Refused("Zwolnienie nie trwa dłużej niż rok. Sprawdź daty.", field="end_on")
    _refuse_later(note.issued_on, on, "issued_on")
    if note.delivered_on:
        _refuse_delivery(note.delivered_on, note, on)
    days = days_between(note.start_on, note.end_on)
    if days and not any(note.programme.stage_on(day) for day in days):
        raise Refused("Żaden z tych dni nie leży w programie tej osoby.", field="start_on")
    same = SickNote.objects.standing().filter(programme=note.programme, kind=note.kind)
    if same.filter(start_on=note.start_on, end_on=note.end_on).exists():
        raise Refused("Zwolnienie na te same dni jest już wpisane.", field="start_on")


def _refuse_delivery(day: date, note: SickNote, on: date) -> None:
    _refuse_later(day, on, "delivered_on")
    if day < note.issued_on:
        raise Refused("Zwolnienia nie można doręczyć, zanim je wystawiono.", field="delivered_on")


def _refuse_later(day: date, on: date, field: str) -> None:
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.", field=field)


def _took_effect(note: SickNote, *, by: User, on: date) -> Outcome:
    released = _release(note, on) if note.is_sure and note.accepted is not False and not note.withdrawn_on else 0
    centre = note.programme.participant.centre
    settled = settle([note.programme_id], note.start_on, note.end_on, centre=centre, by=by)
    reason = f"Zwolnienie od {note.start_on:%d.%m.%Y} do {note.end_on:%d.%m.%Y}: dzień jest już zamknięty."
    asked = corrections_for(settled.closed, reason=reason, by=by, on=on)
    return Outcome(note, settled.written, len(settled.closed), asked, released)


def _release(note: SickNote, on: date) -> int:
    """Free days that sickness has taken up count no more, those asked for as well as those granted; a closed one does
    until its correction."""
    days = LeaveDay.objects.standing().filter(programme=note.programme, on__range=(note.start_on, note.end_on))
    still_open = [day.pk for day in days if not is_closed(note.programme, day.on)]
    return LeaveDay.objects.filter(pk__in=still_open).update(released_on=on, release=LeaveDay.Release.SICK)
