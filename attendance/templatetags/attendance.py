"""The cells of a grid. A month has more than a thousand: each is one string, without a template of its own."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from attendance.cells import state
from attendance.grid import FUTURE, OUTSIDE, UNMARKED, Cell, Mark, Row
from attendance.month import cell_id

register = template.Library()

UNMARKED_HTML = mark_safe('<span class="visually-hidden">nieoznaczone</span>')
OUTSIDE_HTML = mark_safe('<span class="visually-hidden">poza grupą lub programem</span>')
LOCKED_HTML = mark_safe('<span class="visually-hidden"> zamknięte</span>')
OPEN = mark_safe(" data-open")
NOTHING = mark_safe("")
CODE = '<span class="code{}{}">{}</span>'


@register.simple_tag
def cells(row: Row, may_mark: bool, origins: Mapping[int, Mapping[str, str]]) -> SafeString:
    """The days of a person. A script reads `data-stands`, `data-by`, `data-fact` where a fact has taken the day, and
    `data-open` where it may be marked; `origins`: person → the names of the facts."""
    names = origins[row.key]
    return format_html_join("", "<td{}{}>{}{}</td>", (_cell(cell, may_mark, names) for cell in row.cells))


@register.filter
def named(origins: Mapping[str, str], mark: Mark) -> str:
    """What the fact is called that took the day."""
    return origins[mark.source]


def _cell(cell: Cell, may_mark: bool, origins: Mapping[str, str]) -> tuple[SafeString, ...]:
    classes = " ".join(_classes(cell))
    shown = format_html(' class="{}"', classes) if classes else NOTHING
    return shown, _data(cell, may_mark, origins), _content(cell), LOCKED_HTML if cell.is_closed else NOTHING


def _classes(cell: Cell):
    if cell.column.is_off or cell.kind == OUTSIDE:
        yield "closed"
    if cell.kind in (OUTSIDE, UNMARKED, FUTURE):
        yield cell.kind
    if cell.is_closed:
        yield "locked"


def _data(cell: Cell, may_mark: bool, origins: Mapping[str, str]) -> SafeString:
    if cell.programme is None:
        return NOTHING
    open_ = OPEN if may_mark and cell.is_open else NOTHING
    place, mark = cell_id(cell.programme, cell.column.day), cell.mark
    if mark is None:
        return format_html(' id="{}" data-stands=""{}', place, open_)
    stands = state(mark.meaning, provisional=mark.provisional)
    fact = format_html(' data-fact="{}"', origins[mark.source]) if mark.is_taken else NOTHING
    by = _by(mark.by, mark.at)
    return format_html(' id="{}" data-stands="{}" data-by="{}"{}{}', place, stands, by, fact, open_)


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
