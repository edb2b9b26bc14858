"""Deductions: the list of the centre, one of them with its history, and the steps from entry to withdrawal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.models import Incident, IssuedItem
from benefits.actions import deductions as actions
from benefits.forms.deductions import ConsentForm, DeductionForm, DropForm, NarrowDeductionsForm, WithdrawalForm
from benefits.models import Deduction
from benefits.reading import charges
from benefits.reading import deductions as reckoning
from benefits.reading.deductions import Account, State
from benefits.views.fetch import status_of
from benefits.views.tabs import tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.documents.actions import keep_upload
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from cistor.money import NOTHING, zloty
from participants.models import Participant, Programme
from participants.views.fetch import programme_of

PAGE = 50
RIGHT = "enter_deduction"
SCAN = "deduction_consent"


@require_GET
@needs(RIGHT)
def deductions(request):
    """Of the whole centre, the newest first."""
    form = NarrowDeductionsForm(request.GET)
    if not form.is_valid():
        raise Http404
    places.keep(request, *form.fields)
    state, rows = form.cleaned_data["stan"], Deduction.objects.visible_to(request.user, on=request.today)
    if state:
        rows = reckoning.in_state(reckoning.with_taken(rows), State(state))
    rows = reckoning.with_lists(rows).defer("what", "suspicion", "withdrawn_note").order_by("-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    record_readings(
        request.user.home_centre, {row.programme.participant_id for row in page}, "deductions", by=request.user
    )
    context = {
        "page": page,
        "accounts": [reckoning.account(row) for row in page],
        "filters": form,
        "tabs": tabs(request),
        "kinds": reckoning.kinds_in_force(request.user.home_centre_id, request.today),
    }
    return render(request, "benefits/deductions.html", context)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def new_deduction(request, pk):
    """Kinds of the regulations of the day, each with what it waits for; the act says what is missing.

    `rzecz` and `incydent` of the address: what was not given back, or the test, with which the form begins.
    """
    programme = programme_of(request, pk, RIGHT)
    kinds = reckoning.kinds_in_force(programme.participant.centre_id, request.today)
    offers = charges.offers(programme, kinds, on=request.today)
    initial = _charged(request, offers) or _tested(request, programme, kinds)
    form, entered = DeductionForm(request.POST or None, kinds=kinds, initial=initial), []

    def act():
        about = {**form.given, "item": _item(request, programme)}
        entered.append(actions.enter_deduction(programme, **about, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Potrącenie jest wpisane i czeka na zgodę."))
        if entered:
            return redirect("benefits:deduction", entered[0].pk)
        return redirect("benefits:statement", programme.participant_id)
    record_reading(programme.participant, "deduction", by=request.user)
    context = {
        "participant": programme.participant,
        "form": form,
        "kinds": [(kind, reckoning.obstacle(kind, programme, on=request.today)) for kind in kinds],
        "offers": offers,
        "cancel": reverse("benefits:statement", args=[programme.participant_id]),
    }
    return render(request, "benefits/deduction_new.html", context, status=status_of(form))


def _charged(request, offers: list[charges.Offer]) -> dict:
    """What the form begins with when the address names a thing that is missing."""
    named = (offer for offer in offers if offer.thing.item.pk == _number(request, "rzecz") and not offer.obstacle)
    return next((offer.initial for offer in named), {})


def _item(request, programme: Programme) -> IssuedItem | None:
    """The thing that the address names, offered still or not: the act says why it is not."""
    return IssuedItem.objects.filter(programme=programme, pk=_number(request, "rzecz")).first()


def _number(request, name: str) -> int:
    """Of a row that the address names; 0, which is none, for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else 0


def _tested(request, programme: Programme, kinds: list) -> dict:
    """Of the incident that the address names, for whoever may read why somebody was suspected."""
    rows = Incident.objects.visible_to(request.user, on=request.today, right="see_diagnosis").standing()
    incident = rows.filter(programme=programme, pk=_number(request, "incydent")).first()
    return charges.of_test(programme, kinds, incident) if incident else {}


