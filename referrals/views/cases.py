"""The card of one case."""

from django.shortcuts import render

from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from referrals.views import fetch, office, papers, recruitment


@needs("enter_application")
def case(request, pk):
    """What is known of one application; each part is made by the module of its room."""
    application = fetch.application(request, pk)
    record_reading(application.participant, "application", by=request.user)
    context = {
        "application": application,
        "office": office.part(request, application),
        "recruitment": recruitment.part(request, application),
        "papers": papers.part(request, application),
    }
    return render(request, "referrals/case.html", context)
