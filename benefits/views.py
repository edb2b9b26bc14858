from datetime import date
from itertools import chain

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from benefits import actions, checksums, explanation, schedule, sources
from benefits.drafting import anybody_left
from benefits.forms import ApprovalForm, MonthForm, PaymentForm
from benefits.models import AMOUNTS, PaymentList, Problem, Settlement
from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.money import NOTHING, zloty
from cistor.sorting import Column, Sorting
from cistor.templatetags.cistor import plural
from participants.models import Participant
from participants.views import card

PAGE = 50
LIST_COLUMNS = [
    Column("Lista", "za", "month"),
    Column("Wypłata", "wyplata", "payday"),
    Column("Osoby", "osoby", "people", css="number"),
    Column("Do wypłaty", "kwota", "net", css="amount"),
    Column("Stan", "stan", "status"),
    Column("Dokument"),
]
PEOPLE_COLUMNS = [
    Column("Osoba", "osoba", "programme__participant__order_key"),
    Column("Za", "za", "start_on"),
    Column("Podstawa", "podstawa", "base", css="amount"),
    Column("Świadczenie", "swiadczenie", "benefit", css="amount"),
    Column("Podatek", "podatek", "tax", css="amount"),
    Column("Do wypłaty", "kwota", "net", css="amount"),
    Column("Sposób", "sposob", "method"),
]
CONSEQUENCES = [
    "Lista dostanie numer i wydruk, a jej kwot nikt już nie zmieni.",
    "Rozliczone dni zostaną zamknięte: odtąd zmienia je tylko korekta.",
    "Wersja regulaminu, według której policzono, także się już nie zmieni.",
]


@needs("see_lists")
def lists(request):
    """The lists of the centre, and the month that may be counted."""
    page = _lists(request, MonthForm(on=request.today, approved=_approved(request)))
    # An address that means nothing is not worth coming back to.
    places.keep(request)
    return page


