"""Candidates out of a spreadsheet: a template, the file, a preview, and only then the register."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cistor import sheets
from cistor.accounts.access import needs
from cistor.centres.models import StatutoryWording
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.journal.models import Entry
from cistor.journal.once import carry_out
from cistor.templatetags.cistor import plural
from participants.views.kept import keep
from referrals import actions
from referrals.actions.imports import read
from referrals.forms.imports import ConfirmForm, ImportForm
from referrals.importing import FIELDS
from referrals.matching import Match, Outcome
from referrals.views import waiting_table
from referrals.views.pipeline import SOUGHT

EXPLAINED = ("Kolumna", "Wymagana", "Co wpisać")
GONE = "Żaden arkusz nie czeka na wpisanie. Wczytaj go jeszcze raz."


@needs("enter_application")
def import_candidates(request):
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read(form.cleaned_data["file"], centre=request.user.home_centre, on=request.today)
        except Refused as refusal:
            form.add_error("file", refusal.message)
        else:
            waiting_table.keep(request, form.cleaned_data["file"])
            return redirect("referrals:import_preview")
    return render(request, "referrals/import.html", {"form": form}, status=422 if form.errors else 200)


@needs("enter_application")
def import_preview(request):
    """What each row would do; nothing is written before somebody says so, and then everything or nothing."""
    table, form = waiting_table.recall(request), ConfirmForm(request.POST or None)
    centre, today, made = request.user.home_centre, request.today, []

    def act():
        if table is None:
            raise Refused(GONE)
        made.append(actions.import_candidates(table, centre=centre, by=request.user, on=today))

    # Asked first: the second of two clicks finds no table any more, and what the first has done is its answer, too.
    if request.method == "POST" and carry_out(form, act, by=request.user):
        waiting_table.drop(request)
        # What was looked for before would hide whom the table has just brought.
        keep(request, SOUGHT, "")
        messages.success(request, _told(made[0] if made else _last_written(request.user)))
        return redirect("referrals:list")
    if table is None:
        messages.info(request, GONE)
        return redirect("referrals:import_candidates")
    return _previewed(request, form, read(table, centre=centre, on=today))


def _previewed(request, form, found: list[Match]):
    people = {person.pk for match in found for person in (match.person, match.alike) if person}
    record_readings(request.user.home_centre, people, "import_match", by=request.user)
    counts = Counter(match.outcome for match in found)
    context = {
        "form": form,
        "matches": found,
        "counts": [(outcome, counts[outcome]) for outcome in Outcome if counts[outcome]],
        "faulty": counts[Outcome.FAULTY],
        "written": sum(counts[outcome] for outcome in Outcome if outcome.is_written),
    }
    return render(request, "referrals/import_preview.html", context, status=422 if form.errors else 200)


def _last_written(user) -> int:
    entry = Entry.objects.filter(verb="candidates_imported", by=user).first()
    return entry.data["drafts"] if entry else 0


def _told(drafts: int) -> str:
    return f"Wpisano arkusz: {drafts} {plural(drafts, 'nowy szkic,nowe szkice,nowych szkiców')} wniosków."


@needs("enter_application")
def import_template(request):
    """An empty sheet with its headings, and one that explains them; no example, lest it be imported."""
    categories = StatutoryWording.objects.in_force(StatutoryWording.Kind.CATEGORY, request.today)
    explained = [(field.heading, "tak" if field.is_required else "", field.hint) for field in FIELDS]
    explained += [(f"Kategoria {number}", "", text) for number, text in enumerate(categories.values(), 1)]
    data = sheets.workbook(
        [
            sheets.Sheet("Kandydaci", [sheets.Column(field.heading) for field in FIELDS], []),
            sheets.Sheet("Objaśnienia", [sheets.Column(head) for head in EXPLAINED], explained),
        ],
        title="Kandydaci",
    )
    headers = {"Content-Disposition": 'attachment; filename="kandydaci.xlsx"'}
    return HttpResponse(data, content_type=sheets.XLSX, headers=headers)
