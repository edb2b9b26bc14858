"""A form that does something is obeyed once, however often it is sent."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from cistor.errors import Refused
from cistor.journal.models import UsedToken


def claim(token: str, *, by) -> bool:
    """True the first time the user sends it. Call it inside the act's transaction: a refusal gives the token back."""
    # A second sender waits on the unique index until the first has committed or rolled back.
    _, first = UsedToken.objects.get_or_create(token=token, by=by)
    return first


def forget(*, before: datetime) -> None:
    UsedToken.objects.filter(at__lt=before).delete()


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

    @property
    def given(self) -> dict[str, Any]:
        """What was typed into a valid form, as its act takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}


def carry_out(form: forms.Form, act: Callable[[], object], *, by) -> bool:
    """True when the form is valid and its act is done, now or when the same form came before.

    What the act or the database's constraints refuse becomes an error of the form.
    """
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            form.repeated = "token" in form.fields and not claim(form.cleaned_data["token"], by=by)
            if not form.repeated:
                act()
    except Refused as refusal:
        _tell(form, refusal.field, refusal.message)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for field, words in told.items():
            _tell(form, field, words)
    return form.is_valid()


def said(form: forms.Form, success: str) -> str:
    """What to tell after `carry_out`: what came a second time may differ from what was saved."""
    return "Ten formularz już zapisano." if form.repeated else success


def _tell(form, field, words) -> None:
    form.add_error(field if field in form.fields else None, words)
