"""How a programme ends, and what comes after."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render

from cistor.accounts.access import needs
from cistor.dates import weekday_text
from cistor.journal.once import carry_out
from participants import actions
from participants.forms import EndForm
from participants.models import Programme
from participants.views.fetch import facts_of, programme_of


def part(request, programme: Programme) -> dict[str, Any]:
    """What the fragment on the tab of the programmes shows of one of them."""
    return {}


@needs("decide_programme")
def end(request, pk):
    """Asked twice: what is filled in comes back under the person's name, since it cannot be undone."""
    programme = programme_of(request, pk, "decide_programme")
    form = EndForm(request.POST or None, initial={"ended_on": request.today})
    confirmed = "confirmed" in request.POST

    def act():
        if confirmed:
            actions.end_programme(programme, **form.cleaned_data, by=request.user, on=request.today)
        else:
            actions.check_end(programme, **form.cleaned_data)

    context = {"form": form, "participant": programme.participant, "facts": facts_of(programme), "consequences": []}
    if request.method == "POST" and "back" not in request.POST and carry_out(form, act, by=request.user):
        if confirmed:
            messages.success(request, "Program jest zakończony.")
            return redirect("participants:programme", programme.participant_id)
        context["facts"] += _end_facts(form.cleaned_data)
        return render(request, "participants/end_confirm.html", context)
    return render(request, "participants/end.html", context, status=422 if form.errors else 200)


def _end_facts(given: dict) -> list[tuple[str, str]]:
    return [
        ("Ostatni dzień w programie", weekday_text(given["ended_on"])),
        ("Powód", str(Programme.EndKind(given["kind"]).label)),
        ("Uzasadnienie", given["reason"]),
    ]
