from django.db.models import Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions import proof as actions
from benefits.reading import checksums
from benefits.reading.proof import Verified, lists_of, report, verified
from benefits.views.fetch import YEARS, list_or_404, settlement_or_404
from cistor.accounts.access import needs
from cistor.jobs.models import Job
from cistor.journal.actions import record_reading

# More take longer than anybody should wait for a page.
AT_ONCE = 200


@require_GET
@needs("see_lists")
def verify_list(request, pk):
    """Compute the whole list again from its stored inputs."""
    shown = list_or_404(request, pk)
    return render(request, "benefits/verify_list.html", {"list": shown, "wrong": checksums.verify(shown)})


@require_GET
@needs("see_lists")
def verify_settlement(request, pk):
    """Compute again from the stored inputs and lay both results side by side."""
    row = settlement_or_404(request, pk)
    record_reading(row.programme.participant, "settlement", by=request.user)
    check = checksums.check(row)
    return render(request, "benefits/verify_settlement.html", {"row": row, "check": check})


@require_http_methods(["GET", "POST"])
@needs("see_lists")
def verify_year(request, year):
    """Compute every approved settlement paid in the year again: at once, or in the background where they are many."""
    if year not in YEARS:
        raise Http404
    lists = lists_of(request.user, year, on=request.today)
    count = lists.aggregate(sum=Sum("count"))["sum"] or 0
    if count <= AT_ONCE:
        return _result(request, year, [verified(row, row.count) for row in lists])
    if request.method == "POST":
        return redirect(actions.ask_for_year(year=year, by=request.user, on=request.today))
    jobs = Job.objects.waiting_for(request.user, on=request.today).filter(kind=actions.KIND, data__year=year)
    return render(request, "benefits/verify_year.html", {"year": year, "count": count, "jobs": jobs})


@require_GET
@needs("see_lists")
def verified_year(request, pk):
    """What the background computation of a year came to."""
    finished = Job.objects.visible_to(request.user, on=request.today).exclude(result_sha256="")
    job = get_object_or_404(finished, pk=pk, kind=actions.KIND)
    return _result(request, job.data["year"], actions.read_year(job))


def _result(request, year: int, found: list[Verified]):
    return render(request, "benefits/verified_year.html", {"year": year, **report(found)})
