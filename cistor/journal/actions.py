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
    entry = _entry(obj, verb, data, by=by)
    if centre:
        entry.centre_id = centre.pk
    if participant:
        entry.participant_id = participant.pk
    entry.save(force_insert=True)
    return entry


def record_many(acts: Iterable[tuple[models.Model, dict[str, Any]]], verb: str, *, by: Any) -> None:
    """Write down the same act on each of the objects, with the data of each; one statement."""
    Entry.objects.bulk_create(_entry(obj, verb, data, by=by) for obj, data in acts)


def _entry(obj: models.Model, verb: str, data: dict[str, Any], *, by: Any) -> Entry:
    return Entry(
        centre_id=centre_id_of(obj),
        participant_id=participant_id_of(obj),
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
