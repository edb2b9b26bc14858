"""The application, and the letter that refuses it."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import categories, person_facts
from referrals.models import Application
from referrals.wording import category_texts

Facts = dict[str, Any]


def application(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """S0 I.1, S2 annex 1: who is to be referred, on whose application, for what reason and aim, with what consent."""
    said = ("applicant_name", "stay_address", "correspondence_address", "reason", "aim")
    return {
        "person": person_facts(application.participant if application else None, on),
        "number": application.number if application else "",
        "applied_on": (application and application.applied_on) or "",
        "applicants": [
            {"label": label, "ticked": bool(application and application.applicant == code)}
            for code, label in Application.Applicant.choices
        ],
        **{name: getattr(application, name) if application else "" for name in said},
        "categories": categories(application, on),
        "main_category": _main(application),
        "consent_on": (application and application.consent_on) or "",
        "office": application.office.name if application and application.office else "",
    }


def _main(application: Application | None) -> str:
    """Said apart where several are ticked."""
    texts = category_texts(application) if application else []
    return texts[0] if len(texts) > 1 else ""


def refusal_letter(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """To the person, with the reason as it was written down."""
    return {
        "person": person_facts(application.participant if application else None, on),
        "addressee": addressee(application) if application else [],
        "number": application.number if application else "",
        "applied_on": (application and application.applied_on) or "",
        "reason": application.close_reason if application else "",
    }


def addressee(application: Application) -> list[str]:
    """Name and address, line by line: the one for letters, else of residence, else where the person stays."""
    person = application.participant
    home = list(filter(None, [person.street, f"{person.postal_code} {person.city}".strip()]))
    lines = application.correspondence_address.splitlines() or home or application.stay_address.splitlines()
    return [f"{person.first_name} {person.last_name}", *filter(None, lines)]
