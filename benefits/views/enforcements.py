"""Letters of bailiffs: the register, a new one, and the standard answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions.claims import answer_enforcement as give_answer
from benefits.actions.claims import record_enforcement
from benefits.documents.enforcement import addressee
from benefits.forms.claims import ANSWERED, EnforcementForm, PersonSearchForm, StateForm
from benefits.models import Enforcement
from benefits.views.claims import scan_of
from benefits.views.fetch import status_of
from benefits.views.tabs import tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import OnceForm, carry_out, said
from participants import pesel
from participants.models import Participant
from participants.views.kept import keep, recall

PAGE, SOUGHT, SCAN = 50, "benefits.enforcements_sought", "bailiff_letter"
CONSEQUENCES = [
    "Odpowiedź dostaje numer i się nie zmieni; jest gotowa do wydruku i podpisu.",
    "Mówi, że świadczenie integracyjne nie podlega egzekucji. Wypłaty się nie zmieniają.",
    "Potem trzeba ją wysłać i zapisać to w pismach wychodzących.",
]


@require_http_methods(["GET", "POST"])
@needs("answer_bailiff")
def enforcements(request):
    """Those without an answer first. A search arrives by POST and rests in the session."""
    search = PersonSearchForm(request.POST or None, initial={"text": recall(request, SOUGHT)})
    if request.method == "POST" and search.is_valid():
        keep(request, SOUGHT, search.cleaned_data["text"])
        return redirect("benefits:enforcements")
    state, sought = StateForm(request.GET), recall(request, SOUGHT)
    if not state.is_valid():
        raise Http404
    rows = _narrowed(request, state.cleaned_data["stan"], sought)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    places.keep(request, *state.fields)
    people = sorted({row.participant_id for row in page})
    record_readings(request.user.home_centre, people, "enforcements", by=request.user)
    context = {"page": page, "search": search, "state": state, "sought": sought, "tabs": tabs(request)}
    context["narrowed"] = bool(sought or state.cleaned_data["stan"])
    return render(request, "benefits/enforcements.html", context, status=status_of(search))


def _rows(request) -> QuerySet[Enforcement]:
    rows = Enforcement.objects.visible_to(request.user, on=request.today).select_related("participant", "answer")
    return rows.prefetch_related("answer__dispatches")


def _narrowed(request, state: str, sought: str) -> QuerySet[Enforcement]:
    rows = _rows(request).order_by(Case(When(answer=None, then=0), default=1), "-received_on", "-pk")
    if state:
        rows = rows.filter(answer__isnull=state != ANSWERED)
    if sought:
        everybody, number = Participant.objects.filter(centre=request.user.home_centre_id), pesel.tidy(sought)
        found = everybody.with_pesel(number) if number.isdecimal() else everybody.named(sought)
        rows = rows.filter(participant__in=found.values("pk"))
    return rows


@require_http_methods(["GET", "POST"])
@needs("answer_bailiff")
def new_enforcement(request, pk):
    people = Participant.objects.visible_to(request.user, on=request.today, right="answer_bailiff")
    participant = get_object_or_404(people.select_related("centre"), pk=pk)
    form = EnforcementForm(request.POST or None, request.FILES or None, initial={"received_on": request.today})
    made = []

    def act():
        given = {name: form.cleaned_data[name] for name in (*form.TEXTS, "received_on")}
        scan = scan_of(request, participant, form, SCAN)
        made.append(record_enforcement(participant, **given, scan=scan, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Pismo komornika jest w rejestrze i czeka na odpowiedź."))
        return redirect("benefits:enforcement", made[0].pk) if made else redirect("benefits:enforcements")
    context = {"participant": participant, "form": form, "cancel": reverse("benefits:person", args=[pk])}
    return render(request, "benefits/enforcement_new.html", context, status=status_of(form))


@require_GET
@needs("answer_bailiff")
def enforcement(request, pk):
    """One letter: what it says, its answer, and whether that was sent."""
    row = get_object_or_404(_rows(request).select_related("scan", "by"), pk=pk)
    record_reading(row.participant, "enforcement", by=request.user)
    context = {"row": row, "facts": [*_facts(row), *_of_answer(row)]}
    context["may_send"] = request.user.may("send_letter", on=request.today) and row.answer is not None
    return render(request, "benefits/enforcement.html", context)


@require_http_methods(["GET", "POST"])
@needs("answer_bailiff")
def answer_enforcement(request, pk):
    """The standard answer, after one more question."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = OnceForm(request.POST or None)

    def act():
        give_answer(row, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Odpowiedź jest wystawiona. Teraz trzeba ją wysłać."))
        return redirect("benefits:enforcement", pk)
    if request.method == "GET" and row.answer:
        messages.info(request, f"Na to pismo już odpowiedziano: {row.answer.number}.")
        return redirect("benefits:enforcement", pk)
    record_reading(row.participant, "enforcement", by=request.user)
    context = {"row": row, "form": form, "facts": _facts(row), "consequences": CONSEQUENCES}
    return render(request, "benefits/enforcement_answer.html", context, status=status_of(form))


def _facts(row: Enforcement) -> list[tuple[str, object]]:
    person = format_html('<a href="{}">{}</a>', reverse("benefits:person", args=[row.participant_id]), row.participant)
    return [
        ("Dłużnik", person),
        ("Komornik", ", ".join(addressee(row))),
        ("Sygnatura", row.signature),
        ("Wpłynęło", day_text(row.received_on)),
        ("Wpisano", f"{row.by}, {day_text(row.recorded_on)}"),
        *([("Skan", _link("documents:upload", row.scan_id, "Pobierz skan pisma"))] if _has_scan(row) else []),
    ]


def _has_scan(row: Enforcement) -> bool:
    return bool(row.scan and row.scan.sha256)


def _of_answer(row: Enforcement) -> list[tuple[str, object]]:
    if row.answer is None:
        return []
    number = row.answer.number
    sent = ", ".join(f"{day_text(one.sent_on)}, {one.get_way_display()}" for one in _sendings(row))
    return [
        ("Odpowiedź", _link("documents:download", row.answer_id, number) if row.answer.sha256 else number),
        ("Wysłano", sent or "jeszcze nie"),
    ]


def _sendings(row: Enforcement):
    """A room above keeps them, reached the way the database ties them; copies aside."""
    return [one for one in row.answer.dispatches.all() if not one.is_copy]


def _link(name: str, pk: int, text: str):
    return format_html('<a href="{}" download>{}</a>', reverse(name, args=[pk]), text)
