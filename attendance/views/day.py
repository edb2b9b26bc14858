from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance.forms import read_day
from attendance.models import Source
from attendance.reading.absences import BY_HAND, HERE
from attendance.reading.person import PersonDay
from attendance.views.fetch import person_of
from cistor.accounts.access import needs
from cistor.centres.models import Meaning
from cistor.journal.actions import record_reading
from participants.views import card


@require_GET
@needs("see_attendance")
def day(request, pk):
    """One day of one person: what stands, what it costs, and what became of it."""
    user, today = request.user, request.today
    on = read_day(request.GET.get("dzien"), default=today)
    participant = person_of(request, pk)
    record_reading(participant, "attendance_day", by=user)
    page = PersonDay(participant, on, user=user, today=today)
    context = {**card.page(request, participant, "attendance:person"), "page": page, "ways": _ways(request, page)}
    return render(request, "attendance/day.html", context)


def _ways(request, page: PersonDay) -> list[tuple[str, str]]:
    """What may be begun about the day: an absence is followed up or excused, a part of a day written down."""
    if not page.programme:
        return []
    unexcused = page.mark is not None and page.mark.meaning == Meaning.UNEXCUSED
    absent = page.mark is not None and page.mark.meaning not in HERE
    offered = [
        ("Wyjaśnij nieobecność", "report_absence", "follow_absence", unexcused and page.mark.source in BY_HAND),
        ("Usprawiedliw dzień", "ask_excuse", "follow_absence", unexcused and page.mark.source != Source.SOBRIETY),
        ("Spóźnienie lub część dnia", "new_part_day", "mark_attendance", page.is_class_day and not absent),
    ]
    return [
        (label, f"{reverse(f'attendance:{name}', args=[page.programme.pk])}?dzien={page.day}")
        for label, name, right, fits in offered
        if fits and request.user.may(right, on=request.today)
    ]
