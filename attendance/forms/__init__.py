from attendance.forms.marks import (
    CellForm,
    DayForm,
    Row,
    posted_ids,
    read_day,
    read_month,
    read_token,
    with_the_rest_present,
    with_what_stands_seen,
)

__all__ = [
    "CellForm",
    "DayForm",
    "Row",
    "posted_ids",
    "read_day",
    "read_month",
    "read_token",
    "with_the_rest_present",
    "with_what_stands_seen",
]
