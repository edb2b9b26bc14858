"""What the pages of one sick note say: its facts, and what became of its days."""

from attendance.actions.notes import DECIDE, Outcome
from attendance.cells import NOT_SURE
from attendance.grid import HERE
from attendance.models import Day, SickNote
from attendance.reading.notes import SEES_HEALTH, SEES_NUMBER, delivery_text, returned_words, seams, unexcused
from attendance.terms import Terms
from cistor.centres.models import Meaning
from cistor.dates import day_count, day_text, days_text, span_text


def facts(request, row: SickNote) -> list[tuple[str, object]]:
    user, today, programme = request.user, request.today, row.programme
    number = [("Seria i numer", row.number)] if user.may(SEES_NUMBER, on=today) else []
    reason = user.may(SEES_HEALTH, on=today) or user.may(DECIDE, on=today)
    return [
        ("Osoba", programme.participant),
        ("Czego dotyczy", row.get_kind_display()),
        ("Dni", span_text(row.start_on, row.end_on)),
        *number,
        ("Wystawiono", day_text(row.issued_on) if row.issued_on else ""),
        ("Doręczono", delivery_text(row)),
        ("Wpisano", f"{row.entered_by}, {day_text(row.entered_on)}"),
        *_attended(row),
        *_meets(row),
        *_decision(row, with_reason=reason),
        *_refused(row),
        *([("Wycofano", f"{row.withdrawn_by}, {day_text(row.withdrawn_on)}")] if row.withdrawn_on else []),
    ]


def _attended(row: SickNote) -> list[tuple[str, object]]:
    """The days inside on which somebody was marked as here: whoever decides is told."""
    days = Day.objects.filter(programme=row.programme_id).between(row.start_on, row.end_on)
    here = days.filter(by_hand__in=[*HERE, f"{Meaning.LATE}{NOT_SURE}"]).order_by("on").values_list("on", flat=True)
    return [("Oznaczono obecność", days_text(here))] if here and not row.withdrawn_on else []


def _meets(row: SickNote) -> list[tuple[str, object]]:
    """The notes it overlaps, and the days that neither it nor the one before explains."""
    found = seams(row.programme.participant.centre, [row]).get(row.pk)
    if found is None:
        return []
    others = [f"{span_text(other.start_on, other.end_on)}, {other.get_kind_display()}" for other in found.overlapping]
    facts = [("Nakłada się na", "; ".join(others)), ("Luka od poprzedniego", days_text(found.gap))]
    return [fact for fact in facts if fact[1]]


def _decision(row: SickNote, *, with_reason: bool) -> list[tuple[str, object]]:
    if row.accepted is None:
        return []
    who = f"{row.decided_by}{f' za: {row.decided_for}' if row.decided_for else ''}, {day_text(row.decided_on)}"
    reason = [("Uzasadnienie", row.note)] if with_reason and row.note else []
    return [("Uznano" if row.accepted else "Nie uznano", who), *reason]


def _refused(row: SickNote) -> list[tuple[str, object]]:
    """Which days a refusal left unexcused; the others say what was known of them otherwise."""
    if row.accepted is not False or row.withdrawn_on:
        return []
    return [("Dni nieusprawiedliwione", days_text(unexcused(row)) or "żaden")]


def told(done: str, outcomes: list) -> str:
    """What was done, and what became of the days; a visit changes none."""
    outcome = outcomes[0] if outcomes else None
    if not isinstance(outcome, Outcome):
        return f"{done}."
    return " ".join(filter(None, (f"{done}.", _marked(outcome), _closed(outcome), *free_days(outcome))))


def _marked(outcome: Outcome) -> str:
    """ "Oznaczono 3 dni: choroba ze zwolnieniem."; taken back, its days say what they would without it, and refused,
    only those are unexcused of which nothing else is known."""
    note, days = outcome.note, day_count(outcome.followed.written)
    if note.accepted is False and not note.withdrawn_on:
        left = unexcused(note)
        return f"Nieusprawiedliwione: {days_text(left)}." if left else "Żaden dzień nie stał się nieusprawiedliwiony."
    if not outcome.followed.written:
        return ""
    if outcome.is_changed:
        return f"Zmieniono {days}."
    terms = Terms(note.programme.participant.centre)
    return f"Oznaczono {days}: {terms.name(note.start_on, note.meaning)}."


def _closed(outcome: Outcome) -> str:
    if outcome.followed.closed and outcome.note.is_undecided:
        return f"Zamknięte: {day_count(outcome.followed.closed)}; o korektę poprosi się, gdy zwolnienie będzie pewne."
    return outcome.followed.told()


def free_days(outcome: Outcome | None) -> list[str]:
    """What becomes of free days, a sentence each."""
    if outcome is None:
        return []
    taken = days_text(outcome.released)
    sentences = [f"Wracają do puli, bo zajęło je zwolnienie: {taken}."] if taken else []
    return [*sentences, *returned_words(outcome.returned)]
