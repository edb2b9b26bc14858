"""The words of the journal for pages of lower rooms, which know an act by its name only."""

from django import template

from cistor.desk import words

register = template.Library()


@register.filter
def act_name(act: str) -> str:
    """The act as it is called on screen: "attendance:today" is "obecność dnia"."""
    return words.ACTS.get(act, act)
