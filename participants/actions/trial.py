"""The trial: what the team says of it, whether the office qualifies, and the step into the main period."""

from datetime import date

from django.db import transaction

from cistor import dates
from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.jobs.later import prepare_notices
from cistor.journal.actions import record
from participants import qualification
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.ending import end_programme, take_end_back
from participants.actions.stages import locked_programme, plan_stage, regulations_of
from participants.models import Programme, QualificationReply, Stage, TrialAssessment

# Of a reason somebody can read later: "tak" is none.
FEWEST_WORDS = 3
Way = QualificationReply.Way


# The team ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def assess_trial(programme: Programme, *, is_positive: bool, text: str, by: User, on: date) -> TrialAssessment:
    """What one of the team says of the trial; said again, it replaces the own words until the trial is decided on."""
    programme = locked_programme(programme)
    if not programme.participant.open_to(by, "assess_trial", on=on):
        raise Refused("Okres próbny ocenia zespół centrum: kto prowadzi grupę tej osoby albo z nią pracuje.")
    check_assessable(programme, on)
    if not text.strip():
        raise Refused("Napisz, jak przebiegał okres próbny.", field="text")
    row = programme.assessments.filter(by=by).first() or TrialAssessment(programme=programme, by=by)
    row.is_positive, row.text, row.assessed_on = is_positive, text.strip(), on
    refuse_invalid(row)
    row.save()
    record(row, "trial_assessed", by=by, is_positive=is_positive)
    return row


def check_assessable(programme: Programme, on: date) -> Stage:
    """The trial that is to be assessed; Refused before it began and once it is decided on."""
    trial = _undecided_trial(programme)
    if on < trial.start_on:
        raise Refused(f"Okres próbny zaczyna się {trial.start_on:%d.%m.%Y}.")
    return trial


# The office ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_reply(
    programme: Programme,
    *,
    is_qualified: bool,
    received_on: date,
    way: str,
    note: str = "",
    scan: Upload | None = None,
    due_on: date | None = None,
    due_source: str = "",
    by: User,
    on: date,
) -> QualificationReply:
    """The office's answer to the request to qualify somebody (S0 II.3): on screen by its head, else as it came.

    A negative one ends the programme: with the trial's last day, once the main period was begun provisionally with
    the day the answer came. Who has changed their mind answers again; the newest counts, so that a positive one takes
    back the end until its last day has passed. A main period begun provisionally is answered about after any end too:
    its payment waits for that.
    """
    programme = locked_programme(programme)
    check_reply(programme, is_qualified=is_qualified, received_on=received_on, way=way, by=by, on=on)
    if scan and scan.participant_id != programme.participant_id:
        raise Refused("Ten skan należy do innej osoby.", field="scan")
    row = QualificationReply(
        programme=programme, is_qualified=is_qualified, received_on=received_on, way=way, note=note.strip(), scan=scan
    )
    row.due_on, row.due_source, row.by, row.recorded_on = due_on, due_source, by, on
    refuse_invalid(row)
    row.save(force_insert=True)
    record(
        row,
        "qualification_given" if is_qualified else "qualification_denied",
        by=by,
        received_on=received_on,
        way=way,
    )
    _follow(programme, row, by=by, on=on)
    return row


def _follow(programme: Programme, answer: QualificationReply, *, by: User, on: date) -> None:
    """What the answer does to the programme; one that is over stays as it is."""
    if answer.is_qualified and qualification.may_take_back(programme, on):
        take_end_back(programme, by=by, on=on)
    elif not answer.is_qualified:
        _end_unqualified(programme, answer, by=by, on=on)
    prepare_notices(programme.participant.centre_id)


def check_reply(programme: Programme, *, is_qualified: bool, received_on: date, way: str, by: User, on: date) -> None:
    """Refused when the office cannot answer so; asked once more before the page that names the person."""
    _may_reply(programme, way, by=by, on=on)
    _refuse_pointless_reply(programme, is_qualified, on)
    _refuse_wrong_receipt(programme, received_on, on)


def _may_reply(programme: Programme, way: str, *, by: User, on: date) -> None:
    """On screen answers the head of the office that is asked; what came on paper is entered by the centre."""
    office = qualification.office_of(programme)
    if by.is_of_office:
        if office is None or by.office_id != office.pk or not by.may("give_consent", on=on):
            raise Refused("Kwalifikuje kierownik ośrodka, do którego należy ta osoba.")
    elif by.home_centre_id != programme.participant.centre_id or not by.may("enter_opinion_from_paper", on=on):
        raise Refused("Odpowiedź ośrodka wpisuje pracownik socjalny albo dyrektor.")
    if (way == Way.SCREEN) != by.is_of_office:
        raise Refused("W systemie odpowiada ośrodek; centrum wpisuje to, co przyszło inną drogą.", field="way")


def _refuse_pointless_reply(programme: Programme, is_qualified: bool, on: date) -> None:
    # Asked first: once begun, the period waits for its answer whatever has happened since.
    if qualification.is_provisional(programme):
        return
    if programme.ended_on and not (is_qualified and qualification.may_take_back(programme, on)):
        raise Refused(f"Program zakończył się {programme.ended_on:%d.%m.%Y}. Odpowiedź niczego już nie zmienia.")
    if programme.ended_on is None and programme.stage(Stage.Kind.MAIN):
        raise Refused("O przejściu do okresu właściwego już rozstrzygnięto. Odpowiedź niczego już nie zmienia.")
    if not qualification.is_awaited(programme):
        raise Refused("O kwalifikację nikogo się tu nie pyta: rozstrzyga kierujący centrum.")


