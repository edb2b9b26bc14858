"""Counting a list in the background: to ask for it, and to watch it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from benefits import running
from benefits.forms.months import MonthForm
from benefits.models import PaymentList
from benefits.views.fetch import list_or_404
from benefits.views.lists import approved_months, page_of_lists
from cistor.accounts.access import needs
from cistor.errors import Refused
from cistor.jobs.answers import part, unattended
from cistor.jobs.models import Job


@require_POST
@needs("run_month")
def run(request):
    form = MonthForm(request.POST, on=request.today, approved=approved_months(request))
    if form.is_valid():
        asked = {"centre": request.user.home_centre, **form.cleaned_data}
        try:
            return redirect(running.start_month(**asked, by=request.user, on=request.today))
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    return page_of_lists(request, form, status=422)


@require_POST
@needs("run_month")
def recount(request, pk):
    try:
        running.start_recount(list_or_404(request, pk), by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("benefits:list", pk)


@require_GET
@needs("see_lists")
def run_state(request, pk):
    """How far the count of a list is, for the script that asks every two seconds."""
    if not request.htmx:
        return redirect("benefits:list", list_or_404(request, pk).pk)
    unattended(request)
    shown = PaymentList.objects.visible_to(request.user, on=request.today).filter(pk=pk).first()
    count = running.run_of(shown) if shown else None
    if count is None or count.failure:
        # The page itself shows what came of it.
        return HttpResponseClientRefresh()
    state = count.status[1]
    return part(request, "benefits/_progress.html", {"list": shown, "run": count, "state": state}, state=state)


def run_shown(request, shown: PaymentList) -> Job | None:
    """What the page of a list shows of its count; who asked for it is told once that it is over."""
    if running.take(shown, by=request.user):
        messages.success(request, "Lista jest policzona.")
    return running.run_of(shown)


def or_why_not(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A list that nobody came to stand on is deleted by its count: whoever looks for it reads why."""

    @wraps(view)
    def answer(request, pk):
        try:
            return view(request, pk)
        except Http404:
            failed = running.jobs_of(request.user.home_centre_id, pk).exclude(failure="").first()
            if failed is None:
                raise
            messages.error(request, failed.failure)
            return redirect("benefits:lists")

    return answer
