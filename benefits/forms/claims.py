"""What is asked for about applications for the benefit and letters of bailiffs."""

from django import forms

from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField

OPEN, ANSWERED = "otwarte", "odpowiedziane"


class ApplicationForm(OnceForm):
    filed_on = DayField(label="Dzień złożenia", help_text="Z daty wniosku albo wpływu do centrum.")
    file = UploadField(label="Skan wniosku", required=False)


class EnforcementForm(OnceForm):
    bailiff = forms.CharField(
        label="Komornik", max_length=200, help_text="Jak w nagłówku pisma: sąd, imię i nazwisko, kancelaria."
    )
    street = forms.CharField(label="Ulica i numer", max_length=120, required=False)
    postal_code = forms.RegexField(
        r"^\d{2}-\d{3}$",
        label="Kod pocztowy",
        required=False,
        error_messages={"invalid": "Kod pocztowy ma postać 00-000."},
    )
    city = forms.CharField(label="Miejscowość", max_length=80, required=False)
    signature = forms.CharField(label="Sygnatura", max_length=60, help_text="Sprawy komornika, na przykład Km 12/26.")
    received_on = DayField(label="Wpłynęło")
    file = UploadField(label="Skan pisma", required=False)

    TEXTS = ("bailiff", "street", "postal_code", "city", "signature")


class StateForm(forms.Form):
    """What stands in the address of the register; a name does not."""

    stan = forms.ChoiceField(
        label="Stan",
        required=False,
        choices=[("", "wszystkie"), (OPEN, "bez odpowiedzi"), (ANSWERED, "z odpowiedzią")],
        widget=forms.Select({"class": "form-select"}),
    )


class PersonSearchForm(forms.Form):
    text = forms.CharField(
        label="Szukaj po nazwisku albo PESEL",
        max_length=100,
        required=False,
        # No memory of the browser keeps who was looked for.
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )
