"""More months: asked for, printed, decided on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, day_text
from cistor.documents.answers import printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants import actions
from participants.documents.decisions import extension_request as request_paper
from participants.extensions import most_now
from participants.forms import AskExtensionForm, DecideExtensionForm
from participants.models import Extension, Programme
from participants.views.deciding import chosen, decision_facts, deeds, withdrawn
from participants.views.fetch import facts_of, programme_of

PAGE = 50
RIGHTS = {"ask": "prepare_programme", "decide": "decide_programme"}
KIND = "extension_request"


@require_GET
@needs("prepare_programme", "decide_programme")
def extensions(request):
    """What waits for a decision, the oldest first; then what was decided, the newest first."""
    rows = Extension.objects.visible_to(request.user, on=request.today).in_order()
    rows = rows.select_related("programme__participant", "asked_by", "decided_by", "decided_for")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    return render(request, "participants/extensions.html", {"page": page})


@needs("prepare_programme")
def ask_extension(request, pk):
    programme = programme_of(request, pk, "prepare_programme")
    if obstacle := _obstacle(programme, request.today):
        messages.info(request, obstacle)
        return redirect("participants:programme", programme.participant_id)
    form = AskExtensionForm(request.POST or None, most=most_now(programme))
    asked = []

    def act():
        fields = {name: form.cleaned_data[name] for name in ("origin", "months", "reason")}
        asked.append(actions.ask_extension(programme, **fields, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Prośba czeka na decyzję."))
        return redirect("participants:decide_extension", asked[0].pk) if asked else redirect("participants:extensions")
    context = {"form": form, "participant": programme.participant, "consequences": ASKED, "facts": facts_of(programme)}
    return render(request, "participants/ask_extension.html", context, status=422 if form.errors else 200)


ASKED = [
    "Rozstrzyga kierujący centrum; może przyznać inną liczbę miesięcy.",
    "Przedłużenie zaczyna się dzień po upływie obecnego okresu.",
    "Do decyzji prośbę można wycofać.",
]


def _obstacle(programme: Programme, today) -> str:
    """Why there is nothing to ask for; "" when there is."""
    try:
        actions.check_extendable(programme, today)
    except Refused as refusal:
        return refusal.message
    return "" if most_now(programme) else "Regulamin nie pozwala już na dalsze przedłużenie."


@require_GET
@needs("prepare_programme", "decide_programme")
def extension(request, pk):
    """Who asks, why, until when it lasts; the deed for whoever may decide."""
    row = _extension(request, pk)
    return _page(request, row, DecideExtensionForm(initial={"months": row.months}, most=most_now(row.programme)))


@require_POST
@needs("decide_programme")
def decide_extension(request, pk):
    row, granted = _extension(request, pk), chosen(request)
    if granted is None:
        messages.error(request, "Wybierz: przedłużyć uczestnictwo albo odmówić.")
        return redirect("participants:decide_extension", pk)
    form = DecideExtensionForm(request.POST, most=most_now(row.programme))

    def act():
        given = {name: form.cleaned_data[name] for name in ("months", "note")}
        actions.decide_extension(row, granted=granted, **given, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        done = "Uczestnictwo jest przedłużone, rozstrzygnięcie wystawione." if granted else "Odmowa jest wystawiona."
        messages.success(request, said(form, done))
        return redirect("participants:decide_extension", pk)
    return _page(request, row, form, status=422)


def _page(request, row: Extension, form: DecideExtensionForm, status: int = 200):
    record_reading(row.programme.participant, "extension", by=request.user)
    context = {"extension": row, "facts": _facts(row), "form": form, **deeds(request, row, **RIGHTS)}
    context["first"] = day_text(row.programme.planned_end_on + ONE_DAY)
    return render(request, "participants/extension.html", context, status=status)


def _facts(row: Extension) -> list[tuple[str, object]]:
    return [
        *facts_of(row.programme),
        ("Na podstawie", row.get_origin_display()),
        ("O ile miesięcy", row.months),
        ("Wpisano", f"{row.asked_by}, {day_text(row.asked_on)}"),
        ("Powód", row.reason),
        *decision_facts(row, ("Przyznano miesięcy", row.granted_months)),
        *_paper_of(row),
    ]


def _paper_of(row: Extension) -> list[tuple[str, object]]:
    if row.document is None:
        return []
    url = reverse("documents:download", args=[row.document_id])
    return [("Rozstrzygnięcie", format_html('<a href="{}">{}</a>', url, row.document.number))]


def _extension(request, pk) -> Extension:
    rows = Extension.objects.visible_to(request.user, on=request.today)
    about = ("programme__participant__centre", "asked_by", "decided_by", "decided_for", "document", "stage")
    return get_object_or_404(rows.select_related(*about).prefetch_related("programme__stages"), pk=pk)


@require_POST
@needs("prepare_programme")
def withdraw_extension(request, pk):
    row, back = _extension(request, pk), "participants:decide_extension"
    return withdrawn(request, actions.withdraw_extension, row, done="Prośba jest wycofana.", back=back)


@require_GET
@needs("prepare_programme", "decide_programme")
def extension_request(request, pk):
    """The request as a paper to be signed."""
    row = _extension(request, pk)
    record_reading(row.programme.participant, KIND, by=request.user)
    return _paper(request, row)


@require_GET
@needs("prepare_programme", "decide_programme")
def empty_extension_request(request):
    """The same form to be filled in by hand; nothing of anybody stands on it."""
    return _paper(request, None)


def _paper(request, row: Extension | None):
    centre, back = request.user.home_centre, "participants:extensions"
    return printed(request, KIND, lambda: request_paper(centre, row, on=request.today), back=back)
