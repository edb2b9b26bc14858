"""The application for the benefit: printed to be signed, and entered when it came."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions.claims import record_application
from benefits.documents.claim import benefit_application
from benefits.forms.claims import ApplicationForm
from benefits.views.fetch import status_of
from cistor.accounts.access import needs
from cistor.documents.actions import keep_upload
from cistor.documents.answers import printed
from cistor.documents.models import Upload
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.models import Participant, Programme
from participants.views.fetch import programme_of

KIND, SCAN = "benefit_application", "benefit_application_scan"


@require_http_methods(["GET", "POST"])
@needs("enter_account")
def apply(request, pk):
    """The signed application came; where no account is known, that is asked for next."""
    programme = programme_of(request, pk, "enter_account")
    form = ApplicationForm(request.POST or None, request.FILES or None, initial={"filed_on": request.today})

    def act():
        scan = scan_of(request, programme.participant, form, SCAN)
        record_application(
            programme, filed_on=form.cleaned_data["filed_on"], scan=scan, by=request.user, on=request.today
        )

    if request.method == "POST" and carry_out(form, act, by=request.user):
        return _applied(request, programme, form)
    record_reading(programme.participant, KIND, by=request.user)
    context = {
        "programme": programme,
        "participant": programme.participant,
        "form": form,
        "applications": programme.benefit_applications.select_related("by", "scan"),
        "sees_scan": programme.participant.open_to(request.user, "see_account", on=request.today),
        "has_method": _has_method(request, programme),
        "cancel": _back(request, programme.participant),
    }
    return render(request, "benefits/apply.html", context, status=status_of(form))


def _applied(request, programme: Programme, form: ApplicationForm):
    if _has_method(request, programme):
        messages.success(request, said(form, "Wniosek jest zapisany."))
        return redirect(_back(request, programme.participant))
    messages.success(request, said(form, "Wniosek jest zapisany. Wpisz jeszcze, dokąd wypłacać."))
    return redirect("participants:set_method", programme.participant_id)


def _has_method(request, programme: Programme) -> bool:
    return programme.participant.payment_methods.filter(start_on__lte=request.today).exists()


def _back(request, participant: Participant) -> str:
    """Who enters an account may not always see it."""
    sees = participant.open_to(request.user, "see_account", on=request.today)
    return reverse("participants:payment" if sees else "participants:card", args=[participant.pk])


def scan_of(request, participant: Participant, form, kind: str) -> Upload | None:
    """The file of the form, kept; None where nothing was brought."""
    file, given = form.cleaned_data["file"], {"by": request.user, "on": request.today}
    whose = {"centre": participant.centre, "participant": participant}
    return keep_upload(**whose, kind=kind, name=file.name, data=file.read(), **given) if file else None


@require_GET
@needs("enter_account")
def application_form(request, pk):
    """The paper to be signed; the account only for who may see it, else its boxes wait for ink."""
    programme = programme_of(request, pk, "enter_account")
    record_reading(programme.participant, KIND, by=request.user)
    return _paper(request, programme)


@require_GET
@needs("enter_account")
def empty_application(request):
    """The same paper to be filled in by hand; nothing of anybody stands on it."""
    return _paper(request, None)


def _paper(request, programme: Programme | None):
    centre, today = request.user.home_centre, request.today
    sees = programme is not None and programme.participant.open_to(request.user, "see_account", on=today)
    back = reverse("benefits:apply", args=[programme.pk]) if programme else "desk:desk"
    context = partial(benefit_application, centre, programme, with_account=sees, on=today)
    return printed(request, KIND, context, back=back)
