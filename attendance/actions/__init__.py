from attendance.actions.closing import close, close_many, close_month
from attendance.actions.marks import mark, mark_days

__all__ = ["close", "close_many", "close_month", "mark", "mark_days"]
