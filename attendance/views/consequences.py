from django.http import JsonResponse
from django.views.decorators.http import require_GET

from attendance.consequences import answer, read_changes
from attendance.forms import read_day
from attendance.terms import Terms
from attendance.views.fetch import programme_on
from cistor.accounts.access import needs


@require_GET
@needs("see_consequence")
def consequences(request, pk):
    """What each mark of a day would cost one person, for the page that is about to set it."""
    day = read_day(request.GET.get("dzien"), default=request.today)
    changes = read_changes(request.GET.get("zmiany", ""))
    programme = programme_on(request, pk, day, "see_consequence")
    found = answer(programme, day, changes, terms=Terms(programme.participant.centre))
    return JsonResponse(found.as_json(), headers={"Cache-Control": "private, no-store"})
