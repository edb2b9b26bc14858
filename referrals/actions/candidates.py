"""What is found out about a candidate in a round, and the ways back."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from cistor.accounts.models import User
from cistor.dates import day_text, months_later
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from referrals import places
from referrals.actions.locks import locked_open
from referrals.actions.rounds import refuse_closed
from referrals.models import RECRUITMENT_MOVES, Application, Candidacy, Offer, Round

State, Outcome = Application.Recruitment, Candidacy.Outcome
# Before the scoring is closed the facts that make the points may change.
BEFORE_SCORED = frozenset({State.ENTERED, State.CHECKED, State.INTERVIEWED})
LISTED = frozenset({Outcome.QUALIFIED, Outcome.RESERVE})
# Nobody is out of work before the age at which one may be employed at all (art. 190 of the Labour Code).
YOUNGEST = 15


def held(candidacy: Candidacy) -> Candidacy:
    """The candidacy as it stands now, its application held; Refused when the round is closed or no more the newest."""
    found = held_newest(candidacy)
    refuse_closed(found.round)
    return found


def held_newest(candidacy: Candidacy) -> Candidacy:
    """The same, of a closed round too. What an earlier round said is decided no more."""
    application = locked_open(candidacy.application)
    found = Candidacy.objects.with_past().select_related("round__regulations").get(pk=candidacy.pk)
    if found.left_on:
        raise Refused(f"Ten wniosek wycofano z naboru {day_text(found.left_on)}.")
    if found.is_past:
        raise Refused("Ten wniosek nie jest już w tym naborze: wszedł do późniejszego.")
    found.application = application
    return found


def _move(candidacy: Candidacy, verb: str) -> None:
    RECRUITMENT_MOVES.make(candidacy.application, verb)
    candidacy.application.save(update_fields=["recruitment_state"])


def _refuse_future(day: date | None, on: date, field: str) -> None:
    refuse_days(**{field: day})
    if day and day > on:
        raise Refused("Ten dzień jeszcze nie nadszedł.", field=field)


def _save(candidacy: Candidacy, *fields: str) -> None:
    refuse_invalid(candidacy)
    candidacy.save(update_fields=list(fields))


@transaction.atomic
def check_formally(candidacy: Candidacy, *, is_met: bool, note: str = "", by: User, on: date) -> Candidacy:
    """Whether the formal criteria are met; who does not meet them is out, and the note says why."""
    candidacy, note = held(candidacy), note.strip()
    if not is_met and not note:
        raise Refused("Napisz, którego kryterium kandydat nie spełnia.", field="note")
    _move(candidacy, "pass_formal_check")
    candidacy.formal_on, candidacy.formal_by, candidacy.is_formally_met, candidacy.formal_note = on, by, is_met, note
    _save(candidacy, "formal_on", "formal_by", "is_formally_met", "formal_note")
    record(candidacy, "candidate_checked", by=by, is_met=is_met)
    return candidacy if is_met else decline(candidacy, reason=note, by=by, on=on)


@transaction.atomic
def hold_interview(candidacy: Candidacy, *, held_on: date, note: str = "", by: User, on: date) -> Candidacy:
    """The talk with the candidate; everybody who scores reads the note."""
    candidacy = held(candidacy)
    _refuse_future(held_on, on, "held_on")
    _move(candidacy, "hold_interview")
    candidacy.interview_on, candidacy.interview_by, candidacy.interview_note = held_on, by, note.strip()
    _save(candidacy, "interview_on", "interview_by", "interview_note")
    record(candidacy, "candidate_interviewed", by=by, held_on=held_on)
    return candidacy


@transaction.atomic
def ask_consultation(candidacy: Candidacy, *, asked_on: date | None, note: str = "", by: User, on: date) -> Candidacy:
    """A psychiatrist is asked (S1 § 2, stage II); None takes it back. The journal does not say what for."""
    candidacy = held(candidacy)
    _refuse_future(asked_on, on, "asked_on")
    candidacy.consultation_on, candidacy.consultation_note = asked_on, note.strip() if asked_on else ""
    _save(candidacy, "consultation_on", "consultation_note")
    record(candidacy, "consultation_asked" if asked_on else "consultation_taken_back", by=by)
    return candidacy


@transaction.atomic
def enter_need(
    candidacy: Candidacy,
    *,
    income_per_head: Decimal | None,
    income_proof: str = "",
    jobless_since: date | None,
    by: User,
    on: date,
) -> Candidacy:
    """What the points are for (S2 § 5 ust. 4): the income by a statement or a certificate, the time by a statement."""
    candidacy = held(candidacy)
    _refuse_wrong_need(candidacy, income_per_head, income_proof)
    _refuse_future(jobless_since, on, "jobless_since")
    _refuse_child(candidacy, jobless_since)
    candidacy.income_per_head, candidacy.jobless_since = income_per_head, jobless_since
    candidacy.income_proof = "" if income_per_head is None else income_proof
    _save(candidacy, "income_per_head", "income_proof", "jobless_since")
    record(candidacy, "candidate_need_entered", by=by)
    return candidacy


def _refuse_wrong_need(candidacy: Candidacy, income: Decimal | None, proof: str) -> None:
    if candidacy.round.method != Round.Method.POINTS:
        raise Refused("W tym naborze liczą się oceny, a nie dochód i czas bez pracy.")
    if candidacy.application.recruitment_state not in BEFORE_SCORED:
        raise Refused("Punkty tego kandydata są już zamknięte. Żeby je zmienić, otwórz je ponownie.")
    if income is not None and income < 0:
        raise Refused("Dochód nie może być ujemny.", field="income_per_head")
    if income is not None and proof not in Candidacy.IncomeProof.values:
        raise Refused("Wybierz, skąd wiadomo o dochodzie.", field="income_proof")


def _refuse_child(candidacy: Candidacy, since: date | None) -> None:
    if since and since < months_later(candidacy.application.participant.birth_on, YOUNGEST * 12, "same_day"):
        raise Refused(f"Wtedy ta osoba miała mniej niż {YOUNGEST} lat. Sprawdź rok.", field="jobless_since")


# Out of the round -----------------------------------------------------------------------------------------------------


@transaction.atomic
def decline(candidacy: Candidacy, *, reason: str, by: User, on: date) -> Candidacy:
    """Out of the recruitment, in the round or after it; what the round's lists say stays as it is."""
    candidacy = _held_unoffered(candidacy)
    if not reason.strip():
        raise Refused("Podaj powód.", field="reason")
    _move(candidacy, "decline")
    candidacy.declined_on, candidacy.declined_by, candidacy.decline_reason = on, by, reason.strip()
    _save(candidacy, *DECLINED)
    record(candidacy, "candidate_declined", by=by)
    return candidacy


