"""The office's part of a case, as the centre and the office itself see it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from referrals import steps
from referrals.actions.office import cannot_take_back, owed
from referrals.models import Application, OfficeReminder
from referrals.office_track import track

Office = Application.Office


def part(request, application: Application) -> dict[str, Any]:
    """For `referrals/_office.html`, on the centre's page of a case and on the office's own."""
    return {
        "step": application.office_step,
        "track": track(application, request.today),
        "taken_back": _taken_back(application, request.user),
        "reminders": reminders(application, request.user).select_related("document", "by"),
        "deeds": _deeds(request, application),
        "may_take_back": _is_open(application) and not cannot_take_back(application, by=request.user, on=request.today),
        "may_remind": _may_remind(request, application),
        "of_office": request.user.is_of_office,
    }


def _is_open(application: Application) -> bool:
    return application.status == Application.Status.OPEN


def reminders(application: Application, user) -> QuerySet[OfficeReminder]:
    """All of the case for the centre; an office has those that were sent to itself."""
    return application.reminders.filter(office=user.office_id) if user.is_of_office else application.reminders.all()


def _taken_back(application: Application, user) -> list[tuple[str, Any]]:
    """Pairs (what it was, the row), the latest first; an office has what its own people wrote, for the case may have
    been another office's before."""
    own = {"by__office": user.office_id} if user.is_of_office else {}
    named = (("opinia", application.opinions), ("zgoda kierownika", application.consents))
    named += (("skierowanie", application.referrals),)
    rows = [(name, row) for name, found in named for row in found.filter(**own).exclude(taken_back_on=None)]
    return sorted(rows, key=lambda pair: (pair[1].taken_back_on, pair[1].pk), reverse=True)


def _may_remind(request, application: Application) -> bool:
    """Offered once it presses, or where nobody set a term."""
    debts = owed(application, request.today).values()
    pressing = any(row.due_on is None or row.state(request.today) != "open" for row in debts)
    return pressing and request.user.may("enter_application", on=request.today)


def _deeds(request, application: Application) -> list[tuple[str, str]]:
    """Pairs (label, url) of what this user may do next."""
    name = _next(application, request.today)
    if not name or not _is_open(application):
        return []
    on_screen, from_paper, right = DEEDS[name]
    user, today = request.user, request.today
    label = on_screen if user.is_of_office else from_paper
    allowed = user.may(right if user.is_of_office else "enter_opinion_from_paper", on=today)
    return [(label, reverse(f"referrals:{name}", args=[application.pk]))] if label and allowed else []


# The step's URL name → what the office calls it, what the centre calls it, the office's right.
DEEDS = {
    "send": ("", "Wyślij do urzędu", "give_opinion"),
    "receipt": ("Potwierdź wpływ", "Zapisz wpływ do urzędu", "give_opinion"),
    "opinion": ("Napisz opinię", "Wpisz opinię z papieru", "give_opinion"),
    "consent": ("Rozstrzygnij o zgodzie", "Wpisz zgodę z papieru", "give_consent"),
    "referral": ("Skieruj do centrum", "Wpisz skierowanie z papieru", "give_opinion"),
}
FIRST = {Office.TO_SEND: "send", Office.SENT: "receipt", Office.RECEIVED: "opinion"}


def _next(application: Application, today: date) -> str:
    step = FIRST.get(application.office_state) or steps.next_step(application, today)
    return str(step or "")
