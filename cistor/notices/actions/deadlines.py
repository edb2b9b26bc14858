"""A deadline met outside the program, or waived; either with words."""

from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.deadlines import Deadline
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.notices.deadlines import AFTER, INSURANCE, REPLY, of_participant
from cistor.notices.models import Discharge
from participants.models import Programme

# Letters are voided instead; the others are met by what somebody records of them.
BY_HAND = frozenset({INSURANCE})
WAIVABLE = frozenset({INSURANCE, AFTER, REPLY})


@transaction.atomic
def discharge(
    kind: str, programme: Programme, *, is_waiver: bool, reason: str, done_on: date | None = None, by: User, on: date
) -> Discharge:
    """`done_on`: the day on which it was met, today if nobody says otherwise."""
    programme = Programme.objects.select_for_update(of=["self"]).select_related("participant").get(pk=programme.pk)
    _check(kind, programme, is_waiver=is_waiver, reason=reason, by=by, on=on)
    row = standing(kind, programme, on)
    if row is None or row.due_on is None:
        raise Refused("Ten termin jest już spełniony albo nie obowiązuje.")
    day = on if is_waiver or done_on is None else done_on
    if not row.starts_on <= day <= on:
        raise Refused(f"Dzień od {row.starts_on:%d.%m.%Y} do dziś.", field="done_on")
    said: dict[str, Any] = {"is_waiver": is_waiver, "reason": reason.strip(), "discharged_on": day, "by": by}
    made = Discharge.objects.create(kind=kind, programme=programme, due_on=row.due_on, due_source=row.source, **said)
    record(made, "deadline_waived" if is_waiver else "deadline_met", by=by, kind=kind, due_on=row.due_on)
    return made


def standing(kind: str, programme: Programme, on: date) -> Deadline | None:
    """The deadline of this kind while it is neither met nor void."""
    rows = of_participant(programme.participant, on)
    of_kind = (row for row in rows if row.kind == kind and row.programme == programme.pk)
    return next((row for row in of_kind if row.state(on) not in {"met", "void"}), None)


def _check(kind: str, programme: Programme, *, is_waiver: bool, reason: str, by: User, on: date) -> None:
    if by.home_centre_id != programme.participant.centre_id or not by.may("prepare_letter", on=on):
        raise Refused("Termin odnotowuje pracownik socjalny albo kierujący centrum.")
    if kind not in (WAIVABLE if is_waiver else BY_HAND):
        raise Refused("Tego terminu nie odnotowuje się ręcznie: spełnia go pismo albo zapis w programie.")
    if programme.participant.erased_on:
        raise Refused("Dane tej osoby usunięto.")
    if not reason.strip():
        raise Refused("Napisz, jak termin spełniono albo dlaczego od niego odstąpiono.", field="reason")
