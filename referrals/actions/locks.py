"""One case at a time: every act on an application begins here."""

from cistor.errors import Refused
from referrals.models import Application


def locked(application: Application) -> Application:
    """The row as it stands now, held to the end of the transaction; Refused when the person was erased."""
    held = Application.objects.select_for_update(of=("self",), no_key=True)
    found = held.select_related("participant", "centre").get(pk=application.pk)
    if found.participant.erased_on:
        raise Refused(
            f"Dane tej osoby usunięto {found.participant.erased_on:%d.%m.%Y}. Kto wraca, składa nowy wniosek."
        )
    return found


def locked_open(application: Application) -> Application:
    """The same, refused unless the application is submitted and not closed."""
    found = locked(application)
    if found.status != Application.Status.OPEN:
        raise Refused(f"Można to zrobić tylko z wnioskiem w toku. Ten ma stan: {found.get_status_display()}.")
    return found
