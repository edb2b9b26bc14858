from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from attendance.consequences import answer, read_changes
from attendance.forms import read_day
from attendance.terms import Terms
from cistor.accounts.access import needs
from participants.models import Programme


@require_GET
@needs("see_consequence")
def consequences(request, pk):
    """What each mark of a day would cost one person, for the page that is about to set it."""
    user, today = request.user, request.today
    day = read_day(request.GET.get("dzien"), default=today)
    changes = read_changes(request.GET.get("zmiany", ""))
    programmes = Programme.objects.visible_to(user, on=today, right="see_consequence")
    programme = get_object_or_404(programmes.select_related("participant__centre"), pk=pk)
    found = answer(programme, day, changes, terms=Terms(programme.participant.centre))
    return JsonResponse(found.as_json(), headers={"Cache-Control": "private, no-store"})
