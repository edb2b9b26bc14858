from django import forms

from participants.forms.participant import ALIEN


class WhoseForm(forms.Form):
    """Posted, so that no name stands in an address; while somebody types, the list narrows by itself."""

    text = forms.CharField(
        label="Nazwisko albo imię",
        max_length=100,
        required=False,
        help_text="Wystarczy początek. Enter otwiera formularz, gdy pasuje jedna osoba.",
        widget=forms.TextInput(
            {
                **ALIEN,
                "type": "search",
                "autofocus": True,
                "hx-post": "",
                "hx-trigger": "input changed delay:200ms",
                "hx-target": "#people",
                "hx-select": "#people",
                "hx-swap": "outerHTML",
                "hx-sync": "this:replace",
            }
        ),
    )
