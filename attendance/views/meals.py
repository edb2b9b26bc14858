from http import HTTPStatus

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance.documents.meals import meal_list as list_context
from attendance.forms import read_day
from attendance.reading import meals as table
from attendance.terms import Terms
from attendance.views.fetch import group_of
from attendance.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY
from cistor.documents.answers import printed
from cistor.journal.actions import record
from participants.models import Group

KIND = "meal_list"


@require_GET
@needs("see_attendance")
def meals(request):
    """How many meals each group of the user needs on a day, right after its marks."""
    day, terms = read_day(request.GET.get("dzien"), default=request.today), Terms(request.user.home_centre)
    groups = Group.objects.visible_to(request.user, on=request.today)
    following = terms.class_day_beside(day, ONE_DAY, until=request.today)
    context = {
        "day": day,
        "today": request.today,
        "meals": table.of_groups(groups, day),
        "is_class_day": terms.is_class_day(day),
        "previous": terms.class_day_beside(day, -ONE_DAY),
        "following": following,
        "tabs": tabs(request),
    }
    return render(request, "attendance/meals.html", context)


@require_GET
@needs("see_attendance")
def meal_list(request, pk):
    """The list of who is here, to be signed; `pusty=1`: without names and day."""
    group, day = group_of(request, pk), read_day(request.GET.get("dzien"), default=request.today)
    filled = request.GET.get("pusty") != "1"
    paper = printed(
        request,
        KIND,
        lambda: list_context(group, day, filled=filled),
        back=f"{reverse('attendance:meals')}?dzien={day}",
        name=f"lista-posilkow-{pk}-{day}.pdf" if filled else "lista-posilkow.pdf",
        people=[programme.participant_id for programme in table.eaters(group, day)] if filled else [],
    )
    if filled and paper.status_code == HTTPStatus.OK:
        record(group, "meal_list_printed", by=request.user, day=day)
    return paper
