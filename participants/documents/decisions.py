"""What the papers about more months, or about an earlier end, say."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre, Regulations
from participants.documents.common import signer
from participants.models import Extension, Programme


def extension_request(centre: Centre, extension: Extension | None, *, on: date) -> dict[str, Any]:
    """The request or the opinion as it was entered; without one, a form to be filled in by hand."""
    programme = extension.programme if extension else None
    return {
        **house(centre, on),
        "basis": extension_basis(centre, on),
        "blank": extension is None,
        "name": name_of(programme),
        "signed_on": programme.signed_on if programme else "",
        "lasts_until": _lasts_until(programme, extension) if extension else "",
        "origins": _origins(extension),
        "months": extension.months if extension else "",
        "reason": extension.reason if extension else "",
        "asked_on": extension.asked_on if extension else "",
    }


def extension_decision(extension: Extension, *, on: date) -> dict[str, Any]:
    """The director's decision, granted or refused, about to be issued."""
    programme, stage = extension.programme, extension.stage
    centre = programme.participant.centre
    return {
        **house(centre, on),
        "basis": extension_basis(centre, on),
        "name": name_of(programme),
        "sex": programme.participant.sex,
        "address": programme.participant.address,
        "signed_on": programme.signed_on,
        "lasts_until": _lasts_until(programme, extension),
        "origin": extension.origin,
        "asked_on": extension.asked_on,
        "asked_months": extension.months,
        "granted": extension.granted,
        "months": extension.granted_months or "",
        "start_on": stage.start_on if stage else "",
        "end_on": stage.end_on if stage else "",
        "note": extension.note,
        "signer": signer(extension.decided_by, extension.decided_for),
    }


def house(centre: Centre, on: date) -> dict[str, Any]:
    """The title of the centre's head and of the regulations of the day."""
    regulations = Regulations.objects.version(centre, on)
    return {
        "head": regulations.head_title if regulations else "kierownik",
        "regulations": {"title": regulations.title, "since": regulations.in_force_from} if regulations else None,
    }


def extension_basis(centre: Centre, on: date) -> str:
    """Where the regulations of the day speak of extensions: for the foot of the page, after the statute."""
    regulations = Regulations.objects.version(centre, on)
    source = regulations.sources.get("extension_months") if regulations else None
    return f"{regulations.title}, {source}" if source else ""


def name_of(programme: Programme | None) -> str:
    return f"{programme.participant.first_name} {programme.participant.last_name}" if programme else ""


def _lasts_until(programme: Programme, extension: Extension) -> date:
    """The planned end without what the decision itself has added."""
    first = extension.stage.start_on if extension.stage else date.max
    return max(stage.end_on for stage in programme.stages.all() if stage.start_on < first)


def _origins(extension: Extension | None) -> list[dict[str, Any]]:
    said = extension.origin if extension else ""
    return [{"label": label.capitalize(), "ticked": code == said} for code, label in Extension.Origin.choices]
