from participants.actions.ending import check_end, end_programme
from participants.actions.extension import ask_extension, decide_extension, withdraw_extension
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
from participants.actions.programme import is_applied_for, sign_from_paper, sign_programme
from participants.actions.trial import assess_trial, pass_to_main, record_reply

__all__ = [
    "AlreadyKnown",
    "add_paper",
    "ask_extension",
    "assess_trial",
    "change_participant",
    "check_end",
    "create_group",
    "create_participant",
    "decide_extension",
    "end_lead",
    "end_programme",
    "end_tax_statement",
    "is_applied_for",
    "join_group",
    "lead_group",
    "leave_group",
    "pass_to_main",
    "record_reply",
    "remove_paper",
    "set_payment_method",
    "set_tax_statement",
    "sign_from_paper",
    "sign_programme",
    "withdraw_extension",
]
