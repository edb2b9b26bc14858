from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions import payer as acts
from benefits.deadlines.payer import PIT_RETURN, calendar_of
from benefits.forms.payer import DutyForm, InsuranceForm
from benefits.models import PayerDuty
from benefits.reading.payer import Duty, duties, duty_of, to_tell, years
from benefits.views.fetch import YEARS, status_of
from benefits.views.tabs import tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import day_text, month_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from cistor.money import zloty
from participants.models import Programme

PAGE = 25
CONSEQUENCES = ["Termin uchodzi za spełniony.", "Zapis zostaje; pomyłkę poprawia się następnym zapisem."]


@require_GET
@needs("see_lists")
def payer(request):
    """What a year asks of the centre as a payer, each duty with its day, and whom ZUS has to be told of."""
    centre, today = request.user.home_centre, request.today
    offered, year = years(centre, on=today), _year(request)
    places.keep(request, "rok")
    # Names without an amount or a number are no reading: a page with either is one.
    context = {
        "tabs": tabs(request),
        "year": year,
        "years": offered,
        "duties": duties(centre, year, on=today),
        "page": Paginator(to_tell(centre, on=today), PAGE).get_page(request.GET.get("strona")),
        "may_record": request.user.may("run_month", on=today),
    }
    return render(request, "benefits/payer.html", context)


def _year(request) -> int:
    asked = request.GET.get("rok", str(request.today.year))
    # Other digits than ASCII ones are a number to Python too.
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in YEARS):
        raise Http404
    return int(asked)


@require_http_methods(["GET", "POST"])
@needs("run_month")
def record_duty(request, kind, year, month):
    """One duty was done."""
    duty = _duty_or_404(request, kind, year, month)
    initial = {"done_on": request.today, "amount": duty.figure}
    form = DutyForm(request.POST or None, pays=duty.figure is not None, initial=initial)

    def act():
        told = {name: form.cleaned_data.get(name) for name in ("done_on", "amount")}
        note, centre = form.cleaned_data["note"], request.user.home_centre
        acts.record_duty(centre, kind, duty.period, **told, note=note, by=request.user, on=request.today)

    cancel = calendar_of(duty.period.year)
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Obowiązek jest odnotowany."))
        return redirect(cancel)
    context = {"duty": duty, "facts": _duty_facts(duty), "form": form, "cancel": cancel, "consequences": CONSEQUENCES}
    return render(request, "benefits/payer_duty.html", context, status=status_of(form))


def _duty_or_404(request, kind: str, year: int, month: int) -> Duty:
    if kind not in PayerDuty.Kind.values or year not in YEARS or month not in range(1, 13):
        raise Http404
    found = duty_of(request.user.home_centre, kind, date(year, month, 1), on=request.today)
    if found is None:
        raise Http404
    return found


def _duty_facts(duty: Duty) -> list[tuple[str, str]]:
    term = duty.deadline
    is_year = term.kind == PIT_RETURN
    figure = [("Według list", zloty(duty.figure))] if duty.figure is not None else []
    written = [(f"Odnotowano {day_text(row.done_on)}", _written(row)) for row in duty.recorded]
    return [
        ("Obowiązek", duty.label),
        ("Za", str(duty.period.year) if is_year else month_text(duty.period)),
        ("Termin", day_text(term.due_on) if term.due_on else "nieustalony"),
        ("Podstawa", term.source or "—"),
        *figure,
        *written,
    ]


def _written(row: PayerDuty) -> str:
    return ", ".join(filter(None, (zloty(row.amount) if row.amount is not None else "", row.note, str(row.by))))


@require_http_methods(["GET", "POST"])
@needs("run_month")
def insurance(request, pk):
    """The ZUS title of one programme: when it was registered, and taken off."""
    programme = _programme_or_404(request, pk)
    told = getattr(programme, "insurance", None)
    names = ("title_code", "registered_on", "deregistered_on")
    initial = {name: getattr(told, name) for name in names} if told else {"title_code": "091000"}
    ended = programme.ended_on is not None and programme.ended_on <= request.today
    form = InsuranceForm(request.POST or None, ended=ended, initial=initial)
    if request.method == "POST" and carry_out(form, lambda: _tell(request, programme, form), by=request.user):
        messages.success(request, said(form, "Zgłoszenie do ZUS jest zapisane."))
        return redirect("benefits:payer")
    record_reading(programme.participant, "insurance", by=request.user)
    context = {
        "programme": programme,
        "facts": _insurance_facts(programme),
        "form": form,
        "cancel": places.back(request, reverse("benefits:payer")),
    }
    return render(request, "benefits/insurance.html", context, status=status_of(form))


def _tell(request, programme: Programme, form: InsuranceForm) -> None:
    said, who = form.cleaned_data, {"by": request.user, "on": request.today}
    code, registered_on = said["title_code"], said["registered_on"]
    acts.register_insurance(programme, title_code=code, registered_on=registered_on, **who)
    if off := said.get("deregistered_on"):
        acts.deregister_insurance(programme, deregistered_on=off, **who)
    elif "deregistered_on" in form.changed_data:
        raise Refused("Wyrejestrowania nie można wykreślić; popraw jego dzień.", field="deregistered_on")


def _insurance_facts(programme: Programme) -> list[tuple[str, str]]:
    ended = [("Ostatni dzień programu", day_text(programme.ended_on))] if programme.ended_on else []
    return [
        ("Osoba", str(programme.participant)),
        ("Pierwszy dzień programu", day_text(programme.first_on)),
        *ended,
    ]


def _programme_or_404(request, pk: int) -> Programme:
    rows = Programme.objects.visible_to(request.user, on=request.today)
    rows = rows.annotate(first_on=Min("stages__start_on")).filter(first_on__isnull=False)
    return get_object_or_404(rows.select_related("participant", "insurance"), pk=pk)
