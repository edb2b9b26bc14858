from datetime import date
from decimal import Decimal

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import StatutoryRate
from cistor.journal.actions import record


@transaction.atomic
def add_rate(
    *, kind: str, in_force_from: date, value: Decimal, source: str, certainty: str, by: User | None, on: date
) -> StatutoryRate:
    """Add a statutory value from a day on. Rows never change: a mistake is mended by a newer row for the same day."""
    rate = StatutoryRate(
        kind=kind, in_force_from=in_force_from, value=value, source=source, certainty=certainty, recorded_by=by
    )
    rate.full_clean()
    rate.save()
    record(rate, "rate_added", by=by, kind=kind, value=value, in_force_from=in_force_from, on=on)
    return rate
