"""What people were given: the list of the centre, the tab of a person, and each step of one thing."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance import roster
from attendance.actions import items as actions
from attendance.documents.items import issue_card as card_context
from attendance.forms.items import (
    CorrectForm,
    IssueForm,
    IssueToManyForm,
    NarrowItemsForm,
    ReopenForm,
    ReturnForm,
    WriteOffForm,
)
from attendance.models import IssuedItem
from attendance.reading import items as shelf
from attendance.reading.items import State
from attendance.reading.meals import of_programme
from attendance.views.fetch import person_of
from attendance.views.steps import step_page
from attendance.views.tabs import person_tabs, tabs
from attendance.views.whose import way_back
from cistor.accounts.access import needs
from cistor.documents.answers import printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from cistor.money import NOTHING, zloty
from participants.models import Group, Programme
from participants.views import card
from participants.views.fetch import facts_of, programme_of

PAGE = 50
SEE, GIVE = "see_attendance", "record_incident"
KIND = "issue_card"


@require_GET
@needs(SEE)
def items(request):
    """Of the people whom the user reaches, the newest first."""
    form = NarrowItemsForm(request.GET)
    if not form.is_valid():
        raise Http404
    rows, state = IssuedItem.objects.visible_to(request.user, on=request.today), form.cleaned_data["stan"]
    shown = shelf.in_state(rows, State(state), on=request.today) if state else rows
    shown = shown.select_related("programme__participant").order_by("-given_on", "-pk")
    page = Paginator(shown, PAGE).get_page(request.GET.get("strona"))
    people = {row.programme.participant_id for row in page}
    record_readings(request.user.home_centre, people, "items", by=request.user)
    context = {
        "page": page,
        "rows": [(row, *shelf.state_of(row, on=request.today)) for row in page],
        "filters": form,
        "groups": _groups(request),
        "may_give": request.user.may(GIVE, on=request.today),
        "sums": [(label, _sum(shelf.in_state(rows, kind, on=request.today))) for kind, label in SUMMED],
        "tabs": tabs(request),
    }
    return render(request, "attendance/items.html", context)


def _groups(request):
    """Those to whose people the user gives things out."""
    if not request.user.may(GIVE, on=request.today):
        return []
    return roster.in_use(Group.objects.visible_to(request.user, on=request.today, right=GIVE), request.today)


SUMMED = [(State.HELD, "U uczestników"), (State.MISSING, "Niezwrócone po zakończeniu")]


def _sum(rows) -> dict:
    return rows.aggregate(count=Count("pk"), value=Sum("value", default=NOTHING))


@require_GET
@needs(SEE)
def person_items(request, pk):
    """Everything one person was ever given: the tab of the card."""
    participant = person_of(request, pk)
    record_reading(participant, "items", by=request.user)
    rows = shelf.of_person(participant)
    missing = [row for row in rows if row.is_returnable and not shelf.is_over(row)]
    page = card.page(request, participant, "attendance:person")
    context = {
        **page,
        "person_rooms": person_tabs(request, participant),
        "meals": of_programme(page["programme"], until=request.today) if page["programme"] else None,
        "rows": [(row, *shelf.state_of(row, on=request.today), _deeds(row)) for row in rows],
        "missing": {
            "count": sum(row.quantity for row in missing),
            "value": sum((row.value for row in missing), NOTHING),
        },
        "may_give": participant.open_to(request.user, GIVE, on=request.today) and not participant.erased_on,
    }
    return render(request, "attendance/person_items.html", context)


def _deeds(row: IssuedItem) -> dict[str, bool]:
    """What can still be done with it."""
    is_over = shelf.is_over(row)
    return {
        "sign": not row.is_signed,
        "correct": shelf.is_correctable(row),
        "give_back": row.is_returnable and not is_over,
        "write_off": not is_over,
        "reopen": is_over,
    }


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def issue_item(request, pk):
    programme = programme_of(request, pk, GIVE)
    form = IssueForm(request.POST or None, initial={"given_on": request.today})
    back = way_back(request, "rzecz", programme.participant)
    given = []

    def act():
        given.append(actions.issue_item(programme, **form.given, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Rzecz jest wpisana na kartę."))
        for row in given:
            if caution := shelf.before_clothes(programme, row.kind, row.given_on):
                messages.warning(request, f"{caution} Wydano wcześniej – jeśli to pomyłka, spisz wpis z karty.")
        return redirect(back.url)
    caution = shelf.before_clothes(programme, IssuedItem.Kind.CLOTHES, request.today)
    words = {
        "heading": "Wydanie rzeczy",
        "question": "Co wydać?",
        "consequences": [*filter(None, [caution]), "Osoba podpisuje odbiór na karcie; podpis można zapisać później."],
        "submit": "Wpisz na kartę",
        "cancel": back.url,
        "room": back.label,
    }
    return step_page(request, form, facts=facts_of(programme), **words)


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def issue_to_many(request, pk):
    """The same thing to the people of a group: tickets of a month."""
    groups = Group.objects.visible_to(request.user, on=request.today, right=GIVE)
    group = get_object_or_404(groups, pk=pk)
    people, given = roster.of_day(group, request.today), []
    form = IssueToManyForm(request.POST or None, people=people, initial={"given_on": request.today})

    def act():
        given.extend(actions.issue_items(**form.given_to_many, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, f"Wpisano na karty: {len(given)}."))
        return redirect("attendance:items")
    record_readings(group.centre, [row.participant_id for row in people], "items", by=request.user)
    context = {"group": group, "form": form, "people": people, "cancel": reverse("attendance:items")}
    return render(request, "attendance/issue_to_many.html", context, status=422 if form.errors else 200)


@require_POST
@needs(GIVE)
def sign_item(request, pk):
    row = _item(request, pk)
    try:
        actions.sign_item(row, by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Podpis odbioru jest zapisany.")
    return redirect("attendance:person_items", row.programme.participant_id)


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def return_item(request, pk):
    words = {
        "heading": "Zwrot rzeczy",
        "question": "Zapisać zwrot?",
        "consequences": ["Rzecz nie będzie już wykazana jako niezwrócona."],
        "submit": "Zapisz zwrot",
    }
    row = _item(request, pk)
    form = ReturnForm(request.POST or None, item=row, initial={"returned_on": request.today})
    return _of_pieces(request, row, form, actions.return_item, "Zwrot jest zapisany.", words)


def _of_pieces(request, row: IssuedItem, form, act, done: str, words: dict):
    """The message says how many are left."""
    left = []

    def counted(item, **given):
        left.append(item.quantity - act(item, **given).quantity)

    return _over(request, row, form, counted, lambda: f"{done}{_still(row, left)}", words)


def _still(row: IssuedItem, left: list[int]) -> str:
    to_return = "Zostaje do zwrotu" if row.is_returnable else "Zostaje na karcie"
    return f" {to_return}: {left[0]}." if any(left) else ""


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def correct_item(request, pk):
    row = _item(request, pk)
    words = {
        "heading": "Poprawa wpisu",
        "question": "Dopisać wartość?" if row.is_signed else "Co poprawić?",
        "consequences": [CORRECTED_SIGNED if row.is_signed else CORRECTED],
        "submit": "Zapisz poprawki",
    }
    form = CorrectForm(request.POST or None, item=row)
    return _over(request, row, form, actions.correct_item, lambda: "Wpis jest poprawiony.", words)


CORRECTED = "Po podpisie odbioru wpisu nie da się już poprawić."
CORRECTED_SIGNED = "Osoba podpisała odbiór bez wartości. Potrącenie i tak wymaga jej zgody na kwotę."


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def reopen_item(request, pk):
    row = _item(request, pk)
    words = {
        "heading": "Cofnięcie zwrotu" if row.returned_on else "Cofnięcie spisania",
        "question": "Rzecz nie wróciła?" if row.returned_on else "Rzecz nie jest spisana?",
        "consequences": ["Rzecz znowu stoi na karcie bez zwrotu.", "Powód zostaje przy wpisie."],
        "submit": "Cofnij zwrot" if row.returned_on else "Cofnij spisanie",
    }
    done = "Zwrot jest cofnięty." if row.returned_on else "Spisanie jest cofnięte."
    return _over(request, row, ReopenForm(request.POST or None), actions.reopen_item, lambda: done, words)


@require_http_methods(["GET", "POST"])
@needs(GIVE)
def write_off_item(request, pk):
    words = {
        "heading": "Spisanie rzeczy",
        "question": "Spisać z karty?",
        "consequences": ["Nikt jej już nie oddaje ani za nią nie odpowiada.", "Wpis zostaje na karcie."],
        "submit": "Spisz rzecz",
        "danger": True,
    }
    row = _item(request, pk)
    form = WriteOffForm(request.POST or None, item=row, initial={"written_off_on": request.today})
    return _of_pieces(request, row, form, actions.write_off_item, "Rzecz jest spisana.", words)


def _over(request, row: IssuedItem, form, act, done: Callable[[], str], words: dict):
    def deed():
        act(row, **form.given, by=request.user, on=request.today)

    person = row.programme.participant
    back = reverse("attendance:person_items", args=[person.pk])
    if request.method == "POST" and carry_out(form, deed, by=request.user):
        messages.success(request, said(form, done()))
        return redirect(back)
    return step_page(request, form, facts=_facts(row), cancel=back, room=person, **words)


def _facts(row: IssuedItem) -> list[tuple[str, object]]:
    return [
        ("Osoba", row.programme.participant),
        ("Rodzaj", row.get_kind_display()),
        ("Co", row.what),
        ("Ile", row.quantity),
        ("Wartość", zloty(row.value) if row.value else ""),
        ("Wydano", f"{row.given_on:%d.%m.%Y}, {row.given_by}"),
        ("Uwagi", row.remark),
    ]


def _item(request, pk) -> IssuedItem:
    rows = IssuedItem.objects.visible_to(request.user, on=request.today, right=GIVE)
    return get_object_or_404(rows.select_related("programme__participant__centre", "given_by"), pk=pk)


@require_GET
@needs(SEE)
def issue_card(request, pk):
    """The card of one programme, to be signed."""
    programme = programme_of(request, pk, SEE)
    record_reading(programme.participant, KIND, by=request.user)
    return _paper(request, programme, reverse("attendance:person_items", args=[programme.participant_id]))


@require_GET
@needs(SEE)
def empty_issue_card(request):
    """The same card to be kept by hand; nothing of anybody stands on it."""
    return _paper(request, None, reverse("attendance:items"))


def _paper(request, programme: Programme | None, back: str):
    centre = request.user.home_centre
    return printed(request, KIND, lambda: card_context(centre, programme, on=request.today), back=back)
