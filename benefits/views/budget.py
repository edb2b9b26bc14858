"""The budget of a year: plan against what was paid and what is coming."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions.budget import set_budget as set_plan
from benefits.forms.budget import BudgetForm
from benefits.models import BudgetPlan
from benefits.reading.budget import Budget, Cost, budget_of
from benefits.sheets.budget import budget_workbook
from benefits.views.fetch import YEARS, status_of, year_asked
from benefits.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.documents.answers import attached
from cistor.drawings import Bar, Drawing, bars
from cistor.journal.actions import record
from cistor.journal.models import Entry
from cistor.journal.once import carry_out, said
from cistor.money import zloty
from cistor.sheets import XLSX

# So many changes of the plan are shown; the journal has them all.
CHANGES, LOOKED_THROUGH = 20, 200


@require_GET
@needs("see_lists")
def budget(request):
    """By kind of cost, with a drawing, and what the plan was before."""
    year = year_asked(request.GET.get("rok", ""), request.today)
    found = budget_of(request.user.home_centre, year, on=request.today)
    context = {
        "found": found,
        "drawing": drawing(found),
        "changes": _changes(request.user.home_centre, year),
        "tabs": tabs(request),
        "before": year - 1 if found.first < year else None,
        "after": year + 1 if year <= request.today.year else None,
        "may_set": request.user.may("set_budget", on=request.today),
    }
    return render(request, "benefits/budget.html", context)


@require_http_methods(["GET", "POST"])
@needs("set_budget")
def set_budget(request, year):
    """All kinds on one form; what is left as it was is not written again."""
    _known(year)
    centre = request.user.home_centre
    form = BudgetForm(request.POST or None, initial=_as_now(centre, year))

    def act():
        for kind in BudgetPlan.Kind.values:
            plan = {"amount": form.cleaned_data[kind], "source": form.cleaned_data[f"{kind}_source"]}
            set_plan(centre, year=year, kind=kind, **plan, by=request.user, on=request.today)

    back = f"{reverse('benefits:budget')}?rok={year}"
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Plan jest zapisany."))
        return redirect(back)
    context = {"form": form, "year": year, "cancel": back}
    return render(request, "benefits/set_budget.html", context, status=status_of(form))


@require_GET
@needs("see_lists")
def budget_sheet(request, year):
    """For a spreadsheet; amounts alone, nobody's name."""
    _known(year)
    centre = request.user.home_centre
    data = budget_workbook(budget_of(centre, year, on=request.today))
    record(centre, "budget_sheet_taken", by=request.user, year=year)
    return attached(data, f"budzet-{year}.xlsx", XLSX)


def drawing(found: Budget) -> Drawing:
    rows = [bar for cost in found.costs if not cost.is_empty for bar in _bars(cost)]
    said = "; ".join(f"{row.label}: {row.text}" for row in rows)
    return bars(rows, name="budget", title=f"Plan i koszt w {found.year} roku", desc=f"{said}.")


def _bars(cost: Cost) -> list[Bar]:
    plan = [Bar(f"{cost.label}: plan", cost.plan, zloty(cost.plan), "now")] if cost.plan is not None else []
    over = ", ponad plan" if cost.is_over else ""
    return [
        *plan,
        Bar(f"{cost.label}: wypłacono", cost.paid, zloty(cost.paid), "main"),
        Bar(f"{cost.label}: razem{over}", cost.expected, zloty(cost.expected), "less" if over else "total"),
    ]


def _as_now(centre, year: int) -> dict:
    plans = BudgetPlan.objects.filter(centre=centre, year=year)
    found = {plan.kind: plan for plan in plans}
    return {
        **{kind: plan.amount for kind, plan in found.items()},
        **{f"{kind}_source": plan.source for kind, plan in found.items()},
    }


def _changes(centre, year: int) -> list[dict]:
    """The newest first. What an act says of itself is encrypted, so the year is looked for here."""
    rows = Entry.objects.filter(centre=centre, verb="budget_set").select_related("by").order_by("-id")
    return [_read(row) for row in rows[:LOOKED_THROUGH] if row.data and row.data["year"] == year][:CHANGES]


def _read(row: Entry) -> dict:
    """Its kind and amounts as they are read."""
    said = {name: zloty(Decimal(row.data[name])) if row.data[name] else "brak" for name in ("before", "amount")}
    label = BudgetPlan.Kind(row.data["kind"]).label
    return {"at": row.at, "by": row.by, "label": label, "source": row.data["source"], **said}


def _known(year: int) -> None:
    if year not in YEARS:
        raise Http404
