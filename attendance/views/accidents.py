"""The register of accidents."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from attendance.actions import accidents as actions
from attendance.forms.accidents import AccidentForm
from attendance.models import Accident
from attendance.reading.order import lines, right_of
from attendance.views.order import PAGE, RIGHTS, step
from attendance.views.tabs import tabs
from attendance.views.whose import way_back
from cistor.accounts.access import needs
from cistor.journal.actions import record_readings
from participants.views.fetch import programme_of

RECORD, READ = RIGHTS


@require_GET
@needs(*RIGHTS)
def accidents(request):
    """Newest first; injuries for whoever may read about health."""
    right = right_of(request.user, on=request.today)
    rows = Accident.objects.visible_to(request.user, on=request.today, right=right)
    rows = rows.select_related("programme__participant", "recorded_by", "retraction__by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    people = {row.programme.participant_id for row in page}
    record_readings(request.user.home_centre, people, "accidents", by=request.user)
    context = {"page": page, "tabs": tabs(request), "may_read": right == READ}
    context["standing"] = rows.filter(retraction=None).count()
    context["lines"] = lines(page, request.user, on=request.today)
    context["may_record"] = request.user.may(RECORD, on=request.today)
    return render(request, "attendance/accidents.html", context)


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def new_accident(request, pk):
    programme = programme_of(request, pk, RECORD)
    form = AccidentForm(request.POST or None, initial={"on_day": request.today})
    words = {
        "heading": "Wypadek",
        "question": "Co się stało?",
        "facts": [("Osoba", programme.participant)],
        "consequences": [
            "Wpis trafia do rejestru wypadków i nie można go potem zmienić; wpis pomyłkowy zostaje przekreślony.",
            "Zgłoszenie do ubezpieczyciela robi się osobno.",
        ],
        "submit": "Wpisz do rejestru",
    }
    back = way_back(request, "wypadek", programme.participant)
    return step(
        request,
        form,
        lambda: actions.record_accident(programme, **form.given, by=request.user, on=request.today),
        done="Wypadek jest w rejestrze.",
        words={**words, "room": back.label},
        success=lambda _: reverse("attendance:accidents"),
        back=back.url,
        participant=programme.participant,
    )