@require_GET
@needs(RIGHT)
def deduction(request, pk):
    """What for, how much, where it stands, and what every list has taken."""
    row = _row(request, pk)
    record_reading(row.programme.participant, "deduction", by=request.user)
    account = reckoning.account(row)
    context = {
        "row": row,
        "account": account,
        "facts": _facts(account, may_read=_may_read(request)),
        "obstacle": reckoning.obstacle(row.kind, row.programme, on=request.today) if account.left else "",
    }
    return render(request, "benefits/deduction.html", context)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def change_deduction(request, pk):
    row = _row(request, pk)
    initial = {name: getattr(row, name) for name in actions.FIELDS}
    form = DeductionForm(request.POST or None, of=row, initial=initial)
    words = {
        "heading": "Zmiana potrącenia",
        "question": "Co poprawić?",
        "consequences": ["Wystawioną już zgodę zastąpi nowa, z nowym numerem. Starej nie dawaj do podpisu."],
        "submit": "Zapisz potrącenie",
    }

    def act():
        actions.change_deduction(row, **form.given, by=request.user, on=request.today)

    return _step(request, row, form, act, done="Potrącenie jest zmienione.", states=[State.WAITING], words=words)


@require_POST
@needs(RIGHT)
def deduction_agreement(request, pk):
    """The paper to sign; issued when it is first asked for."""
    try:
        document = actions.issue_agreement(_row(request, pk), by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Zgoda {document.number} jest gotowa do wydruku i podpisu.")
    return redirect("benefits:deduction", pk)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def consent(request, pk):
    row = _row(request, pk)
    form = ConsentForm(request.POST or None, request.FILES or None)
    words = {
        "heading": "Zgoda na potrącenie",
        "question": "Zapisać podpisaną zgodę?",
        "consequences": [
            f"Kolejne listy potrącą razem {zloty(row.amount)}{_by_instalments(row)}.",
            "Kwoty i raty nie da się już zmienić; zgodę można tylko wycofać.",
            "Listy w przygotowaniu policz ponownie, żeby potrącenie się na nich znalazło.",
        ],
        "submit": "Zapisz zgodę",
    }

    def act():
        day, file = form.cleaned_data["consented_on"], form.cleaned_data["scan"]
        scan = _kept(request, row, file) if file else None
        actions.record_consent(row, consented_on=day, scan=scan, by=request.user, on=request.today)

    return _step(request, row, form, act, done="Zgoda jest zapisana.", states=[State.WAITING], words=words)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def withdraw_consent(request, pk):
    row = _row(request, pk)
    left = reckoning.account(row).left
    words = {
        "heading": "Wycofanie zgody",
        "question": "Zapisać wycofanie zgody?",
        "consequences": [
            f"Pozostałych {zloty(left)} nie potrąci już żadna lista.",
            "To, co potrąciły zatwierdzone listy, zostaje potrącone.",
            "Listę w przygotowaniu, która coś z tego potrąca, trzeba policzyć ponownie.",
        ],
        "submit": "Zapisz wycofanie",
        "irreversible": True,
        "danger": True,
    }
    form = WithdrawalForm(request.POST or None)

    def act():
        given = {name: form.cleaned_data[name] for name in ("withdrawn_on", "note")}
        actions.withdraw_consent(row, **given, by=request.user, on=request.today)

    return _step(request, row, form, act, done="Wycofanie zgody jest zapisane.", states=[State.TAKING], words=words)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def drop_deduction(request, pk):
    row, form = _row(request, pk), DropForm(request.POST or None)
    words = {
        "heading": "Rezygnacja z potrącenia",
        "question": "Zrezygnować z potrącenia?",
        "consequences": ["Zgody nie będzie można już zapisać. Wpis zostaje w zestawieniu jako zaniechany."],
        "submit": "Zrezygnuj z potrącenia",
        "irreversible": True,
        "danger": True,
    }

    def act():
        actions.drop_deduction(row, note=form.cleaned_data["note"], by=request.user, on=request.today)

    return _step(request, row, form, act, done="Potrącenia nie będzie.", states=[State.WAITING], words=words)


@require_GET
@needs(RIGHT)
def statement(request, pk):
    """What one person agreed to, what was taken by which list, what is left; for the screen and for the printer."""
    people = Participant.objects.visible_to(request.user, on=request.today, right=RIGHT)
    participant = get_object_or_404(people, pk=pk)
    record_reading(participant, "deductions", by=request.user)
    accounts = reckoning.statement(participant)
    context = {
        "participant": participant,
        "accounts": accounts,
        "taken": sum((one.taken for one in accounts), NOTHING),
        "left": sum((one.left for one in accounts if one.state == State.TAKING), NOTHING),
        "programme": None if participant.erased_on else _newest(participant),
    }
    return render(request, "benefits/statement.html", context)


def _newest(participant: Participant) -> Programme | None:
    """The programme of which a further deduction would be."""
    return participant.programmes.order_by("-signed_on", "-pk").first()


def _row(request, pk) -> Deduction:
    rows = Deduction.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(reckoning.with_lists(rows).prefetch_related("programme__stages"), pk=pk)


def _step(request, row: Deduction, form, act, *, done: str, states: list[State], words: dict):
    """One step on its page; told why not when the deduction stands elsewhere."""
    account = reckoning.account(row)
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, done))
        return redirect("benefits:deduction", row.pk)
    if request.method == "GET":
        record_reading(row.programme.participant, "deduction", by=request.user)
    usual = {"irreversible": False, "danger": False}
    may, back = account.state in states, reverse("benefits:deduction", args=[row.pk])
    context = {
        "row": row,
        "form": form,
        "facts": _facts(account, may_read=_may_read(request)),
        "cancel": back,
        "may": may,
        **usual,
        **words,
    }
    context["state"] = account.state
    return render(request, "benefits/deduction_step.html", context, status=status_of(form))