DECLINED = ("declined_on", "declined_by", "decline_reason")


def _held_unoffered(candidacy: Candidacy) -> Candidacy:
    found = held_newest(candidacy)
    if Offer.objects.filter(candidacy=found, is_accepted=None).exists():
        raise Refused("Osobie zaproponowano miejsce. Najpierw zapisz jej odpowiedź.")
    return found


@transaction.atomic
def take_back_decline(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    """Where it stood before; a formal check that was not passed is made again. Whose place was given on comes back to
    the reserve list.

    Refused after the closing to whom it gave no place: that one may enter another round.
    """
    # Places are given one after another; whoever needs both holds the round before the application.
    Round.objects.select_for_update(no_key=True).get(pk=candidacy.round_id)
    candidacy = _held_unoffered(candidacy)
    if candidacy.outcome not in LISTED:
        refuse_closed(candidacy.round)
    stood = _stood(candidacy)
    has_lost_place = stood == State.QUALIFIED and not places.free_places(candidacy.round, on)
    _move(candidacy, f"take_back_decline_to_{State.RESERVE if has_lost_place else stood}")
    candidacy.declined_on, candidacy.declined_by, candidacy.decline_reason = None, None, ""
    if candidacy.is_formally_met is False:
        _forget_formal_check(candidacy)
    _save(candidacy, *DECLINED, *FORMAL)
    record(candidacy, "candidate_decline_taken_back", by=by)
    return candidacy


def _stood(candidacy: Candidacy) -> str:
    """What the facts say of the candidate."""
    if candidacy.outcome:
        accepted = candidacy.offers.filter(is_accepted=True).exists()
        return State.QUALIFIED if accepted or candidacy.outcome == Outcome.QUALIFIED else State.RESERVE
    if candidacy.scoring_closed_on:
        return State.SCORED
    if candidacy.interview_on:
        return State.INTERVIEWED
    return State.CHECKED if candidacy.is_formally_met else State.ENTERED


FORMAL = ("formal_on", "formal_by", "is_formally_met", "formal_note")
INTERVIEW = ("interview_on", "interview_by", "interview_note")
SCORING = ("scoring_closed_on", "scoring_closed_by")


def _forget_formal_check(candidacy: Candidacy) -> None:
    candidacy.formal_on, candidacy.formal_by, candidacy.is_formally_met, candidacy.formal_note = None, None, None, ""


def _forget_interview(candidacy: Candidacy) -> None:
    candidacy.interview_on, candidacy.interview_by, candidacy.interview_note = None, None, ""


@transaction.atomic
def leave_round(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    """Out of the round as if never in it: back to those who wait, or to the reserve list it came from.

    Possible after the closing too for whom it decided nothing, since the application had stood closed then.
    """
    candidacy = held_newest(candidacy)
    if candidacy.outcome:
        refuse_closed(candidacy.round)
    _move(candidacy, "leave_round_to_reserve" if _came_from_reserve(candidacy) else "leave_round")
    _forget_formal_check(candidacy)
    _forget_interview(candidacy)
    candidacy.left_on, candidacy.scoring_closed_on, candidacy.scoring_closed_by = on, None, None
    _save(candidacy, "left_on", *FORMAL, *INTERVIEW, *SCORING)
    record(candidacy, "candidate_left", by=by, round=candidacy.round_id)
    return candidacy


def _came_from_reserve(candidacy: Candidacy) -> bool:
    earlier = candidacy.application.candidacies.filter(left_on=None).exclude(pk=candidacy.pk)
    before = earlier.order_by("-entered_on", "-pk").first()
    # Qualified and not declined: the place was given on meanwhile.
    return bool(before and before.outcome in LISTED and not before.declined_on)


@transaction.atomic
def take_back_formal_check(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    candidacy = held(candidacy)
    _move(candidacy, "take_back_formal_check")
    _forget_formal_check(candidacy)
    _save(candidacy, *FORMAL)
    record(candidacy, "candidate_check_taken_back", by=by)
    return candidacy


@transaction.atomic
def take_back_interview(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    candidacy = held(candidacy)
    _move(candidacy, "take_back_interview")
    _forget_interview(candidacy)
    _save(candidacy, *INTERVIEW)
    record(candidacy, "candidate_interview_taken_back", by=by)
    return candidacy
