"""The filters of paper. A stored context is plain JSON: amounts are decimal texts, days ISO texts."""

from datetime import date
from decimal import Decimal

from django import template

from cistor import dates, money

register = template.Library()

NOTHING = "–"


@register.filter
def amount(text: str) -> str:
    """`1 783,90`, for columns whose head says zł."""
    return money.number(Decimal(text))


@register.filter
def sparse(text: str | None) -> str:
    """An amount in a column that is mostly empty: a dash stands for nothing."""
    return amount(text) if text and Decimal(text) else NOTHING


@register.filter
def zloty(text: str) -> str:
    """`1 783,90 zł`; "" where a form waits for ink."""
    return money.zloty(Decimal(text)) if text else ""


@register.filter
def day(text: str) -> str:
    """`21 listopada 2026`, kept on one line; "" where a form waits for ink."""
    return text and dates.day_text(date.fromisoformat(text)).replace(" ", money.NBSP)


@register.filter
def figures(text: str) -> str:
    """`21.11.2026`, for columns."""
    return f"{date.fromisoformat(text):%d.%m.%Y}"


@register.filter
def day_of_week(text: str) -> str:
    """`sobota, 21 listopada 2026`."""
    return dates.weekday_text(date.fromisoformat(text))


@register.filter
def span(stretch: dict) -> str:
    """`start_on` and `end_on` of a row as `1–30.11.2026`, `15.10–14.11.2026`."""
    start, end = date.fromisoformat(stretch["start_on"]), date.fromisoformat(stretch["end_on"])
    if start == end:
        return f"{end:%d.%m.%Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day}.{end:%m.%Y}"
    return f"{start:%d.%m}–{end:%d.%m.%Y}" if start.year == end.year else f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"


@register.filter
def account_number(digits: str) -> str:
    """`12 1020 5040 …`: two digits, then fours, as banks print it; a masked one keeps its stars."""
    digits = "".join(digits.split())
    return " ".join([digits[:2], *(digits[i : i + 4] for i in range(2, len(digits), 4))])


@register.filter
def boxed(text: str, boxes: int) -> str:
    """A character for each box, spaces in those that wait for ink."""
    return text.ljust(boxes)


@register.filter
def times(count: int) -> range:
    return range(count)
