"""Letters that come in: the register, and a new one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cistor.accounts.access import needs
from cistor.documents.actions import keep_upload
from cistor.documents.models import Upload
from cistor.journal.once import carry_out, said
from cistor.notices.actions.incoming import answered_programme, register_letter
from cistor.notices.forms.incoming import IncomingForm
from cistor.notices.forms.register import IncomingFilterForm
from cistor.notices.models import IncomingLetter
from cistor.notices.views.asking import asked_again, goes_back
from cistor.notices.views.tabs import page_of, tabs
from cistor.sorting import Column, Sorting

COLUMNS = [
    Column("Numer", "numer", "pk"),
    Column("Wpłynęło", "data", "received_on"),
    Column("Rodzaj", "rodzaj", "kind"),
    Column("Od kogo"),
    Column("Kogo dotyczy", "osoba", "participant__order_key"),
    Column("Czego dotyczy"),
    Column("Skan"),
]
SCAN = "incoming_scan"
# Only who may copy the office's answers from paper records one.
ANSWERING = "enter_opinion_from_paper"


@require_GET
@needs("register_letter")
def incoming(request):
    rows, sorting = _of_user(request), Sorting(COLUMNS, request, usual="-data")
    filters = IncomingFilterForm(request.GET, years=_years(rows))
    if not filters.is_valid():
        raise Http404
    kind, year = filters.cleaned_data["pismo"], filters.cleaned_data["rok"]
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(received_on__year=year) if year else rows
    rows = rows.select_related("office", "participant", "scan", "reply")
    context = {
        "page": page_of(request, sorting.apply(rows)),
        "heads": sorting.heads,
        "filters": filters,
        "narrowed": bool(kind or year),
        "only_own": _owners(request) is not None,
        "tabs": tabs(request),
    }
    return render(request, "notices/incoming.html", context)


@require_http_methods(["GET", "POST"])
@needs("register_letter")
def new_incoming(request):
    user, today = request.user, request.today
    form = IncomingForm(
        request.POST or None,
        request.FILES or None,
        initial={"received_on": today},
        by=user,
        on=today,
        may_answer=user.may(ANSWERING, on=today),
    )

    def act():
        names = ("kind", "received_on", "way", "office", "sender", "participant", "about")
        fields = {name: form.cleaned_data[name] for name in names}
        scan = kept_scan(request, fields["participant"], form.cleaned_data["scan"])
        register_letter(centre=user.home_centre, **fields, answer=form.answered, scan=scan, by=user, on=today)

    if asked := asked_again(request, form, lambda: answered_programme(form.cleaned_data["participant"], today)):
        return asked
    if request.method == "POST" and not goes_back(request) and carry_out(form, act, by=user):
        messages.success(request, said(form, "Pismo jest w rejestrze."))
        return redirect("notices:incoming")
    return render(request, "notices/new_incoming.html", {"form": form}, status=422 if form.errors else 200)


def kept_scan(request, participant, file) -> Upload | None:
    if file is None:
        return None
    whose = {"centre": participant.centre, "participant": participant}
    return keep_upload(**whose, kind=SCAN, name=file.name, data=file.read(), by=request.user, on=request.today)


def _of_user(request):
    """All of the centre's; whose right reaches the own ones only sees what they have registered."""
    rows = IncomingLetter.objects.visible_to(request.user, on=request.today)
    owners = _owners(request)
    return rows if owners is None else rows.filter(by__in=owners)


def _owners(request) -> set[int] | None:
    return request.user.owners("register_letter", on=request.today)


def _years(rows) -> list[int]:
    return sorted(set(rows.order_by().values_list("received_on__year", flat=True)), reverse=True)
