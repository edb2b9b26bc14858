from collections.abc import Iterable
from typing import Any

from django.db import models

from cistor.journal.models import Entry, Reading
from cistor.scope import centre_id_of, participant_id_of


def record(
    obj: models.Model,
    verb: str,
    *,
    by: Any,
    participant: models.Model | None = None,
    centre: models.Model | None = None,
    **data: Any,
) -> Entry:
    """Write down one act. Centre and participant are found along the object's own paths unless named."""
    return Entry.objects.create(
        centre_id=centre.pk if centre else centre_id_of(obj),
        participant_id=participant.pk if participant else participant_id_of(obj),
        by=by,
        verb=verb,
        object_kind=obj._meta.label_lower,
        object_id=obj.pk,
        data=data or None,
    )


def record_readings(centre: models.Model, participants: Iterable[int], what: str, *, by: Any) -> None:
    """Write down that `by` took a paper about several participants, given by their ids; one statement."""
    Reading.objects.bulk_create(
        Reading(centre_id=centre.pk, participant_id=participant, by=by, what=what) for participant in participants
    )


def record_reading(participant: Any, what: str, *, by: Any) -> Reading:
    """Write down that `by` looked at the card or a document of a participant."""
    return Reading.objects.create(centre_id=participant.centre_id, participant=participant, by=by, what=what)
