"""Many requests of a month decided on at once: as typed, once more by name, then one by one."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from benefits.actions.bonuses import check_decision, decide_bonus
from benefits.forms.bonuses import RowForm
from benefits.reading.bonus_month import Month, Row
from benefits.reading.bonuses import visible_to
from benefits.views.bonuses import PAGE, here, line_of, month_of, table
from cistor.accounts.access import needs
from cistor.errors import Refused
from cistor.journal.once import OnceForm, claim
from cistor.money import NOTHING
from cistor.templatetags.cistor import plural

Line = tuple[Row, RowForm | None]


@require_POST
@needs("decide_bonus")
def decide_bonuses(request):
    """A row that cannot be decided stands there again with its reason, and nothing typed is lost."""
    month = month_of(request)
    lines = _posted(request, month)
    _tell_withdrawn(request, lines)
    chosen = [(row, form) for row, form in lines if form and form.is_chosen]
    if not chosen:
        return _nothing_chosen(request, month, lines)
    if "edit" in request.POST:
        return table(request, month, lines)
    sound = [(row, form) for row, form in chosen if form.is_valid() and _tried(request, row, form, check_decision)]
    if "confirmed" not in request.POST:
        return _asked_again(request, month, lines, sound) if sound else table(request, month, lines, status=422)
    return _carried_out(request, month, lines, chosen, sound)


def _nothing_chosen(request, month: Month, lines: list[Line]):
    if "confirmed" in request.POST:
        messages.info(request, "O tych wnioskach już rozstrzygnięto.")
        return redirect(_back(request, month))
    messages.error(request, "Nie zaznaczono żadnego rozstrzygnięcia.")
    if not lines:
        return redirect(_back(request, month))
    return table(request, month, lines)


def _back(request, month: Month) -> str:
    return reverse("benefits:bonuses") + here(request, month)


def _posted(request, month: Month) -> list[Line]:
    """The rows of the table that was sent, but for the requests withdrawn since; one of another centre is none."""
    posted = _sent(request)
    asked = {int(pk) for pk in posted if pk.isdecimal() and len(pk) < 18}
    seen = visible_to(request.user, on=request.today).filter(month=month.month, pk__in=asked)
    if seen.count() != len(posted):
        raise Http404
    programmes = month.programmes().filter(newest__in=asked)
    return [(row, line_of(row, request.POST)) for row in month.rows(programmes)]


def _sent(request) -> set[str]:
    return set(request.POST.getlist("row")[:PAGE])


def _tell_withdrawn(request, lines: list[Line]) -> None:
    """Without the name: what is told stands in a cookie until it is shown."""
    n = len(_sent(request)) - len(lines)
    if n:
        gone = plural(n, "wniosek,wnioski,wniosków")
        messages.warning(request, f"Tymczasem wycofano {n} {gone} z tej tabeli.")


def _tried(request, row: Row, form: RowForm, act) -> bool:
    """Whether the act takes it; what it refuses is said in the row."""
    try:
        with transaction.atomic():
            act(row.bonus, **form.decision, by=request.user, on=request.today)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def _asked_again(request, month: Month, lines: list[Line], sound: list[Line]):
    granted = [(row, form) for row, form in sound if form.decision["granted"]]
    before = month.sums()["together"]
    now = sum((form.decision["amount"] or row.asked for row, form in granted), NOTHING)
    context = {
        "month": month.month,
        "granted": [(row, form.decision["amount"] or row.asked, form.decision["note"]) for row, form in granted],
        "refused": [(row, form.decision["note"]) for row, form in sound if not form.decision["granted"]],
        "failing": [(row, form) for row, form in lines if form and form.errors],
        "lines": [(row, form) for row, form in lines if form],
        "here": here(request, month),
        "now": now,
        "after": before + now,
        "once": OnceForm(),
    }
    return render(request, "benefits/bonus_confirm.html", context)


def _carried_out(request, month: Month, lines: list[Line], chosen: list[Line], sound: list[Line]):
    """Each in a transaction of its own: what was done stays done, whatever becomes of the next."""
    once = OnceForm(request.POST)
    if not once.is_valid():
        messages.error(request, "Formularz przyszedł niekompletny. Odśwież stronę i wyślij go ponownie.")
        return table(request, month, lines, status=422)
    if not claim(once.cleaned_data["token"], by=request.user):
        messages.success(request, "Ten formularz już zapisano.")
        return redirect(_back(request, month))
    done = sum(_tried(request, row, form, decide_bonus) for row, form in sound)
    if done:
        messages.success(request, f"Rozstrzygnięto {done} {plural(done, 'wniosek,wnioski,wniosków')}.")
    if done == len(chosen):
        return redirect(_back(request, month))
    # What was decided is no longer typed: it stands there as it came out.
    left = _posted(request, month)
    errors = {form.prefix: form for _, form in chosen if form.errors}
    return table(request, month, [(row, form and errors.get(form.prefix, form)) for row, form in left], status=422)
