"""What every act on a programme needs: its lock, the regulations of a day, a stage planned."""

from datetime import date

from cistor.accounts.models import User
from cistor.centres.models import Regulations
from cistor.errors import Refused
from participants.actions.checking import refuse_invalid
from participants.actions.participant import locked
from participants.models import Participant, Programme, Stage


def locked_programme(programme: Programme) -> Programme:
    """The lock is the person's, as for every other act about them."""
    participant = locked(programme.participant)
    return participant.programmes.prefetch_related("stages").get(pk=programme.pk)


def regulations_of(participant: Participant, day: date) -> Regulations:
    regulations = Regulations.objects.version(participant.centre_id, day)
    if regulations is None:
        raise Refused(
            f"Na dzień {day:%d.%m.%Y} nie ma regulaminu centrum, więc nie wiadomo, ile trwa okres. "
            "Regulaminy prowadzi dyrektor.",
            field="start_on",
        )
    return regulations


def plan_stage(
    programme: Programme, kind: str, start_on: date, end_on: date, *, by: User, on: date, **more: str
) -> Stage:
    stage = Stage(programme=programme, kind=kind, start_on=start_on, end_on=end_on, **more)
    stage.decided_on, stage.decided_by = on, by
    stage.decided_for = by.acts_for("decide_programme", on=on)
    refuse_invalid(stage)
    stage.save(force_insert=True)
    return stage
