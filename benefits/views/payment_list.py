from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from benefits.drafting import anybody_left
from benefits.models import PaymentList, Problem, Settlement
from benefits.views.fetch import list_or_404, sums_of
from cistor.accounts.access import needs
from cistor.sorting import Column, Sorting

PAGE = 50
PEOPLE_COLUMNS = [
    Column("Osoba", "osoba", "programme__participant__order_key"),
    Column("Za", "za", "start_on"),
    Column("Podstawa", "podstawa", "base", css="amount"),
    Column("Świadczenie", "swiadczenie", "benefit", css="amount"),
    Column("Podatek", "podatek", "tax", css="amount"),
    Column("Do wypłaty", "kwota", "payout", css="amount"),
    Column("Sposób", "sposob", "method"),
]


@needs("see_lists")
def payment_list(request, pk):
    """One list: sums, what stands in the way, who gets nothing and why, then everybody."""
    shown = list_or_404(request, pk)
    rows = shown.settlements.select_related("programme__participant").defer("inputs", "account")
    rows = rows.order_by("programme__participant__order_key", "programme", "start_on")
    sorting = Sorting(PEOPLE_COLUMNS, request, usual="osoba")
    context = {
        "list": shown,
        "sums": sums_of(shown),
        "problems": [(problem, _mended_at(problem)) for problem in shown.problems.with_people()],
        "nothing": [(row, _why_nothing(row)) for row in rows.filter(net=0).prefetch_related("lines")],
        "page": Paginator(sorting.apply(rows), PAGE).get_page(request.GET.get("strona")),
        "heads": sorting.heads,
        "may": _deeds(request, shown),
    }
    return render(request, "benefits/list.html", context)


def _mended_at(problem: Problem) -> str:
    """The page on which the problem is seen to."""
    person = [problem.programme.participant_id]
    if problem.days:
        return f"{reverse('attendance:person', args=person)}?miesiac={problem.days[0]:%Y-%m}"
    payment = problem.kind == Problem.Kind.NO_METHOD
    return reverse("participants:payment" if payment else "participants:programme", args=person)


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
        "recount": pays and shown.is_open,
        "approve": user.may("approve_list", on=today) and shown.is_open and not shown.problem_count and shown.people,
        "record_payments": pays and not shown.is_open and shown.unpaid,
        "add": pays and not shown.is_open and shown.month and last and anybody_left(shown, on=today),
    }
