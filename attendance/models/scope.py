from cistor.decisions import DecidableQuerySet
from cistor.scope import Scoped
from participants.models import Participant


class OfProgramme(Scoped):
    """Rows about a programme, as far as a right of the user reaches its participant."""

    def visible_to(self, user, *, on, right="see_attendance"):
        return self.filter(programme__participant__in=Participant.objects.visible_to(user, on=on, right=right))


class RequestOfProgramme(OfProgramme, DecidableQuerySet):
    pass
