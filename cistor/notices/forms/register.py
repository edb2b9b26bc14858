from django import forms

from cistor.notices.forms.fields import SELECT
from cistor.notices.models import IncomingLetter
from cistor.notices.register import SENT, UNSENT, titles


class SearchForm(forms.Form):
    text = forms.CharField(
        label="Szukaj po numerze, nazwisku albo PESEL",
        max_length=100,
        required=False,
        # No memory of the browser keeps who was looked for.
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )


def _year() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Rok", coerce=int, empty_value=None, required=False, widget=forms.Select(SELECT)
    )


class OutgoingFilterForm(forms.Form):
    """What stands in the address of the register."""

    pismo = forms.ChoiceField(label="Pismo", required=False, widget=forms.Select(SELECT))
    stan = forms.ChoiceField(
        label="Stan",
        choices=[("", "wszystkie"), (UNSENT, "niewysłane"), (SENT, "wysłane")],
        required=False,
        widget=forms.Select(SELECT),
    )
    rok = _year()

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pismo"].choices = [("", "wszystkie"), *titles()]
        self.fields["rok"].choices = [("", "wszystkie"), *((year, year) for year in years)]

    @property
    def asked(self) -> dict:
        given = self.cleaned_data
        return {"kind": given["pismo"], "state": given["stan"], "year": given["rok"]}


class IncomingFilterForm(forms.Form):
    pismo = forms.ChoiceField(
        label="Rodzaj",
        choices=[("", "wszystkie"), *IncomingLetter.Kind.choices],
        required=False,
        widget=forms.Select(SELECT),
    )
    rok = _year()

    def __init__(self, *args, years: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rok"].choices = [("", "wszystkie"), *((year, year) for year in years)]
