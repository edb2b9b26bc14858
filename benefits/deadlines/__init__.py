from benefits.deadlines.payer import (
    KINDS as OF_PAYER,
)
from benefits.deadlines.payer import (
    PIT_ADVANCE,
    PIT_RETURN,
    REFUND,
    ZUS_DECLARATION,
    ZUS_REGISTRATION,
    of_payer,
    of_registrations,
)
from benefits.deadlines.payments import MONTH, TRIAL, of_months, of_trials

__all__ = [
    "MONTH",
    "OF_PAYER",
    "PIT_ADVANCE",
    "PIT_RETURN",
    "REFUND",
    "TRIAL",
    "ZUS_DECLARATION",
    "ZUS_REGISTRATION",
    "of_months",
    "of_payer",
    "of_registrations",
    "of_trials",
]
