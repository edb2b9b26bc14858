"""How a programme ends, and what comes after."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect, render

from cistor.accounts.access import needs
from cistor.centres.models import Meaning, Regulations
from cistor.dates import weekday_text
from cistor.errors import Refused
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
            _refuse_unseen_absence(programme, form.cleaned_data)
            actions.end_programme(programme, **form.end, by=request.user, on=request.today)
        else:
            actions.check_end(programme, **form.end, on=request.today)

    if request.method == "POST" and "back" not in request.POST and carry_out(form, act, by=request.user):
        if not confirmed:
            return _asked_again(request, programme, form)
        messages.success(request, "Program jest zakończony.")
        return redirect("participants:programme", programme.participant_id)
    if "despite_absence" in form.errors:
        return _asked_again(request, programme, form, status=422)
    context = {"form": form, "participant": programme.participant, "facts": facts_of(programme), "consequences": []}
    return render(request, "participants/end.html", context, status=422 if form.errors else 200)


def _asked_again(request, programme: Programme, form: EndForm, status: int = 200):
    """What was filled in, beside what the attendance of the last day says."""
    given = form.cleaned_data
    day, by_job = _day(programme, given["ended_on"]), given["kind"] == Programme.EndKind.JOB
    fault = {True: "tak", False: "nie", None: "nie dotyczy"}[given["through_fault"]]
    facts = [
        *facts_of(programme),
        *([("Dotąd miał się zakończyć", weekday_text(programme.ended_on))] if programme.ended_on else []),
        ("Ostatni dzień w programie", weekday_text(given["ended_on"])),
        ("Obecność tego dnia", _said(programme, day)),
        ("Powód", str(Programme.EndKind(given["kind"]).label)),
        ("Centrum dowiedziało się", weekday_text(given["learned_on"] or request.today)),
        ("Z winy uczestnika", fault),
        ("Uzasadnienie", given["reason"]),
    ]
    context = {"form": form, "participant": programme.participant, "facts": facts}
    context |= {"is_unmarked": by_job and day is None, "absence": _absence(programme, given)}
    return render(request, "participants/end_confirm.html", context, status=status)


def _day(programme: Programme, on: date) -> Any:
    """The attendance is a room above, which this one may not import: reached the way the database ties it."""
    return programme.days.filter(on=on).first()


def _said(programme: Programme, day: Any) -> str:
    """The mark with the name that the regulations of the day give it."""
    if day is None:
        return "nieoznaczona"
    version = Regulations.objects.version(programme.participant.centre_id, day.on)
    code = version.daycodes.filter(meaning=day.meaning).first() if version else None
    return f"{day.code} – {code.name if code else day.get_meaning_display()}"


def _absence(programme: Programme, given: dict[str, Any]) -> str:
    """The letters with which a job's first day is marked as not attended; "" for any other end."""
    day = _day(programme, given["ended_on"]) if given["kind"] == Programme.EndKind.JOB else None
    return day.code if day and day.meaning not in ATTENDED else ""


def _refuse_unseen_absence(programme: Programme, given: dict[str, Any]) -> None:
    absence = _absence(programme, given)
    if absence and not given["despite_absence"]:
        raise Refused(
            f"Tego dnia oznaczono nieobecność ({absence}). Popraw ostatni dzień albo potwierdź, że ma zostać.",
            field="despite_absence",
        )
