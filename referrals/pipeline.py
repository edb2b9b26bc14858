"""Where every application stands: in one column of the board, with what presses most, in the order of urgency.

Everything is read for all of them at once; the cards that are shown are loaded afterwards, by those who show them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, TextChoices
from django.urls import reverse

from cistor.accounts.roles import Role
from cistor.deadlines import Deadline, State
from referrals import deadlines, steps
from referrals.models import Application, Offer

Status, Office, Recruitment = Application.Status, Application.Office, Application.Recruitment
ON_BOARD = (Status.DRAFT, Status.OPEN)
CLOSED = (Status.WITHDRAWN, Status.REFUSED, Status.ADMITTED)
# Stand in addresses.
OFFICE_STEPS = {
    "do-wyslania": Office.TO_SEND,
    "wyslane": Office.SENT,
    "w-urzedzie": Office.RECEIVED,
    "zaopiniowane": Office.OPINED,
    "zgoda-kierownika": Office.CONSENTED,
    "skierowane": Office.REFERRED,
    "brak-zgody": Office.NO_CONSENT,
}
# What the place of an application follows from; nothing of it is encrypted, so thousands are read in no time.
FACTS = (
    "centre_id",
    "participant_id",
    "number",
    "status",
    "office_state",
    "recruitment_state",
    "office_id",
    "begun_on",
    "submitted_on",
    "sent_on",
    "received_on",
    "receipt_due_on",
    "receipt_due_source",
)


class Column(TextChoices):
    """The values stand in addresses."""

    DRAFT = "szkice", "Szkice"
    TO_SEND = "do-wyslania", "Do wysłania"
    AT_OFFICE = "w-urzedzie", "W urzędzie"
    WAITING = "czekaja-na-nabor", "Czekają na nabór"
    IN_ROUND = "w-naborze", "W naborze"
    RESERVE = "rezerwa", "Lista rezerwowa"
    QUALIFIED = "zakwalifikowani", "Zakwalifikowani"
    READY = "gotowi", "Gotowi do przyjęcia"
    STOPPED = "do-rozstrzygniecia", "Do rozstrzygnięcia"

    @property
    def hint(self) -> str:
        return HINTS[self]


HINTS: dict[str, str] = {
    Column.DRAFT: "jeszcze niezłożone",
    Column.TO_SEND: "złożone, urząd ich nie ma",
    Column.AT_OFFICE: "wysłane, urząd nie zrobił jeszcze wszystkiego",
    Column.WAITING: "urząd skończył, nie ma ich w żadnym naborze",
    Column.IN_ROUND: "od wpisania do naboru po ocenę",
    Column.RESERVE: "czekają na wolne miejsce",
    Column.QUALIFIED: "mają miejsce, brakuje urzędu",
    Column.READY: "mają miejsce, urząd skończył",
    Column.STOPPED: "brak zgody urzędu albo odpadli w naborze",
}
IN_RECRUITMENT: dict[str, Column] = {
    **dict.fromkeys((Recruitment.ENTERED, Recruitment.CHECKED), Column.IN_ROUND),
    **dict.fromkeys((Recruitment.INTERVIEWED, Recruitment.SCORED), Column.IN_ROUND),
    Recruitment.RESERVE: Column.RESERVE,
    Recruitment.QUALIFIED: Column.QUALIFIED,
}


def column_of(status: str, office_state: str, recruitment_state: str, *, is_office_done: bool) -> Column:
    """The one column of an application that is not closed.

    What has stopped comes first, for it waits for a decision; then the recruitment, which leads to the admission; the
    office decides where there is none.
    """
    if status == Status.DRAFT:
        return Column.DRAFT
    if office_state == Office.NO_CONSENT or recruitment_state == Recruitment.DECLINED:
        return Column.STOPPED
    if recruitment_state == Recruitment.QUALIFIED and is_office_done:
        return Column.READY
    if recruitment_state in IN_RECRUITMENT:
        return IN_RECRUITMENT[recruitment_state]
    if is_office_done:
        return Column.WAITING
    return Column.TO_SEND if office_state == Office.TO_SEND else Column.AT_OFFICE


@dataclass(frozen=True, slots=True)
class Standing:
    """One application on a day; `since` is its submission, or the beginning of the draft."""

    pk: int
    column: Column
    since: date
    nearest: Deadline | None
    state: State | None

    @property
    def is_overdue(self) -> bool:
        return self.state == "overdue"

    @property
    def urgency(self) -> tuple[date, date, int]:
        """What is due first, then what has only an age, the oldest first."""
        due_on = self.nearest.due_on if self.nearest else None
        return due_on or date.max, self.since, self.pk

    def said(self, on: date) -> tuple[str, str]:
        """Kind and words of a badge: how long there still is, or how long it has been waiting."""
        if self.nearest:
            return deadlines.badge(self.nearest, on)
        age = (on - self.since).days
        return "plain", f"od {age} {'dnia' if age == 1 else 'dni'}" if age else "od dziś"


@dataclass(frozen=True, slots=True)
class Lane:
    """A column with those who stand in it, the most urgent first."""

    column: Column
    standings: Sequence[Standing]

    @property
    def count(self) -> int:
        return len(self.standings)

    def first(self, number: int) -> Sequence[Standing]:
        return self.standings[:number]

    @property
    def overdue(self) -> int:
        return sum(standing.is_overdue for standing in self.standings)

    @property
    def overdue_text(self) -> str:
        return f"{self.overdue} po terminie"

    @property
    def nearest(self) -> Deadline | None:
        """The first that is due at all; the order by urgency puts it in front."""
        first = self.standings[0].nearest if self.standings else None
        return first if first and first.due_on else None


def at_step(rows: QuerySet[Application], step: str) -> QuerySet[Application]:
    """Submitted applications by the office's track alone; whom the recruitment has put out nobody sends any more."""
    found = rows.exclude(status=Status.DRAFT).filter(office_state=step)
    return found.exclude(recruitment_state=Recruitment.DECLINED) if step == Office.TO_SEND else found


