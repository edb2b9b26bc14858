"""Many letters signed at once: what is about to be signed, the job, and what became of them."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cistor.accounts.access import needs
from cistor.errors import Refused
from cistor.jobs.models import Job
from cistor.notices import standing
from cistor.notices.actions import signing
from cistor.notices.forms.letters import ChosenForm
from cistor.notices.models import Letter
from cistor.notices.views.letters import letters_of


@require_POST
@needs("sign_letter")
def sign_many(request):
    """First asked once more, by number and kinds; the second time it is done."""
    form = ChosenForm(request.POST, rows=letters_of(request).to_sign())
    if not form.is_valid():
        return render(request, "notices/sign_many.html", {"form": form, "rows": [], "kinds": []}, status=422)
    chosen = list(standing.with_people(form.cleaned_data["letters"]))
    marks = _marks(request.POST.getlist("seen"))
    if "confirmed" not in request.POST:
        context = {"form": form, "rows": standing.rows(chosen, request.today), "kinds": _kinds(chosen)}
        context["seen"] = [f"{row.pk}:{marks.get(row.pk, '')}" for row in chosen]
        return render(request, "notices/sign_many.html", context)
    try:
        given = {"centre": request.user.home_centre, "letters": chosen, "marks": marks}
        return redirect(signing.ask_for_signatures(**given, by=request.user, on=request.today))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("notices:to_sign")


def _marks(values: list[str]) -> dict[int, str]:
    """Letter → the mark of what was seen of it, from "12:1f3a…"."""
    pairs = (value.partition(":") for value in values)
    return {int(pk): mark for pk, _, mark in pairs if pk.isascii() and pk.isdecimal()}


def _kinds(letters: list[Letter]) -> list[tuple[str, int]]:
    """Pairs (kind in words, how many), in the order of the kinds."""
    counted = Counter(letter.kind for letter in letters)
    return [(kind.label, counted[kind]) for kind in Letter.Kind if counted[kind]]


@require_GET
@needs("sign_letter")
def signed_many(request, pk):
    """What the background work came to; a letter that was not signed says why."""
    finished = Job.objects.visible_to(request.user, on=request.today).exclude(result_sha256="")
    job = get_object_or_404(finished, pk=pk, kind=signing.KIND)
    found = signing.read_signed(job)
    letters = letters_of(request)
    signed = standing.with_people(letters.filter(pk__in=found.signed).select_related("document"))
    failed = standing.with_people(letters.filter(pk__in=found.failed))
    context = {
        "signed": standing.rows(signed, request.today),
        "failed": [(row, found.failed[row.letter.pk]) for row in standing.rows(failed, request.today)],
    }
    return render(request, "notices/signed_many.html", context)
