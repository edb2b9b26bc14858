"""A negative answer about the qualification is asked once more, under the person's name, with what follows from it."""

from collections.abc import Callable
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.notices.actions.incoming import REPLY_WAYS
from cistor.notices.models import IncomingLetter
from participants.actions.trial import check_reply, last_unqualified
from participants.models import Programme, QualificationReply

# A browser keeps no file from one page to the next: it is chosen on the second page.
FILE = "scan"


def goes_back(request) -> bool:
    return "back" in request.POST


def asked_again(request, form, find: Callable[[], Programme]) -> HttpResponse | None:
    """The second page. None where nothing is asked, or where the form now says why the answer may not be given."""
    first = request.method == "POST" and not {"confirmed", "back"} & request.POST.keys()
    if not first or not form.is_valid() or form.cleaned_data.get("answer") is not False:
        return None
    received_on, way = _arrival(request, form)
    try:
        programme = find()
        check_reply(programme, is_qualified=False, received_on=received_on, way=way, by=request.user, on=request.today)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    return _page(request, form, programme, received_on)


def _arrival(request, form) -> tuple[date, str]:
    """When and how the answer came: on screen today, else as the letter did."""
    if "way" not in form.fields:
        return request.today, QualificationReply.Way.SCREEN
    return form.cleaned_data["received_on"], REPLY_WAYS[IncomingLetter.Way(form.cleaned_data["way"])]


def _page(request, form, programme: Programme, received_on: date) -> HttpResponse:
    record_reading(programme.participant, "qualification", by=request.user)
    note = form.cleaned_data.get("note", "")
    facts = [
        ("Osoba", programme.participant),
        ("Odpowiedź", "ośrodek nie kwalifikuje"),
        ("Dzień wpływu", day_text(received_on)),
        *([("Uzasadnienie", note)] if note else []),
    ]
    context = {"form": form, "participant": programme.participant, "facts": facts}
    context["consequences"] = _consequences(programme, received_on, request.today)
    context["file"] = form[FILE] if FILE in form.fields else None
    context["had_file"] = bool(form.cleaned_data.get(FILE))
    return render(request, "notices/reply_confirm.html", context)


def _consequences(programme: Programme, received_on: date, today: date) -> list[str]:
    last = last_unqualified(programme, received_on)
    if programme.ended_on and (programme.ended_on < today or programme.ended_on <= last):
        ended = f"Program zakończono już z dniem {day_text(programme.ended_on)}; ten dzień zostaje."
        return [ended, "Dni okresu właściwego do tego dnia można wypłacić."]
    return [
        f"Program zakończy się {day_text(last)}: to ostatni płatny dzień.",
        "Przynależność do grupy kończy się tego samego dnia, następnego zwalnia się miejsce.",
        "Przygotuje się pismo o braku kwalifikacji do tej osoby, z kopią do ośrodka.",
        "Kwalifikacja, która wpłynie do tego dnia włącznie, cofnie zakończenie; późniejsza już nie.",
    ]
