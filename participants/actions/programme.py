from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction

from cistor import dates
from cistor.accounts.models import User
from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.journal.actions import record
from participants import personal_file
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.participant import locked
from participants.models import Participant, Phase, Programme, Stage

# A start further away is a slip of the hand: the first class day is agreed with the person who signs.
LONGEST_WAIT = timedelta(days=366)
# Of a reason somebody can read later: "tak" is none.
FEWEST_WORDS = 3
# Missing papers that a refusal names.
MOST_NAMED = 3
REASONED = frozenset(
    {
        Programme.EndKind.BREACH,
        Programme.EndKind.LEFT,
        Programme.EndKind.TRIAL_FAILED,
        Programme.EndKind.OTHER,
    }
)


@transaction.atomic
def sign_programme(
    participant: Participant, *, signed_on: date, start_on: date, despite: str = "", by: User, on: date
) -> Programme:
    """The IPZS is signed and its trial period planned by the regulations of its first day.

    `despite`: why classes begin although the personal file lacks what the regulations of that day ask for.
    """
    participant = locked(participant)
    refuse_days(signed_on=signed_on, start_on=start_on)
    _refuse_wrong_start(signed_on, start_on, on)
    _refuse_second(participant, start_on)
    regulations = _regulations(participant, start_on)
    lacking = _lacking(participant, start_on, despite)
    programme = Programme(participant=participant, signed_on=signed_on, signed_by=by)
    refuse_invalid(programme)
    programme.save(force_insert=True)
    end_on = dates.months_later(start_on, regulations.trial_months, cast(dates.MonthRule, regulations.trial_end_rule))
    _plan(programme, Stage.Kind.TRIAL, start_on, end_on, by=by, on=on)
    record(programme, "sign_programme", by=by, signed_on=signed_on, start_on=start_on, trial_end_on=end_on, **lacking)
    return programme


@transaction.atomic
def sign_from_paper(
    participant: Participant, *, signed_on: date, start_on: date, despite: str = "", by: User, on: date
) -> Programme:
    """A programme that was led on paper so far; Refused while an application goes on, which leads to the admission."""
    participant = locked(participant)
    if is_applied_for(participant):
        raise Refused("Ta osoba ma wniosek w toku. Jej IPZS podpisuje się, przyjmując ją z tego wniosku.")
    return sign_programme(participant, signed_on=signed_on, start_on=start_on, despite=despite, by=by, on=on)


def is_applied_for(participant: Participant) -> bool:
    """Whether an application of the person is a draft or goes on.

    The applications are a room above, which this one may not import: they are reached the way the database ties them.
    """
    return participant.applications.filter(status__in=["draft", "open"]).exists()


def _lacking(participant: Participant, start_on: date, despite: str) -> dict[str, Any]:
    """What the journal says of an incomplete file, nothing of a complete one; Refused without a reason (S1 § 2)."""
    missing = personal_file.missing_obligatory(participant, start_on)
    if not missing:
        return {}
    if len(despite.split()) < FEWEST_WORDS:
        named, more = ", ".join(kind.name for kind in missing[:MOST_NAMED]), len(missing) - MOST_NAMED
        raise Refused(
            f"W teczce brakuje na {start_on:%d.%m.%Y}: {named}{f' i jeszcze {more}' if more > 0 else ''}. Uzupełnij "
            f"ją albo napisz w {FEWEST_WORDS} słowach lub więcej, dlaczego zajęcia zaczynają się mimo to.",
            field="despite",
        )
    return {"missing": [kind.code for kind in missing], "despite": despite.strip()}


def _refuse_wrong_start(signed_on: date, start_on: date, on: date) -> None:
    if signed_on > on:
        raise Refused("Dzień podpisania nie może być z przyszłości.", field="signed_on")
    if start_on < signed_on:
        raise Refused("Program zaczyna się w dniu podpisania IPZS albo później.", field="start_on")
    if start_on - signed_on > LONGEST_WAIT:
        raise Refused("Program zaczyna się najdalej rok po podpisaniu IPZS. Sprawdź daty.", field="start_on")


def _refuse_second(participant: Participant, start_on: date) -> None:
    for earlier in participant.programmes.prefetch_related("stages"):
        if earlier.ended_on is None:
            raise Refused(
                f"Uczestnik ma już otwarty program (IPZS z {earlier.signed_on:%d.%m.%Y}). Najpierw zakończ tamten."
            )
        if earlier.last_on >= start_on:
            raise Refused(
                f"Poprzedni program trwa do {earlier.last_on:%d.%m.%Y}. Nowy może się zacząć następnego dnia.",
                field="start_on",
            )


