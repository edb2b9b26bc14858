"""Writing a new version: a draft binds nobody until it is adopted."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from cistor.accounts.models import User
from cistor.centres import codes, presets
from cistor.centres.lists import LISTS, NEEDED_MEANINGS, VersionList
from cistor.centres.models import Centre, DayCode, Meaning, Regulations
from cistor.centres.recruitment import SETTINGS, faults
from cistor.centres.sheet import label_of
from cistor.centres.statute import Kind, departures
from cistor.dates import day_text, joined
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def start_draft(
    *,
    centre: Centre,
    origin: Regulations | str,
    title: str,
    in_force_from: date,
    raised: Collection[Kind] = (),
    by: User,
    on: date,
) -> Regulations:
    """A draft with everything of `origin`: a version of the centre, or a preset by its name.

    Departures from the law of the draft's first day, of the kinds in `raised`, are set to what the law gives.
    """
    if isinstance(origin, Regulations):
        draft = _copied(origin, title, in_force_from)
    elif taken := codes.clash(codes.used(centre), presets.codes(origin)):
        raise Refused(f"{taken} Zacznij od własnego regulaminu.", field="origin")
    else:
        draft = presets.make_draft(origin, centre, title=title, in_force_from=in_force_from)
    for departure in departures(draft, in_force_from, in_force_from):
        if departure.kind in raised:
            setattr(draft, departure.setting, departure.value)
            draft.sources[departure.setting] = departure.source
    draft.full_clean(exclude={"sources"})
    draft.save()
    record(draft, "draft_started", by=by, origin=str(origin), raised=sorted(raised), on=on)
    return draft


def _copied(origin: Regulations, title: str, in_force_from: date) -> Regulations:
    draft = Regulations.objects.get(pk=origin.pk)
    draft.pk, draft.title, draft.in_force_from = None, title, in_force_from
    draft.is_draft, draft.sealed_on = True, None
    draft._state.adding = True
    draft.save()
    for listed in LISTS.values():
        _write_list(listed, draft, listed.rows(origin))
    return draft


@transaction.atomic
def name_draft(draft: Regulations, *, title: str, in_force_from: date, by: User, on: date) -> Regulations:
    row = _locked(draft)
    row.title, row.in_force_from = title, in_force_from
    row.full_clean(exclude={"sources"})
    row.save(update_fields=["title", "in_force_from"])
    record(row, "draft_changed", by=by, what="title", on=on)
    return row


@transaction.atomic
def change_settings(
    draft: Regulations, *, values: Mapping[str, Any], sources: Mapping[str, str], by: User, on: date
) -> Regulations:
    """Set some settings with the § of each, or the § alone of what only papers name; the others stay as they are."""
    row = _locked(draft)
    for name, value in values.items():
        setattr(row, name, value)
    row.sources = {**row.sources, **sources}
    row.full_clean(exclude={"sources"})
    row.save(update_fields=[*values, "sources"])
    record(row, "draft_changed", by=by, what=sorted(sources), on=on)
    return row


@transaction.atomic
def replace_list(
    draft: Regulations, listed: VersionList, rows: Iterable[models.Model], *, by: User, on: date
) -> Regulations:
    """The rows take the place of those the list had; nothing refers to a row of a draft."""
    row, rows = _locked(draft), list(rows)
    if listed.model is DayCode and (fault := codes.fault(row.centre, _codes(rows))):
        raise Refused(fault)
    getattr(row, listed.related).all().delete()
    _write_list(listed, row, rows)
    record(row, "draft_changed", by=by, what=listed.related, on=on)
    return row


def _codes(rows: Iterable[Any]) -> list[codes.Code]:
    return [(row.meaning, row.letters) for row in rows]


def _write_list(listed: VersionList, version: Regulations, rows: Iterable[Any]) -> None:
    new = list(rows)
    for row in new:
        row.pk, row.regulations, row._state.adding = None, version, True
        if hasattr(row, "centre_id"):
            row.centre_id = version.centre_id
    listed.model._default_manager.bulk_create(new)


@transaction.atomic
def delete_draft(draft: Regulations, *, by: User, on: date) -> None:
    row = _locked(draft)
    record(row, "draft_deleted", by=by, title=row.title, in_force_from=row.in_force_from, on=on)
    row.delete()


@transaction.atomic
def make_binding(draft: Regulations, *, by: User, on: date) -> Regulations:
    """The draft becomes a version. What was paid for its days is checked by who pays: call `benefits`' `adopt`."""
    row = _locked(draft)
    if missing := what_is_missing(row):
        raise Refused(missing)
    row.is_draft = False
    try:
        row.full_clean(exclude={"sources"})
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    row.save(update_fields=["is_draft"])
    record(row, "regulations_adopted", by=by, in_force_from=row.in_force_from, on=on)
    return row


def what_is_missing(draft: Regulations) -> str:
    """Why nobody could work by the draft yet, "" when somebody could."""
    if fault := missing_codes(draft) or codes.fault(draft.centre, _codes(draft.daycodes.all())):
        return fault
    wrong = faults({name: getattr(draft, name) for name in SETTINGS})
    return next((f"Rekrutacja, {label_of(name)}: {why}" for name, why in wrong.items()), "")


def missing_codes(draft: Regulations) -> str:
    """Which codes attendance cannot do without are not there, or retired; "" when all can be used."""
    missing = NEEDED_MEANINGS - set(draft.daycodes.filter(is_retired=False).values_list("meaning", flat=True))
    words = joined([meaning.label for meaning in Meaning if meaning in missing])
    return f"Brakuje oznaczeń dni: {words}. Bez nich nie da się zapisać obecności." if missing else ""


@transaction.atomic
def take_back(version: Regulations, *, by: User, on: date) -> Regulations:
    """An adopted version becomes a draft again, as long as it is not in force yet."""
    row = Regulations.objects.select_for_update().get(pk=version.pk)
    if fixed := why_it_stays(row, on):
        raise Refused(fixed)
    row.is_draft = True
    row.save(update_fields=["is_draft"])
    record(row, "regulations_taken_back", by=by, on=on)
    return row


def why_it_stays(version: Regulations, on: date) -> str:
    """Why an adopted version cannot be taken back, "" when it can."""
    if version.is_draft:
        return "To jest już projekt."
    if version.sealed_on is not None:
        return "Według tej wersji już płacono, więc się nie zmieni."
    if version.in_force_from <= on:
        return f"Ta wersja obowiązuje od {day_text(version.in_force_from)}. Zmienia ją nowa wersja."
    return ""


def _locked(draft: Regulations) -> Regulations:
    row = Regulations.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None:
        raise Refused("Tego projektu już nie ma.")
    if not row.is_draft:
        raise Refused("Ta wersja jest już przyjęta i nie zmieni się. Zmianę wprowadza nowa wersja.")
    return row
