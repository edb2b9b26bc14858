"""What was arranged about an absence and nobody has prepared yet: an annex, a proposal to end the programme."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.forms.absences import NarrowAbsencesForm
from attendance.models import Absence
from attendance.reading import absence_papers
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.desk.cases import first
from cistor.desk.matters import Matter

ARRANGED = {
    Absence.Arrangement.TERMINATION: "wniosek o rozwiązanie IPZS, ustalony",
    Absence.Arrangement.ANNEX: "aneks do IPZS, ustalony",
}


def to_prepare(user: User, on: date) -> Iterator[Matter]:
    """To who may prepare it, until there is one or the case is opened again; its page leads to the form."""
    if not user.may(absence_papers.RIGHT, on=on):
        return
    ended = f"{reverse('attendance:absences')}?stan={NarrowAbsencesForm.ENDED}"
    rows = absence_papers.to_prepare(user, on).defer("reason", "arranged")
    yield from first([_matter(row) for row in rows], ended)


def _matter(row: Absence) -> Matter:
    what = ARRANGED[Absence.Arrangement(row.arrangement)]
    text = f"{row.programme.participant}: {what} po nieobecności od {day_text(row.start_on)}"
    return Matter("soon", "przygotuj", text, reverse("attendance:absence", args=[row.pk]))
