from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Office
from cistor.journal.actions import record


@transaction.atomic
def change_office(office: Office, *, by: User, on: date, **fields: Any) -> Office:
    """The name and the address of an office; papers already issued keep theirs. `fields`: columns by name."""
    office = Office.objects.select_for_update().get(pk=office.pk)
    changed = sorted(name for name, value in fields.items() if getattr(office, name) != value)
    for name in changed:
        setattr(office, name, fields[name])
    office.full_clean()
    office.save(update_fields=changed)
    record(office, "office_changed", by=by, fields=changed)
    return office
