"""How long a programme may still last, by the regulations of the day on which the next extension would begin."""

from cistor import dates
from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY
from participants.models import Phase, Programme, Stage

# While one of these lasts, more months may be asked for.
LASTING = (Phase.MAIN, Phase.EXTENSION)


def months_left(programme: Programme, regulations: Regulations) -> int:
    """The months by which it may still be extended; `extension_months` is the limit of all extensions together."""
    extended = (stage for stage in programme.stages.all() if stage.kind == Stage.Kind.EXTENSION)
    return max(regulations.extension_months - sum(map(whole_months, extended)), 0)


def most_now(programme: Programme) -> int:
    """The same by the regulations that hold on the day after the planned end; none where there are none."""
    first = programme.planned_end_on + ONE_DAY
    regulations = Regulations.objects.version(programme.participant.centre_id, first)
    return months_left(programme, regulations) if regulations else 0


def whole_months(stage: Stage) -> int:
    """How many months a stage was planned for; a month begun counts whole."""
    count = 1
    while dates.months_later(stage.start_on, count, "day_before") < stage.end_on:
        count += 1
    return count
