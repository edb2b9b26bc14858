"""Who may do what, as the table of the house says it; a line changed here is a decision of the director."""

from datetime import date

import pytest

from cistor.accounts.models import StandIn, User
from cistor.accounts.roles import RIGHTS, Role
from tests.factories import make_group, make_participant, make_user

TODAY = date(2026, 3, 11)

# The words of the table → reach (own rows only, with a stand-in's dates too).
WORDS = {"": (False, False), "own": (True, False), "s": (False, True), "own s": (True, True)}

INSTRUCTOR, SOCIAL, PAYROLL, DIRECTOR, ADMIN = "instructor", "social_worker", "payroll", "director", "admin"
ADVISERS = ("psychologist", "career_adviser", "therapist")
OFFICE = ("welfare_worker", "welfare_head")


def advisers(words: str = "") -> dict[str, str]:
    return dict.fromkeys(ADVISERS, words)


EVERYBODY = {INSTRUCTOR: "", SOCIAL: "", **advisers(), PAYROLL: "", DIRECTOR: ""}

# sentence, right, who: role → words of the table
TABLE = [
    (
        "see a participant's overview, phase, deadlines",
        "see_overview",
        {**EVERYBODY, INSTRUCTOR: "own", **dict.fromkeys(OFFICE, "own")},
    ),
    ("see the phone", "see_phone", {INSTRUCTOR: "own", SOCIAL: "", DIRECTOR: ""}),
    ("see the address", "see_address", {SOCIAL: "", PAYROLL: "", DIRECTOR: ""}),
    ("see the personal file", "see_file", {SOCIAL: "", DIRECTOR: ""}),
    ("see bank account, tax statement", "see_account", {PAYROLL: "", DIRECTOR: ""}),
    ("enter bank account, tax statement", "enter_account", {SOCIAL: "", PAYROLL: "", DIRECTOR: ""}),
    ("see diagnosis, notes, sobriety tests", "see_diagnosis", {SOCIAL: "", **advisers(), DIRECTOR: ""}),
    ("enter and change an application", "enter_application", {SOCIAL: "", DIRECTOR: ""}),
    ("opinion, referral of the office on screen", "give_opinion", dict.fromkeys(OFFICE, "own")),
    ("opinion, referral of the office from paper", "enter_opinion_from_paper", {SOCIAL: "", DIRECTOR: ""}),
    ("consent, qualification reply of the office", "give_consent", {"welfare_head": "own"}),
    ("score a candidate", "score", {INSTRUCTOR: "", SOCIAL: "", **advisers(), DIRECTOR: ""}),
    ("prepare an admission, an IPZS, an end", "prepare_programme", {SOCIAL: "", DIRECTOR: "s"}),
    ("close a round, admit, sign the IPZS, pass on, extend, end", "decide_programme", {DIRECTOR: "s"}),
    ("say how a trial went", "assess_trial", {INSTRUCTOR: "own", SOCIAL: "", **advisers(), DIRECTOR: ""}),
    (
        "see the deadlines",
        "see_deadlines",
        {**EVERYBODY, INSTRUCTOR: "own", DIRECTOR: "s", **dict.fromkeys(OFFICE, "own")},
    ),
    ("see the runs of the schedule", "see_runs", {DIRECTOR: "", ADMIN: ""}),
    ("see candidates being scored", "see_candidates", {INSTRUCTOR: "", SOCIAL: "", **advisers(), DIRECTOR: ""}),
    ("record an incident, breach, issued item", "record_incident", {INSTRUCTOR: "own s", SOCIAL: "", DIRECTOR: "s"}),
    ("record a contact", "record_contact", {INSTRUCTOR: "own s", SOCIAL: "", **advisers(), DIRECTOR: ""}),
    ("register incoming letters", "register_letter", {SOCIAL: "", PAYROLL: "own", DIRECTOR: ""}),
    ("report and follow up an absence", "follow_absence", {INSTRUCTOR: "own s", SOCIAL: "", DIRECTOR: "s"}),
    ("opine on free days", "opine_leave", {INSTRUCTOR: "own s", SOCIAL: "s"}),
    ("mark attendance", "mark_attendance", {INSTRUCTOR: "own s", SOCIAL: "", DIRECTOR: ""}),
    ("see attendance", "see_attendance", {INSTRUCTOR: "own s", SOCIAL: "", PAYROLL: "", DIRECTOR: ""}),
    ("see what a mark costs", "see_consequence", {INSTRUCTOR: "own s", SOCIAL: "", PAYROLL: "", DIRECTOR: ""}),
    (
        "enter sick notes, leave requests",
        "enter_absence_papers",
        {INSTRUCTOR: "own s", SOCIAL: "", PAYROLL: "", DIRECTOR: ""},
    ),
    ("visit somebody on sick leave, read the visits", "visit_sick", {SOCIAL: "", DIRECTOR: "s"}),
    ("ask for a correction of a closed day", "ask_correction", {SOCIAL: "", PAYROLL: "", DIRECTOR: "s"}),
    ("decide on leave, excuse, correct a closed day", "decide_attendance", {DIRECTOR: "s"}),
    ("close a month or a span", "close_attendance", {SOCIAL: "", PAYROLL: "", DIRECTOR: ""}),
    ("ask for a bonus", "ask_bonus", {INSTRUCTOR: "own"}),
    ("opine a bonus", "opine_bonus", {SOCIAL: "", **advisers()}),
    ("decide a bonus", "decide_bonus", {DIRECTOR: "s"}),
    ("run the month, prepare lists, bank file", "run_month", {PAYROLL: ""}),
    ("see the lists", "see_lists", {PAYROLL: "", DIRECTOR: "s"}),
    ("approve a list", "approve_list", {DIRECTOR: "s"}),
    ("enter a deduction and its consent", "enter_deduction", {PAYROLL: "", DIRECTOR: ""}),
    ("decide by which instalments an overpayment is taken back", "decide_recovery", {DIRECTOR: "s"}),
    ("register and answer letters of bailiffs", "answer_bailiff", {PAYROLL: "", DIRECTOR: ""}),
    ("prepare an application for a refund", "prepare_refund", {PAYROLL: ""}),
    ("sign an application for a refund", "sign_refund", {DIRECTOR: "s"}),
    ("plan the budget", "set_budget", {PAYROLL: "", DIRECTOR: ""}),
    ("prepare a letter", "prepare_letter", {SOCIAL: "", DIRECTOR: "s"}),
    ("mark a letter as sent", "send_letter", {SOCIAL: "", PAYROLL: "own", DIRECTOR: "s"}),
    ("sign a letter", "sign_letter", {DIRECTOR: "s"}),
    ("read the regulations", "see_regulations", {**EVERYBODY, ADMIN: ""}),
    ("set regulations, agreements, letterhead", "set_regulations", {DIRECTOR: ""}),
    ("set groups and staff of groups", "set_groups", {SOCIAL: "", DIRECTOR: ""}),
    ("read the statutory rates", "see_rates", {PAYROLL: "", DIRECTOR: "", ADMIN: ""}),
    ("add statutory rates", "set_rates", {ADMIN: ""}),
    ("accounts, roles", "set_accounts", {ADMIN: ""}),
    ("journal, history, read log of a person", "see_traces", {DIRECTOR: ""}),
    ("see the own acts", "see_own_acts", {ADMIN: ""}),
]


