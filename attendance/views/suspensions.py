from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from attendance.actions import suspensions as actions
from attendance.actions.suspensions import Outcome
from attendance.forms.suspensions import SURE, SuspendForm
from attendance.models import Suspension
from attendance.reading import suspensions as reckoning
from attendance.terms import Terms
from attendance.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import day_count, day_text, days_text, span_text
from cistor.journal.once import OnceForm, carry_out, said
from cistor.templatetags.cistor import plural
from participants.models import Group

PAGE = 50
RIGHT = "decide_attendance"


@require_GET
@needs(RIGHT)
def suspensions(request):
    """Of the centre, the newest first."""
    rows = Suspension.objects.visible_to(request.user, on=request.today).select_related("group", "by", "withdrawn_by")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "tabs": tabs(request), "today": request.today}
    return render(request, "attendance/suspensions.html", context)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def suspend(request):
    """In two steps: the first does it, counts and takes it back, so that what is shown is what will be."""
    centre, rehearsed, outcomes = request.user.home_centre, SURE not in request.POST, []
    groups = Group.objects.visible_to(request.user, on=request.today, right=RIGHT).exclude(end_on__lt=request.today)
    initial = {"start_on": request.today, "end_on": request.today}
    form = SuspendForm(request.POST or None, groups=groups, initial=initial)

    def act():
        outcomes.append(actions.suspend_classes(centre, **form.given, by=request.user, on=request.today))
        if rehearsed:
            transaction.set_rollback(True)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        if rehearsed and outcomes:
            context = {"form": form, "facts": _facts(outcomes[0])}
            return render(request, "attendance/suspend_confirm.html", context)
        messages.success(request, said(form, _done("Zajęcia są zawieszone", outcomes)))
        return redirect("attendance:suspensions")
    context = {"form": form, "cancel": reverse("attendance:suspensions")}
    return render(request, "attendance/suspend.html", context, status=422 if form.errors else 200)


def _facts(outcome: Outcome) -> list[tuple[str, object]]:
    row = outcome.suspension
    return [
        ("Kogo dotyczy", row.group or "całego centrum"),
        ("Kiedy", span_text(row.start_on, row.end_on)),
        ("Powód", row.reason),
        ("Ile osób", outcome.people),
        ("Dni zajęć", outcome.days),
        ("Dni wolne, które wrócą do puli", outcome.leave),
        ("Dni zamknięte, do korekty", outcome.followed.closed),
    ]


def _done(done: str, outcomes: list[Outcome]) -> str:
    """ "Zajęcia są zawieszone: 12 osób, 2 dni. Do puli wróciło: 1 dzień."."""
    if not outcomes:
        return done
    (outcome,) = outcomes
    people = f"{outcome.people} {plural(outcome.people, 'osoba,osoby,osób')}"
    text = f"{done}: {people}, {day_count(outcome.days)}."
    if outcome.leave:
        text += f" Do puli wróciło: {day_count(outcome.leave)}."
    if outcome.returned.granted:
        text += f" Znów przyznane dni wolne: {len(outcome.returned.granted)}."
    if outcome.returned.waiting:
        text += f" Dni wolne, które znów czekają na decyzję: {len(outcome.returned.waiting)}."
    if outcome.returned.kept:
        text += f" Nie wróciły: {_kept(outcome)}."
    return f"{text} {outcome.followed.told()}".strip()


def _kept(outcome: Outcome) -> str:
    """ "Jan Nowak 10 marca (dzień jest zamknięty)": whoever takes it back tells the people."""
    people = {day.programme_id: day.programme.participant for day, _ in outcome.returned.kept}
    rows = [(people[day.programme_id], day, why) for day, why in outcome.returned.kept]
    return ", ".join(f"{person} {days_text([day.on])} ({why})" for person, day, why in rows)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def withdraw_suspension(request, pk):
    rows = Suspension.objects.visible_to(request.user, on=request.today).select_related("centre", "group", "by")
    row, form, outcomes = get_object_or_404(rows, pk=pk), OnceForm(request.POST or None), []

    def act():
        outcomes.append(actions.withdraw_suspension(row, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, _done("Zawieszenie jest odwołane", outcomes)))
        return redirect("attendance:suspensions")
    context = {
        "suspension": row,
        "form": form,
        "facts": _facts_of(row),
        "consequences": [
            "Wracają oznaczenia, które stały pod spodem; gdzie ich nie było, dzień znów jest nieoznaczony.",
            "Dni wolne, które przez zawieszenie wróciły do puli, są znów przyznane albo czekają na decyzję.",
            "Nie wrócą dni zamknięte, zajęte przez zwolnienie i te, o które poproszono na nowo.",
            "Nie wrócą też dni, na które nie ma już puli albo których wniosek zamknięto.",
            "Zamknięte dni staną na liście korekt: poprosi o nie pracownik socjalny albo kadry.",
        ],
        "cancel": reverse("attendance:suspensions"),
    }
    return render(request, "attendance/withdraw_suspension.html", context, status=422 if form.errors else 200)


def _facts_of(row: Suspension) -> list[tuple[str, object]]:
    start, end = row.start_on, row.end_on
    programmes = reckoning.concerned(row.centre, row.group, start, end).prefetch_related("stages", "closings")
    reach = reckoning.reach(list(programmes), row.group, start, end, terms=Terms(row.centre))
    return [
        ("Kogo dotyczy", row.group or "całego centrum"),
        ("Kiedy", span_text(start, end)),
        ("Powód", row.reason),
        ("Zarządzono", f"{day_text(row.decided_on)}, {row.by}"),
        ("Ile osób", reach.people),
        ("Dni zajęć", len(reach.days)),
        ("Dni wolne, które zajęło", len(reckoning.taken_up(reach.keys, reach.days))),
        ("Dni zamknięte, do korekty", len(reach.closed)),
    ]
