from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.db.models import Q

from cistor.centres.models import Office, StatutoryWording
from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from participants import pesel
from participants.forms import CheckForm
from participants.forms.day import DayField
from participants.forms.participant import ALIEN
from referrals.actions.intake import FIELDS
from referrals.actions.office import ASKED
from referrals.models import Application

LONGEST = 4000
WORDING = StatutoryWording.Kind
LAYOUT = Layout(
    Fieldset("Wnioskodawca", "applied_on", "applicant", "applicant_name", "consent_on"),
    Fieldset("Powód skierowania", "category", "further_categories", "registered_at_pup", "reason", "aim"),
    Fieldset("Adresy", "stay_address", "correspondence_address"),
    Fieldset("Urząd", "office"),
)


class SearchForm(CheckForm):
    """Who applies: looked for by number, by names as they sound and by the day of birth."""

    birth_on = DayField(
        label="Data urodzenia",
        required=False,
        help_text="Po niej znajdzie się też ktoś, kto zmienił nazwisko. Przy numerze PESEL można zostawić puste.",
    )

    def clean(self):
        values = super().clean()
        number = values.get("pesel")
        if number and not values.get("birth_on") and not pesel.fault(number):
            values["birth_on"] = pesel.birth_on(number)
        return values


def _day_of(data, default: date) -> date:
    """The day just typed, since the law words its lists by it."""
    try:
        return date.fromisoformat(data)
    except (TypeError, ValueError):
        return default


def _lines(label: str, *, rows: int, **kwargs) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({**ALIEN, "rows": rows}),
        **kwargs,
    )


class ApplicationForm(forms.Form):
    """What an application says. A draft may lack anything, so nothing here is required."""

    applied_on = DayField(label="Data wniosku", required=False)
    applicant = forms.ChoiceField(
        label="Kto składa wniosek",
        choices=Application.Applicant.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    applicant_name = forms.CharField(
        label="Nazwisko przedstawiciela albo nazwa instytucji",
        max_length=300,
        required=False,
        widget=forms.TextInput(ALIEN),
        help_text="Puste, jeżeli wniosek składa sama osoba.",
    )
    consent_on = DayField(
        label="Zgoda osoby z dnia",
        required=False,
        help_text="Potrzebna, jeżeli wniosek składa instytucja (art. 12 ust. 1 ustawy).",
    )
    category = forms.ChoiceField(
        label="Główna kategoria",
        required=False,
        widget=forms.RadioSelect,
        help_text="Art. 1 ust. 2 ustawy, w brzmieniu z dnia wniosku.",
    )
    further_categories = forms.MultipleChoiceField(
        label="Dalsze kategorie", required=False, widget=forms.CheckboxSelectMultiple
    )
    registered_at_pup = forms.TypedChoiceField(
        label="Zarejestrowana w powiatowym urzędzie pracy",
        choices=[("tak", "tak"), ("nie", "nie")],
        coerce=lambda value: value == "tak",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = _lines("Uzasadnienie", rows=5, help_text="Przyczyny wykluczenia społecznego.")
    aim = _lines("Cel skierowania", rows=4)
    stay_address = _lines("Adres pobytu", rows=2, help_text="Jeżeli inny niż adres zamieszkania.")
    correspondence_address = _lines("Adres do korespondencji", rows=2, help_text="Jeżeli inny niż adres zamieszkania.")
    office = forms.ModelChoiceField(
        label="Urząd, który opiniuje",
        queryset=Office.objects.none(),
        required=False,
        empty_label="jeszcze nie wybrano",
        help_text="Ośrodek pomocy społecznej albo CUS właściwy dla miejsca zamieszkania lub pobytu.",
    )

    def __init__(self, *args, application: Application, user, on: date, **kwargs):
        said = {name: getattr(application, name) for name in FIELDS}
        said["registered_at_pup"] = {True: "tak", False: "nie"}.get(application.registered_at_pup)
        super().__init__(*args, initial=said, **kwargs)
        day = _day_of(self.data.get("applied_on"), application.applied_on or on)
        words = list(StatutoryWording.objects.in_force(WORDING.CATEGORY, day).items())
        self.fields["category"].choices = self.fields["further_categories"].choices = words
        chosen = Q(kind__in=ASKED) | Q(pk=application.office_id)
        self.fields["office"].queryset = Office.objects.visible_to(user, on=on).filter(chosen)
        # After it was sent the office stands in its own track.
        self.fields["office"].disabled = application.office_state != Application.Office.TO_SEND
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.layout = False, True, LAYOUT

    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in FIELDS}


class ExclusionsForm(OnceForm):
    """What the person declares; "none" is said, never only left unmarked."""

    declared_on = DayField(label="Dzień oświadczenia")
    has_any = forms.ChoiceField(
        label="Osoba oświadcza, że",
        choices=[("nie", "nie ma żadnego z tych praw"), ("tak", "ma prawo do:")],
        widget=forms.RadioSelect,
    )
    rights = forms.MultipleChoiceField(label="Prawo do", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, initial={"declared_on": on}, **kwargs)
        day = _day_of(self.data.get("declared_on"), on)
        self.fields["rights"].choices = list(StatutoryWording.objects.in_force(WORDING.EXCLUSION, day).items())
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf, self.helper.render_hidden_fields = False, True, True
        # Needed or not, as the answer above says.
        self.helper.layout = Layout("declared_on", "has_any", Div("rights", css_class="optional"))

    def clean(self):
        values = super().clean()
        rights, has_any = values.get("rights"), values.get("has_any")
        if has_any == "tak" and not rights and "rights" not in self.errors:
            self.add_error("rights", "Zaznacz, które to prawo.")
        if has_any == "nie" and rights:
            self.add_error("has_any", "Zaznaczono prawo, a odpowiedź brzmi „żadnego”. Popraw jedno z dwojga.")
        return values


class WithdrawForm(OnceForm):
    reason = _lines("Powód", rows=3)


class RefuseForm(OnceForm):
    reason = forms.CharField(
        label="Uzasadnienie",
        max_length=LONGEST,
        widget=forms.Textarea({**ALIEN, "rows": 6}),
        help_text="Stanie w piśmie do osoby, słowo w słowo.",
    )


class ConfirmForm(OnceForm):
    """Nothing to fill in; obeyed once."""


class ScanForm(OnceForm):
    file = UploadField(label="Skan podpisanego wniosku")
