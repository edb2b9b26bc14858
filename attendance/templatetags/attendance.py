"""The cells of a grid. A month has more than a thousand: each is one string, without a template of its own."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from attendance.cells import state
from attendance.grid import FUTURE, OUTSIDE, UNMARKED, Cell, Row
from attendance.month import cell_id

register = template.Library()

UNMARKED_HTML = mark_safe('<span class="visually-hidden">nieoznaczone</span>')
OUTSIDE_HTML = mark_safe('<span class="visually-hidden">poza grupą lub programem</span>')
LOCKED_HTML = mark_safe('<span class="visually-hidden"> zamknięte</span>')
OPEN = mark_safe(" data-open")
NOTHING = mark_safe("")
CODE = '<span class="code{}{}">{}</span>'


@register.simple_tag
def cells(row: Row, may_mark: bool) -> SafeString:
    """The days of a person. A script reads `data-stands`, `data-by`, and `data-open` where the day may be marked."""
    return format_html_join("", "<td{}{}>{}{}</td>", (_cell(cell, may_mark) for cell in row.cells))


def _cell(cell: Cell, may_mark: bool) -> tuple[SafeString, ...]:
    classes = " ".join(_classes(cell))
    shown = format_html(' class="{}"', classes) if classes else NOTHING
    return shown, _data(cell, may_mark), _content(cell), LOCKED_HTML if cell.is_closed else NOTHING


def _classes(cell: Cell):
    if cell.column.is_off or cell.kind == OUTSIDE:
        yield "closed"
    if cell.kind in (OUTSIDE, UNMARKED, FUTURE):
        yield cell.kind
    if cell.is_closed:
        yield "locked"


def _data(cell: Cell, may_mark: bool) -> SafeString:
    if cell.programme is None:
        return NOTHING
    open_ = OPEN if may_mark and cell.is_open else NOTHING
    place, mark = cell_id(cell.programme, cell.column.day), cell.mark
    if mark is None:
        return format_html(' id="{}" data-stands=""{}', place, open_)
    stands = state(mark.meaning, provisional=mark.provisional)
    return format_html(' id="{}" data-stands="{}" data-by="{}"{}', place, stands, _by(mark.by, mark.at), open_)


@lru_cache(maxsize=512)
def _by(name: str, at: datetime) -> str:
    # A group is saved in one moment, so most marks of a day say the same.
    at = timezone.localtime(at)
    return f"{name}, {at:%d.%m.%Y}, {at.hour}:{at:%M}"


def _content(cell: Cell) -> SafeString:
    if cell.kind == OUTSIDE:
        return OUTSIDE_HTML
    if mark := cell.mark:
        colour, provisional = f" code-{mark.colour}" if mark.colour else "", " provisional" if mark.provisional else ""
        return format_html(CODE, colour, provisional, mark.letters)
    return UNMARKED_HTML if cell.kind == UNMARKED else NOTHING
