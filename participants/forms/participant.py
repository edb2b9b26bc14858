from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from cistor.journal.once import OnceForm
from participants import checks, pesel
from participants.actions.participant import FIELDS
from participants.forms.day import DayField
from participants.models import Group, Participant, Phase

# Somebody else's data: the browser must not offer them again.
ALIEN = {"autocomplete": "off"}
DIGITS = {**ALIEN, "inputmode": "numeric"}
LAYOUT = Layout(
    Fieldset("Osoba", "last_name", "first_name"),
    Fieldset("Tożsamość", "pesel", "pesel_faulty", "document_kind", "document_number", "birth_on", "sex"),
    Fieldset("Adres i kontakt", "street", "postal_code", "city", "phone", "email"),
)


class SearchForm(forms.Form):
    text = forms.CharField(
        label="Szukaj po nazwisku albo numerze PESEL",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={**ALIEN, "type": "search"}),
    )


class FilterForm(forms.Form):
    """What stands in the address of the list."""

    RUNNING = "w-programie"

    grupa = forms.ModelChoiceField(
        label="Grupa",
        queryset=Group.objects.none(),
        required=False,
        empty_label="wszystkie",
        widget=forms.Select({"class": "form-select"}),
    )
    faza = forms.ChoiceField(
        label="Program",
        choices=[("", "wszyscy"), (RUNNING, "w programie"), *Phase.choices],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grupa"].queryset = groups


class CheckForm(forms.Form):
    """What is asked before a card is made: is this person known already?"""

    last_name = forms.CharField(label="Nazwisko", max_length=80, widget=forms.TextInput(ALIEN))
    first_name = forms.CharField(label="Imię", max_length=60, widget=forms.TextInput(ALIEN))
    pesel = forms.CharField(
        label="PESEL",
        max_length=20,
        required=False,
        widget=forms.TextInput(DIGITS),
        help_text="Po numerze osobę znajduje się na pewno, po nazwisku – także wtedy, gdy zapisano je trochę inaczej.",
    )

    pesel_faulty = forms.BooleanField(label="PESEL jest błędny, ale taki widnieje w dokumentach", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Asked only of a number that needs it.
        number = pesel.tidy(str(self.data.get("pesel", "")))
        if not number or not pesel.fault(number):
            self.fields["pesel_faulty"].widget = forms.HiddenInput()

    def clean(self):
        values = super().clean()
        number = values["pesel"] = pesel.tidy(values.get("pesel", ""))
        problem = pesel.fault(number, faulty_accepted=values.get("pesel_faulty", False)) if number else ""
        if problem and "pesel" not in self.errors:
            self.add_error("pesel", problem)
        return values


class PersonForm(forms.ModelForm):
    """The personal data; birth date and sex may be left to the PESEL."""

    birth_on = DayField(
        label="Data urodzenia", required=False, help_text="Przy poprawnym numerze PESEL można zostawić puste."
    )

    class Meta:
        model = Participant
        fields = FIELDS
        widgets = {
            **dict.fromkeys(("first_name", "last_name", "document_number"), forms.TextInput(ALIEN)),
            **dict.fromkeys(("street", "city"), forms.TextInput(ALIEN)),
            "email": forms.EmailInput(ALIEN),
            **dict.fromkeys(("pesel", "postal_code"), forms.TextInput(DIGITS)),
            "phone": forms.TextInput({**ALIEN, "type": "tel"}),
            "sex": forms.RadioSelect,
        }
        labels = {"pesel_faulty": "PESEL jest błędny, ale taki widnieje w dokumentach"}
        help_texts = {
            "document_kind": "Dla osób bez numeru PESEL.",
            "sex": "Przy poprawnym numerze PESEL można zostawić puste.",
            "phone": "Na przykład 600 100 200; zagraniczny od +.",
        }

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["document_kind"].choices = [("", "nie trzeba"), *Participant.DocumentKind.choices]
        sex = self.fields["sex"]
        sex.required, sex.choices = False, Participant.Sex.choices
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.render_hidden_fields = False, True, True
        self.helper.layout = LAYOUT

    def clean(self):
        values = checks.tidy(super().clean())
        self._fill_from_pesel(values)
        for field, problem in checks.person(values, on=self.on).items():
            if field not in self.errors:
                self.add_error(field, problem)
        return {name: value for name, value in values.items() if name not in self.errors}

    def _fill_from_pesel(self, values):
        number, faulty = values.get("pesel") or "", values.get("pesel_faulty")
        proves = number and not faulty and not pesel.fault(number)
        for field, read in (("birth_on", pesel.birth_on), ("sex", pesel.sex)):
            if values.get(field) or field in self.errors:
                continue
            if proves:
                values[field] = read(number)
            elif faulty or not number:
                self.add_error(field, "Bez poprawnego numeru PESEL to pole jest potrzebne.")

    def entered(self) -> dict:
        return {name: self.cleaned_data[name] for name in FIELDS}


class NewPersonForm(OnceForm, PersonForm):
    """The card of somebody new."""
