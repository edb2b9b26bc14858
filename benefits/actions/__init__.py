from benefits.actions.approval import approve, check, send_back, take_back
from benefits.actions.counting import recount, run_month
from benefits.actions.locks import one_at_a_time
from benefits.actions.payments import pay_again, record_payments, record_return
from benefits.actions.regulations import adopt, paid_until
from benefits.actions.trials import draft_trial_list

__all__ = [
    "adopt",
    "approve",
    "check",
    "draft_trial_list",
    "one_at_a_time",
    "paid_until",
    "pay_again",
    "record_payments",
    "record_return",
    "recount",
    "run_month",
    "send_back",
    "take_back",
]
