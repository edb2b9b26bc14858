from datetime import date

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from benefits.actions.certificates import issue_certificate
from benefits.forms.certificates import CertificateForm
from benefits.models import Payment
from benefits.views.fetch import status_of
from cistor.accounts.access import needs
from cistor.dates import months
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.models import Participant


@require_http_methods(["GET", "POST"])
@needs("run_month")
def certificate(request, pk):
    """The certificate of what one person was paid, from a month to a month."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="run_month")
    participant = get_object_or_404(people.select_related("centre"), pk=pk)
    form = CertificateForm(request.POST or None, months=_months(participant, request.today))
    if request.method == "POST" and carry_out(form, lambda: _issue(request, participant, form), by=request.user):
        messages.success(request, said(form, "Zaświadczenie jest wystawione."))
        return redirect("benefits:person", pk)
    record_reading(participant, "settlements", by=request.user)
    context = {"participant": participant, "form": form, "cancel": reverse("benefits:person", args=[pk])}
    return render(request, "benefits/certificate.html", context, status=status_of(form))


def _issue(request, participant: Participant, form: CertificateForm) -> None:
    start, end = form.span
    issue_certificate(participant, start=start, end=end, by=request.user, on=request.today)


def _months(participant: Participant, today: date) -> list[date]:
    """From the first payment until today, the newest first; at least this one."""
    first = Payment.objects.filter(settlement__programme__participant=participant).order_by("on").first()
    return list(months(min(first.on, today) if first else today, today))[::-1]
