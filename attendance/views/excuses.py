"""A day to be excused: asked for, or decided at once by the director."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import excuses as actions
from attendance.forms import read_day
from attendance.forms.excuses import DecideExcuseForm, ExcuseForm
from attendance.models import Day, Excuse
from attendance.reading.absences import RIGHT
from attendance.reading.retractions import may_retract
from attendance.terms import Terms
from attendance.views.closed_days import AskedDays
from attendance.views.tabs import tabs
from attendance.views.whose import of_absences
from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Meaning
from cistor.dates import day_text, weekday_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from participants.views.deciding import chosen, decision_facts, deeds, withdrawn
from participants.views.fetch import programme_of

PAGE = 50
DECIDE = actions.DECIDE
EXCUSED = Meaning.EXCUSED
RIGHTS = {"ask": RIGHT, "decide": DECIDE}


@require_GET
@needs(RIGHT)
def excuses(request):
    """What waits for a decision, the oldest first; then what was decided, the newest first."""
    rows = Excuse.objects.visible_to(request.user, on=request.today, right=RIGHT).in_order()
    rows = rows.select_related("programme__participant", "asked_by", "decided_by", "decided_for", "retraction__by")
    page = Paginator(rows.defer("reason", "retraction__why"), PAGE).get_page(request.GET.get("strona"))
    people = {row.programme.participant_id for row in page}
    record_readings(request.user.home_centre, people, "excuse", by=request.user)
    places.keep(request)
    return render(request, "attendance/excuses.html", {"page": page, "tabs": tabs(request)})


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def ask_excuse(request, pk):
    """Whoever may decide does so at once; from anybody else it is a request."""
    programme, user, today = programme_of(request, pk, RIGHT), request.user, request.today
    day = read_day(request.GET.get("dzien"), default=today)
    if request.method == "GET" and (waiting := programme.excuses.open().filter(on=day).first()):
        return redirect("attendance:excuse", waiting.pk)
    decides = programme.participant.open_to(user, DECIDE, on=today)
    back = _asked_from(request, programme, day)
    form, done = ExcuseForm(request.POST or None), []

    def act():
        fields = {"day": day, "reason": form.cleaned_data["reason"], "by": user, "on": today}
        done.append(actions.excuse(programme, **fields) if decides else actions.ask_excuse(programme, **fields))

    if request.method == "POST" and carry_out(form, act, by=user):
        messages.success(request, said(form, _told(done[0]) if decides and done else "Prośba czeka na decyzję."))
        return redirect(back.url)
    record_reading(programme.participant, "excuse", by=user)
    context = {"form": form, "obstacle": _obstacle(programme, day, user, today), "decides": decides}
    context |= {"back": back, "cancel": back.url}
    asked = AskedDays(request, programme, [day], EXCUSED, _at_once(programme, day, user, today) if decides else None)
    context |= {"facts": [*_of_day(programme, day), *asked.facts]}
    context["consequences"] = (asked.sentences or DECIDED) if decides else [*ASKED, *asked.sentences]
    return render(request, "attendance/ask_excuse.html", context, status=422 if form.errors else 200)


def _asked_from(request, programme, day) -> places.Way:
    """The absence, for whoever came from its page; else the day."""
    of_day = ("Wróć do dnia", "attendance:day", programme.participant_id)
    way = places.last(request, of_day, *of_absences(programme))
    url = f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={day}"
    return way._replace(url=url) if way.label == of_day[0] else way


ASKED = ["Dzień zmieni się dopiero po zgodzie kierującego centrum.", "Do decyzji prośbę można wycofać."]
DECIDED = ["Dzień będzie od razu usprawiedliwiony."]


def _at_once(programme, day, user, today):
    return lambda: actions.excuse(programme, day=day, reason="–", by=user, on=today)


def _told(decided: actions.Decided) -> str:
    """What has become of the day, which is not always what was decided."""
    closed = decided.followed.told()
    if decided.followed.written or decided.followed.granted:
        return f"Dzień jest usprawiedliwiony. {closed}".strip()
    return f"Usprawiedliwienie jest zapisane. {closed or 'Dzień się nie zmienił, bo wynika z innego zapisu.'}"


def _obstacle(programme, day, user, today) -> str:
    try:
        actions.refuse_day(programme, day, by=user, on=today)
    except Refused as refusal:
        return refusal.message
    return ""


def _of_day(programme, day) -> list[tuple[str, object]]:
    standing = Day.objects.filter(programme=programme, on=day).first()
    terms = Terms(programme.participant.centre)
    said = f"{standing.code} – {terms.name(day, standing.meaning)}" if standing else "nieoznaczone"
    return [("Osoba", programme.participant), ("Dzień", weekday_text(day)), ("Oznaczenie", said)]


@require_GET
@needs(RIGHT)
def excuse(request, pk):
    """Who asks and why; the deed for whoever may decide."""
    return _page(request, _excuse(request, pk), DecideExcuseForm())


@require_POST
@needs(DECIDE)
def decide_excuse(request, pk):
    """Which of the two is meant says the button; what names neither decides nothing."""
    row, form, granted = _excuse(request, pk), DecideExcuseForm(request.POST), chosen(request)
    if granted is None:
        messages.error(request, "Wybierz: usprawiedliwić dzień albo odmówić.")
        return redirect("attendance:excuse", pk)
    done = []

    def act():
        given = {"granted": granted, "note": form.cleaned_data["note"]}
        done.append(actions.decide_excuse(row, **given, by=request.user, on=request.today))

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, _told(done[0]) if granted and done else "Odmowa jest zapisana."))
        return redirect("attendance:excuse", pk)
    return _page(request, _excuse(request, pk), form, status=422)


@require_POST
@needs(RIGHT)
def withdraw_excuse(request, pk):
    row, back = _excuse(request, pk), "attendance:excuse"
    return withdrawn(request, actions.withdraw_excuse, row, done="Prośba jest wycofana.", back=back)


def _page(request, row: Excuse, form: DecideExcuseForm, status: int = 200):
    record_reading(row.programme.participant, "excuse", by=request.user)
    may = deeds(request, row, **RIGHTS)
    context = {"excuse": row, "facts": _facts(row), "form": form, **may}
    if row.is_open:
        asked = _asked_day(request, row, decides=may["may_decide"])
        context["facts"] += asked.facts or [("Oznaczenie", asked.mark(row.on))]
        context["outcome"] = asked.sentences or _of_open_day(asked, row.on)
    of_day = ("Dzień", "attendance:day", row.programme.participant_id)
    rooms = (("Usprawiedliwienia", "attendance:excuses"), of_day, *of_absences(row.programme), ("Pulpit", "desk:desk"))
    context["back"] = places.last(request, *rooms)
    may = may_retract(row.programme.participant, request.user, right=DECIDE, on=request.today)
    context["may_retract"] = bool(row.granted) and not row.taken_back and may
    return render(request, "attendance/excuse.html", context, status=status)


def _asked_day(request, row: Excuse, *, decides: bool) -> AskedDays:
    def grant():
        return actions.decide_excuse(row, granted=True, note="", by=request.user, on=request.today)

    return AskedDays(request, row.programme, [row.on], EXCUSED, grant if decides else None)


def _of_open_day(asked: AskedDays, day) -> list[str]:
    excused = "Zgoda: dzień będzie od razu usprawiedliwiony"
    return [f"{excused} ({asked.exchange(day)}).", *asked.money([day])] if asked.differs(day) else [f"{excused}."]


def _facts(row: Excuse) -> list[tuple[str, object]]:
    url = f"{reverse('attendance:day', args=[row.programme.participant_id])}?dzien={row.on}"
    return [
        ("Osoba", row.programme.participant),
        ("Dzień", format_html('<a href="{}">{}</a>', url, weekday_text(row.on))),
        ("Prosi", f"{row.asked_by}, {day_text(row.asked_on)}"),
        ("Co się stało", row.reason),
        *decision_facts(row),
        *([("Wycofano", f"{back.by}, {day_text(back.retracted_on)}: {back.why}")] if (back := row.taken_back) else []),
    ]


def _excuse(request, pk) -> Excuse:
    rows = Excuse.objects.visible_to(request.user, on=request.today, right=RIGHT)
    about = ("programme__participant__centre", "asked_by", "decided_by", "decided_for", "retraction__by")
    return get_object_or_404(rows.select_related(*about), pk=pk)
