"""The refund from the Fundusz Pracy: a year of it, one application, its signature and what came of it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from benefits.actions import refunds as acts
from benefits.documents.refund import Row, ordered
from benefits.forms.refunds import NewRefundForm, PaidForm, RefusedForm, SentForm, SignForm, StepForm
from benefits.models import Refund
from benefits.reading import refunds as facts
from benefits.sheets.refunds import refund_workbook
from benefits.views.fetch import status_of, year_asked
from benefits.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import day_text, month_start, months
from cistor.documents.answers import attached
from cistor.errors import Refused
from cistor.journal.actions import record, record_readings
from cistor.journal.once import carry_out, said
from cistor.money import zloty
from cistor.sheets import XLSX

PAGE = 50
BACK = "benefits:refund"
SIGNED = [
    "Wniosek dostaje numer i wykaz osób; żadna kwota się już nie zmieni.",
    "O to, co wypłacono później, wnosi się kolejnym wnioskiem za ten miesiąc.",
    "Wysyła go i rozlicza osoba z kadr i płac.",
]
DROPPED = ["O te same wypłaty można wnieść nowym wnioskiem.", "Żadna wypłata ani lista się nie zmieni."]


class Step(NamedTuple):
    """What is written down about a signed application, its form and its words."""

    form: type[StepForm]
    act: Callable
    day: str
    heading: str
    submit: str
    done: str
    fields: tuple[str, ...] = ("note",)


WITH_AMOUNT = ("amount", "note")
STEPS = {
    "wyslanie": Step(
        SentForm, acts.send_refund, "sent_on", "Wysłanie wniosku", "Zapisz wysłanie", "Wysłanie jest zapisane."
    ),
    "wplyw": Step(
        PaidForm,
        acts.record_refund_payment,
        "paid_on",
        "Wpływ refundacji",
        "Zapisz wpływ",
        "Wpływ jest zapisany.",
        WITH_AMOUNT,
    ),
    "odmowa": Step(
        RefusedForm,
        acts.refuse_refund,
        "refused_on",
        "Odmowa refundacji",
        "Zapisz odmowę",
        "Odmowa jest zapisana.",
        WITH_AMOUNT,
    ),
}


@require_GET
@needs("see_lists")
def refunds(request):
    """The months of a year: what was paid, asked for, came, is outstanding, and what nobody has asked for."""
    year = year_asked(request.GET.get("rok", ""), request.today)
    found = facts.year_of(request.user.home_centre, year, on=request.today)
    context = {
        "found": found,
        "tabs": tabs(request),
        "before": year - 1 if found.first < year else None,
        "after": year + 1 if year < found.last else None,
        "may_prepare": request.user.may("prepare_refund", on=request.today),
    }
    return render(request, "benefits/refunds.html", context)


@require_http_methods(["GET", "POST"])
@needs("prepare_refund")
def new_refund(request):
    """Which month, and to which labour office; the first of them that waits, unless the address names one."""
    centre = request.user.home_centre
    waiting, offices = _waiting(request), facts.offices(centre)
    named = request.GET.get("miesiac", "")
    month = next((str(one) for one in waiting if f"{one:%Y-%m}" == named), str(waiting[0]) if waiting else "")
    form = NewRefundForm(request.POST or None, months=waiting, offices=offices, initial={"month": month})
    made = []

    def act():
        given = {name: form.cleaned_data[name] for name in ("month", "office")}
        made.append(acts.prepare_refund(centre, **given, by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Projekt wniosku jest gotowy do przejrzenia i podpisu."))
        return redirect(BACK, made[0].pk) if made else redirect("benefits:refunds")
    context = {"form": form, "has_office": offices.exists(), "months": waiting, "cancel": reverse("benefits:refunds")}
    return render(request, "benefits/new_refund.html", context, status=status_of(form))


def _waiting(request) -> list[date]:
    """The months of the last two years with something that stands in no application, the oldest first."""
    first = month_start(request.today).replace(year=request.today.year - 1, month=1)
    rows = facts.unasked_months(request.user.home_centre, first, request.today)
    return [month for month in months(first, request.today) if month in rows]


@require_GET
@needs("see_lists")
def refund(request, pk):
    """One application: who, when, how much, what came of it, and the list it asks by."""
    shown = facts.standing(_refund(request, pk))
    page = Paginator(ordered(shown.refund), PAGE).get_page(request.GET.get("strona"))
    rows = [Row(item) for item in page]
    context = {
        "shown": shown,
        "refund": shown.refund,
        "page": page,
        "parts": [
            ("Świadczenia", [row for row in rows if not row.is_correction]),
            ("Korekty za wcześniejsze miesiące", [row for row in rows if row.is_correction]),
        ],
        "back": facts.came_back(shown.refund).count() if shown.is_signed else 0,
        **_deeds(request, shown),
    }
    return render(request, "benefits/refund.html", context)


def _deeds(request, shown: facts.Standing) -> dict[str, bool]:
    """What the reader may do now."""
    user, row = request.user, shown.refund
    prepares = user.may("prepare_refund", on=request.today)
    return {
        "may_prepare": prepares and not shown.is_signed,
        "may_sign": user.may("sign_refund", on=request.today) and not shown.is_signed and not _is_own(row, user),
        "may_send": prepares and shown.is_signed and shown.sent_on is None,
        "may_settle": prepares and shown.sent_on is not None and shown.left > 0,
    }


def _is_own(row: Refund, user) -> bool:
    return not row.centre.single_handed and acts.has_prepared(row, user)


@require_POST
@needs("prepare_refund")
def recount_refund(request, pk):
    """Once more from what is paid by now."""
    return _done(request, pk, acts.recount_refund, "Wniosek jest przeliczony.", back=BACK)


@require_http_methods(["GET", "POST"])
@needs("prepare_refund")
def drop_refund(request, pk):
    """A draft that nobody needs; whoever drops it is asked once more."""
    if request.method == "POST":
        return _done(request, pk, acts.drop_refund, "Projekt wniosku jest usunięty.", back="")
    row = _refund(request, pk)
    shown = facts.standing(row)
    context = {"refund": row, "facts": _facts(shown), "consequences": DROPPED, "cancel": reverse(BACK, args=[pk])}
    context["obstacle"] = "Ten wniosek jest już podpisany." if shown.is_signed else ""
    return render(request, "benefits/drop_refund.html", context)


def _done(request, pk, act: Callable, done: str, *, back: str):
    row = _refund(request, pk)
    try:
        act(row, by=request.user, on=request.today)
        messages.success(request, done)
    except Refused as refusal:
        messages.error(request, refusal.message)
        back = BACK
    return redirect(back, pk) if back else redirect("benefits:refunds")


@require_http_methods(["GET", "POST"])
@needs("sign_refund")
def sign_refund(request, pk):
    """The director's signature over what the page shows."""
    row = _refund(request, pk)
    shown = facts.standing(row)
    form = SignForm(request.POST or None, initial={"seen": facts.seen_checksum(row.items.all())})

    def act():
        acts.sign_refund(row, seen=form.cleaned_data["seen"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, "Wniosek jest podpisany i ma numer.")
        return redirect(BACK, pk)
    context = {"refund": row, "form": form, "facts": _facts(shown), "consequences": SIGNED}
    context |= {"obstacle": _obstacle(shown, request.user), "cancel": reverse(BACK, args=[pk])}
    return render(request, "benefits/sign_refund.html", context, status=status_of(form))


def _obstacle(shown: facts.Standing, user) -> str:
    if shown.is_signed:
        return "Ten wniosek jest już podpisany."
    return acts.FOUR_EYES if _is_own(shown.refund, user) else ""


def _facts(shown: facts.Standing) -> list[tuple[str, object]]:
    row = shown.refund
    return [
        ("Do kogo", row.office.name),
        ("Osoby", shown.people),
        ("Świadczenia", zloty(shown.asked.benefit)),
        ("Składka emerytalna", zloty(shown.asked.zus_pension)),
        ("Składka rentowa", zloty(shown.asked.zus_disability)),
        ("Razem", zloty(shown.asked.total)),
        ("Sporządzenie", f"{row.prepared_by}, {day_text(row.prepared_on)}"),
    ]


@require_http_methods(["GET", "POST"])
@needs("prepare_refund")
def refund_step(request, pk, step):
    """It went out, money came, or the office refused."""
    if step not in STEPS:
        raise Http404
    row, what = _refund(request, pk), STEPS[step]
    shown = facts.standing(row)
    initial = {"on": request.today, **({"amount": shown.left} if step == "wplyw" else {})}
    form = what.form(request.POST or None, initial=initial)

    def act():
        given = {name: form.cleaned_data[name] for name in what.fields}
        what.act(row, **{what.day: form.cleaned_data["on"]}, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, what.done))
        return redirect(BACK, pk)
    context = {"shown": shown, "refund": row, "step": what, "form": form, "cancel": reverse(BACK, args=[pk])}
    return render(request, "benefits/refund_step.html", context, status=status_of(form))


@require_GET
@needs("see_lists")
def refund_sheet(request, pk):
    """The list for a spreadsheet; the office often asks for it."""
    row = _refund(request, pk)
    rows = [Row(item) for item in ordered(row)]
    record(row, "refund_sheet_taken", by=request.user)
    people = sorted({one.settlement.programme.participant_id for one in rows})
    record_readings(row.centre, people, "refund_sheet", by=request.user)
    return attached(refund_workbook(row, rows), f"refundacja-{row.month:%Y-%m}-{row.number}.xlsx", XLSX)


def _refund(request, pk) -> Refund:
    rows = Refund.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("centre", "office", "prepared_by"), pk=pk)