def _regulations(participant: Participant, day: date) -> Regulations:
    regulations = Regulations.objects.version(participant.centre_id, day)
    if regulations is None:
        raise Refused(
            f"Na dzień {day:%d.%m.%Y} nie ma regulaminu centrum, więc nie wiadomo, ile trwa okres. "
            "Regulaminy prowadzi dyrektor.",
            field="start_on",
        )
    return regulations


def _plan(programme: Programme, kind: str, start_on: date, end_on: date, *, by: User, on: date) -> Stage:
    stage = Stage(programme=programme, kind=kind, start_on=start_on, end_on=end_on, decided_on=on, decided_by=by)
    refuse_invalid(stage)
    stage.save(force_insert=True)
    return stage


@transaction.atomic
def pass_to_main(programme: Programme, *, by: User, on: date, months: int | None = None) -> Stage:
    """The trial is passed: the main period begins the day after it, `months` long, by default as long as allowed.

    No new signature: the IPZS of the trial already carries the main period (S1 § 2). Its end counts from its own
    first day, so that it covers whole months under either rule of the trial's end.
    """
    programme = _locked(programme)
    trial = _trial_to_pass(programme, on)
    start_on = trial.end_on + ONE_DAY
    longest = _regulations(programme.participant, start_on).main_months
    months = longest if months is None else months
    if not 1 <= months <= longest:
        raise Refused(f"Regulamin pozwala na okres właściwy od 1 do {longest} miesięcy.", field="months")
    end_on = dates.months_later(start_on, months, "day_before")
    stage = _plan(programme, Stage.Kind.MAIN, start_on, end_on, by=by, on=on)
    record(stage, "pass_to_main", by=by, start_on=start_on, end_on=end_on)
    return stage


def _locked(programme: Programme) -> Programme:
    """The lock is the person's, as for every other act about them."""
    participant = locked(programme.participant)
    return participant.programmes.prefetch_related("stages").get(pk=programme.pk)


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


@transaction.atomic
def end_programme(programme: Programme, *, ended_on: date, kind: str, reason: str, by: User, on: date) -> Programme:
    """The last day in the programme, paid, and why; the membership of the group ends with it. It cannot be undone."""
    programme = _locked(programme)
    reason = reason.strip()
    check_end(programme, ended_on=ended_on, kind=kind, reason=reason)
    programme.ended_on, programme.end_kind, programme.end_reason = ended_on, kind, reason
    programme.end_decided_on, programme.end_decided_by = on, by
    refuse_invalid(programme)
    programme.save(update_fields=["ended_on", "end_kind", "end_reason", "end_decided_on", "end_decided_by"])
    _end_memberships(programme.participant, ended_on)
    record(programme, "end_programme", by=by, ended_on=ended_on, kind=kind)
    return programme


def check_end(programme: Programme, *, ended_on: date, kind: str, reason: str) -> None:
    """Refused when the programme cannot end so; asked once more before the page that names the person."""
    if programme.ended_on:
        raise Refused(f"Ten program zakończono już z dniem {programme.ended_on:%d.%m.%Y}.")
    if kind not in Programme.EndKind.values:
        raise Refused("Wybierz powód zakończenia.", field="kind")
    if not programme.start_on <= ended_on <= programme.planned_end_on:
        raise Refused(
            f"Ostatni dzień leży w programie, między {programme.start_on:%d.%m.%Y} "
            f"a {programme.planned_end_on:%d.%m.%Y}.",
            field="ended_on",
        )
    if kind == Programme.EndKind.PERIOD and ended_on != programme.planned_end_on:
        raise Refused(
            f"Okres uczestnictwa upływa {programme.planned_end_on:%d.%m.%Y}. Wcześniejsze zakończenie ma inny powód.",
            field="kind",
        )
    if kind == Programme.EndKind.TRIAL_FAILED and programme.phase_on(ended_on) != Phase.TRIAL:
        raise Refused("Tego dnia trwa już okres właściwy. Wybierz inny powód albo dzień okresu próbnego.", field="kind")
    if kind in REASONED and not reason.strip():
        raise Refused("Przy tym powodzie potrzebne jest uzasadnienie.", field="reason")


def _end_memberships(participant: Participant, ended_on: date) -> None:
    """Who has left the programme is in no group; a place promised for later goes with it."""
    for membership in participant.memberships.touching(ended_on + ONE_DAY, date.max):
        if membership.start_on > ended_on:
            membership.delete()
        else:
            membership.end_on = ended_on
            membership.save(update_fields=["end_on"])
