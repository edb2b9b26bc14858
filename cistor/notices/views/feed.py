"""The calendar that somebody subscribes to, and the page with its address."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from cistor.accounts.access import needs
from cistor.notices import feed as feeds
from cistor.notices.actions.feed import renew_feed
from cistor.notices.models import Feed


@require_GET
def feed(request):
    """Without a login. The secret stands in the query, which no log of the program keeps."""
    found = feeds.by_token(request.GET.get("klucz", ""))
    if found is None:
        raise Http404
    data = feeds.calendar(found.user, request.today, at=timezone.now())
    return HttpResponse(data, content_type="text/calendar; charset=utf-8", headers={"Cache-Control": "private"})


@require_GET
@needs("see_deadlines", office=True)
def my_feed(request):
    found = Feed.objects.filter(user=request.user).first()
    address = _address(found.token) if found else ""
    context = {"feed": found, "address": address, "subscribe": f"webcal:{address.partition(':')[2]}"}
    return render(request, "notices/my_feed.html", context)


@require_POST
@needs("see_deadlines", office=True)
def renew(request):
    renew_feed(by=request.user, on=request.today)
    messages.success(request, "Nowy adres kalendarza jest gotowy. Poprzedni, jeśli był, już nie działa.")
    return redirect("notices:my_feed")


def _address(token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('notices:feed')}?{urlencode({'klucz': token})}"
