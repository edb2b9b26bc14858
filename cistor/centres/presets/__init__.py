"""Regulations and statutory values that come with the program, as data; loading them twice changes nothing."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from django.db import transaction

from cistor.centres.models import (
    Agreement,
    Breach,
    Centre,
    DayCode,
    DeadlineLength,
    DeductionKind,
    FileItemKind,
    Ground,
    Measure,
    Office,
    PublicHoliday,
    Regulations,
    StatutoryRate,
    StatutoryWording,
)

FOLDER = Path(__file__).parent
NAMES = ("cistor", "rzyszczewo", "statute")
DAY_CODE = ("meaning", "letters", "name", "colour", "source")


@cache
def read(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def load_statute() -> None:
    """The dated statutory values, wordings and one-off holidays that are not in the database yet."""
    known = set(StatutoryRate.objects.values_list("kind", "in_force_from"))
    missing = [r for r in read("statute_rates") if (r["kind"], date.fromisoformat(r["in_force_from"])) not in known]
    StatutoryRate.objects.bulk_create(StatutoryRate(**row) for row in missing)
    StatutoryWording.objects.bulk_create(
        (StatutoryWording(**row) for row in read("statute_wordings")), ignore_conflicts=True
    )
    PublicHoliday.objects.bulk_create((PublicHoliday(**row) for row in read("one_off_holidays")), ignore_conflicts=True)


@transaction.atomic
def load_centre(name: str) -> Centre:
    """The centre that a preset describes, with its offices, agreement and regulations."""
    preset = read(name)
    if preset["centre"] is None:
        raise ValueError(f"{name} describes no centre of its own: load its regulations for one")
    centre, _ = Centre.objects.get_or_create(short_name=preset["centre"]["short_name"], defaults=preset["centre"])
    for office in preset["offices"]:
        Office.objects.get_or_create(centre=centre, name=office["name"], defaults=office)
    load_regulations(name, centre)
    return centre


@transaction.atomic
def load_regulations(name: str, centre: Centre, *, in_force_from: date | None = None) -> Regulations:
    """The preset's regulations as a version of this centre; a version of that day already there is left as it is."""
    preset = read(name)
    day = in_force_from or date.fromisoformat(preset["in_force_from"])
    version, is_new = Regulations.objects.get_or_create(
        centre=centre,
        in_force_from=day,
        is_draft=False,
        defaults=_settings(preset),
    )
    if is_new:
        _load_lists(preset, version)
        _load_deadlines(preset, version)
    return version


@transaction.atomic
def make_draft(name: str, centre: Centre, *, title: str, in_force_from: date) -> Regulations:
    """The preset's regulations as a draft of this centre, with the terms that the regulations themselves set."""
    preset = read(name)
    own = {"title": title, "in_force_from": in_force_from, "is_draft": True}
    draft = Regulations.objects.create(centre=centre, **{**_settings(preset), **own})
    _load_lists(preset, draft)
    of_regulations = [row for row in preset["deadlines"] if row.get("of") == "regulations"]
    _load_deadlines({"agreement": None, "deadlines": of_regulations}, draft)
    draft.refresh_from_db()
    return draft


def codes(name: str) -> list[tuple[str, str]]:
    """(meaning, letters) of its day codes."""
    return [(meaning, letters) for meaning, letters, *_ in read(name)["day_codes"]]


def _settings(preset: dict) -> dict:
    sources = {setting: source for setting, (_, source) in preset["settings"].items()}
    values = {setting: value for setting, (value, _) in preset["settings"].items()}
    return {"title": preset["title"], "sources": {**sources, **preset.get("papers", {})}, **values}


def _load_lists(preset: dict, version: Regulations) -> None:
    DayCode.objects.bulk_create(
        DayCode(
            regulations=version, position=n, meaning=meaning, letters=letters, name=text, colour=colour, source=source
        )
        for n, (meaning, letters, text, colour, source) in enumerate(preset["day_codes"])
    )
    DeductionKind.objects.bulk_create(
        DeductionKind(regulations=version, code=code, name=text, condition=condition, source=source)
        for code, text, condition, source in preset["deduction_kinds"]
    )
    FileItemKind.objects.bulk_create(
        FileItemKind(
            regulations=version, position=n, code=code, name=text, obligatory=obligatory, expires=expires, source=source
        )
        for n, (code, text, obligatory, expires, source) in enumerate(preset["file_items"])
    )
    for model, listed in ((Ground, preset["grounds"]), (Measure, preset["measures"])):
        model.objects.bulk_create(
            model(regulations=version, letter=letter, meaning=meaning, text=text, source=(own or [listed["source"]])[0])
            for letter, meaning, text, *own in (listed or {"rows": []})["rows"]
        )
    breaches = preset["breaches"] or {"rows": []}
    Breach.objects.bulk_create(
        Breach(regulations=version, letter=letter, text=text, source=breaches["source"])
        for letter, text in breaches["rows"]
    )


def _load_deadlines(preset: dict, version: Regulations) -> None:
    """A term stands with what it follows from: the version, the agreement, or neither (the centre's own)."""
    agreement = _agreement(preset["agreement"], version.centre) if preset["agreement"] else None
    origins = {"regulations": {"regulations": version}, "agreement": {"agreement": agreement}, None: {}}
    known = set(version.centre.deadline_lengths.values_list("code", "regulations", "agreement"))
    rows = [_length(row, version.centre, origins[row.get("of")]) for row in preset["deadlines"]]
    fresh = (row for row in rows if (row.code, row.regulations_id, row.agreement_id) not in known)
    DeadlineLength.objects.bulk_create(fresh)


def _length(row: dict, centre: Centre, origin: dict) -> DeadlineLength:
    return DeadlineLength(centre=centre, **origin, **{name: value for name, value in row.items() if name != "of"})


def _agreement(row: dict, centre: Centre) -> Agreement:
    office = Office.objects.get(centre=centre, short_name=row["office"])
    agreement, _ = Agreement.objects.get_or_create(
        office=office,
        start_on=row["start_on"],
        defaults={"title": row["title"], "office_steps": row["office_steps"]},
    )
    return agreement
