"""What the pages about requests show and do alike: corrections, more months, an end."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect

from cistor.dates import day_text
from cistor.errors import Refused
from participants.models import ProgrammeRequest

Fact = tuple[str, object]


def deeds(request, row: ProgrammeRequest, *, ask: str, decide: str) -> dict[str, bool]:
    """Whether the reader may decide or take back; `ask` and `decide` are the rights."""
    user, today = request.user, request.today
    own, alone = row.asked_by_id == user.pk, row.programme.participant.centre.single_handed
    return {
        "may_decide": row.is_open and user.may(decide, on=today) and (not own or alone),
        "may_withdraw": row.is_open and own and user.may(ask, on=today),
        "is_own": own,
    }


def chosen(request, yes: str = "grant", no: str = "refuse") -> bool | None:
    """Whether the button said yes or no; None for neither and for both, which decide nothing."""
    said_yes, said_no = yes in request.POST, no in request.POST
    return None if said_yes == said_no else said_yes


def decision_facts(row: ProgrammeRequest, *granted: Fact, note: str = "Uzasadnienie") -> list[Fact]:
    """How it came out; `granted`: what a grant has given, `note`: what its reasons are called."""
    if row.withdrawn_on:
        day = day_text(row.withdrawn_on)
        return [("Stan", f"{row.note}, {day}") if row.note else ("Wycofano", day)]
    if row.is_open:
        return []
    decided = ("Zgoda" if row.granted else "Odmowa", f"{row.decider}, {day_text(row.decided_on)}")
    return [decided, *(granted if row.granted else ()), *([(note, row.note)] if row.note else [])]


def withdrawn(request, act: Callable, row: ProgrammeRequest, *, done: str, back: str):
    """Taken back, or told why not; `back` is the URL name of the request's page."""
    try:
        act(row, by=request.user, on=request.today)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(back, row.pk)
