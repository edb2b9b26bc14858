from attendance.actions.closing import close, close_many, close_month
from attendance.actions.corrections import ask_correction, decide_correction, withdraw_correction
from attendance.actions.marks import mark, mark_days
from attendance.actions.ranges import mark_range

__all__ = [
    "ask_correction",
    "close",
    "close_many",
    "close_month",
    "decide_correction",
    "mark",
    "mark_days",
    "mark_range",
    "withdraw_correction",
]
