"""On which day a talk may be set: after an absence and after an incident alike."""

from datetime import date

from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY, day_text, months_later
from cistor.errors import Refused
from participants.actions.checking import refuse_days
from participants.models import Programme, Stage


def last_day(programme: Programme) -> date:
    """Of the programme; of a trial without a decision, as if the longest main period followed."""
    trial = programme.stage(Stage.Kind.TRIAL) if programme.passing_from else None
    follows = trial and Regulations.objects.version(programme.participant.centre_id, trial.end_on + ONE_DAY)
    if not trial or not follows:
        return programme.last_on
    return months_later(trial.end_on + ONE_DAY, follows.main_months, "day_before")


def refuse_talk_day(programme: Programme, day: date | None) -> None:
    """It is held while the person is in the programme; afterwards the duty would wait for nobody."""
    refuse_days(talk_on=day)
    if day and day > (last := last_day(programme)):
        raise Refused(f"Rozmowę wyznacz w czasie programu, najpóźniej na {day_text(last)}.", field="talk_on")
