"""The way of all cases: columns by state."""

from django.shortcuts import render

from cistor.accounts.access import needs
from referrals.views import fetch


@needs("enter_application")
def board(request):
    return render(request, "referrals/list.html", {"rows": fetch.applications(request).open()[:20]})