def _kept(request, row: Deduction, file):
    participant = row.programme.participant
    whose = {"centre": participant.centre, "participant": participant, "kind": SCAN}
    return keep_upload(**whose, name=file.name, data=file.read(), by=request.user, on=request.today)


def _by_instalments(row: Deduction) -> str:
    return f", z jednej listy najwyżej {zloty(row.instalment)}" if row.instalment else ""


def _may_read(request) -> bool:
    """The words of a suspicion are those of an incident."""
    return request.user.may("see_diagnosis", on=request.today)


def _facts(account: Account, *, may_read: bool) -> list[tuple[str, object]]:
    row = account.row
    suspected = f": {row.suspicion}" if may_read else ""
    return [
        ("Osoba", str(row.programme.participant)),
        ("Rodzaj", row.kind.name),
        ("Warunek", row.kind.get_condition_display()),
        ("Podstawa", row.kind.source),
        ("Za co", row.what),
        ("Kwota", zloty(row.amount)),
        ("Najwyżej z jednej listy", zloty(row.instalment) if row.instalment else "ile się zmieści"),
        ("Kolejność", row.position),
        *([("Podejrzenie", f"{day_text(row.suspected_on)}{suspected}")] if row.suspected_on else []),
        ("Wpisano", f"{row.entered_by}, {day_text(row.entered_on)}"),
        *_paper(row),
        *([("Zgoda podpisana", day_text(row.consented_on))] if row.consented_on else []),
        *_scan(row),
        *_stopped(account),
    ]


def _paper(row: Deduction) -> list[tuple[str, object]]:
    if row.document is None:
        return []
    url = reverse("documents:download", args=[row.document_id])
    return [("Zgoda do podpisu", format_html('<a href="{}">{}</a>', url, row.document.number))]


def _scan(row: Deduction) -> list[tuple[str, object]]:
    scan = row.consent_scan
    if scan is None or not scan.sha256:
        return []
    url = reverse("documents:upload", args=[scan.pk])
    return [("Skan zgody", format_html('<a href="{}">pobierz</a>, wgrano {}', url, day_text(scan.uploaded_on)))]


def _stopped(account: Account) -> list[tuple[str, object]]:
    row = account.row
    if row.withdrawn_on is None:
        return []
    label = "Zgodę wycofano" if row.consented_on else "Zrezygnowano"
    return [(label, ", ".join(filter(None, (day_text(row.withdrawn_on), row.withdrawn_note))))]
