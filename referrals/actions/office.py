"""What the welfare office does with a case, on screen or from its papers, and what the centre asks it for."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Office, OfficeStep
from cistor.dates import months_later
from cistor.documents.actions import issue
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from referrals import deadlines, documents, steps
from referrals.actions.locks import locked_open
from referrals.models import OFFICE_MOVES, Application, Consent, OfficeReminder, Opinion, Referral

State = Application.Office
RECEIPT = {"received_on": None, "receipt_due_on": None, "receipt_due_source": ""}
Deed = Opinion | Consent | Referral
# Who is asked for an opinion: the office of the place where the person lives or stays.
ASKED = (Office.Kind.WELFARE, Office.Kind.CUS)
# How far an environmental interview may lie before the application.
FRESH_MONTHS = 6


@transaction.atomic
def send(application: Application, *, office: Office, sent_on: date, by: User, on: date) -> Application:
    """The application goes to the office, whose term begins once it has arrived there."""
    application = locked_open(application)
    _centre_may("enter_application", application, by=by, on=on)
    if office.centre_id != application.centre_id or office.kind not in ASKED:
        raise Refused("Wybierz ośrodek pomocy społecznej albo centrum usług ze spisu centrum.", field="office")
    _check_day("sent_on", sent_on, on=on, after=application.applied_on, event="wniosek jest z tego dnia")
    OFFICE_MOVES.make(application, "send")
    application.office, application.sent_on = office, sent_on
    application.save(update_fields=["office_state", "office", "sent_on"])
    record(application, "application_sent", by=by, office=office.pk, day=sent_on)
    return application


@transaction.atomic
def confirm_receipt(application: Application, *, received_on: date, by: User, on: date) -> Application:
    """The day it reached the office, from which the term of the opinion runs; either side may say it. The term that
    it met or missed is kept."""
    application = locked_open(application)
    _either_may(application, by=by, on=on)
    OFFICE_MOVES.make(application, "confirm_receipt")
    _check_day("received_on", received_on, on=on, after=application.sent_on, event="wtedy go wysłano")
    application.received_on = received_on
    application.receipt_due_on, application.receipt_due_source = deadlines.receipt_term(application)
    application.save(update_fields=["office_state", *RECEIPT])
    record(application, "receipt_confirmed", by=by, day=received_on)
    return application


@transaction.atomic
def record_opinion(
    application: Application,
    *,
    interview_on: date,
    done_on: date,
    is_positive: bool,
    text: str,
    author: str = "",
    from_paper: bool,
    scan: Upload | None = None,
    by: User,
    on: date,
) -> Opinion:
    """Of the office's social worker after the environmental interview; the term that it met or missed is kept."""
    application = locked_open(application)
    OFFICE_MOVES.make(application, "record_opinion")
    _check_day("done_on", done_on, on=on, after=application.received_on, event="wtedy wniosek wpłynął do urzędu")
    _check_day("interview_on", interview_on, on=on)
    _refuse_stale(interview_on, application)
    if not text.strip():
        raise Refused("Wpisz treść opinii.", field="text")
    due_on, source = deadlines.opinion_term(application)
    said = {"interview_on": interview_on, "is_positive": is_positive, "text": text.strip()}
    opinion = Opinion(application=application, done_on=done_on, due_on=due_on, due_source=source, **said)
    _keep(opinion, "give_opinion", author=author, from_paper=from_paper, scan=scan, by=by, on=on)
    record(opinion, "opinion_recorded", by=by, day=done_on, from_paper=from_paper)
    return opinion


def _refuse_stale(interview_on: date, application: Application) -> None:
    if application.applied_on and interview_on < months_later(application.applied_on, -FRESH_MONTHS, "same_day"):
        told = f"Wywiad jest starszy od wniosku o więcej niż {FRESH_MONTHS} miesięcy. Sprawdź rok albo wpisz nowszy."
        raise Refused(told, field="interview_on")


