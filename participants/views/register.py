"""The list with its search, and the way a person gets into it."""

import json

from django.contrib import messages
from django.core.paginator import InvalidPage, Paginator
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cistor import places
from cistor.accounts.access import needs
from cistor.documents.models import Document
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from cistor.sorting import Column, Sorting
from participants import actions, pesel
from participants.actions.participant import FIELDS
from participants.forms import CheckForm, FilterForm, NewPersonForm, PersonForm, SearchForm
from participants.models import Group, Participant
from participants.models.programme import IN_PROGRAMME
from participants.views.kept import keep, recall

PAGE = 50
COLUMNS = [
    Column("Nazwisko i imię", "osoba", "order_key"),
    Column("Program", "program", "phase"),
    Column("Najbliższa data", "data", "next_on"),
    Column("Grupa", "grupa", "group_name"),
]
SOUGHT, ASKED = "participants.sought", "participants.asked"
# Of the register of letters: who may look into it, and where its search rests.
LETTERS, LETTER_SOUGHT = ("prepare_letter", "send_letter", "sign_letter"), "notices.sought"


@needs("see_overview")
def people(request):
    """A search arrives by POST and rests in the session; only group, phase and page stand in the address."""
    search = SearchForm(request.POST or None, initial={"text": recall(request, SOUGHT)})
    if request.method == "POST" and search.is_valid():
        return _search(request, search.cleaned_data["text"])
    filters, sorting = _filters(request), Sorting(COLUMNS, request, usual="osoba")
    rows = sorting.apply(_found(_filtered(request, filters), recall(request, SOUGHT)))
    places.keep(request, *filters.fields)
    context = {
        "search": search,
        "filters": filters,
        "narrowed": any(filters.cleaned_data.values()),
        "sought": recall(request, SOUGHT),
        "page": _page(request, rows),
        "heads": sorting.heads,
        "may_add": request.user.may("enter_application", on=request.today),
        "may_set_groups": request.user.may("set_groups", on=request.today),
    }
    return render(request, "participants/list.html", context, status=422 if search.errors else 200)


def _search(request, text: str):
    """From the field on top of every page a single hit opens its card, the number of a letter its line in the register;
    otherwise the list shows what was found."""
    if text and "open" in request.POST:
        if _is_letter(request, text):
            keep(request, LETTER_SOUGHT, text)
            return redirect("notices:register")
        found = _found(_people(request), text).values_list("pk", flat=True)[:2]
        if len(found) == 1:
            return redirect("participants:card", found[0])
    keep(request, SOUGHT, text)
    return redirect(_without_page(request))


def _is_letter(request, text: str) -> bool:
    """The whole number of a letter that went out, or will, of whoever may look into the register."""
    if "/" not in text or not any(request.user.may(right, on=request.today) for right in LETTERS):
        return False
    papers = Document.objects.visible_to(request.user, on=request.today)
    # The letters are a room above, which this one may not import: they are reached the way the database ties them.
    return papers.filter(number__iexact=text.strip(), letter__isnull=False).exists()


def _without_page(request) -> str:
    query = request.GET.copy()
    query.pop("strona", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _filters(request) -> FilterForm:
    form = FilterForm(
        request.GET, groups=Group.objects.visible_to(request.user, on=request.today, right="see_overview")
    )
    if not form.is_valid():
        raise Http404
    return form


def _people(request):
    return Participant.objects.visible_to(request.user, on=request.today).filter(erased_on__isnull=True)


def _filtered(request, filters):
    today = request.today
    rows = _people(request).with_phase(today).with_group(today)
    rows = rows.annotate(next_on=Coalesce("stage_end_on", "starts_on"))
    group, phase = filters.cleaned_data["grupa"], filters.cleaned_data["faza"]
    if group:
        rows = rows.in_group(group, today)
    return rows.filter(phase__in=IN_PROGRAMME if phase == FilterForm.RUNNING else [phase]) if phase else rows


def _found(rows, text: str):
    """By the whole PESEL, or by names."""
    if not text:
        return rows
    number = pesel.tidy(text)
    if number.isdecimal():
        return rows.with_pesel(number)
    return rows.named(text)


def _page(request, rows):
    try:
        return Paginator(rows, PAGE).page(request.GET.get("strona", 1))
    except InvalidPage as error:
        raise Http404 from error


@needs("enter_application")
def check(request):
    """A new card begins with the search for one that is there already."""
    form = CheckForm(request.POST or None)
    doubles, certain = [], False
    if request.method == "POST" and form.is_valid():
        doubles, certain = _doubles(request, form.cleaned_data)
        if not doubles or ("other" in request.POST and not certain):
            keep(request, ASKED, json.dumps(form.cleaned_data))
            return redirect("participants:new")
    context = {"form": form, "doubles": doubles, "certain": certain}
    return render(request, "participants/check.html", context, status=422 if form.errors else 200)


def _doubles(request, asked: dict) -> tuple[list[Participant], bool]:
    """Who may be the same person, and whether the number proves it."""
    name, pesel = f"{asked['last_name']} {asked['first_name']}", asked["pesel"]
    today = request.today
    rows = Participant.objects.visible_to(request.user, on=today, right="enter_application").with_phase(today)
    same = list(rows.with_pesel(pesel)) if pesel else []
    return (same, True) if same else (list(rows.named(name)[:PAGE]), False)


@needs("enter_application")
def new(request):
    asked = recall(request, ASKED)
    if not asked and request.method != "POST":
        return redirect("participants:check")
    form = NewPersonForm(request.POST or None, initial=json.loads(asked or "{}"), on=request.today)
    made = {}

    def act():
        given = {"centre": request.user.home_centre, "by": request.user, "on": request.today}
        made["person"] = _create(made, **given, **form.entered())

    if request.method == "POST" and carry_out(form, act, by=request.user):
        request.session.pop(ASKED, None)
        messages.success(request, said(form, "Karta jest założona."))
        return redirect("participants:card", made["person"].pk) if "person" in made else redirect("participants:list")
    context = {"form": form, "existing": made.get("existing")}
    return render(request, "participants/new.html", context, status=422 if form.errors else 200)


def _create(made: dict, **fields) -> Participant:
    """Remembers the card that is there already, so that the page can point to it."""
    try:
        return actions.create_participant(**fields)
    except actions.AlreadyKnown as known:
        made["existing"] = known.existing
        raise


@needs("enter_application")
def edit(request, pk):
    today = request.today
    rows = Participant.objects.visible_to(request.user, on=today, right="enter_application")
    participant = get_object_or_404(rows, pk=pk)
    form = PersonForm(request.POST or None, initial={name: getattr(participant, name) for name in FIELDS}, on=today)

    def act():
        actions.change_participant(participant, by=request.user, on=today, **form.entered())

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Dane są zapisane."))
        return redirect("participants:card", pk)
    record_reading(participant, "card", by=request.user)
    context = {"form": form, "participant": participant}
    return render(request, "participants/edit.html", context, status=422 if form.errors else 200)
