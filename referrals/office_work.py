"""What an office still has to do, case by case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cistor.centres.models import OfficeStep
from cistor.deadlines import Deadline
from referrals import deadlines, steps
from referrals.models import Application

Office = Application.Office
FIRST = {Office.SENT: ("potwierdzenie wpływu", "give_opinion"), Office.RECEIVED: ("opinia", "give_opinion")}
LATER = {
    OfficeStep.OPINION: ("opinia", "give_opinion"),
    OfficeStep.CONSENT: ("zgoda kierownika", "give_consent"),
    OfficeStep.REFERRAL: ("skierowanie", "give_opinion"),
}
# What a case is told by in a list; nothing of it is encrypted.
SHOWN = (
    "number",
    "status",
    "office_state",
    "recruitment_state",
    "sent_on",
    "received_on",
    "receipt_due_on",
    "receipt_due_source",
    "centre",
    "office",
    "participant__first_name",
    "participant__last_name",
)


def light(rows: QuerySet[Application]) -> QuerySet[Application]:
    """With the names of the people, without all that would have to be decrypted."""
    return rows.select_related("participant").only(*SHOWN)


@dataclass(frozen=True)
class Task:
    """`what` is asked of the office, by whoever has the `right`, under the term that presses most."""

    application: Application
    what: str
    right: str
    deadline: Deadline

    def badge(self, on: date) -> tuple[str, str]:
        return deadlines.badge(self.deadline, on)


def tasks(applications: Iterable[Application], on: date) -> list[Task]:
    """Of the cases where the office has something to do, the most urgent first; a constant number of queries."""
    rows = [row for row in applications if row.status == Application.Status.OPEN and row.sent_on]
    terms, needed = deadlines.of_applications(rows, on), steps.needed_of(rows, on)
    found = []
    for row in rows:
        asked, pressing = _asked(row, needed[row.pk]), deadlines.nearest(terms[row.pk], on)
        if asked and pressing:
            found.append(Task(row, *asked, pressing))
    return sorted(found, key=lambda task: (*deadlines.urgency(task.deadline), task.application.pk))


def _asked(row: Application, needed: list[OfficeStep]) -> tuple[str, str] | None:
    if row.office_state in FIRST:
        return FIRST[Office(row.office_state)]
    left = steps.left(row, needed)
    return LATER[left[0]] if left else None