@pytest.mark.parametrize("sentence, right, who", TABLE, ids=[line[0] for line in TABLE])
def test_the_rights_are_those_of_the_table(sentence, right, who):
    assert {role: (reach.own, reach.stand_in) for role, reach in RIGHTS[right].items()} == {
        role: WORDS[words] for role, words in who.items()
    }


def test_every_right_stands_in_the_table():
    assert set(RIGHTS) == {right for _, right, _ in TABLE}


@pytest.mark.parametrize("role", Role.values)
def test_nobody_but_the_director_approves_and_nobody_but_payroll_prepares(role):
    assert (role in RIGHTS["approve_list"]) == (role == DIRECTOR)
    assert (role in RIGHTS["run_month"]) == (role == PAYROLL)


def test_the_administrator_reaches_no_participant(centre, admin):
    assert not {right for right, roles in RIGHTS.items() if ADMIN in roles} & {"see_overview", "see_attendance"}


# A stand-in --------------------------------------------------------------------------------------------------------


def stand_in(absent: User, deputy: User, start_on: date, end_on: date) -> User:
    StandIn.objects.create(absent=absent, deputy=deputy, start_on=start_on, end_on=end_on)
    return deputy


@pytest.mark.parametrize(
    "on, may",
    [
        (date(2026, 3, 8), False),
        (date(2026, 3, 9), True),
        (date(2026, 3, 11), True),
        (date(2026, 3, 13), True),
        (date(2026, 3, 14), False),
    ],
)
def test_a_stand_in_has_the_right_on_their_dates_and_on_no_other_day(director, social_worker, on, may):
    stand_in(director, social_worker, date(2026, 3, 9), date(2026, 3, 13))
    assert social_worker.may("approve_list", on=on) is may


