"""The office's papers, and the letter that reminds it."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre, Office, OfficeStep
from cistor.dates import day_text
from referrals import deadlines, steps
from referrals.documents.common import person_facts
from referrals.models import Application, OfficeReminder

Facts = dict[str, Any]
NO_DEED = {"done_on": "", "author": ""}


def opinion(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """S0 I.2, S2 annex 1: of the social worker; of the head too, where the consent is needed."""
    deed = _standing(application and application.opinions)
    said = {"interview_on": deed.interview_on, "text": deed.text} if deed else {"interview_on": "", "text": ""}
    needed = steps.needed(application, on) if application else steps.ruled(centre, on)
    return {
        **_case(application, on),
        **said,
        **_signed(deed),
        "answers": _ticks(("pozytywna", "negatywna"), deed and deed.is_positive),
        "consent": _consent(_standing(application and application.consents)) if OfficeStep.CONSENT in needed else None,
    }


def _consent(deed: Any) -> Facts:
    answers = _ticks(("wyrażam zgodę", "nie wyrażam zgody"), deed and deed.is_granted)
    return {"answers": answers, "reason": deed.reason if deed else "", **_signed(deed)}


def referral(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """S0 I.3: by which the office sends the person to the classes, with the opinion."""
    deed, opinion = _standing(application and application.referrals), _standing(application and application.opinions)
    return {
        **_case(application, on),
        **_signed(deed),
        "reference": deed.reference if deed else "",
        "opinion_on": opinion.done_on if opinion else "",
    }


def office_reminder(
    centre: Centre, application: Application | None, *, on: date, about: str = OfficeReminder.About.OPINION
) -> Facts:
    """To the office: what it still owes, since when, by whose term, and when it was reminded before."""
    rows = deadlines.of_application(application, on) if application else []
    term = next((row for row in rows if row.kind == about), None)
    opinion = _standing(application and application.opinions)
    return {
        **_case(application, on),
        "about": str(about),
        "addressee": office_lines(application.office) if application and application.office else [],
        "sent_on": (application and application.sent_on) or "",
        "received_on": (application and application.received_on) or "",
        "opinion_on": opinion.done_on if opinion else "",
        "due_on": (term and term.due_on) or "",
        "due_source": term.source if term else "",
        "missing": steps.next_step(application, on) if application else "",
        "earlier": _earlier(application),
    }


def _earlier(application: Application | None) -> list[str]:
    """ "PU/1/2026 z dnia 12 marca 2026 r.", of the same office."""
    if application is None:
        return []
    rows = application.reminders.filter(office=application.office).select_related("document").order_by("pk")
    return [f"{row.document.number} z dnia {day_text(row.reminded_on)} r." for row in rows]


def _case(application: Application | None, on: date) -> Facts:
    """Whom the paper is about, on which application, of which office."""
    return {
        "person": person_facts(application.participant if application else None, on),
        "number": application.number if application else "",
        "applied_on": (application and application.applied_on) or "",
        "office": application.office.name if application and application.office else "",
        "office_city": application.office.city if application and application.office else "",
    }


def _signed(deed: Any) -> Facts:
    return {"done_on": deed.done_on, "author": deed.author} if deed else NO_DEED


def _standing(deeds: Any) -> Any:
    return deeds.filter(taken_back_on=None).first() if deeds else None


def _ticks(labels: tuple[str, str], answer: bool | None) -> list[Facts]:
    """Yes, then no; neither while nobody has answered."""
    return [{"label": label, "ticked": answer is value} for label, value in zip(labels, (True, False), strict=True)]


def office_lines(office: Office) -> list[str]:
    """Name and address, line by line, as on an envelope."""
    return [line for line in (office.name, office.street, f"{office.postal_code} {office.city}".strip()) if line]
