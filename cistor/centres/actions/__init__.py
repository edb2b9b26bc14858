from cistor.centres.actions.calendar import add_extra_class_day, close_day, remove_extra_class_day, reopen_day
from cistor.centres.actions.drafts import (
    change_settings,
    delete_draft,
    make_binding,
    missing_codes,
    name_draft,
    replace_list,
    start_draft,
    take_back,
    what_is_missing,
    why_it_stays,
)
from cistor.centres.actions.offices import change_office
from cistor.centres.actions.rates import add_rate
from cistor.centres.actions.regulations import give_reason, seal

__all__ = [
    "add_extra_class_day",
    "add_rate",
    "change_office",
    "change_settings",
    "close_day",
    "delete_draft",
    "give_reason",
    "make_binding",
    "missing_codes",
    "name_draft",
    "remove_extra_class_day",
    "reopen_day",
    "replace_list",
    "seal",
    "start_draft",
    "take_back",
    "what_is_missing",
    "why_it_stays",
]