@require_POST
@needs("run_month")
def run(request):
    form = MonthForm(request.POST, on=request.today, approved=_approved(request))
    if form.is_valid():
        try:
            counted = actions.run_month(
                centre=request.user.home_centre, **form.cleaned_data, by=request.user, on=request.today
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Lista jest policzona.")
            return redirect("benefits:list", counted.pk)
    return _lists(request, form, status=422)


def _approved(request) -> set[date]:
    """The months whose list is approved."""
    rows = PaymentList.objects.visible_to(request.user, on=request.today).filter(month__isnull=False)
    return set(rows.filter(status=PaymentList.Status.APPROVED).values_list("month", flat=True))


def _lists(request, form, status=200):
    user, today = request.user, request.today
    sorting = Sorting(LIST_COLUMNS, request, usual="-wyplata")
    rows = PaymentList.objects.visible_to(user, on=today).with_sums().select_related("document")
    version = Regulations.objects.version(user.home_centre, today)
    context = {
        "page": Paginator(sorting.apply(rows), PAGE).get_page(request.GET.get("strona")),
        "heads": sorting.heads,
        "form": form if user.may("run_month", on=today) else None,
        "trials_apart": version is not None and version.trial_settlement == "separate",
        "last_run": schedule.last_run(user.home_centre),
    }
    return render(request, "benefits/lists.html", context, status=status)


@require_POST
@needs("run_month")
def draft_trials(request):
    counted = actions.draft_trial_list(centre=request.user.home_centre, by=request.user, on=request.today)
    if not counted:
        messages.info(request, "Żaden okres próbny nie czeka na rozliczenie.")
        return redirect("benefits:lists")
    messages.success(request, "Listy za okresy próbne są policzone.")
    return redirect("benefits:list", counted[-1].pk) if len(counted) == 1 else redirect("benefits:lists")


@needs("see_lists")
def payment_list(request, pk):
    """One list: sums, what stands in the way, who gets nothing and why, then everybody."""
    shown = _list_or_404(request, pk)
    rows = shown.settlements.select_related("programme__participant").defer("inputs", "account")
    rows = rows.order_by("programme__participant__order_key", "programme", "start_on")
    sorting = Sorting(PEOPLE_COLUMNS, request, usual="osoba")
    context = {
        "list": shown,
        "sums": _sums(shown),
        "problems": [(problem, _mended_at(problem)) for problem in shown.problems.with_people()],
        "nothing": [(row, _why_nothing(row)) for row in rows.filter(net=0).prefetch_related("lines")],
        "page": Paginator(sorting.apply(rows), PAGE).get_page(request.GET.get("strona")),
        "heads": sorting.heads,
        "may": _deeds(request, shown),
    }
    return render(request, "benefits/list.html", context)


def _list_or_404(request, pk) -> PaymentList:
    rows = PaymentList.objects.visible_to(request.user, on=request.today).with_sums()
    return get_object_or_404(rows.select_related("centre", "document", "prepared_by", "approved_by"), pk=pk)


def _mended_at(problem: Problem) -> str:
    """The page on which the problem is seen to."""
    person = [problem.programme.participant_id]
    if problem.days:
        return f"{reverse('attendance:person', args=person)}?miesiac={problem.days[0]:%Y-%m}"
    payment = problem.kind == Problem.Kind.NO_METHOD
    return reverse("participants:payment" if payment else "participants:programme", args=person)


def _sums(shown: PaymentList) -> dict:
    sums = shown.settlements.aggregate(**{name: Sum(name, default=NOTHING) for name in AMOUNTS})
    return {**sums, "zus": sums["zus_pension"] + sums["zus_disability"]}


def _why_nothing(row: Settlement) -> str:
    """What took the most."""
    taken = [line for line in row.lines.all() if line.amount < 0]
    return min(taken, key=lambda line: line.amount).because if taken else ""


def _deeds(request, shown: PaymentList) -> dict[str, bool]:
    """Which buttons stand on the page of a list."""
    user, today = request.user, request.today
    pays = user.may("run_month", on=today)
    last = not PaymentList.objects.filter(month=shown.month, number__gt=shown.number, centre=shown.centre).exists()
    return {
        "recount": pays and shown.is_draft,
        "approve": user.may("approve_list", on=today) and shown.is_draft and not shown.problem_count and shown.people,
        "record_payments": pays and not shown.is_draft and shown.unpaid,
        "add": pays and not shown.is_draft and shown.month and last and anybody_left(shown, on=today),
    }


@require_POST
@needs("run_month")
def recount(request, pk):
    try:
        actions.recount(_list_or_404(request, pk), by=request.user, on=request.today)
        messages.success(request, "Lista jest policzona ponownie.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("benefits:list", pk)


@needs("approve_list")
def approve(request, pk):
    """The decision, with what was looked at: a list counted anew in the meantime is not what the page showed."""
    shown = _list_or_404(request, pk)
    form = ApprovalForm(request.POST or None, initial={"seen": checksums.seen_checksum(shown, shown.settlements.all())})
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve(shown, seen=form.cleaned_data["seen"], by=request.user, on=request.today)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Lista jest zatwierdzona.")
        return redirect("benefits:list", pk)
    context = {
        "list": shown,
        "form": form,
        "facts": _facts(shown),
        "question": f"Zatwierdzić listę{shown.title.removeprefix('Lista')}?",
        "consequences": CONSEQUENCES,
        "cancel": reverse("benefits:list", args=[pk]),
        "obstacle": _obstacle(shown),
    }
    return render(request, "benefits/approve.html", context, status=_status(form))


def _obstacle(shown: PaymentList) -> str:
    """Why the list cannot be approved as it stands; "" when it can."""
    if not shown.is_draft:
        return "Ta lista jest już zatwierdzona."
    if shown.problem_count:
        count = plural(shown.problem_count, "sprawa,sprawy,spraw")
        return f"Na liście jest {shown.problem_count} {count} do wyjaśnienia."
    return "" if shown.people else "Na liście nie ma nikogo."


def _facts(shown: PaymentList) -> list[tuple[str, object]]:
    sums = _sums(shown)
    return [
        ("Dzień wypłaty", day_text(shown.payday)),
        ("Osoby", shown.people),
        ("Nic do wypłaty", f"{shown.settlements.filter(net=0).count()} z {shown.people}"),
        ("Świadczenia", zloty(sums["benefit"])),
        ("Zaliczki na podatek", zloty(sums["tax"])),
        ("Do wypłaty", zloty(sums["net"])),
        ("Składki do refundacji", zloty(sums["zus"])),
        ("Sporządzenie", shown.prepared_by or "automatycznie"),
        ("Policzono", day_text(shown.prepared_on)),
    ]


@needs("run_month")
def record_payments(request, pk):
    shown = _list_or_404(request, pk)
    form = PaymentForm(request.POST or None, on=request.today, initial={"paid_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_payments(shown, paid_on=form.cleaned_data["paid_on"], by=request.user, on=request.today)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Wypłata jest zapisana.")
            return redirect("benefits:list", pk)
    context = {"list": shown, "form": form, "cancel": reverse("benefits:list", args=[pk])}
    return render(request, "benefits/record_payments.html", context, status=_status(form))


@needs("see_lists")
def verify_list(request, pk):
    """Compute the whole list again from its stored inputs."""
    shown = _list_or_404(request, pk)
    return render(request, "benefits/verify_list.html", {"list": shown, "wrong": checksums.verify(shown)})


@needs("see_lists")
def settlement(request, pk):
    """Where the amount comes from, to the grosz."""
    row = _settlement_or_404(request, pk)
    participant = row.programme.participant
    record_reading(participant, "settlement", by=request.user)
    rows, parts, versions = explanation.weeks(row), explanation.lines_by_part(row), explanation.versions_used(row)
    for line in chain.from_iterable(parts.values()):
        line.cited = sources.short(line.source, versions)
    context = {
        "row": row,
        "list": row.payment_list,
        "participant": participant,
        "parts": parts,
        "steps": explanation.steps_of(row, parts),
        "weeks": rows,
        "codes": explanation.codes_used(row, rows),
        "versions": versions,
        "problems": row.payment_list.problems.filter(programme=row.programme_id),
        "payments": row.payments.all(),
    }
    return render(request, "benefits/settlement.html", context)


def _settlement_or_404(request, pk) -> Settlement:
    rows = Settlement.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("payment_list", "programme__participant"), pk=pk)


@needs("see_lists")
def verify_settlement(request, pk):
    """Compute again from the stored inputs and lay both results side by side."""
    row = _settlement_or_404(request, pk)
    record_reading(row.programme.participant, "settlement", by=request.user)
    check = checksums.check(row)
    return render(request, "benefits/verify_settlement.html", {"row": row, "check": check})


@needs("see_lists")
def person(request, pk):
    """A participant's tab: everything they were or will be paid."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_lists")
    people = people.with_phase(request.today).with_group(request.today)
    participant = get_object_or_404(people, pk=pk)
    record_reading(participant, "settlements", by=request.user)
    rows = Settlement.objects.filter(programme__participant=participant).select_related("payment_list")
    rows = rows.prefetch_related("payments").defer("inputs", "person", "account").order_by("-start_on")
    past_end = rows.past_end().select_related("programme")
    context = {**card.page(request, participant, "benefits:person"), "settlements": rows, "past_end": past_end}
    return render(request, "benefits/person.html", context)


def _status(form) -> int:
    return 422 if form.errors else 200
