from datetime import date

from cistor.centres.models import Centre
from cistor.documents.models import Letterhead


def make_letterhead(centre: Centre) -> Letterhead:
    """Without one no paper is issued."""
    return Letterhead.objects.create(
        centre=centre,
        in_force_from=date(2014, 1, 1),
        name="Centrum „Wymyślone”",
        address="ul. Zmyślona 1",
        place="Toruń",
    )
