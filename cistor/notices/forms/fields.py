"""What the forms of this room share."""

from django import forms

LONGEST = 4000
SELECT = {"class": "form-select"}
YES, NO = "yes", "no"
UNANSWERED = "Wybierz jedną z odpowiedzi."


def long_text(label: str, *, rows: int, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **kwargs)


def answer(label: str, yes: str, no: str, **kwargs) -> forms.TypedChoiceField:
    """True, False, or None where it need not be answered."""
    return forms.TypedChoiceField(
        label=label,
        choices=[(YES, yes), (NO, no)],
        coerce=lambda value: value == YES,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), UNANSWERED),
        **kwargs,
    )
