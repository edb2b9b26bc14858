"""What comes in about somebody's money: the application for the benefit, and letters of bailiffs."""

from datetime import date

from django.db import transaction

from benefits.actions.checking import has_been, refuse_without
from benefits.documents.enforcement import bailiff_answer
from benefits.models import BenefitApplication, Enforcement
from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.participant import locked
from participants.actions.stages import locked_programme
from participants.models import Participant, Programme


@transaction.atomic
def record_application(
    programme: Programme, *, filed_on: date, scan: Upload | None = None, by: User, on: date
) -> BenefitApplication:
    """The participant has applied for the benefit of this programme on the day `filed_on`; a newer one may follow.

    Refused before the programme was signed: only a participant applies (S1 § 3 ust. 1 lit. g, S2 § 8 ust. 1 lit. h).
    """
    programme = locked_programme(programme)
    centre = programme.participant.centre
    refuse_without(by, "enter_account", centre, on, "Wniosek wpisuje pracownik socjalny albo kadry.")
    has_been(filed_on, on=on, field="filed_on")
    if filed_on < programme.signed_on:
        raise Refused(f"IPZS podpisano {programme.signed_on:%d.%m.%Y}. Wniosek składa uczestnik.", field="filed_on")
    _refuse_scan_of_another(scan, programme.participant)
    application = BenefitApplication(programme=programme, filed_on=filed_on, scan=scan, by=by, recorded_on=on)
    refuse_invalid(application)
    application.save(force_insert=True)
    record(application, "benefit_applied", by=by, filed_on=filed_on)
    return application


@transaction.atomic
def record_enforcement(
    participant: Participant,
    *,
    bailiff: str,
    signature: str,
    received_on: date,
    street: str = "",
    postal_code: str = "",
    city: str = "",
    scan: Upload | None = None,
    by: User,
    on: date,
) -> Enforcement:
    """Write down a bailiff's letter about a participant; `signature` is that of the bailiff's case."""
    participant = locked(participant)
    refuse_without(by, "answer_bailiff", participant.centre, on, "Pisma komorników prowadzą kadry i kierujący centrum.")
    has_been(received_on, on=on, field="received_on")
    _refuse_scan_of_another(scan, participant)
    texts = {"bailiff": bailiff, "signature": signature, "street": street, "postal_code": postal_code, "city": city}
    written = {"participant": participant, "received_on": received_on, "scan": scan, "by": by, "recorded_on": on}
    enforcement = Enforcement(**{name: text.strip() for name, text in texts.items()}, **written)
    refuse_invalid(enforcement)
    enforcement.save(force_insert=True)
    record(enforcement, "enforcement_recorded", by=by, received_on=received_on)
    return enforcement


@transaction.atomic
def answer_enforcement(enforcement: Enforcement, *, by: User, on: date) -> Enforcement:
    """Issue the standard answer: the benefit is exempt from enforcement. Once; sending it is told of where every paper
    that goes out is (`notices:dispatch`)."""
    participant = locked(enforcement.participant)
    refuse_without(
        by, "answer_bailiff", participant.centre, on, "Komornikowi odpowiadają kadry albo kierujący centrum."
    )
    enforcement = Enforcement.objects.select_for_update(of=("self",)).get(pk=enforcement.pk)
    if enforcement.answer:
        raise Refused(f"Na to pismo już odpowiedziano: {enforcement.answer.number}.")
    enforcement.answer = issue(
        kind="bailiff_answer",
        centre=participant.centre,
        participant=participant,
        context=bailiff_answer(enforcement, by=by, on=on),
        by=by,
        on=on,
    )
    enforcement.save(update_fields=["answer"])
    record(enforcement, "enforcement_answered", by=by, number=enforcement.answer.number)
    return enforcement


def _refuse_scan_of_another(scan: Upload | None, participant: Participant) -> None:
    if scan is not None and scan.participant_id != participant.pk:
        raise Refused("Ten skan dotyczy innej osoby.", field="scan")