@transaction.atomic
def record_consent(
    application: Application,
    *,
    is_granted: bool,
    reason: str = "",
    done_on: date,
    author: str = "",
    from_paper: bool,
    scan: Upload | None = None,
    by: User,
    on: date,
) -> Consent:
    """Of the office's head alone. Its refusal ends the office's part and needs a reason (S2 annex 1)."""
    application = locked_open(application)
    _refuse_needless(application, OfficeStep.CONSENT, on=on)
    OFFICE_MOVES.make(application, "record_consent" if is_granted else "record_no_consent")
    _check_day(
        "done_on", done_on, on=on, after=_standing(Opinion, application).done_on, event="z tego dnia jest opinia"
    )
    if not is_granted and not reason.strip():
        raise Refused("Brak zgody wymaga uzasadnienia.", field="reason")
    consent = Consent(application=application, is_granted=is_granted, reason=reason.strip(), done_on=done_on)
    _keep(consent, "give_consent", author=author, from_paper=from_paper, scan=scan, by=by, on=on)
    record(consent, "consent_given" if is_granted else "consent_refused", by=by, day=done_on, from_paper=from_paper)
    return consent


@transaction.atomic
def record_referral(
    application: Application,
    *,
    done_on: date,
    reference: str = "",
    author: str = "",
    from_paper: bool,
    scan: Upload | None = None,
    by: User,
    on: date,
) -> Referral:
    """By which the office sends the person to the centre, after the opinion and the consent where one is needed."""
    application = locked_open(application)
    _refuse_needless(application, OfficeStep.REFERRAL, on=on)
    if steps.next_step(application, on) == OfficeStep.CONSENT:
        raise Refused("Przed skierowaniem potrzebna jest zgoda kierownika urzędu.")
    OFFICE_MOVES.make(application, "record_referral")
    before = _standing(Consent, application) or _standing(Opinion, application)
    _check_day("done_on", done_on, on=on, after=before.done_on, event="wtedy urząd zrobił poprzedni krok")
    referral = Referral(application=application, done_on=done_on, reference=reference.strip())
    _keep(referral, "give_opinion", author=author, from_paper=from_paper, scan=scan, by=by, on=on)
    record(referral, "referral_recorded", by=by, day=done_on, from_paper=from_paper)
    return referral


class WayBack(NamedTuple):
    """How one step is taken back: the move, what it marks or what columns become, and the office's right to do it."""

    verb: str
    model: type[Deed] | None = None
    clears: Mapping[str, str | None] = MappingProxyType({})
    right: str = "give_opinion"


WAYS_BACK = {
    State.SENT: WayBack("take_back_sending", clears={"sent_on": None}),
    State.RECEIVED: WayBack("take_back_receipt", clears=RECEIPT),
    State.OPINED: WayBack("take_back_opinion", Opinion),
    State.CONSENTED: WayBack("take_back_consent", Consent, right="give_consent"),
    State.NO_CONSENT: WayBack("take_back_consent", Consent, right="give_consent"),
    State.REFERRED: WayBack("take_back_referral", Referral),
}


@transaction.atomic
def take_back(application: Application, *, reason: str, by: User, on: date) -> Application:
    """The last step was a mistake: the case goes one step back, what was written stays and says who took it back."""
    application = locked_open(application)
    way = way_back(application)
    if way is None:
        raise Refused("Nie ma czego cofnąć: wniosku nie wysłano jeszcze do urzędu.")
    if problem := cannot_take_back(application, by=by, on=on):
        raise Refused(problem)
    if not reason.strip():
        raise Refused("Napisz, dlaczego ten krok jest cofany.", field="reason")
    if way.model:
        _mark_taken_back(_standing(way.model, application), reason=reason.strip(), by=by, on=on)
    for name, empty in way.clears.items():
        setattr(application, name, empty)
    OFFICE_MOVES.make(application, way.verb)
    application.save(update_fields=["office_state", *way.clears])
    record(application, "office_step_taken_back", by=by, step=way.verb, reason=reason.strip())
    return application


def way_back(application: Application) -> WayBack | None:
    way = WAYS_BACK.get(State(application.office_state))
    if way and way.model is Referral and _standing(Consent, application):
        return way._replace(verb="take_back_referral_to_consent")
    return way


def cannot_take_back(application: Application, *, by: User, on: date) -> str:
    """Why this person may not; "" when they may. Each side takes back its own word only, the receipt either."""
    way = way_back(application)
    if way is None:
        return "Nie ma czego cofnąć."
    of_centre, of_office = _is_of_centre(application, by, on), _is_of_office(application, by, way.right, on)
    if way.clears is RECEIPT:
        return "" if of_centre or of_office else "Może to cofnąć centrum albo urząd."
    on_screen = way.model and not _standing(way.model, application).from_paper
    if on_screen:
        return "" if of_office else "Co urząd napisał na ekranie, cofa ten urząd."
    return "" if of_centre else "Co wpisało centrum, cofa centrum."


