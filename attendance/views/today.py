from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from attendance.day import DayPage
from attendance.forms import read_day
from attendance.views.fetch import group_of
from cistor import places
from cistor.accounts.access import needs
from cistor.templatetags.cistor import plural, time_short


@require_http_methods(["GET", "HEAD", "POST"])
@needs("see_attendance")
def today(request, pk):
    """One day of a group, by default today: everybody with their mark, saved as one."""
    group = group_of(request, pk)
    if request.method == "HEAD":
        # Whoever is about to save asks first whether the session still lives, and whose it is by now.
        return HttpResponse(headers={"X-User": str(request.user.pk)})
    day = read_day(request.GET.get("dzien"), default=request.today)
    page = DayPage(group, day, user=request.user, today=request.today)
    if request.method == "POST":
        if not page.may_mark or _is_from_somebody_else(request):
            raise PermissionDenied
        if not page.take(request.POST):
            raise Http404
        if page.moved_away:
            messages.warning(request, "Pominięto osoby, które tego dnia nie należą już do tej grupy.")
        if not page.is_filled and page.save():
            _say_saved(request, page)
            if request.htmx:
                # What waited in the browser is forgotten there once the server has named it.
                return HttpResponse(status=204, headers={"X-Saved": page.token})
            return redirect(f"{reverse('attendance:today', args=[pk])}?dzien={day.isoformat()}")
    else:
        places.keep(request, "dzien")
    return render(request, "attendance/today.html", {"page": page}, status=page.status)


def _is_from_somebody_else(request) -> bool:
    """Whether the page was made for another login: what one chose is never saved under the name of the next."""
    return request.POST.get("by", str(request.user.pk)) != str(request.user.pk)


def _say_saved(request, page):
    people = f"{page.saved} {plural(page.saved, 'osobę,osoby,osób')}"
    now = time_short(timezone.localtime())
    saved = f"Zapisano {people}, {now}." if page.saved else "Obecność jest zapisana."
    if page.unmarked or not page.is_class_day or "more" in request.POST:
        messages.success(request, saved)
        return
    # Whoever cooks waits for this number: it is known as soon as nobody is unmarked, and no save follows (queue.js).
    url = f"{reverse('attendance:meals')}?dzien={page.day}"
    messages.success(request, format_html('{} <a href="{}">Posiłków: {}</a>.', saved, url, page.here))
