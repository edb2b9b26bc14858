from cistor.centres.actions.calendar import add_extra_class_day, close_day, remove_extra_class_day, reopen_day
from cistor.centres.actions.rates import add_rate
from cistor.centres.actions.regulations import give_reason, seal

__all__ = [
    "add_extra_class_day",
    "add_rate",
    "close_day",
    "give_reason",
    "remove_extra_class_day",
    "reopen_day",
    "seal",
]
