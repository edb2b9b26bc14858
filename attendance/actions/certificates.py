from datetime import date

from django.db import transaction

from attendance.actions.holding import hold
from attendance.documents.certificate import certificate
from attendance.grid import UNMARKED
from attendance.reading.years import ProgrammeYears
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import days_text
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from participants.models import Programme

KIND, RIGHT = "attendance_certificate", "close_attendance"


@transaction.atomic
def issue_certificate(
    programme: Programme, *, start: date, end: date, with_kinds: bool = False, by: User, on: date
) -> Document:
    """On which days the person took part, numbered and frozen; the days stand still meanwhile.

    Refused where the days hold no class, or where one of them is unmarked or provisional: nobody certifies a guess.
    """
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused("Zaświadczenia o obecności wystawia, kto zamyka dni tej osoby.")
    programme = hold(programme)
    participant = programme.participant
    if end > on:
        raise Refused("Zaświadczenie obejmuje dni, które już były.", field="end")
    years = ProgrammeYears(programme, Terms(participant.centre), today=on, start=start, end=end)
    if not any(month.class_days for month in years.months):
        raise Refused("W tych dniach nie było zajęć programu.", field="start")
    if unsure := _unsure(years):
        raise Refused(f"Najpierw uzupełnij obecność: {days_text(unsure)}. Te dni są nieoznaczone albo tymczasowe.")
    context = certificate(years, with_kinds=with_kinds, by=by, on=on)
    return issue(kind=KIND, centre=participant.centre, context=context, by=by, on=on, participant=participant)


def _unsure(years: ProgrammeYears) -> list[date]:
    cells = [cell for month in years.months for cell in month.row.cells]
    return [
        cell.column.day for cell in cells if cell.kind == UNMARKED or (cell.mark is not None and cell.mark.provisional)
    ]
