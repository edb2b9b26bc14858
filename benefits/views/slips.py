from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions import slips as actions
from benefits.models import PaymentList
from benefits.views.fetch import list_or_404, settlement_or_404
from cistor.accounts.access import needs
from cistor.documents.answers import attached
from cistor.errors import Refused
from cistor.jobs.models import Job

MIMES = {"pdf": "application/pdf", "zip": "application/zip"}


@require_GET
@needs("see_lists")
def slip(request, pk):
    """The slip of one settlement as a PDF."""
    row = settlement_or_404(request, pk)
    try:
        data = actions.print_slip(row, by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("benefits:settlement", pk)
    return attached(data, f"pasek-{row.span}-{row.pk}.pdf")


@require_http_methods(["GET", "POST"])
@needs("see_lists")
def slips(request, pk):
    """The slips of a whole list, as one PDF or as a file each; those under way and those that wait."""
    shown = list_or_404(request, pk)
    if request.method == "POST":
        return _ask(request, shown)
    jobs = Job.objects.waiting_for(request.user, on=request.today).filter(kind=actions.KIND, data__list=pk)
    return render(request, "benefits/slips.html", {"list": shown, "jobs": jobs, "count": shown.settlements.count()})


def _ask(request, shown: PaymentList):
    form = "zip" if request.POST.get("plik") == "zip" else "pdf"
    try:
        return redirect(actions.ask_for_slips(shown, form=form, by=request.user, on=request.today))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("benefits:slips", shown.pk)


@require_GET
@needs("see_lists")
def slips_file(request, pk):
    """The finished file, as long as its owner still reaches the list."""
    finished = Job.objects.visible_to(request.user, on=request.today).exclude(result_sha256="")
    job = get_object_or_404(finished.select_related("centre", "by"), pk=pk, kind=actions.KIND)
    if not PaymentList.objects.visible_to(request.user, on=request.today).filter(pk=job.data["list"]).exists():
        raise Http404
    return attached(actions.take_slips(job), job.result_name, MIMES[job.data["form"]])
