"""What an application must say before it is submitted, and what it may never say. Pure: no query."""

from datetime import date

from referrals.models import Application

Applicant = Application.Applicant
# Art. 12 ust. 1: institutions apply with the person's consent.
INSTITUTIONS = frozenset(Applicant.values) - {Applicant.PERSON, Applicant.REPRESENTATIVE}
LONG_TERM_UNEMPLOYED = "long_term_unemployed"
REQUIRED = {
    "applied_on": "Wpisz datę wniosku.",
    "applicant": "Wybierz, kto składa wniosek.",
    "category": "Wybierz główną kategorię z art. 1 ust. 2 ustawy.",
    "registered_at_pup": "Zaznacz, czy osoba jest zarejestrowana w PUP.",
    "reason": "Napisz uzasadnienie.",
    "aim": "Napisz, jaki jest cel skierowania.",
}


def lacking(application: Application) -> dict[str, str]:
    """Field → what is missing, in the order of the form."""
    found = {name: words for name, words in REQUIRED.items() if getattr(application, name) in (None, "")}
    if application.applicant not in ("", Applicant.PERSON) and not application.applicant_name:
        found["applicant_name"] = "Wpisz nazwę instytucji albo nazwisko przedstawiciela."
    if application.applicant in INSTITUTIONS and not application.consent_on:
        found["consent_on"] = "Instytucja składa wniosek za zgodą osoby. Wpisz dzień zgody."
    if not application.stay_address and not application.participant.address:
        found["stay_address"] = "Wpisz adres pobytu albo adres zamieszkania w danych osoby."
    return found


def faults(application: Application, on: date) -> dict[str, str]:
    """Field → what cannot be so, even in a draft."""
    found = {}
    if application.applied_on and application.applied_on > on:
        found["applied_on"] = "Data wniosku nie może być z przyszłości."
    if application.applied_on and application.sent_on and application.applied_on > application.sent_on:
        found["applied_on"] = f"Wniosek wysłano do urzędu {application.sent_on:%d.%m.%Y}, więc nie może być późniejszy."
    if application.consent_on and application.consent_on > on:
        found["consent_on"] = "Dzień zgody nie może być z przyszłości."
    if application.category and application.category in application.further_categories:
        found["further_categories"] = "Ta kategoria jest już główną."
    if application.applicant == Applicant.PUP and _is_chosen(application) and not _is_long_term(application):
        found["applicant"] = "Urząd pracy kieruje tylko osoby długotrwale bezrobotne (art. 12 ust. 1)."
    return found


def _is_chosen(application: Application) -> bool:
    return bool(application.category or application.further_categories)


def _is_long_term(application: Application) -> bool:
    return LONG_TERM_UNEMPLOYED in (application.category, *application.further_categories)
