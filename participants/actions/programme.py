from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction

from cistor import dates
from cistor.accounts.models import User
from cistor.centres.models import Office
from cistor.errors import Refused
from cistor.jobs.later import prepare_notices
from cistor.journal.actions import record
from participants import personal_file
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.participant import locked
from participants.actions.plan import seal_draft
from participants.actions.stages import locked_programme, plan_stage, regulations_of
from participants.models import Participant, Programme, Stage
from participants.qualification import welfare_offices

# A start further away is a slip of the hand: the first class day is agreed with the person who signs.
LONGEST_WAIT = timedelta(days=366)
# Of a reason somebody can read later: "tak" is none.
FEWEST_WORDS = 3
# Missing papers that a refusal names.
MOST_NAMED = 3
CHOOSE_OFFICE = "Wybierz ośrodek pomocy społecznej albo centrum usług społecznych, do którego należy ta osoba."


@transaction.atomic
def sign_programme(
    participant: Participant,
    *,
    signed_on: date,
    start_on: date,
    despite: str = "",
    office: Office | None = None,
    by: User,
    on: date,
) -> Programme:
    """The IPZS is signed and its trial period planned by the regulations of its first day.

    `despite`: why classes begin although the personal file lacks what the regulations of that day ask for.
    `office`: the welfare office that is told of it and qualifies after the trial.
    """
    participant = locked(participant)
    refuse_days(signed_on=signed_on, start_on=start_on)
    _refuse_wrong_start(signed_on, start_on, on)
    _refuse_second(participant, start_on)
    regulations = regulations_of(participant, start_on)
    lacking = _lacking(participant, start_on, despite)
    programme = Programme(participant=participant, office=office, signed_on=signed_on, signed_by=by)
    refuse_invalid(programme)
    programme.save(force_insert=True)
    end_on = dates.months_later(start_on, regulations.trial_months, cast(dates.MonthRule, regulations.trial_end_rule))
    plan_stage(programme, Stage.Kind.TRIAL, start_on, end_on, by=by, on=on)
    record(programme, "sign_programme", by=by, signed_on=signed_on, start_on=start_on, trial_end_on=end_on, **lacking)
    seal_draft(programme, by=by, on=on)
    prepare_notices(participant.centre_id)
    return programme


@transaction.atomic
def sign_from_paper(
    participant: Participant,
    *,
    signed_on: date,
    start_on: date,
    despite: str = "",
    office: Office | None = None,
    by: User,
    on: date,
) -> Programme:
    """A programme that was led on paper so far; Refused while an application goes on, which leads to the admission,
    and without its office where the centre knows several."""
    participant = locked(participant)
    if is_applied_for(participant):
        raise Refused("Ta osoba ma wniosek w toku. Jej IPZS podpisuje się, przyjmując ją z tego wniosku.")
    if office is None and welfare_offices(participant.centre_id).count() > 1:
        raise Refused(CHOOSE_OFFICE, field="office")
    return sign_programme(
        participant, signed_on=signed_on, start_on=start_on, despite=despite, office=office, by=by, on=on
    )


@transaction.atomic
def set_office(programme: Programme, *, office: Office, by: User, on: date) -> Programme:
    """Which welfare office is told of the programme and asked about it, where nobody has said so yet."""
    programme = locked_programme(programme)
    if not programme.participant.open_to(by, "prepare_programme", on=on):
        raise Refused("Ośrodek wskazuje pracownik socjalny albo kierujący centrum.")
    if programme.office_id:
        raise Refused(f"Ośrodek tego programu jest już wskazany: {programme.office}.")
    if not welfare_offices(programme.participant.centre_id).filter(pk=office.pk).exists():
        raise Refused(CHOOSE_OFFICE, field="office")
    programme.office = office
    programme.save(update_fields=["office"])
    record(programme, "programme_office_set", by=by, office=office.pk)
    prepare_notices(programme.participant.centre_id)
    return programme


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
