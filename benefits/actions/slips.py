from datetime import date

from benefits.documents import slip_context
from benefits.models import Settlement
from cistor.accounts.models import User
from cistor.documents.actions import working_copy
from cistor.journal.actions import record, record_reading


def print_slip(settlement: Settlement, *, by: User, on: date) -> bytes:
    """The PDF of one slip; it has no number and is kept nowhere."""
    participant = settlement.programme.participant
    context = slip_context(settlement)
    data = working_copy(kind="benefit_slip", centre=participant.centre, context=context, on=on)
    record(settlement, "slip_printed", by=by)
    record_reading(participant, "benefit_slip", by=by)
    return data
