"""From the trial into the main period."""

from datetime import date

from django.db import transaction

from cistor import dates
from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.stages import locked_programme, plan_stage, regulations_of
from participants.models import Programme, Stage


@transaction.atomic
def pass_to_main(programme: Programme, *, by: User, on: date, months: int | None = None) -> Stage:
    """The trial is passed: the main period begins the day after it, `months` long, by default as long as allowed.

    No new signature: the IPZS of the trial already carries the main period (S1 § 2). Its end counts from its own
    first day, so that it covers whole months under either rule of the trial's end.
    """
    programme = locked_programme(programme)
    trial = _trial_to_pass(programme, on)
    start_on = trial.end_on + ONE_DAY
    longest = regulations_of(programme.participant, start_on).main_months
    months = longest if months is None else months
    if not 1 <= months <= longest:
        raise Refused(f"Regulamin pozwala na okres właściwy od 1 do {longest} miesięcy.", field="months")
    end_on = dates.months_later(start_on, months, "day_before")
    stage = plan_stage(programme, Stage.Kind.MAIN, start_on, end_on, by=by, on=on)
    record(stage, "pass_to_main", by=by, start_on=start_on, end_on=end_on)
    return stage


def _trial_to_pass(programme: Programme, on: date) -> Stage:
    trial, main = programme.stage(Stage.Kind.TRIAL), programme.stage(Stage.Kind.MAIN)
    if programme.ended_on:
        raise Refused(f"Program zakończył się {programme.ended_on:%d.%m.%Y}. Kto wraca, podpisuje nowy IPZS.")
    if main:
        raise Refused(f"Okres właściwy jest już zapisany od {main.start_on:%d.%m.%Y}.")
    if trial is None:
        raise Refused("Ten program nie ma okresu próbnego.")
    if programme.passing_from and on < programme.passing_from:
        raise Refused(
            f"Okres próbny trwa do {trial.end_on:%d.%m.%Y}. O przejściu rozstrzyga się w jego ostatnim tygodniu, "
            f"od {programme.passing_from:%d.%m.%Y}."
        )
    return trial
