"""A form that creates something is obeyed once, however often it is sent."""

import secrets

from django import forms

from cistor.journal.models import UsedToken


def claim(token: str, *, by) -> bool:
    """True for the first who asks. Call it inside the transaction of the act: a refused act gives the token back."""
    # A second sender waits on the unique index until the first has committed or rolled back.
    _, first = UsedToken.objects.get_or_create(token=token, defaults={"by": by})
    return first


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OnceForm(forms.Form):
    """A form with the hidden field `token`; goes in front of ModelForm too."""

    token = forms.CharField(
        widget=forms.HiddenInput,
        initial=new_token,
        max_length=40,
        error_messages=dict.fromkeys(
            ("required", "max_length"), "Formularz przyszedł niekompletny. Odśwież stronę i wyślij go ponownie."
        ),
    )