def _refuse_wrong_receipt(programme: Programme, received_on: date, on: date) -> None:
    refuse_days(received_on=received_on)
    if received_on > on:
        raise Refused("Dzień wpływu nie może być z przyszłości.", field="received_on")
    if received_on < programme.start_on:
        raise Refused(f"Okres próbny zaczął się dopiero {programme.start_on:%d.%m.%Y}.", field="received_on")


def _end_unqualified(programme: Programme, answer: QualificationReply, *, by: User, on: date) -> None:
    """Unless the programme is over by then: an end still to come gives way, any other stands."""
    last = last_unqualified(programme, answer.received_on)
    if programme.ended_on and (programme.ended_on < on or programme.ended_on <= last):
        return
    said = f"Ośrodek nie zakwalifikował do okresu właściwego (odpowiedź z {answer.received_on:%d.%m.%Y})."
    reason = f"{said} {answer.note}".strip()
    kind, learned_on = Programme.EndKind.NOT_QUALIFIED, answer.received_on
    end_programme(programme, ended_on=last, kind=kind, reason=reason, learned_on=learned_on, by=by, on=on)


def last_unqualified(programme: Programme, received_on: date) -> date:
    """The last day of a programme that a negative answer ends."""
    trial, main = programme.stage(Stage.Kind.TRIAL), programme.stage(Stage.Kind.MAIN)
    last = trial.end_on if trial else programme.start_on
    return min(max(last, received_on), programme.planned_end_on) if main else last


# The step ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def pass_to_main(
    programme: Programme, *, by: User, on: date, months: int | None = None, provisional_reason: str = ""
) -> Stage:
    """The trial is passed: the main period begins the day after it, `months` long, by default as long as allowed.

    No new signature: the IPZS of the trial already carries the main period (S1 § 2). Its end counts from its own
    first day, so that it covers whole months under either rule of the trial's end. Where the office qualifies
    (S0 II.3) its positive answer is in; while it is late, the reason stands in the stage and the first payment waits.
    """
    programme = locked_programme(programme)
    if not programme.participant.open_to(by, "decide_programme", on=on):
        raise Refused("O przejściu rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.")
    trial = _trial_to_pass(programme, on)
    reason = _reason_to_go_on(programme, provisional_reason.strip())
    start_on = trial.end_on + ONE_DAY
    longest = regulations_of(programme.participant, start_on).main_months
    months = longest if months is None else months
    if not 1 <= months <= longest:
        raise Refused(f"Regulamin pozwala na okres właściwy od 1 do {longest} miesięcy.", field="months")
    end_on = dates.months_later(start_on, months, "day_before")
    stage = plan_stage(programme, Stage.Kind.MAIN, start_on, end_on, by=by, on=on, provisional_reason=reason)
    record(stage, "pass_provisionally" if reason else "pass_to_main", by=by, start_on=start_on, end_on=end_on)
    prepare_notices(programme.participant.centre_id)
    return stage


def _reason_to_go_on(programme: Programme, reason: str) -> str:
    """Why the main period begins before the office has answered; "" where nothing is waited for."""
    answer = qualification.reply(programme)
    if answer and not answer.is_qualified:
        raise Refused("Ośrodek nie zakwalifikował tej osoby do okresu właściwego.")
    if answer:
        return ""
    if qualification.lacks_office(programme):
        raise Refused("Wybierz ośrodek, który kwalifikuje tę osobę: centrum zna ich więcej niż jeden.")
    if not qualification.is_awaited(programme):
        return ""
    if len(reason.split()) < FEWEST_WORDS:
        raise Refused(
            "Nie ma jeszcze odpowiedzi ośrodka o kwalifikacji. Poczekaj na nią albo napisz w "
            f"{FEWEST_WORDS} słowach lub więcej, dlaczego ta osoba przechodzi warunkowo.",
            field="provisional_reason",
        )
    return reason


def _trial_to_pass(programme: Programme, on: date) -> Stage:
    trial = _undecided_trial(programme)
    if programme.passing_from and on < programme.passing_from:
        raise Refused(
            f"Okres próbny trwa do {trial.end_on:%d.%m.%Y}. O przejściu rozstrzyga się w jego ostatnim tygodniu, "
            f"od {programme.passing_from:%d.%m.%Y}."
        )
    return trial


def _undecided_trial(programme: Programme) -> Stage:
    trial, main = programme.stage(Stage.Kind.TRIAL), programme.stage(Stage.Kind.MAIN)
    if programme.ended_on:
        raise Refused(f"Program zakończył się {programme.ended_on:%d.%m.%Y}. Kto wraca, podpisuje nowy IPZS.")
    if main:
        raise Refused(f"Okres właściwy jest już zapisany od {main.start_on:%d.%m.%Y}.")
    if trial is None:
        raise Refused("Ten program nie ma okresu próbnego.")
    return trial
