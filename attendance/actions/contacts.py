"""The log of talks with or about a person; a line once written stays."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localtime

from attendance.models import Absence, Contact, Incident
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_invalid
from participants.models import Participant

RIGHT = "record_contact"
# Candidates are talked with too; longer before the programme it is a slip of the keyboard.
RECRUITING = timedelta(days=366)


@transaction.atomic
def record_contact(
    participant: Participant,
    *,
    at: datetime,
    way: str,
    with_whom: str,
    result: str,
    whom: str = "",
    text: str = "",
    absence: Absence | None = None,
    incident: Incident | None = None,
    by: User,
    on: date,
) -> Contact:
    """Write down a talk, or a try at one; of an absence or an incident of the person where it was about one.

    Refused of a day to come or before what it was about, and without words where somebody was reached.
    """
    if not participant.open_to(by, RIGHT, on=on):
        raise Refused("Rozmowy z tą osobą wpisuje, kto z nią pracuje.")
    # An erasure waits for the person too.
    people.locked(participant)
    if any(about and about.programme.participant_id != participant.pk for about in (absence, incident)):
        raise Refused("To dotyczy innej osoby.")
    contact = Contact(
        participant=participant,
        absence=absence,
        incident=incident,
        at=at,
        way=way,
        with_whom=with_whom,
        whom=whom.strip(),
        result=result,
        text=text.strip(),
        by=by,
        recorded_on=on,
    )
    _check(contact, on=on)
    contact.save(force_insert=True)
    record(contact, "contact_recorded", by=by, way=way, result=result)
    return contact


def _check(contact: Contact, *, on: date) -> None:
    day = localtime(contact.at).date()
    if day > on:
        raise Refused("Wpisuje się rozmowę, która już była.", field="day")
    _refuse_too_early(contact, day)
    if contact.result == Contact.Result.REACHED and not contact.text:
        raise Refused("Napisz w kilku słowach, co ustalono.", field="text")
    if contact.with_whom == Contact.With.OTHER and not contact.whom:
        raise Refused("Napisz, z kim rozmawiano.", field="whom")
    refuse_invalid(contact)


def _refuse_too_early(contact: Contact, day: date) -> None:
    stages = contact.participant.programmes.aggregate(first=Min("stages__start_on"))
    if day < (stages["first"] or contact.recorded_on) - RECRUITING:
        raise Refused("To ponad rok przed programem tej osoby. Sprawdź datę.", field="day")
    if contact.absence and day < contact.absence.start_on:
        raise Refused("Ta rozmowa była przed nieobecnością: wybierz „nie dotyczy nieobecności”.", field="absence")
    if contact.incident and day < contact.incident.on:
        raise Refused(f"Ta rozmowa była przed incydentem z {day_text(contact.incident.on)}.", field="day")