def test_a_stand_in_has_only_the_rights_that_know_stand_ins(director, instructor):
    stand_in(director, instructor, TODAY, TODAY)
    assert instructor.may("decide_programme", on=TODAY)
    assert not instructor.may("see_traces", on=TODAY)
    assert not instructor.may("set_regulations", on=TODAY)


def test_a_stand_in_does_not_pass_the_right_on(director, payroll, social_worker):
    stand_in(director, payroll, TODAY, TODAY)
    stand_in(payroll, social_worker, TODAY, TODAY)
    assert not social_worker.may("approve_list", on=TODAY)


def test_a_stand_in_for_somebody_whose_account_is_switched_off_has_no_rights_of_theirs(director, instructor):
    stand_in(director, instructor, TODAY, TODAY)
    director.is_active = False
    director.save()
    assert not instructor.may("decide_programme", on=TODAY)
    assert not instructor.needs_second_step(on=TODAY)


def test_who_stands_in_for_an_instructor_marks_the_groups_of_that_instructor(centre, instructor):
    deputy = make_user(centre, INSTRUCTOR)
    make_group(centre, instructor)
    own = make_group(centre, deputy)
    stand_in(instructor, deputy, TODAY, TODAY)
    assert deputy.owners("mark_attendance", on=TODAY) == {deputy.pk, instructor.pk}
    assert deputy.owners("see_overview", on=TODAY) == {deputy.pk}
    assert own.pk


def test_who_stands_in_for_the_director_needs_the_second_step_that_day(director, instructor):
    stand_in(director, instructor, TODAY, TODAY)
    assert instructor.needs_second_step(on=TODAY)
    assert not User.objects.get(pk=instructor.pk).needs_second_step(on=date(2026, 3, 12))


# Several roles -----------------------------------------------------------------------------------------------------


def test_several_roles_add_up(centre):
    user = make_user(centre, INSTRUCTOR, PAYROLL)
    assert user.may("run_month", on=TODAY)
    assert user.may("ask_bonus", on=TODAY)
    assert not user.may("approve_list", on=TODAY)


def test_the_wider_reach_of_two_roles_wins(centre):
    both = make_user(centre, INSTRUCTOR, SOCIAL)
    assert both.owners("see_overview", on=TODAY) is None
    assert both.owners("ask_bonus", on=TODAY) == {both.pk}


def test_a_right_without_a_role_reaches_nobody(centre, admin):
    make_participant(centre)
    assert admin.owners("see_overview", on=TODAY) == set()
