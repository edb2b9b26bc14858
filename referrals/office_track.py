"""The office's track of one case as lines to read: what was done and when, what waits and for how long."""

from dataclasses import dataclass
from datetime import date

from cistor.centres.models import OfficeStep
from cistor.deadlines import Deadline
from cistor.documents.models import Upload
from referrals import deadlines, steps
from referrals.models import Application, Consent, Opinion, Referral
from referrals.models.office import OfficeDeed

WAITING = ("plain", "jeszcze nie")


@dataclass(frozen=True)
class Line:
    """One step: its badge, facts as short sentences, what was written, the scan with the name of its place."""

    title: str
    kind: str
    word: str
    facts: list[str]
    text: str = ""
    scan: Upload | None = None
    what: str = ""


def track(application: Application, on: date) -> list[Line]:
    """In the order of the way; a step that is not needed stands only when it was done."""
    terms = {row.kind: row for row in deadlines.of_application(application, on)}
    needed = steps.needed(application, on)
    lines = [_sending(application), _receipt(application, terms.get(deadlines.RECEIPT), on)]
    for step, (model, told) in DEEDS.items():
        deed = model.objects.filter(application=application, taken_back_on=None).select_related("by", "scan").first()
        if deed:
            lines.append(_done(step, deed, told(deed)))
        elif step in needed and application.office_state != Application.Office.NO_CONSENT:
            lines.append(_awaited(step, terms, on))
    return lines


def _sending(application: Application) -> Line:
    if not application.sent_on:
        return Line("Wysłanie do urzędu", *WAITING, [application.office.name] if application.office else [])
    return Line("Wysłanie do urzędu", "done", f"{application.sent_on:%d.%m.%Y}", [application.office.name])


def _receipt(application: Application, term: Deadline | None, on: date) -> Line:
    if application.received_on:
        kept = _kept(application.received_on, application.receipt_due_on, application.receipt_due_source)
        return Line("Wpływ do urzędu", "done", f"{application.received_on:%d.%m.%Y}", kept)
    if term is None:
        return Line("Wpływ do urzędu", *WAITING, [])
    return Line("Wpływ do urzędu", *deadlines.badge(term, on), _term(term))


def _term(term: Deadline) -> list[str]:
    return [f"termin {term.due_on:%d.%m.%Y} ({term.source})"] if term.due_on else []


def _awaited(step: OfficeStep, terms: dict[str, Deadline], on: date) -> Line:
    """The opinion has a term; what follows it is done at once, so there is only its age."""
    term = terms.get(deadlines.OPINION if step == OfficeStep.OPINION else deadlines.FORWARDED)
    badge = deadlines.badge(term, on) if term else WAITING
    return Line(_title(step), *badge, _term(term) if term else [])


def _title(step: OfficeStep) -> str:
    return str(step.label).capitalize()


def _done(step: OfficeStep, deed: OfficeDeed, summary: tuple[str, str, list[str], str]) -> Line:
    kind, word, facts, text = summary
    entered = [f"z papieru, wpisano {deed.recorded_on:%d.%m.%Y} ({deed.by})"] if deed.from_paper else ["na ekranie"]
    told, badge = [*facts, deed.author, *entered], f"{word} {deed.done_on:%d.%m.%Y}".strip()
    return Line(_title(step), kind, badge, told, text, deed.scan, str(step))


def _opinion(opinion: Opinion) -> tuple[str, str, list[str], str]:
    kind, word = ("done", "pozytywna,") if opinion.is_positive else ("late", "negatywna,")
    kept = _kept(opinion.done_on, opinion.due_on, opinion.due_source)
    facts = [f"wywiad środowiskowy {opinion.interview_on:%d.%m.%Y}", *kept]
    return kind, word, facts, opinion.text


def _kept(done_on: date, due_on: date | None, source: str) -> list[str]:
    """Whether the term that held on the day was kept; nothing where nobody had set one."""
    word = "w terminie" if due_on is None or done_on <= due_on else "po terminie"
    return [f"{word} do {due_on:%d.%m.%Y} ({source})"] if due_on else []


def _consent(consent: Consent) -> tuple[str, str, list[str], str]:
    return ("done", "zgoda", [], "") if consent.is_granted else ("late", "brak zgody", [], consent.reason)


def _referral(referral: Referral) -> tuple[str, str, list[str], str]:
    return "done", "", [f"znak sprawy {referral.reference}"] if referral.reference else [], ""


DEEDS = {
    OfficeStep.OPINION: (Opinion, _opinion),
    OfficeStep.CONSENT: (Consent, _consent),
    OfficeStep.REFERRAL: (Referral, _referral),
}
