"""What an application still lacks before its person can be admitted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cistor.centres.models import Regulations
from cistor.dates import day_count, day_text
from participants import personal_file
from referrals import steps
from referrals.models import Application, ExclusionStatement

State, Status = Application.Recruitment, Application.Status


@dataclass(frozen=True)
class Gap:
    """`page` of `pk`, at its `anchor`, is where it is seen to; `right` lets in there."""

    text: str
    page: str
    pk: int
    right: str
    anchor: str = ""


def gaps(application: Application, on: date) -> list[Gap]:
    """Both tracks, the exclusions, the personal file; nothing: the person can be admitted."""
    papers = [replace(gap, text=f"Teczka: {gap.text}") for gap in missing_papers(application, on)]
    return [*obstacles(application, on), *papers]


def obstacles(application: Application, on: date, *, signed_on: date | None = None) -> list[Gap]:
    """What nobody can pass over. The office's steps are those of `on`, the day of the act; the statement of the
    exclusions has to be fresh on the day of the signature."""
    pk, right = application.pk, "enter_application"
    told = [
        (status_fault(application), ("referrals:case", pk, right)),
        (office_fault(application, on), ("referrals:case", pk, right, "#office")),
        (recruitment_fault(application), ("referrals:case", pk, right, "#recruitment")),
        (exclusions_fault(application, signed_on or on), ("referrals:exclusions", pk, right)),
    ]
    return [Gap(text, *place) for text, place in told if text]


def missing_papers(application: Application, on: date) -> list[Gap]:
    """Obligatory items of the personal file that are not there, or no longer valid on the day."""
    participant = application.participant
    missing = personal_file.missing_obligatory(participant, on)
    return [Gap(kind.name, "participants:file", participant.pk, "see_file") for kind in missing]


def status_fault(application: Application) -> str:
    if application.status == Status.OPEN:
        return ""
    if application.status == Status.DRAFT:
        return "Wniosek jest szkicem: jeszcze go nie złożono."
    return f"Wniosek jest zamknięty: {application.get_status_display()}."


def office_fault(application: Application, on: date) -> str:
    """The office has done everything that the agreement or the regulations ask of it, and has not refused."""
    if application.office_state == Application.Office.NO_CONSENT:
        return "Urząd: kierownik nie wyraził zgody."
    if steps.is_office_done(application, on):
        return ""
    step = steps.next_step(application, on)
    return f"Urząd: brakuje jeszcze „{step.label}”." if step else f"Urząd: {application.get_office_state_display()}."


def recruitment_fault(application: Application) -> str:
    if application.recruitment_state == State.QUALIFIED:
        return ""
    return f"Rekrutacja: osoba nie jest zakwalifikowana (stan: {application.get_recruitment_state_display()})."


def exclusions_fault(application: Application, on: date) -> str:
    """None of the rights of art. 1 ust. 3, declared no longer ago than the regulations allow."""
    last = application.exclusion_statements.first()
    if last is None:
        return "Brak oświadczenia o prawach, które wykluczają udział."
    if last.rights:
        return f"Osoba oświadczyła {day_text(last.declared_on)}, że ma prawo, które wyklucza udział."
    longest = _longest(application, on)
    if longest is not None and on - last.declared_on > timedelta(days=longest):
        return _stale(last, longest)
    return ""


def has_exclusion(application: Application) -> bool:
    """Whether the person's last word was that they have a right that excludes."""
    last = application.exclusion_statements.first()
    return bool(last and last.rights)


def _longest(application: Application, on: date) -> int | None:
    regulations = Regulations.objects.version(application.centre_id, on)
    return regulations.exclusions_days if regulations else None


def _stale(statement: ExclusionStatement, longest: int) -> str:
    return (
        f"Oświadczenie o prawach, które wykluczają udział, jest z {day_text(statement.declared_on)}: "
        f"może mieć najwyżej {day_count(longest)}. Zapytaj ponownie."
    )


def first_signing_day(application: Application) -> tuple[date, str]:
    """The IPZS is signed last of all: the day of the latest of what comes before it, and what that is."""
    return max(_before_signing(application), key=lambda one: one[0])


def _before_signing(application: Application) -> Iterator[tuple[date, str]]:
    yield application.applied_on or application.begun_on, "z tego dnia jest wniosek"
    deeds = {
        "opinia urzędu": application.opinions,
        "zgoda kierownika urzędu": application.consents,
        "skierowanie urzędu": application.referrals,
    }
    for word, rows in deeds.items():
        yield from ((row.done_on, f"z tego dnia jest {word}") for row in rows.filter(taken_back_on=None))
    for candidacy in application.candidacies.newest().exclude(round__closed_on=None).select_related("round"):
        yield candidacy.round.closed_on, "tego dnia zamknięto nabór"
        accepted = candidacy.offers.filter(is_accepted=True)
        yield from ((offer.answered_on, "tego dnia osoba przyjęła miejsce") for offer in accepted)
    for statement in application.exclusion_statements.all()[:1]:
        yield statement.declared_on, "z tego dnia jest oświadczenie o prawach, które wykluczają udział"
