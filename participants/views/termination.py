"""Proposals to end a programme: the list, the director's decision, its delivery."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cistor.accounts.access import needs
from cistor.centres.models import Meaning, Regulations
from cistor.dates import day_text, weekday_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants import actions
from participants.documents.ending import day_name
from participants.forms import DeliveryForm, TerminationDecisionForm
from participants.models import Termination
from participants.views.deciding import chosen, decision_facts, deeds, withdrawn

PAGE = 50
BESIDE = ("asked_by", "decided_by", "decided_for", "document", "delivery")


@require_GET
@needs("prepare_programme", "decide_programme")
def terminations(request):
    """What waits for a decision, the oldest first; then what was decided, the newest first."""
    rows = Termination.objects.visible_to(request.user, on=request.today).in_order()
    rows = rows.select_related("programme__participant", *BESIDE)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    version = Regulations.objects.version(request.user.home_centre, request.today)
    has_threshold = version is not None and version.absence_threshold_days is not None
    return render(request, "participants/terminations.html", {"page": page, "has_threshold": has_threshold})


@require_GET
@needs("prepare_programme", "decide_programme")
def termination(request, pk):
    """What was found, on which grounds; the deed for whoever may decide."""
    return _page(request, _row(request, pk))


@require_POST
@needs("decide_programme")
def decide_termination(request, pk):
    """A grant is asked twice, the second time under the person's name, since it cannot be undone."""
    row, form = _row(request, pk), TerminationDecisionForm(request.POST)
    granted, confirmed = chosen(request), "confirmed" in request.POST
    if granted is None:
        messages.error(request, "Wybierz: rozwiązać IPZS albo odmówić.")
        return redirect("participants:termination", pk)

    def act():
        deed = actions.check_decision if granted and not confirmed else actions.decide_termination
        deed(row, granted=granted, **form.cleaned_data, by=request.user, on=request.today)

    if "back" in request.POST or not carry_out(form, act, by=request.user):
        return _page(request, _row(request, pk), form, status=422 if form.errors else 200)
    if granted and not confirmed:
        return render(request, "participants/termination_confirm.html", _confirmation(row, form))
    messages.success(request, "Program jest zakończony, decyzja wystawiona." if granted else "Odmowa jest zapisana.")
    return redirect("participants:termination", pk)


def _confirmation(row: Termination, form: TerminationDecisionForm) -> dict:
    last_on = ("Ostatni dzień w programie", weekday_text(form.cleaned_data["last_on"]))
    after = ("Dni obecności po tym dniu", _attended_after(row, form.cleaned_data["last_on"]))
    facts = [*_facts(row), last_on, after, ("Uzasadnienie rozstrzygnięcia", form.cleaned_data["note"])]
    return {"termination": row, "participant": row.programme.participant, "facts": facts, "form": form}


def _attended_after(row: Termination, last_on: date) -> str:
    """How many days that the person attended the decision leaves unpaid; the attendance is a room above, reached the
    way the database ties it."""
    count = row.programme.days.filter(on__gt=last_on, meaning__in=[Meaning.PRESENT, Meaning.LATE]).count()
    url = f"{reverse('attendance:person', args=[row.programme.participant_id])}?miesiac={last_on:%Y-%m}"
    return format_html('<a href="{}">{}</a>', url, count) if count else "brak"


@require_POST
@needs("prepare_programme")
def withdraw_termination(request, pk):
    row, back = _row(request, pk), "participants:termination"
    return withdrawn(request, actions.withdraw_termination, row, done="Wniosek jest wycofany.", back=back)


@require_http_methods(["GET", "POST"])
@needs("prepare_programme")
def delivery(request, pk):
    row = _row(request, pk)
    form = DeliveryForm(request.POST or None, initial={"delivered_on": request.today})

    def act():
        given = {name: form.cleaned_data[name] for name in ("way", "delivered_on", "proof")}
        actions.record_delivery(row, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Doręczenie jest zapisane."))
        return redirect("participants:termination", pk)
    number = row.document.number if row.document else "nie wydano"
    facts = [("Osoba", str(row.programme.participant)), ("Decyzja", number)]
    context = {"form": form, "facts": facts, "consequences": DELIVERED, "cancel": _url(row), "termination": row}
    return render(request, "participants/delivery.html", context, status=422 if form.errors else 200)


DELIVERED = ["Od dnia doręczenia biegnie 30 dni na skargę do sądu administracyjnego.", "Zapisu nie da się zmienić."]


def _row(request, pk) -> Termination:
    rows = Termination.objects.visible_to(request.user, on=request.today)
    rows = rows.select_related("programme__participant__centre", *BESIDE)
    return get_object_or_404(rows.prefetch_related("programme__stages"), pk=pk)


def _page(request, row: Termination, form: TerminationDecisionForm | None = None, status: int = 200):
    user, participant = request.user, row.programme.participant
    record_reading(participant, "termination", by=user)
    delivery = row.delivered
    context = {
        "termination": row,
        "participant": participant,
        "facts": [*_facts(row), *decision_facts(row, note="Uzasadnienie rozstrzygnięcia")],
        "form": form or TerminationDecisionForm(initial={"last_on": row.last_on}),
        "delivery": delivery,
        "may_deliver": row.granted and not delivery and user.may("prepare_programme", on=request.today),
        **deeds(request, row, ask="prepare_programme", decide="decide_programme"),
    }
    return render(request, "participants/termination.html", context, status=status)


def _facts(row: Termination) -> list[tuple[str, object]]:
    person = row.programme.participant
    card = reverse("participants:programme", args=[person.pk])
    return [
        ("Osoba", format_html('<a href="{}">{}</a>', card, person)),
        ("Wnosi", f"{row.asked_by}, {day_text(row.asked_on)}"),
        ("Powód", row.get_kind_display()),
        ("Podstawy z regulaminu", _listed(f"{g['source']} lit. {g['letter']}: {g['text']}" for g in row.grounds)),
        ("Dni", _listed(_day(day) for day in row.days or [])),
        ("Ustalenia", row.facts),
        ("Uzasadnienie", row.reason),
        ("Proponowany ostatni dzień", weekday_text(row.last_on)),
        ("Z winy uczestnika", "tak" if row.through_fault else "nie"),
    ]


def _listed(texts) -> str:
    rows = format_html_join("", "<li>{}</li>", ((text,) for text in texts))
    return format_html("<ul>{}</ul>", rows) if rows else ""


def _day(day: dict[str, str]) -> str:
    year, month, number = day["on"].split("-")
    return f"{number}.{month}.{year}: {day['letters']} – {day_name(day)}"


def _url(row: Termination) -> str:
    return reverse("participants:termination", args=[row.pk])
