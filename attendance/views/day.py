from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance.forms import read_day
from attendance.grid import HERE
from attendance.models import BY_PEOPLE, Excuse, Source
from attendance.reading.person import PersonDay
from attendance.views.fetch import person_of
from attendance.views.leave_days import ways_back
from attendance.views.whose import of_groups
from cistor import places
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
    places.keep(request, "dzien")
    page = PersonDay(participant, on, user=user, today=today)
    ways = [*_ways(request, page), *ways_back(request, page)]
    context = {**card.page(request, participant, "attendance:person"), "page": page, "ways": ways}
    context["waiting"] = _waiting(request, page)
    context["back"] = places.last(request, ("Uczestnicy", "participants:list"), *of_groups(participant))
    return render(request, "attendance/day.html", context)


def _ways(request, page: PersonDay) -> list[tuple[str, str]]:
    """What may be begun about the day: an absence is followed up or excused, a paper entered, a part of it written
    down."""
    if not page.programme or page.participant.erased_on:
        return []
    mark = page.mark
    unexcused = mark is not None and mark.meaning == Meaning.UNEXCUSED
    absent, by_hand = mark is not None and mark.meaning not in HERE, mark is not None and mark.source in BY_PEOPLE
    open_to_leave = mark is None or (by_hand and mark.meaning in (Meaning.UNEXCUSED, Meaning.FREE_DAY))
    decides = request.user.may("decide_attendance", on=request.today)
    excusable = unexcused and mark.source != Source.SOBRIETY and not _is_asked(page.programme, page.day)
    excusing = "Usprawiedliw dzień" if decides else "Poproś o usprawiedliwienie"
    offered = [
        ("Wyjaśnij nieobecność", "report_absence", "follow_absence", "dzien", unexcused and by_hand),
        (excusing, "ask_excuse", "follow_absence", "dzien", excusable),
        ("Wpisz zwolnienie", "new_note", "enter_absence_papers", "od", mark is None or (absent and by_hand)),
        ("Wpisz wniosek o dni wolne", "ask_leave", "enter_absence_papers", "od", page.is_class_day and open_to_leave),
        ("Wpisz incydent", "new_incident", "record_incident", "dzien", page.is_class_day and not page.is_future),
        ("Spóźnienie lub część dnia", "new_part_day", "mark_attendance", "dzien", page.is_class_day and not absent),
    ]
    return [
        (label, f"{reverse(f'attendance:{name}', args=[page.programme.pk])}?{parameter}={page.day}")
        for label, name, right, parameter, fits in offered
        if fits and request.user.may(right, on=request.today)
    ]


def _is_asked(programme, day) -> bool:
    """That it be excused, or it is: unexcused all the same where it was closed before, it waits for a correction."""
    return any(rows.filter(on=day).exists() for rows in (programme.excuses.granted(), programme.excuses.open()))


def _waiting(request, page: PersonDay) -> Excuse | None:
    """The request that the day be excused, for who may open it."""
    if not page.programme or not page.participant.open_to(request.user, "follow_absence", on=request.today):
        return None
    return page.programme.excuses.open().filter(on=page.day).only("asked_on").first()
