from participants.actions.after import issue_certificate, record_clearance, record_follow_up
from participants.actions.ending import check_end, end_programme
from participants.actions.extension import ask_extension, check_extendable, decide_extension, withdraw_extension
from participants.actions.file import add_paper, remove_paper
from participants.actions.group import create_group, end_lead, join_group, lead_group, leave_group
from participants.actions.participant import (
    AlreadyKnown,
    change_participant,
    create_participant,
    end_tax_statement,
    set_payment_method,
    set_tax_statement,
)
from participants.actions.programme import is_applied_for, set_office, sign_from_paper, sign_programme
from participants.actions.termination import (
    check_decision,
    decide_termination,
    propose_termination,
    record_delivery,
    withdraw_termination,
)
from participants.actions.trial import assess_trial, check_assessable, check_reply, pass_to_main, record_reply

__all__ = [
    "AlreadyKnown",
    "add_paper",
    "ask_extension",
    "assess_trial",
    "change_participant",
    "check_assessable",
    "check_decision",
    "check_end",
    "check_extendable",
    "check_reply",
    "create_group",
    "create_participant",
    "decide_extension",
    "decide_termination",
    "end_lead",
    "end_programme",
    "end_tax_statement",
    "is_applied_for",
    "issue_certificate",
    "join_group",
    "lead_group",
    "leave_group",
    "pass_to_main",
    "propose_termination",
    "record_clearance",
    "record_delivery",
    "record_follow_up",
    "record_reply",
    "remove_paper",
    "set_office",
    "set_payment_method",
    "set_tax_statement",
    "sign_from_paper",
    "sign_programme",
    "withdraw_extension",
    "withdraw_termination",
]
