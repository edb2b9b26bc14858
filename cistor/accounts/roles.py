"""Who may do what: one dictionary, right → role → reach.

`own` in a reach: own groups, own cases, own letters; `stand_in`: a stand-in has the right on their dates.
"""

from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    INSTRUCTOR = "instructor", "instruktor reintegracji zawodowej"
    SOCIAL_WORKER = "social_worker", "pracownik socjalny CIS"
    PSYCHOLOGIST = "psychologist", "psycholog"
    CAREER_ADVISER = "career_adviser", "doradca zawodowy"
    THERAPIST = "therapist", "terapeuta uzależnień"
    PAYROLL = "payroll", "kadry i płace"
    DIRECTOR = "director", "dyrektor"
    ADMIN = "admin", "administrator"
    WELFARE_WORKER = "welfare_worker", "pracownik socjalny MOPR (OPS)"
    WELFARE_HEAD = "welfare_head", "dyrektor MOPR (kierownik OPS)"


OFFICE_ROLES = frozenset({Role.WELFARE_WORKER, Role.WELFARE_HEAD})
STAFF_ROLES = frozenset(Role) - OFFICE_ROLES
# These may move money or open doors: the password alone does not let them in.
SECOND_STEP_ROLES = frozenset({Role.DIRECTOR, Role.PAYROLL, Role.ADMIN})


@dataclass(frozen=True)
class Reach:
    own: bool = False
    stand_in: bool = False


ALL = Reach()
OWN = Reach(own=True)
ALL_S = Reach(stand_in=True)
OWN_S = Reach(own=True, stand_in=True)

I, SW, P, D, A = Role.INSTRUCTOR, Role.SOCIAL_WORKER, Role.PAYROLL, Role.DIRECTOR, Role.ADMIN  # noqa: E741
WW, WH = Role.WELFARE_WORKER, Role.WELFARE_HEAD
ADVISERS = (Role.PSYCHOLOGIST, Role.CAREER_ADVISER, Role.THERAPIST)


def _advisers(reach: Reach) -> dict[Role, Reach]:
    return dict.fromkeys(ADVISERS, reach)


RIGHTS: dict[str, dict[Role, Reach]] = {
    "see_overview": {I: OWN, SW: ALL, **_advisers(ALL), P: ALL, D: ALL, WW: OWN, WH: OWN},
    "see_phone": {I: OWN, SW: ALL, D: ALL},
    "see_address": {SW: ALL, P: ALL, D: ALL},
    "see_file": {SW: ALL, D: ALL},
    "see_account": {P: ALL, D: ALL},
    "enter_account": {SW: ALL, P: ALL, D: ALL},
    "see_diagnosis": {SW: ALL, **_advisers(ALL), D: ALL},
    "enter_application": {SW: ALL, D: ALL},
    "give_opinion": {WW: OWN, WH: OWN},
    "enter_opinion_from_paper": {SW: ALL, D: ALL},
    "give_consent": {WH: OWN},
    "score": {I: ALL, SW: ALL, **_advisers(ALL), D: ALL},
    "assess_trial": {I: OWN, SW: ALL, **_advisers(ALL), D: ALL},
    "prepare_programme": {SW: ALL, D: ALL_S},
    "decide_programme": {D: ALL_S},
    "see_candidates": {I: ALL, SW: ALL, **_advisers(ALL), D: ALL},
    "record_incident": {I: OWN_S, SW: ALL, D: ALL_S},
    "record_contact": {I: OWN_S, SW: ALL, **_advisers(ALL), D: ALL},
    "register_letter": {SW: ALL, P: OWN, D: ALL},
    "mark_attendance": {I: OWN_S, SW: ALL, D: ALL},
    "see_attendance": {I: OWN_S, SW: ALL, P: ALL, D: ALL},
    "see_consequence": {I: OWN_S, SW: ALL, P: ALL, D: ALL},
    "enter_absence_papers": {I: OWN_S, SW: ALL, P: ALL, D: ALL},
    "visit_sick": {SW: ALL, D: ALL_S},
    "ask_correction": {SW: ALL, P: ALL, D: ALL_S},
    "decide_attendance": {D: ALL_S},
    "follow_absence": {I: OWN_S, SW: ALL, D: ALL_S},
    "opine_leave": {I: OWN_S, SW: ALL_S},
    "close_attendance": {SW: ALL, P: ALL, D: ALL},
    "ask_bonus": {I: OWN},
    "opine_bonus": {SW: ALL, **_advisers(ALL)},
    "decide_bonus": {D: ALL_S},
    "run_month": {P: ALL},
    "see_lists": {P: ALL, D: ALL_S},
    "approve_list": {D: ALL_S},
    "enter_deduction": {P: ALL, D: ALL},
    "decide_recovery": {D: ALL_S},
    "answer_bailiff": {P: ALL, D: ALL},
    "prepare_refund": {P: ALL},
    "sign_refund": {D: ALL_S},
    "set_budget": {P: ALL, D: ALL},
    "prepare_letter": {SW: ALL, D: ALL_S},
    "send_letter": {SW: ALL, P: OWN, D: ALL_S},
    "sign_letter": {D: ALL_S},
    "see_deadlines": {I: OWN, SW: ALL, **_advisers(ALL), P: ALL, D: ALL_S, WW: OWN, WH: OWN},
    "see_runs": {D: ALL, A: ALL},
    "see_regulations": {I: ALL, SW: ALL, **_advisers(ALL), P: ALL, D: ALL, A: ALL},
    "set_regulations": {D: ALL},
    "set_groups": {SW: ALL, D: ALL},
    "see_rates": {P: ALL, D: ALL, A: ALL},
    "set_rates": {A: ALL},
    "set_accounts": {A: ALL},
    "see_traces": {D: ALL},
    "see_own_acts": {A: ALL},
}
# Whoever follows the absences of the own groups alone could not open the report of those they lead.
SUPERIORS = frozenset(role for role, reach in RIGHTS["follow_absence"].items() if not reach.own)
