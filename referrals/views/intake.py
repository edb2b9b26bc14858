"""The way of an application to its number: who is it, the draft, the submission."""

import json

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, new_token, said
from participants.actions import AlreadyKnown, create_participant
from participants.forms import NewPersonForm
from participants.models import Participant
from participants.views.kept import keep, recall
from referrals import actions, completeness
from referrals.forms.intake import ApplicationForm, ConfirmForm, SearchForm
from referrals.models import Application
from referrals.views import fetch
from referrals.views.facts import application_facts, history

# As in the register of people: encrypted in the session, since names never stand in an address.
ASKED = "referrals.asked"
MOST_FOUND = 30


def _people(request):
    """Whom the user may enter an application for."""
    rows = Participant.objects.visible_to(request.user, on=request.today, right="enter_application")
    return rows.filter(erased_on__isnull=True).with_phase(request.today)


def _person(request, pk) -> Participant:
    return get_object_or_404(history(_people(request)), pk=pk)


@needs("enter_application")
def check(request):
    """An application begins with the search for the person, who may have been here before."""
    form = SearchForm(request.POST or None)
    found, certain = [], False
    if request.method == "POST" and form.is_valid():
        found, certain = _found(request, form.cleaned_data)
        if not found or ("other" in request.POST and not certain):
            keep(request, ASKED, json.dumps(form.cleaned_data, cls=DjangoJSONEncoder))
            return redirect("referrals:new_person")
    context = {"form": form, "found": found, "certain": certain, "token": new_token()}
    return render(request, "referrals/check.html", context, status=422 if form.errors else 200)


def _found(request, asked: dict) -> tuple[list[Participant], bool]:
    """Who may be the same person, and whether the number proves it."""
    same = list(history(_people(request).with_pesel(asked["pesel"]))) if asked["pesel"] else []
    if same:
        return same, True
    alike = _people(request).named(f"{asked['last_name']} {asked['first_name']}").values("pk")
    born = Q(birth_on=asked["birth_on"]) if asked["birth_on"] else Q()
    return list(history(_people(request).filter(Q(pk__in=alike) | born))[:MOST_FOUND]), False


@needs("enter_application")
def new_person(request):
    """Somebody who was never here: the card and the draft are made in one act."""
    asked = recall(request, ASKED)
    if not asked and request.method != "POST":
        return redirect("referrals:check")
    form = NewPersonForm(request.POST or None, initial=json.loads(asked or "{}"), on=request.today)
    made = {}

    def act():
        given = {"by": request.user, "on": request.today}
        person = _create(made, centre=request.user.home_centre, **given, **form.entered())
        made["application"] = actions.begin(person, **given)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        keep(request, ASKED, "")
        messages.success(request, said(form, "Karta i szkic wniosku są założone."))
        return redirect("referrals:edit", made["application"].pk) if made else redirect("referrals:list")
    context = {"form": form, "existing": made.get("existing")}
    return render(request, "referrals/new_person.html", context, status=422 if form.errors else 200)


def _create(made: dict, **fields) -> Participant:
    """Remembers who is there already, so that the page can begin the application for them."""
    try:
        return create_participant(**fields)
    except AlreadyKnown as known:
        made["existing"] = known.existing
        raise


@needs("enter_application")
def begin(request, pk):
    """Another application of somebody known, with everything that was before."""
    person = _person(request, pk)
    form = ConfirmForm(request.POST or None)
    made = []

    def act():
        made.append(actions.begin(person, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Szkic wniosku jest założony."))
        return redirect("referrals:edit", made[0].pk) if made else redirect("referrals:person", pk)
    record_reading(person, "application", by=request.user)
    context = {"form": form, "person": person}
    return render(request, "referrals/begin.html", context, status=422 if form.errors else 200)


@needs("enter_application")
def edit(request, pk):
    """What the application says; a draft is saved with whatever it has."""
    application = fetch.application(request, pk)
    given = {"application": application, "user": request.user, "on": request.today}
    form = ApplicationForm(request.POST or None, **given)

    def act():
        actions.save_draft(application, by=request.user, on=request.today, **form.said())

    if request.method == "POST" and carry_out(form, act, by=request.user):
        return _saved(request, application)
    record_reading(application.participant, "application", by=request.user)
    context = {"form": form, "application": application, "is_draft": application.status == Application.Status.DRAFT}
    return render(request, "referrals/edit.html", context, status=422 if form.errors else 200)


def _saved(request, application: Application):
    is_draft = application.status == Application.Status.DRAFT
    messages.success(request, "Szkic jest zapisany." if is_draft else "Poprawki są zapisane.")
    if "submit" in request.POST:
        return redirect("referrals:submit", application.pk)
    return redirect("referrals:edit" if is_draft else "referrals:case", application.pk)


@needs("enter_application")
def submit(request, pk):
    """What is still missing, each thing linked to its field; nothing: the application as it will be submitted."""
    application = fetch.application(request, pk)
    form = ConfirmForm(request.POST or None)

    def act():
        actions.submit(application, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wniosek jest złożony i ma numer."))
        return redirect("referrals:case", pk)
    record_reading(application.participant, "application", by=request.user)
    context = {
        "application": application,
        "form": form,
        "missing": [(_place(application, field), words) for field, words in _missing(application, request.today)],
        "facts": [("Osoba", application.participant), *application_facts(request, application)],
        "has_statement": application.exclusion_statements.exists(),
    }
    return render(request, "referrals/submit.html", context, status=422 if form.errors else 200)


def _missing(application: Application, on):
    return (completeness.faults(application, on) | completeness.lacking(application)).items()


def _place(application: Application, field: str) -> str:
    """The field where it is put right."""
    return f"{reverse('referrals:edit', args=[application.pk])}#{_anchor(field)}"


def _anchor(field: str) -> str:
    """Radio buttons and boxes have no single field to jump to: their group has the name."""
    grouped = ("applicant", "category", "further_categories", "registered_at_pup")
    return f"div_id_{field}" if field in grouped else f"id_{field}"
