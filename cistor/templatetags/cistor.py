"""Polish for templates: amounts, plural forms, dates; icons and badges. A builtin, so no template loads it."""

from datetime import date, time
from decimal import Decimal
from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.dateformat import time_format
from django.utils.html import format_html

from cistor import dates, money, places

register = template.Library()

DASH = "—"
BADGE_ICONS = {"done": "check", "soon": "clock", "late": "triangle-alert", "info": "info", "plain": "circle"}


@register.filter
def zloty(value: Decimal | None) -> str:
    """`1 783,90 zł` with no-break spaces."""
    return DASH if value in (None, "") else money.zloty(value)


@register.filter
def amount(value: Decimal | None) -> str:
    """`1 783,90`, for columns whose head says zł."""
    return DASH if value in (None, "") else money.number(value)


@register.filter
def plural(number: int, forms: str) -> str:
    """The word that fits the number: `{{ n }} {{ n|plural:"dzień,dni,dni" }}` → 1 dzień, 2 dni, 5 dni, 22 dni."""
    one, few, many = forms.split(",")
    if number == 1:
        return one
    return few if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else many


@register.filter(expects_localtime=True)
def date_long(day: date | None) -> str:
    """`sobota, 21 listopada 2026`."""
    return dates.weekday_text(day) if day else DASH


@register.filter(expects_localtime=True)
def date_short(day: date | None) -> str:
    """`21.11.2026`."""
    return f"{day:%d.%m.%Y}" if day else DASH


@register.filter(expects_localtime=True)
def month_name(day: date | None) -> str:
    """`listopad 2026`."""
    return dates.month_text(day) if day else DASH


@register.filter(expects_localtime=True)
def time_short(moment: time | None) -> str:
    """`7:45`, of a time or of a moment in local time."""
    # Midnight is a time too: only what is missing gets the dash.
    return DASH if moment in (None, "") else time_format(moment, "G:i")


@register.simple_tag(takes_context=True)
def back_to(context, name: str, *args: int) -> str:
    """The address of a list, as it was when this person last looked at it."""
    return places.back(context["request"], reverse(name, args=args))


@register.simple_tag
def icon(name: str, label: str = "") -> str:
    """A drawing from the sprite; without a label it is silent, since a word stands beside it."""
    source = f"{_sprite()}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, source)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', source)


@cache
def _sprite() -> str:
    # Three quarters of the time that an icon took.
    return static("img/icons.svg")


@register.simple_tag
# A board shows hundreds, and few of them differ; typed, since what is marked as safe equals what is not.
@lru_cache(maxsize=1024, typed=True)
def badge(kind: str, text: str, icon: str = "") -> str:
    """A state as a tag; the kind is one of BADGE_ICONS."""
    return render_to_string("components/badge.html", {"kind": kind, "text": text, "icon": icon or BADGE_ICONS[kind]})
