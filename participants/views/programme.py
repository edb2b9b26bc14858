"""Decisions on a programme: facts on the left, the deed on the right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import joined, span_text
from cistor.journal.once import carry_out, said
from participants import actions, drafts, personal_file, qualification
from participants.forms import OfficeForm, SignForm
from participants.models import Participant, Programme
from participants.views.fetch import facts_of, programme_of


@needs("decide_programme")
def sign(request, pk):
    rows = Participant.objects.visible_to(request.user, on=request.today, right="decide_programme")
    participant = get_object_or_404(rows.select_related("centre"), pk=pk)
    if actions.is_applied_for(participant):
        return redirect("referrals:sign", pk)
    sees = participant.open_to(request.user, "see_file", on=request.today)
    items = personal_file.checklist(participant, request.today)
    initial = {"signed_on": request.today, "start_on": request.today}
    asks = personal_file.ever_asks(participant.centre)
    offices = qualification.welfare_offices(participant.centre_id)
    form = SignForm(request.POST or None, initial=initial, asks_for_file=asks, offices=offices)

    def act():
        actions.sign_from_paper(participant, **form.given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "IPZS jest zapisany, okres próbny zaplanowany."))
        return redirect("participants:programme", pk)
    earlier = [(f"Wcześniejszy IPZS z {p.signed_on:%d.%m.%Y}", _days(p)) for p in _programmes(participant)]
    facts = [("Osoba", str(participant)), *earlier, *_regulations(participant, request.today), *_lacking(items, sees)]
    context = {
        "form": form,
        "participant": participant,
        "facts": facts,
        "consequences": [*SIGNED, drafts.outlook(participant)],
    }
    return render(request, "participants/sign.html", context, status=422 if form.errors else 200)


@needs("prepare_programme")
def office(request, pk):
    """The office of a programme that names none, where the centre knows several."""
    programme = programme_of(request, pk, "prepare_programme")
    offices = qualification.welfare_offices(programme.participant.centre_id)
    form = OfficeForm(request.POST or None, offices=offices)

    def act():
        actions.set_office(programme, office=form.cleaned_data["office"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Ośrodek jest zapisany."))
        return redirect("participants:programme", programme.participant_id)
    facts = [*facts_of(programme), ("Ośrodek", programme.office or "nie wskazano")]
    context = {"form": form, "participant": programme.participant, "facts": facts, "consequences": ASKED}
    return render(request, "participants/office.html", context, status=422 if form.errors else 200)


ASKED = ["Pisma o tym programie idą do tego ośrodka, on też kwalifikuje po okresie próbnym."]
SIGNED = ["Program dostaje pierwszy etap: okres próbny.", "Od pierwszego dnia biegną obecność i świadczenie."]


def _lacking(items: list[personal_file.Item], sees: bool) -> list[tuple[str, str]]:
    """What the file lacks today; nothing where the regulations ask for none. Who does not see the file gets names."""
    lacking = [item for item in items if item.is_lacking]
    names = [f"{item.kind.name}{' (po terminie)' if sees and item.paper else ''}" for item in lacking]
    return [("W teczce brakuje dziś", joined(names) or "niczego")] if items else []


def _programmes(participant):
    return participant.programmes.prefetch_related("stages")


def _days(programme: Programme) -> str:
    return span_text(programme.start_on, programme.last_on)


def _regulations(participant, day) -> list[tuple[str, str]]:
    regulations = Regulations.objects.version(participant.centre_id, day)
    if regulations is None:
        return [("Regulamin", "na ten dzień go nie ma")]
    return [
        ("Regulamin", regulations.title),
        ("Okres próbny w miesiącach", f"{regulations.trial_months}, {regulations.get_trial_end_rule_display()}"),
        ("Okres właściwy w miesiącach", f"najwyżej {regulations.main_months}"),
    ]
