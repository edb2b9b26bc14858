"""Writing a new version: started from another one, filled in page by page, then adopted elsewhere or deleted."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cistor.accounts.access import needs
from cistor.centres import actions
from cistor.centres.forms import NameForm, StartForm, list_formset, settings_form
from cistor.centres.lists import LISTS, VersionList
from cistor.centres.models import DayCode, Regulations
from cistor.centres.sheet import SLUGS
from cistor.centres.views.fetch import draft_or_404, version_or_404
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.once import OnceForm, carry_out, said


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def start(request):
    versions = list(Regulations.objects.visible_to(request.user, on=request.today))
    form = StartForm(request.POST or None, versions=versions, initial=_suggested(request, versions))
    started = []

    def act():
        chosen = {name: form.cleaned_data[name] for name in ("origin", "title", "in_force_from")}
        who = {"by": request.user, "on": request.today}
        started.append(actions.start_draft(centre=request.user.home_centre, raised=form.raised(), **chosen, **who))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Projekt jest założony. Nikogo nie wiąże, dopóki nie zostanie przyjęty."))
        return redirect("centres:regulations", started[0].pk) if started else redirect("centres:centre")
    return render(request, "centres/start_draft.html", {"form": form}, status=422 if form.errors else 200)


def _suggested(request, versions: list[Regulations]) -> dict:
    """What the link asked for: a version to begin with, and the statute to follow."""
    asked = request.GET.get("od", "")
    version = next((row for row in versions if str(row.pk) == asked), None)
    version = version or Regulations.objects.version(request.user.home_centre, request.today)
    follows = request.GET.get("ustawa") == "1"
    if version is None:
        return {"origin": "statute"}
    return {"origin": str(version.pk), "title": version.title, "raise_rights": follows}


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def name(request, pk):
    draft = draft_or_404(request, pk)
    form = NameForm(request.POST or None, initial={"title": draft.title, "in_force_from": draft.in_force_from})

    def act():
        named = {name: form.cleaned_data[name] for name in ("title", "in_force_from")}
        actions.name_draft(draft, **named, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Nazwa i dzień są zapisane."))
        return redirect("centres:regulations", pk)
    return _page(request, draft, form, "Nazwa i dzień wejścia w życie")


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def edit_settings(request, pk, slug):
    draft, title = draft_or_404(request, pk), SLUGS.get(slug)
    if title is None:
        raise Http404
    form = settings_form(slug)(request.POST or None, instance=draft)

    def act():
        typed = {"values": form.values(), "sources": form.sources()}
        actions.change_settings(draft, **typed, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, f"{title}: zapisane.")
        return redirect(f"{reverse('centres:regulations', args=[pk])}#{slug}")
    return _page(request, draft, form, title)


def _page(request, draft, form, title):
    context = {"draft": draft, "form": form, "title": title}
    return render(request, "centres/edit_draft.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def edit_list(request, pk, slug):
    draft, listed = draft_or_404(request, pk), LISTS.get(slug)
    if listed is None:
        raise Http404
    formset = list_formset(listed, draft, request.POST or None)
    if request.method == "POST" and formset.is_valid() and _replaced(request, draft, listed, formset):
        messages.success(request, f"{listed.title}: zapisane.")
        if listed.model is DayCode and (missing := actions.missing_codes(draft)):
            messages.warning(request, missing)
        if "more" in request.POST:
            return redirect("centres:edit_list", pk, slug)
        return redirect(f"{reverse('centres:regulations', args=[pk])}#{slug}")
    colours = range(1, 9) if listed.model is DayCode else ()
    context = {"draft": draft, "formset": formset, "listed": listed, "colours": colours}
    return render(request, "centres/edit_list.html", context, status=422 if formset.is_bound else 200)


def _replaced(request, draft: Regulations, listed: VersionList, formset) -> bool:
    """Whether the list was written; a refusal stands above the rows."""
    try:
        actions.replace_list(draft, listed, formset.instances(), by=request.user, on=request.today)
    except Refused as refusal:
        formset.non_form_errors().append(refusal.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def delete(request, pk):
    draft = draft_or_404(request, pk)
    form = OnceForm(request.POST or None)
    if request.method == "POST" and carry_out(
        form, lambda: actions.delete_draft(draft, by=request.user, on=request.today), by=request.user
    ):
        messages.success(request, "Projekt jest usunięty.")
        return redirect("centres:centre")
    context = {
        "version": draft,
        "form": form,
        "facts": _facts(draft),
        "question": "Usunąć projekt regulaminu?",
        "consequences": ["Zniknie wszystko, co w nim wpisano. Przyjęte wersje się nie zmienią."],
        "submit": "Usuń projekt",
        "danger": True,
    }
    return render(request, "centres/decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def take_back(request, pk):
    version = version_or_404(request, pk)
    form, fixed = OnceForm(request.POST or None), actions.why_it_stays(version, request.today)
    if request.method == "GET" and fixed:
        messages.info(request, fixed)
        return redirect("centres:regulations", pk)
    if request.method == "POST" and carry_out(
        form, lambda: actions.take_back(version, by=request.user, on=request.today), by=request.user
    ):
        messages.success(request, "Wersja jest znów projektem.")
        return redirect("centres:regulations", pk)
    context = {
        "version": version,
        "form": form,
        "facts": _facts(version),
        "question": "Cofnąć przyjęcie tej wersji?",
        "consequences": [
            "Wersja stanie się znów projektem: można ją poprawić albo usunąć.",
            f"Od {day_text(version.in_force_from)} będzie dalej obowiązywać poprzednia wersja.",
        ],
        "submit": "Cofnij przyjęcie",
        "danger": True,
    }
    return render(request, "centres/decide.html", context, status=422 if form.errors else 200)


def _facts(version: Regulations) -> list[tuple[str, str]]:
    return [("Nazwa", version.title), ("Obowiązuje od", day_text(version.in_force_from))]
