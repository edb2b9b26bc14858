"""The register of accidents."""

from datetime import date, time

from django.db import transaction

from attendance.actions.incidents import held_for, refuse_day
from attendance.models import Accident
from cistor.accounts.models import User
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.models import Programme


@transaction.atomic
def record_accident(
    programme: Programme,
    *,
    on_day: date,
    at: time,
    place: str,
    what: str,
    injury: str = "",
    aid: str = "",
    witnesses: str = "",
    by: User,
    on: date,
) -> Accident:
    """A line of the register; who was there writes it, an injury is read only by whoever may see such things.

    `aid`: the help given at once.
    """
    programme = held_for(programme, by=by, on=on)
    refuse_day(programme, on_day, on)
    words = {"place": place, "what": what, "injury": injury, "help": aid, "witnesses": witnesses}
    row = Accident(programme=programme, on=on_day, at=at, recorded_by=by, recorded_on=on)
    for name, text in words.items():
        setattr(row, name, text.strip())
    refuse_invalid(row)
    row.save(force_insert=True)
    record(row, "accident_recorded", by=by, day=on_day)
    return row
