"""What waits about the claims of people: applications and accounts that are missing, letters of bailiffs."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benefits.models import Enforcement
from benefits.reading import claims
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.desk.matters import Matter
from cistor.templatetags.cistor import plural
from participants.models import Programme

# So many stand on the desk by name.
MOST = 10


def lacking(user: User, on: date) -> Iterator[Matter]:
    """Who lacks the application for the benefit or an account: for payroll how many, with the page that names them;
    for the social worker, who meets them, each by name. The director's own desk is spared."""
    if user.is_of_office or not user.may("enter_account", on=on):
        return
    rows = Programme.objects.visible_to(user, on=on, right="enter_account")
    found = claims.lacking(rows, user.home_centre, on=on)
    if user.may("run_month", on=on):
        if n := len(found):
            people = plural(n, "osobie brakuje,osobom brakuje,osobom brakuje")
            text = f"{n} {people} wniosku o wypłatę albo rachunku"
            yield Matter("soon", "uzupełnij", text, f"{reverse('benefits:paydays')}#brak")
    elif not user.may("decide_programme", on=on) or user.acts_for("decide_programme", on=on):
        yield from map(_lacking, found[:MOST])


def _lacking(one: claims.Lacking) -> Matter:
    programme = one.programme
    url = (
        reverse("benefits:apply", args=[programme.pk])
        if one.application
        else reverse("participants:set_method", args=[programme.participant_id])
    )
    return Matter("soon", "uzupełnij", f"{programme.participant}: {one.says}", url)


def bailiffs(user: User, on: date) -> Iterator[Matter]:
    """Letters without an answer; of the user's own answers those that nobody says were sent, unless all papers of the
    centre that wait for it stand on the user's desk anyhow."""
    if user.is_of_office or not user.may("answer_bailiff", on=on):
        return
    rows = Enforcement.objects.visible_to(user, on=on).filter(participant__erased_on=None)
    rows = rows.select_related("participant").order_by("received_on", "pk")
    for row in rows.filter(answer=None)[:MOST]:
        text = f"Odpowiedz komornikowi: {row.participant}, pismo z {day_text(row.received_on)}"
        yield Matter("soon", "odpowiedz", text, reverse("benefits:enforcement", args=[row.pk]))
    if user.owners("send_letter", on=on) is not None:
        for row in rows.filter(answer__issued_by=user, answer__dispatches=None)[:MOST]:
            url = reverse("notices:dispatch", args=[row.answer_id])
            yield Matter("soon", "wyślij", f"Odpowiedź dla komornika do wysłania: {row.participant}", url)