@transaction.atomic
def remind(application: Application, *, about: str, by: User, on: date) -> OfficeReminder:
    """A letter that reminds the office of what it still owes; issued, registered, and shown in the case."""
    application = locked_open(application)
    _centre_may("enter_application", application, by=by, on=on)
    deadline = owed(application, on).get(about)
    if deadline is None:
        raise Refused("Urząd nie zalega z tym w tej sprawie, więc nie ma o czym przypominać.", field="about")
    if application.reminders.filter(office=application.office, about=about, reminded_on=on).exists():
        raise Refused("O tym już dziś przypomniano.", field="about")
    document = issue(
        kind="office_reminder",
        centre=application.centre,
        participant=application.participant,
        context=documents.context("office_reminder", application, on, about=about),
        by=by,
        on=on,
    )
    sent = {"office": application.office, "reminded_on": on, "by": by, "document": document}
    reminder = OfficeReminder.objects.create(application=application, about=about, due_on=deadline.due_on, **sent)
    record(reminder, "office_reminded", by=by, about=about, number=document.number)
    return reminder


def owed(application: Application, on: date) -> dict[str, deadlines.Deadline]:
    """What the office still owes in the case: kind → its term, due already or not."""
    rows = deadlines.of_application(application, on)
    return {row.kind: row for row in rows if row.state(on) not in {"met", "void"}}


def _keep(deed: Deed, right: str, *, author: str, from_paper: bool, scan: Upload | None, by: User, on: date) -> None:
    """Written by whom it may be, and the case moved on."""
    application = deed.application
    _writer_may(application, right, from_paper=from_paper, by=by, on=on)
    if not from_paper and deed.done_on != on:
        raise Refused("Co powstaje na ekranie, nosi dzisiejszą datę.", field="done_on")
    if scan and scan.participant_id != application.participant_id:
        raise ValueError("an upload of somebody else")
    deed.author = author.strip() if from_paper else str(by)
    deed.by, deed.recorded_on, deed.from_paper, deed.scan = by, on, from_paper, scan
    refuse_invalid(deed)
    deed.save(force_insert=True)
    application.save(update_fields=["office_state"])


def _mark_taken_back(deed: Deed, *, reason: str, by: User, on: date) -> None:
    deed.taken_back_on, deed.taken_back_by, deed.taken_back_reason = on, by, reason
    deed.save(update_fields=["taken_back_on", "taken_back_by", "taken_back_reason"])


def _standing(model: type[Deed], application: Application) -> Any:
    return model.objects.filter(application=application, taken_back_on=None).first()


def _refuse_needless(application: Application, step: OfficeStep, *, on: date) -> None:
    """A refusal of something that nobody needs would end the office's part."""
    if step not in steps.needed(application, on):
        raise Refused(f"W tej sprawie nie potrzeba: {step.label}. Tak mówi porozumienie z urzędem albo regulamin.")


def _check_day(field: str, day: date, *, on: date, after: date | None = None, event: str = "") -> None:
    refuse_days(**{field: day})
    if day > on:
        raise Refused("Ten dzień jeszcze nie nadszedł.", field=field)
    if after and day < after:
        raise Refused(f"To nie mogło być przed {after:%d.%m.%Y}: {event}.", field=field)


def _writer_may(application: Application, right: str, *, from_paper: bool, by: User, on: date) -> None:
    if from_paper:
        _centre_may("enter_opinion_from_paper", application, by=by, on=on)
    elif not _is_of_office(application, by, right, on):
        who = "kierownik" if right == "give_consent" else "pracownik socjalny"
        raise Refused(f"Na ekranie robi to {who} urzędu, do którego wysłano wniosek.")


def _either_may(application: Application, *, by: User, on: date) -> None:
    if not _is_of_centre(application, by, on) and not _is_of_office(application, by, "give_opinion", on):
        raise Refused("Wpływ potwierdza urząd, do którego wysłano wniosek, albo centrum.")


def _centre_may(right: str, application: Application, *, by: User, on: date) -> None:
    if by.centre_id != application.centre_id or not by.may(right, on=on):
        raise Refused("W centrum robi to pracownik socjalny albo kierujący centrum.")


def _is_of_centre(application: Application, by: User, on: date) -> bool:
    return by.centre_id == application.centre_id and by.may("enter_opinion_from_paper", on=on)


def _is_of_office(application: Application, by: User, right: str, on: date) -> bool:
    return by.office_id is not None and by.office_id == application.office_id and by.may(right, on=on)
