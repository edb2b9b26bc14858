from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import DepartureReason, Regulations
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def seal(version: Regulations, *, by: User | None, on: date) -> None:
    """The version has paid somebody: from now on it never changes, nor do its lists. Sealing twice changes nothing."""
    locked = Regulations.objects.select_for_update().get(pk=version.pk)
    if locked.sealed_on is None:
        locked.sealed_on = on
        locked.save(update_fields=["sealed_on"])
        record(locked, "regulations_sealed", by=by, on=on)


@transaction.atomic
def give_reason(version: Regulations, *, text: str, by: User, on: date) -> DepartureReason:
    """Say why the centre pays by a version that gives less than the statute: once a version, for good."""
    locked = Regulations.objects.select_for_update().get(pk=version.pk)
    if locked.is_draft:
        raise Refused("Projekt regulaminu nikogo nie wiąże: uzasadnienie podaje się przy wersji przyjętej.")
    if DepartureReason.objects.filter(regulations=locked).exists():
        raise Refused("Uzasadnienie tej wersji jest już podane i nie zmieni się.", field="text")
    reason = DepartureReason(regulations=locked, text=text.strip(), given_by=by, given_on=on)
    reason.full_clean()
    reason.save()
    record(locked, "reason_given", by=by, on=on)
    return reason