def standings(rows: QuerySet[Application], on: date) -> list[Standing]:
    """Of drafts and open applications, the most urgent first; a constant number of queries."""
    applications = list(rows.filter(status__in=ON_BOARD).only(*FACTS))
    terms, asked = deadlines.of_applications(applications, on), _answers(applications)
    needed = steps.needed_of(applications, on)
    found = [_standing(row, needed[row.pk], [*terms[row.pk], *asked.get(row.pk, [])], on) for row in applications]
    return sorted(found, key=lambda standing: standing.urgency)


def _standing(row: Application, needed: list, terms: Iterable[Deadline], on: date) -> Standing:
    is_done = row.office_state != Office.NO_CONSENT and not steps.left(row, needed)
    column = column_of(row.status, row.office_state, row.recruitment_state, is_office_done=is_done)
    nearest = deadlines.nearest(terms, on)
    return Standing(row.pk, column, row.submitted_on or row.begun_on, nearest, nearest.state(on) if nearest else None)


def _answers(rows: Iterable[Application]) -> dict[int, list[Deadline]]:
    """Places offered from the reserve list: the person's answer is due."""
    waiting = {row.pk: row for row in rows if row.recruitment_state == Recruitment.RESERVE}
    offers = Offer.objects.filter(is_accepted=None, candidacy__application__in=waiting)
    found = offers.values_list("candidacy__application", "offered_on", "answer_due_on")
    return {pk: [_answer(waiting[pk], offered_on, due_on)] for pk, offered_on, due_on in found}


def _answer(row: Application, offered_on: date, due_on: date) -> Deadline:
    return Deadline(
        kind="offer_answer",
        centre=row.centre_id,
        role=Role.SOCIAL_WORKER,
        starts_on=offered_on,
        due_on=due_on,
        about=str(row),
        url=reverse("referrals:case", args=[row.pk]),
    )


def lanes(standings: Sequence[Standing]) -> list[Lane]:
    """Every column, empty ones too."""
    return [Lane(column, [row for row in standings if row.column == column]) for column in Column]
