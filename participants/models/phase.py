"""Where somebody stands on a day: read from the programmes, their stages and ends; nothing of it is stored."""

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Least

from participants.models.programme import Phase, Programme, Stage


class PhaseField(models.CharField):
    """Comes out of the database as a Phase, with its label and its tag."""

    def from_db_value(self, value, expression, connection):
        return Phase(value)


def phase(on) -> Coalesce:
    """For an annotation of participants: the stage of the day, else what the programmes say around it."""
    own = Programme.objects.filter(participant=OuterRef("pk")).order_by()
    opened = own.filter(ended_on__isnull=True)
    not_over = own.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))
    around = Case(
        When(Exists(opened.filter(stages__start_on__lte=on)), then=Value(Phase.BETWEEN)),
        When(Exists(not_over.filter(stages__start_on__gt=on)), then=Value(Phase.NOT_STARTED)),
        When(Exists(own), then=Value(Phase.ENDED)),
        default=Value(Phase.NONE),
    )
    return Coalesce(Subquery(_stages(on).values("kind")[:1]), around, output_field=PhaseField())


def stage_end_on(on) -> Subquery:
    """The last day of the day's stage, earlier where the programme ends in it."""
    return Subquery(_stages(on).values(last=Least("end_on", "programme__ended_on"))[:1])


def starts_on(on) -> Subquery:
    """The first day of a programme still to begin."""
    coming = Stage.objects.filter(programme__participant=OuterRef("pk"), kind=Stage.Kind.TRIAL, start_on__gt=on)
    return Subquery(coming.order_by("start_on").values("start_on")[:1])


def _stages(on):
    stages = Stage.objects.filter(programme__participant=OuterRef("pk"), start_on__lte=on, end_on__gte=on)
    return stages.filter(Q(programme__ended_on__isnull=True) | Q(programme__ended_on__gte=on)).order_by()
