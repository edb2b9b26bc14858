from attendance.actions.closing import close, close_many, close_month
from attendance.actions.corrections import ask_correction, corrections_for, decide_correction, withdraw_correction
from attendance.actions.leave import ask_leave, cancel_leave, decide_leave, give_up_day, opine_leave, withdraw_leave
from attendance.actions.marks import mark, mark_days
from attendance.actions.notes import amend_note, decide_note, deliver_note, record_check, record_note, withdraw_note
from attendance.actions.ranges import mark_range
from attendance.actions.settling import settle

__all__ = [
    "amend_note",
    "ask_correction",
    "ask_leave",
    "cancel_leave",
    "close",
    "close_many",
    "close_month",
    "corrections_for",
    "decide_correction",
    "decide_leave",
    "decide_note",
    "deliver_note",
    "give_up_day",
    "mark",
    "mark_days",
    "mark_range",
    "opine_leave",
    "record_check",
    "record_note",
    "settle",
    "withdraw_correction",
    "withdraw_leave",
    "withdraw_note",
]
