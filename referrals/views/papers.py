"""The papers of a case from its data, the same forms empty, and what was issued."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.documents.answers import printed, slug
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document
from referrals import documents
from referrals.documents import shelf
from referrals.views import fetch


def part(request, application) -> dict:
    """For `referrals/_papers.html`."""
    groups = shelf.of_a_person(application.centre, request.today)
    kinds = {form.kind for _, forms in groups for form in forms}
    printed = {kind for kind in kinds if shelf.is_printed(kind, application, request.today)}
    return {"groups": groups, "printed": printed, "issued": _issued(application)}


def _issued(application) -> list[Document]:
    """The letters of the case, the newest first: those that name it; of an erased person, whose letters name nothing
    any more, those of its days."""
    letters = Document.objects.filter(participant=application.participant_id, kind__in=shelf.ISSUED)
    in_time = letters.filter(issued_on__range=(application.begun_on, application.closed_on or date.max))
    return [row for row in in_time if row.context is None or row.context["number"] == application.number]


@require_GET
@needs("see_candidates")
def forms(request):
    """Every form the centre can print to be filled in by hand; those its regulations ask for say so."""
    context = {
        "groups": shelf.shelf(request.user.home_centre, request.today),
        "may_apply": request.user.may("enter_application", on=request.today),
    }
    return render(request, "referrals/forms.html", context)


@require_GET
@needs("see_candidates")
def empty_form(request, kind):
    """One of them; nothing of anybody stands on it."""
    if kind not in documents.PAPERS:
        raise Http404
    centre = request.user.home_centre
    return printed(request, kind, lambda: documents.empty(kind, centre, request.today), back="referrals:forms")


@require_GET
@needs("enter_application", "enter_opinion_from_paper", "see_file")
def paper(request, pk, kind):
    """A paper of one case, to be printed; which ones, `shelf.is_printed` says."""
    application = fetch.application(request, pk)
    if kind not in documents.PAPERS or not shelf.is_printed(kind, application, request.today):
        raise Http404
    if not any(request.user.may(right, on=request.today) for right in KINDS[kind].rights):
        raise PermissionDenied
    return printed(
        request,
        kind,
        lambda: documents.context(kind, application, request.today),
        back=reverse("referrals:case", args=[pk]),
        name=f"{slug(KINDS[kind].title)}-{application.number.replace('/', '-') or 'szkic'}.pdf",
        people=[application.participant_id],
    )
