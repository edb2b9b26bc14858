"""Lateness and parts of days: of the centre, of one person, a new one, the request on paper."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import part_days as actions
from attendance.documents.part_days import part_day_request as paper
from attendance.forms import read_day
from attendance.forms.part_days import PartDayForm
from attendance.models import Day, PartDay
from attendance.reading.part_days import counted, unanswered, with_presence
from attendance.views.tabs import person_tabs, tabs
from attendance.views.whose import way_back
from cistor.accounts.access import needs
from cistor.centres.models import Meaning
from cistor.documents.answers import printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from participants.views import card
from participants.views.deciding import chosen
from participants.views.fetch import programme_of

PAGE = 50
RIGHT = actions.RIGHT
KIND = "part_day_request"


@require_GET
@needs(RIGHT)
def part_day_list(request):
    """Requests that wait for an answer, the nearest day first; then everything of the centre, the newest first."""
    rows = PartDay.objects.visible_to(request.user, on=request.today, right=RIGHT)
    rows = rows.filter(removed_on__isnull=True).select_related("programme__participant", "agreed_by", "by")
    asked = unanswered(request.user, on=request.today).select_related("agreed_by", "by")
    rows, waiting = with_presence(rows), list(with_presence(asked))
    page = Paginator(rows.exclude(pk__in=[row.pk for row in waiting]), PAGE).get_page(request.GET.get("strona"))
    people = {row.programme.participant_id for row in (*waiting, *page)}
    record_readings(request.user.home_centre, people, "part_days", by=request.user)
    context = {"page": page, "waiting": waiting, "tabs": tabs(request), "today": request.today}
    return render(request, "attendance/part_day_list.html", context)


@require_GET
@needs(RIGHT)
def part_days(request, pk):
    """Of one person, the newest first, with the minutes of each kind on days on which the person was here."""
    participant = card.of_card(request, pk, right=RIGHT)
    record_reading(participant, "part_days", by=request.user)
    rows = with_presence(PartDay.objects.filter(programme__participant=participant, removed_on__isnull=True))
    sums = dict(counted(rows).order_by().values_list("kind").annotate(minutes=Sum("minutes")))
    context = {
        **card.page(request, participant, "attendance:person"),
        "person_rooms": person_tabs(request, participant),
        "page": Paginator(rows.select_related("agreed_by", "by", "programme__participant"), PAGE).get_page(
            request.GET.get("strona")
        ),
        "sums": [(label, sums[kind]) for kind, label in PartDay.Kind.choices if kind in sums],
    }
    return render(request, "attendance/part_days.html", context)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def new_part_day(request, pk):
    programme = programme_of(request, pk, RIGHT)
    day = read_day(request.GET.get("dzien"), default=request.today)
    about = {"programme": programme, "on": request.today}
    form = PartDayForm(request.POST or None, **about, initial={"day": day, "kind": _kind(programme, day)})

    def act():
        actions.record_part_day(programme, **form.given, by=request.user, on=request.today)

    back = way_back(request, "czesc-dnia", programme.participant)
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wpis jest zapisany."))
        return redirect(back.url)
    record_reading(programme.participant, "part_days", by=request.user)
    context = {"participant": programme.participant, "form": form, "back": back, "cancel": back.url}
    return render(request, "attendance/new_part_day.html", context, status=422 if form.errors else 200)


def _kind(programme, day) -> str:
    """Minutes of a day marked late are most likely those of the lateness."""
    late = Day.objects.filter(programme=programme, on=day, meaning=Meaning.LATE)
    return PartDay.Kind.LATE if late.exists() else ""


@require_POST
@needs(RIGHT)
def agree_part_day(request, pk):
    """Which answer is meant says the button; what names neither says nothing."""
    agreed = chosen(request, "agree")
    if agreed is None:
        messages.error(request, "Wybierz: zgoda albo odmowa.")
        return redirect(_back(request, _part_day(request, pk)))
    return _done(request, pk, actions.agree_part_day, "Odpowiedź jest zapisana.", agreed=agreed)


@require_POST
@needs(RIGHT)
def remove_part_day(request, pk):
    return _done(request, pk, actions.remove_part_day, "Wpis jest usunięty.")


def _done(request, pk, act, done: str, **given):
    row = _part_day(request, pk)
    try:
        act(row, **given, by=request.user, on=request.today)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(_back(request, row))


def _back(request, row: PartDay) -> str:
    """To the list of the centre where the button stood there."""
    if "of_list" in request.POST:
        return reverse("attendance:part_day_list")
    return reverse("attendance:part_days", args=[row.programme.participant_id])


@require_GET
@needs(RIGHT)
def part_day_request(request, pk):
    """The request as a paper to be signed."""
    row = _part_day(request, pk)
    record_reading(row.programme.participant, KIND, by=request.user)
    return _paper(request, row, reverse("attendance:part_days", args=[row.programme.participant_id]))


@require_GET
@needs(RIGHT)
def empty_part_day_request(request):
    """The same form to be filled in by hand; nothing of anybody stands on it."""
    return _paper(request, None, reverse("attendance:groups"))


def _paper(request, row: PartDay | None, back: str):
    centre = request.user.home_centre
    return printed(request, KIND, lambda: paper(centre, row, on=request.today), back=back)


def _part_day(request, pk) -> PartDay:
    rows = PartDay.objects.visible_to(request.user, on=request.today, right=RIGHT)
    about = ("programme__participant__centre", "agreed_by")
    return get_object_or_404(rows.select_related(*about), pk=pk)
