from benefits.actions.approval import approve, check
from benefits.actions.counting import draft_trial_list, recount, run_month
from benefits.actions.locks import one_at_a_time
from benefits.actions.payments import record_payments

__all__ = [
    "approve",
    "check",
    "draft_trial_list",
    "one_at_a_time",
    "record_payments",
    "recount",
    "run_month",
]
