from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attendance.actions.certificates import issue_certificate
from attendance.forms.certificates import CertificateForm
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.models import Participant, Programme


@require_http_methods(["GET", "POST"])
@needs("close_attendance")
def certificate(request, pk):
    """Certify on which days of a programme somebody took part."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="close_attendance")
    rows = Programme.objects.filter(participant__in=people).select_related("participant__centre")
    programme = get_object_or_404(rows.prefetch_related("stages"), pk=pk)
    form = CertificateForm(request.POST or None, programme=programme, today=request.today)
    back = f"{reverse('attendance:person_years', args=[programme.participant_id])}?program={pk}"

    def act():
        asked = {name: form.cleaned_data[name] for name in ("start", "end", "with_kinds")}
        issue_certificate(programme, **asked, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Zaświadczenie jest wystawione."))
        return redirect(back)
    record_reading(programme.participant, "attendance", by=request.user)
    context = {"participant": programme.participant, "form": form, "cancel": back}
    return render(request, "attendance/certificate.html", context, status=422 if form.errors else 200)
