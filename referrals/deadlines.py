"""The terms of the office's track, computed from the facts of a case."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import Term, TermBook
from cistor.dates import day_count
from cistor.deadlines import Deadline
from cistor.templatetags.cistor import plural
from referrals import steps
from referrals.models import Application, Consent, Opinion, Referral

RECEIPT, OPINION = DeadlineLength.Code.RECEIPT_CONFIRMATION, DeadlineLength.Code.OPINION_WRITTEN
# "At once" is no length: only an age.
FORWARDED = "opinion_and_referral_forwarded"


class Deed(NamedTuple):
    """An opinion, a consent or a referral, with the term that it had; thousands are read at once, so it is no model."""

    done_on: date
    recorded_on: date
    due_on: date | None = None
    due_source: str = ""


class Terms:
    """The terms of some cases, each counted once for all cases of an office that began on the same day."""

    def __init__(self, applications: Iterable[Application]) -> None:
        self.book = TermBook({row.centre_id for row in applications}, [RECEIPT, OPINION])
        self.found: dict[tuple, Term] = {}

    def due(self, application: Application, code: str, begun_on: date) -> Term:
        key = code, begun_on, application.centre_id, application.office_id
        if key not in self.found:
            self.found[key] = self.book.term(code, begun_on, centre=application.centre_id, office=application.office_id)
        return self.found[key]


def receipt_term(application: Application) -> Term:
    """The day by which the office is to confirm the receipt, from the day of sending, and whose term that is."""
    return Terms([application]).due(application, RECEIPT, application.sent_on)


def opinion_term(application: Application) -> Term:
    """The day by which the opinion is to be written, from the day of receipt, and whose term that is."""
    return Terms([application]).due(application, OPINION, application.received_on)


def of_application(application: Application, on: date) -> list[Deadline]:
    return of_applications([application], on)[application.pk]


def of_applications(rows: Iterable[Application], on: date) -> dict[int, list[Deadline]]:
    """Primary key → the terms of the office's track in their order; none of a case that is not under way or not sent.

    As many queries for one case as for a thousand.
    """
    rows = list(rows)
    under_way = [row for row in rows if row.status == Application.Status.OPEN and row.sent_on]
    terms, needed, deeds = Terms(under_way), steps.needed_of(under_way, on), _standing(under_way)
    found = {row.pk: list(_terms_of(row, terms, needed[row.pk], deeds[row.pk])) for row in under_way}
    return {row.pk: found.get(row.pk, []) for row in rows}


def nearest(deadlines: Iterable[Deadline], on: date) -> Deadline | None:
    """The one that presses most: of those neither met nor void the first due, or the oldest that only has an age."""
    pressing = [row for row in deadlines if row.state(on) not in {"met", "void"}]
    return min(pressing, key=urgency, default=None)


def urgency(deadline: Deadline) -> tuple[bool, date]:
    """To sort by: what has a term comes first, the oldest of what only has an age after it."""
    return deadline.due_on is None, deadline.due_on or deadline.starts_on


def _standing(rows: list[Application]) -> dict[int, dict[type, Deed]]:
    """Primary key → model → what of it was not taken back."""
    found: dict[int, dict] = defaultdict(dict)
    for model in (Opinion, Consent, Referral):
        deeds = model.objects.filter(application__in=[row.pk for row in rows], taken_back_on=None)
        for pk, *deed in deeds.values_list("application", "done_on", "recorded_on", *_stored(model)):
            found[pk][model] = Deed(*deed)
    return found


def _stored(model: type) -> list[str]:
    return ["due_on", "due_source"] if model is Opinion else []


def _terms_of(row: Application, terms: Terms, needed: list, deeds: dict) -> Iterator[Deadline]:
    opinion = deeds.get(Opinion)
    # What was done keeps the term of its day.
    received = (row.receipt_due_on, row.receipt_due_source) if row.received_on else terms.due(row, RECEIPT, row.sent_on)
    yield _deadline(row, RECEIPT, row.sent_on, received, met_on=row.received_on)
    if row.received_on:
        term = (opinion.due_on, opinion.due_source) if opinion else terms.due(row, OPINION, row.received_on)
        yield _deadline(row, OPINION, row.received_on, term, met_on=opinion.done_on if opinion else None)
    if opinion:
        arrived_on = None if steps.left(row, needed) else max(deed.recorded_on for deed in deeds.values())
        void = "brak zgody" if row.office_state == Application.Office.NO_CONSENT else ""
        yield _deadline(row, FORWARDED, opinion.done_on, (None, ""), met_on=arrived_on, void=void)


def _deadline(row: Application, kind: str, starts_on: date, term: Term, *, met_on: date | None, void: str = ""):
    return Deadline(
        kind=kind,
        centre=row.centre_id,
        role=Role.WELFARE_WORKER,
        starts_on=starts_on,
        due_on=term[0],
        source=term[1],
        met_on=met_on,
        about=str(row),
        url=address("referrals:case", row.pk),
        void=void,
        participant=row.participant_id,
        case=row.pk,
        office=row.office_id,
    )


def badge(deadline: Deadline, on: date) -> tuple[str, str]:
    """Kind and word of its badge: "3 dni po terminie", "dziś", "zostały 2 dni"; without a term the age: "od 12 dni"."""
    state = deadline.state(on)
    if state == "void":
        return "plain", deadline.void
    if deadline.met_on:
        return "done", f"{deadline.met_on:%d.%m.%Y}"
    if deadline.due_on is None:
        age = deadline.age(on)
        return "plain", f"od {age} {plural(age, 'dnia,dni,dni')}" if age else "od dziś"
    days = (deadline.due_on - on).days
    if days < 0:
        return "late", f"{day_count(-days)} po terminie"
    return "soon" if state == "due_soon" else "info", _left(days)


def _left(days: int) -> str:
    if days == 0:
        return "ostatni dzień"
    return f"{plural(days, 'został,zostały,zostało')} {day_count(days)}"
