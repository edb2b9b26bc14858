"""The way of all cases: a board of columns, the same as a table, and the search."""

from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import InvalidPage, Paginator
from django.db.models import BigIntegerField, F, Func, IntegerField, Value
from django.http import Http404
from django.shortcuts import redirect, render

from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Office, StatutoryWording
from cistor.sorting import Column as Head
from cistor.sorting import Sorting
from participants import pesel
from participants.forms import SearchForm
from participants.models import Participant
from participants.views.kept import keep, recall
from referrals import pipeline
from referrals.forms.pipeline import BoardFilterForm
from referrals.models import Application, Round
from referrals.pipeline import Lane, Standing

# Cards of a column before "pokaż więcej", rows of a page of the table.
FIRST, PAGE = 20, 50
SOUGHT = "referrals.sought"
HEADS = [
    Head("Nazwisko i imię", "osoba", "participant__order_key"),
    Head("Wniosek"),
    Head("Złożono", "zlozono", "submitted_on"),
    Head("Stan"),
    Head("Urząd", "urzad", "office__short_name"),
    Head("Termin", "termin", "urgency"),
]


class Card(NamedTuple):
    """An application as the board shows it; `term`, kind and words of a badge, is none of what is closed."""

    application: Application
    term: tuple[str, str] | None


class Shown(NamedTuple):
    lane: Lane
    cards: list[Card]

    @property
    def more(self) -> int:
        return self.lane.count - len(self.cards)


@needs("enter_application")
def board(request):
    """A search arrives by POST and rests in the session; only the filters, order and page stand in the address."""
    search = SearchForm(request.POST or None, initial={"text": recall(request, SOUGHT)})
    if request.method == "POST" and search.is_valid():
        keep(request, SOUGHT, search.cleaned_data["text"])
        return redirect(_without_page(request))
    filters = _filters(request)
    rows = _found(filters.applied(_applications(request), by=request.user), recall(request, SOUGHT))
    found = [] if filters.closed else _late(filters, pipeline.standings(rows, request.today))
    places.keep(request, *filters.fields)
    context = {"search": search, "filters": filters, "sought": recall(request, SOUGHT), "total": len(found)}
    if filters.is_table:
        context |= _table(request, filters, rows, found)
    else:
        context |= _columns(found, request.today)
    template = "referrals/table.html" if filters.is_table else "referrals/list.html"
    return render(request, template, context, status=422 if search.errors else 200)


def _without_page(request) -> str:
    query = request.GET.copy()
    query.pop("strona", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _applications(request):
    return Application.objects.visible_to(request.user, on=request.today)


def _filters(request) -> BoardFilterForm:
    form = BoardFilterForm(
        request.GET,
        offices=Office.objects.visible_to(request.user, on=request.today),
        rounds=Round.objects.visible_to(request.user, on=request.today),
        categories=StatutoryWording.objects.in_force(StatutoryWording.Kind.CATEGORY, request.today),
    )
    if not form.is_valid():
        raise Http404
    return form


def _found(rows, text: str):
    """By the whole PESEL, or by names."""
    if not text:
        return rows
    number, people = pesel.tidy(text), Participant.objects.all()
    sought = people.with_pesel(number) if number.isdecimal() else people.named(text)
    return rows.filter(participant__in=sought)


def _late(filters, found: list[Standing]) -> list[Standing]:
    return [row for row in found if row.is_overdue] if filters.cleaned_data["zalegle"] else found


def _columns(found: list[Standing], on) -> dict:
    lanes = pipeline.lanes(found)
    shown = {row.pk for lane in lanes for row in lane.first(FIRST)}
    cards = _loaded(Application.objects.filter(pk__in=shown))
    return {
        "columns": [
            Shown(lane, [Card(cards[row.pk], row.said(on)) for row in lane.standings[:FIRST]]) for lane in lanes
        ]
    }


def _loaded(rows) -> dict[int, Application]:
    """With the person's name and nothing that is encrypted."""
    names = ("participant__first_name", "participant__last_name", "office__short_name")
    return {row.pk: row for row in rows.select_related("participant", "office").only(*pipeline.FACTS, *names)}


def _table(request, filters, rows, found: list[Standing]) -> dict:
    """A page of one column, of all open ones, or of the closed ones of one kind, the newest of these first."""
    wanted = filters.cleaned_data["stan"]
    standing = {row.pk: row for row in found if not wanted or row.column == wanted}
    if filters.closed:
        closed = rows.filter(status=filters.closed).order_by("-submitted_on", "-pk")
        order = list(closed.values_list("pk", flat=True))
    else:
        order = list(standing)
    sorting = Sorting(HEADS, request, usual="termin")
    listed = _applications(request).annotate(urgency=_place_in(order)).filter(urgency__isnull=False)
    page = _page(request, list(sorting.apply(listed).values_list("pk", flat=True)))
    loaded = _loaded(Application.objects.filter(pk__in=list(page.object_list)))
    terms = {pk: row.said(request.today) for pk, row in standing.items()}
    cards = [Card(loaded[pk], terms.get(pk)) for pk in page.object_list]
    return {"cards": cards, "page": page, "heads": sorting.heads, "total": len(order)}


def _place_in(order: list[int]):
    """The urgency was computed outside of the database, which gets the order as a list."""
    numbers = Value(order, output_field=ArrayField(BigIntegerField()))
    return Func(numbers, F("pk"), function="array_position", output_field=IntegerField())


def _page(request, rows):
    try:
        return Paginator(rows, PAGE).page(request.GET.get("strona", 1))
    except InvalidPage as error:
        raise Http404 from error
