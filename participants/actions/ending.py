"""The end of a programme."""

from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.jobs.later import prepare_notices
from cistor.journal.actions import record
from participants import qualification
from participants.actions.checking import refuse_invalid
from participants.actions.stages import locked_programme
from participants.models import Extension, Participant, Phase, Programme, Termination

REASONED = frozenset(
    {
        Programme.EndKind.BREACH,
        Programme.EndKind.LEFT,
        Programme.EndKind.TRIAL_FAILED,
        Programme.EndKind.NOT_QUALIFIED,
        Programme.EndKind.OTHER,
    }
)


# Why a request that nobody took back is open no longer.
MOOT = "bezprzedmiotowe: program zakończono"

END = [
    "ended_on",
    "end_kind",
    "end_reason",
    "end_learned_on",
    "through_fault",
    "end_decided_on",
    "end_decided_by",
    "end_decided_for",
]


@transaction.atomic
def end_programme(
    programme: Programme,
    *,
    ended_on: date,
    kind: str,
    reason: str,
    learned_on: date | None = None,
    through_fault: bool | None = None,
    by: User,
    on: date,
) -> Programme:
    """The last day in the programme, paid, and why; the membership of the group ends with it. It cannot be undone.

    An end whose last day has not passed yet gives way to an earlier one: a second decision, journalled as such.

    `learned_on`: the day the centre heard of it, from which its information to the office counts (S0 II.4); by default
    the day of the act. Breach and leaving end a programme here only because the director has decided so
    (`decide_termination`), or because it was led on paper.
    """
    programme = locked_programme(programme)
    reason = reason.strip()
    check_end(programme, ended_on=ended_on, kind=kind, reason=reason, learned_on=learned_on, on=on)
    replaced: dict[str, Any] = {"replaces": programme.ended_on} if programme.ended_on else {}
    programme.ended_on, programme.end_kind, programme.end_reason = ended_on, kind, reason
    programme.end_learned_on, programme.through_fault = learned_on or on, through_fault
    programme.end_decided_on, programme.end_decided_by = on, by
    # Of what the office has decided nobody here is a stand-in.
    by_office = kind == Programme.EndKind.NOT_QUALIFIED
    programme.end_decided_for = None if by_office else by.acts_for("decide_programme", on=on)
    refuse_invalid(programme)
    programme.save(update_fields=END)
    _end_memberships(programme.participant, ended_on)
    _drop_requests(programme, by=by, on=on)
    record(programme, "end_programme", by=by, ended_on=ended_on, kind=kind, **replaced)
    prepare_notices(programme.participant.centre_id)
    return programme


def check_end(
    programme: Programme, *, ended_on: date, kind: str, reason: str, learned_on: date | None, on: date, **_: object
) -> None:
    """Refused when the programme cannot end so; asked once more before the page that names the person."""
    if learned_on and not programme.signed_on <= learned_on <= on:
        raise Refused(
            f"Centrum dowiedziało się między podpisaniem IPZS ({programme.signed_on:%d.%m.%Y}) a dniem dzisiejszym.",
            field="learned_on",
        )
    check_kind(programme, ended_on=ended_on, kind=kind, reason=reason, on=on)


def check_kind(programme: Programme, *, ended_on: date, kind: str, reason: str, on: date) -> None:
    """The day lies in the programme, the kind fits the day, and what may be contested has its reason."""
    _refuse_second_end(programme, ended_on, on)
    if kind not in Programme.EndKind.values:
        raise Refused("Wybierz powód zakończenia.", field="kind")
    if not programme.start_on <= ended_on <= programme.planned_end_on:
        raise Refused(
            f"Ostatni dzień leży w programie, między {programme.start_on:%d.%m.%Y} "
            f"a {programme.planned_end_on:%d.%m.%Y}.",
            field="ended_on",
        )
    if kind == Programme.EndKind.PERIOD and ended_on != programme.planned_end_on:
        raise Refused(
            f"Okres uczestnictwa upływa {programme.planned_end_on:%d.%m.%Y}. Wcześniejsze zakończenie ma inny powód.",
            field="kind",
        )
    if kind == Programme.EndKind.TRIAL_FAILED and programme.phase_on(ended_on) != Phase.TRIAL:
        raise Refused("Tego dnia trwa już okres właściwy. Wybierz inny powód albo dzień okresu próbnego.", field="kind")
    if kind in REASONED and not reason.strip():
        raise Refused("Przy tym powodzie potrzebne jest uzasadnienie.", field="reason")


def _refuse_second_end(programme: Programme, ended_on: date, on: date) -> None:
    if programme.ended_on is None:
        return
    if programme.ended_on < on:
        raise Refused(f"Ten program zakończono już z dniem {programme.ended_on:%d.%m.%Y}.")
    if ended_on >= programme.ended_on:
        raise Refused(
            f"Ten program kończy się już {programme.ended_on:%d.%m.%Y}. Można go zakończyć tylko wcześniej.",
            field="ended_on",
        )


@transaction.atomic
def take_end_back(programme: Programme, *, by: User, on: date) -> Programme:
    """The office has changed its mind before the last day was over: the programme goes on as planned.

    Who left the group with the end is in it again, without a last day. What was asked of the director and fell away
    with the end is asked anew. Refused once the person has signed another programme.
    """
    programme = locked_programme(programme)
    ended_on = programme.ended_on
    if not qualification.may_take_back(programme, on):
        raise Refused("Tego zakończenia nie da się już cofnąć.")
    if programme.participant.programmes.filter(ended_on=None).exists():
        raise Refused("Ta osoba podpisała już nowy IPZS. Tego zakończenia nie da się cofnąć.")
    programme.ended_on = programme.end_learned_on = programme.through_fault = None
    programme.end_kind = programme.end_reason = ""
    programme.end_decided_on = programme.end_decided_by = programme.end_decided_for = None
    programme.save(update_fields=END)
    programme.participant.memberships.filter(end_on=ended_on).update(end_on=None)
    record(programme, "end_taken_back", by=by, ended_on=ended_on)
    prepare_notices(programme.participant.centre_id)
    return programme


def _end_memberships(participant: Participant, ended_on: date) -> None:
    """Who has left the programme is in no group; a place promised for later goes with it."""
    for membership in participant.memberships.touching(ended_on + ONE_DAY, date.max):
        if membership.start_on > ended_on:
            membership.delete()
        else:
            membership.end_on = ended_on
            membership.save(update_fields=["end_on"])


def _drop_requests(programme: Programme, *, by: User, on: date) -> None:
    """What still waits for a decision about a programme that is over has nothing left to be decided.

    Its note says so: who takes back an own request writes none.
    """
    for model in (Termination, Extension):
        for row in model.objects.open().filter(programme=programme):
            row.withdrawn_on, row.note = on, MOOT
            row.save(update_fields=["withdrawn_on", "note"])
            record(row, "termination_dropped" if model is Termination else "extension_dropped", by=by)
