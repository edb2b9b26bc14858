"""The personal file on the card of a case: what is still missing before classes."""

from participants import personal_file
from referrals.models import Application


def part(request, application: Application) -> dict:
    """What `referrals/_file.html` shows; without items where the regulations ask for none or the right is not there."""
    participant, today = application.participant, request.today
    if not participant.open_to(request.user, "see_file", on=today):
        return {"items": [], "lacking": [], "expiring": [], "count": None}
    items = personal_file.checklist(participant, today)
    return {
        "items": items,
        "lacking": [item for item in items if item.is_lacking],
        "expiring": [item for item in items if item.state == "expiring"],
        "count": personal_file.Count.of(items),
    }
