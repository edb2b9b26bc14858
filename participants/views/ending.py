"""How a programme ends, and what comes after."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render

from cistor.accounts.access import needs
from cistor.centres.models import Meaning
from cistor.dates import weekday_text
from cistor.journal.once import carry_out
from participants import actions
from participants.forms import EndForm
from participants.models import Certificate, Clearance, Programme
from participants.views.fetch import facts_of, programme_of

ATTENDED = {Meaning.PRESENT, Meaning.LATE}
RIGHTS = ("prepare_programme", "decide_programme", "record_contact")


def part(request, programme: Programme) -> dict[str, Any]:
    """What the fragment on the tab of the programmes shows of one of them."""
    reach = programme.participant.open_to
    may = {right: reach(request.user, right, on=request.today) for right in RIGHTS}
    if not any(may.values()) or programme.participant.erased_on:
        return {}
    # Who decides prepares too, a stand-in included.
    found = programme.terminations.select_related("document", "delivery") if may["prepare_programme"] else []
    may_propose = may["prepare_programme"] and not any(row.is_open for row in found)
    after = _after(programme) if programme.ended_on else {}
    return {"may": may, "terminations": list(found), "may_propose": may_propose, **after}


def _after(programme: Programme) -> dict[str, Any]:
    of_it = {"programme": programme}
    return {
        "certificate": Certificate.objects.filter(**of_it).select_related("document").first(),
        "clearance": Clearance.objects.filter(**of_it).first(),
        "follow_ups": list(programme.follow_ups.select_related("by")),
    }


@needs("decide_programme")
def end(request, pk):
    """Asked twice: what is filled in comes back under the person's name, since it cannot be undone."""
    programme = programme_of(request, pk, "decide_programme")
    form = EndForm(request.POST or None, initial={"ended_on": request.today, "learned_on": request.today})
    confirmed = "confirmed" in request.POST

    def act():
        if confirmed:
            actions.end_programme(programme, **form.cleaned_data, by=request.user, on=request.today)
        else:
            actions.check_end(programme, **form.cleaned_data, on=request.today)

    context = {"form": form, "participant": programme.participant, "facts": facts_of(programme), "consequences": []}
    if request.method == "POST" and "back" not in request.POST and carry_out(form, act, by=request.user):
        if confirmed:
            messages.success(request, "Program jest zakończony.")
            return redirect("participants:programme", programme.participant_id)
        context |= _confirmation(programme, form.cleaned_data, context["facts"], request.today)
        return render(request, "participants/end_confirm.html", context)
    return render(request, "participants/end.html", context, status=422 if form.errors else 200)


def _confirmation(programme: Programme, given: dict, facts: list, today: date) -> dict[str, Any]:
    """What was filled in, beside what the attendance of the last day says."""
    # The attendance is a room above, which this one may not import: reached the way the database ties it.
    day = programme.days.filter(on=given["ended_on"]).first()
    by_job = given["kind"] == Programme.EndKind.JOB
    fault = {True: "tak", False: "nie", None: "nie dotyczy"}[given["through_fault"]]
    shown = [
        *facts,
        ("Ostatni dzień w programie", weekday_text(given["ended_on"])),
        ("Obecność tego dnia", f"{day.code} – {day.get_meaning_display()}" if day else "nieoznaczona"),
        ("Powód", str(Programme.EndKind(given["kind"]).label)),
        ("Centrum dowiedziało się", weekday_text(given["learned_on"] or today)),
        ("Z winy uczestnika", fault),
        ("Uzasadnienie", given["reason"]),
    ]
    return {"facts": shown, "is_unattended": by_job and (day is None or day.meaning not in ATTENDED)}
