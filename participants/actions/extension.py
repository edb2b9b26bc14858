"""More months after the main period: asked for or opined, decided by the director (S1 § 1 ust. 2 lit. b)."""

from datetime import date

from django.db import transaction

from cistor import dates
from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.jobs.later import prepare_notices
from cistor.journal.actions import record
from participants import qualification
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import Words, held, refuse_decider, refuse_over, say_no, withdraw
from participants.actions.stages import locked_programme, plan_stage, regulations_of
from participants.documents import decisions
from participants.extensions import LASTING, months_left
from participants.models import Extension, Programme, Stage

WORDS = Words(
    decider="O przedłużeniu rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O przedłużeniu rozstrzyga ktoś inny niż osoba, która o nie wniosła.",
    asker="Prośbę wycofuje ten, kto ją wpisał.",
    withdrawn="Ta prośba jest już wycofana.",
    decided="O tym przedłużeniu rozstrzygnięto już {}.",
)


@transaction.atomic
def ask_extension(programme: Programme, *, origin: str, months: int, reason: str, by: User, on: date) -> Extension:
    """Ask for more months; `origin` says whether the participant asks or the centre's social worker advises it.

    Refused outside the main period and its extensions, while another request waits, and beyond what the regulations
    of the day on which it would begin allow in total.
    """
    programme = locked_programme(programme)
    if by.home_centre_id != programme.participant.centre_id or not by.may("prepare_programme", on=on):
        raise Refused("O przedłużenie wnosi pracownik socjalny albo dyrektor.")
    check_extendable(programme, on)
    _refuse_wrong_length(programme, months)
    if not reason.strip():
        raise Refused("Napisz, co przemawia za przedłużeniem.", field="reason")
    extension = Extension(
        programme=programme, origin=origin, months=months, reason=reason.strip(), asked_by=by, asked_on=on
    )
    refuse_invalid(extension)
    extension.save(force_insert=True)
    record(extension, "extension_asked", by=by, origin=origin, months=months)
    return extension


def check_extendable(programme: Programme, on: date) -> None:
    """Refused when the programme cannot be extended on this day."""
    if programme.ended_on:
        raise Refused(f"Program zakończył się {programme.ended_on:%d.%m.%Y}. Nie ma czego przedłużać.")
    if programme.phase_on(on) not in LASTING:
        raise Refused("Przedłuża się w okresie właściwym albo w przedłużeniu, zanim upłynie.")
    if qualification.is_provisional(programme):
        raise Refused("Okres właściwy jest warunkowy. Najpierw musi wpłynąć kwalifikacja ośrodka.")


@transaction.atomic
def withdraw_extension(extension: Extension, *, by: User, on: date) -> Extension:
    """Whoever asked takes the request back, as long as nobody has decided."""
    extension = _held(extension)
    withdraw(extension, WORDS, by=by, on=on)
    record(extension, "extension_withdrawn", by=by)
    return extension


@transaction.atomic
def decide_extension(
    extension: Extension, *, granted: bool, months: int | None = None, note: str, by: User, on: date
) -> Extension:
    """Grant `months`, by default as many as were asked for, or refuse; a note says why not, or why fewer.

    The new stage begins the day after the last one; the decision is issued as a paper. Refused to the one who asked,
    unless the centre is led by one person.
    """
    extension = _held(extension)
    refuse_decider(extension, "decide_programme", WORDS, by=by, on=on)
    refuse_over(extension, WORDS)
    extension.granted, extension.note, extension.decided_by, extension.decided_on = granted, note.strip(), by, on
    extension.decided_for = by.acts_for("decide_programme", on=on)
    if granted:
        _grant(extension, extension.months if months is None else months, by=by, on=on)
    else:
        say_no(extension.note)
    extension.document = _issued(extension, by=by, on=on)
    fields = ["granted", "note", "decided_by", "decided_for", "decided_on", "granted_months", "stage", "document"]
    extension.save(update_fields=fields)
    record(
        extension,
        "extension_granted" if granted else "extension_refused",
        by=by,
        months=extension.granted_months,
        number=extension.document.number,
    )
    prepare_notices(extension.programme.participant.centre_id)
    return extension


def _grant(extension: Extension, months: int, *, by: User, on: date) -> None:
    extension.granted_months = months
    extension.stage = _extended(extension.programme, months, by=by, on=on)
    if months < extension.months and not extension.note:
        raise Refused("To mniej miesięcy niż we wniosku: napisz, dlaczego nie więcej.", field="note")


def _extended(programme: Programme, months: int, *, by: User, on: date) -> Stage:
    check_extendable(programme, on)
    _refuse_wrong_length(programme, months)
    start_on = programme.planned_end_on + ONE_DAY
    end_on = dates.months_later(start_on, months, "day_before")
    return plan_stage(programme, Stage.Kind.EXTENSION, start_on, end_on, by=by, on=on)


def _refuse_wrong_length(programme: Programme, months: int) -> None:
    regulations = regulations_of(programme.participant, programme.planned_end_on + ONE_DAY)
    left = months_left(programme, regulations)
    if left < 1:
        raise Refused(
            f"Regulamin pozwala przedłużyć łącznie o {regulations.extension_months} mies. i tyle już przedłużono.",
            field="months",
        )
    if not 1 <= months <= left:
        raise Refused(f"Regulamin pozwala przedłużyć jeszcze od 1 do {left} miesięcy.", field="months")


def _held(extension: Extension) -> Extension:
    """The person first, as in every act about a programme, then the request."""
    return held(extension, locked_programme(extension.programme))


def _issued(extension: Extension, *, by: User, on: date) -> Document:
    participant = extension.programme.participant
    return issue(
        kind="extension_decision",
        centre=participant.centre,
        participant=participant,
        context=decisions.extension_decision(extension, on=on),
        by=by,
        on=on,
    )
