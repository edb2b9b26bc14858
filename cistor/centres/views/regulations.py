from django.shortcuts import render

from cistor.accounts.access import needs
from cistor.centres import sheet, statute
from cistor.centres.lists import LISTS
from cistor.centres.models import Agreement, DeadlineLength, DepartureReason, Regulations
from cistor.centres.versions import last_day
from cistor.centres.views.fetch import version_or_404


@needs("see_regulations")
def centre(request):
    """The version of the regulations in force, with the versions before and after it."""
    visible = Regulations.objects.visible_to(request.user, on=request.today)
    version = Regulations.objects.version(request.user.home_centre, request.today)
    if version is None:
        may_set = request.user.may("set_regulations", on=request.today)
        return render(request, "centres/no_regulations.html", {"versions": visible, "may_set": may_set})
    return _version(request, version)


@needs("see_regulations")
def regulations(request, pk):
    return _version(request, version_or_404(request, pk))


def _version(request, version):
    user, today = request.user, request.today
    in_force = Regulations.objects.version(user.home_centre, today)
    versions = list(Regulations.objects.visible_to(user, on=today).order_by("-in_force_from", "-is_draft", "-pk"))
    last = last_day(version, versions)
    may_set = user.may("set_regulations", on=today)
    context = {
        "version": version,
        "in_force": in_force,
        "versions": versions,
        "groups": sheet.groups(version),
        "lists": [(listed, listed.rows(version)) for listed in LISTS.values()],
        "lengths": _other_lengths(request),
        "agreements": _agreements(request),
        "departures": statute.departures(version, version.in_force_from, last),
        "reason": DepartureReason.objects.filter(regulations=version).select_related("given_by").first(),
        "may_set": may_set,
        "may_edit": may_set and version.is_draft,
        "may_take_back": not version.is_draft and version.sealed_on is None and version.in_force_from > today,
    }
    return render(request, "centres/regulations.html", context)


def _agreements(request):
    """Those of the day, each with what it asks of the office."""
    rows = Agreement.objects.visible_to(request.user, on=request.today).in_force(request.today)
    return [(row, sheet.text_of("office_steps", row.office_steps)) for row in rows.select_related("office")]


def _other_lengths(request):
    """Terms of agreements, and the centre's own."""
    rows = DeadlineLength.objects.visible_to(request.user, on=request.today)
    return rows.filter(regulations__isnull=True)
