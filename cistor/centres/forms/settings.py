"""One form per group of settings, made from the columns of the model, each setting with its § beside."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.html import format_html

from cistor.accounts.roles import STAFF_ROLES, Role
from cistor.centres.forms.inputs import AmountField, ShareField, WeightField
from cistor.centres.models import Regulations
from cistor.centres.recruitment import WEIGHTS, faults
from cistor.centres.sheet import AMOUNTS, GROUPS, NOT_SAID, NOTHING, PAPERS, ROLES, SHARES, SLUGS, label_of, said
from cistor.fields import FractionField

STAFF = [(role.value, role.label) for role in Role if role in STAFF_ROLES]
# A rate is a part of the unemployment benefit and may exceed it; a day costs the whole benefit at most.
HIGHEST_SHARE, HIGHEST_REDUCTION = 5, 1
HEAVIEST = 100
# Whole numbers that mean something: days of a month and of a year, months of a programme.
COUNTS = {
    "payday_day": (1, 28),
    "trial_months": (1, 12),
    "main_months": (1, 60),
    "extension_months": (0, 60),
    "unexcused_days_limit": (0, 366),
    "sick_days_limit": (0, 366),
    "free_days": (0, 366),
    "leave_notice_days": (0, 366),
    "absence_threshold_days": (0, 366),
    "score_scale": (2, 100),
    "income_points": (1, 1000),
    "jobless_months": (1, 120),
    "jobless_points": (1, 1000),
    "offer_days": (1, 90),
    "exclusions_days": (1, 366),
}
# Said beside the settings whose name is not enough.
HINTS = {
    "office_steps": "W tej kolejności; ostatni zaznaczony krok kończy sprawę w urzędzie. "
    "Porozumienie z urzędem może stanowić inaczej.",
    "motivation_weight": "Punkty kandydata to średnia ocen ważona tymi trzema liczbami, na przykład 1, 2 albo 1/2.",
    "income_threshold": "Punkty dostaje, kto ma w rodzinie mniej na osobę.",
    "jobless_months": "Na przykład 12: po każdym pełnym roku bez pracy.",
    "exclusions_days": "Starsze trzeba odebrać ponownie przed przyjęciem.",
}
HOURS = [("daily_hours_min", "daily_hours_max"), ("weekly_hours_min", "weekly_hours_max")]


def settings_form(slug: str) -> type["SettingsForm"]:
    names = GROUPS[SLUGS[slug]]
    form = type("GroupForm", (SettingsForm,), {"cited": names})
    settings = [name for name in names if name not in PAPERS]
    return forms.modelform_factory(Regulations, form=form, fields=settings, formfield_callback=_formfield)


class SettingsForm(forms.ModelForm):
    # The names of the group; each has a §, and all but what papers alone speak of a value.
    cited: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.names = list(self.fields)
        for name in self.cited:
            self.fields[_source(name)] = self._source_field(name)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        pairs = ([name, _source(name)] if name in self.names else [_source(name)] for name in self.cited)
        self.helper.layout = Layout(*(Div(*pair, css_class="setting") for pair in pairs))

    def _source_field(self, name: str) -> forms.CharField:
        label, hint = format_html('Podstawa<span class="visually-hidden">: {}</span>', label_of(name)), ""
        if name in PAPERS:
            label = f"Podstawa: {label_of(name)}"
            hint = f"Paragraf, na przykład §4 ust. 2. Stanie {said(self.instance, name)}."
        initial = self.instance.sources.get(name, "")
        return forms.CharField(label=label, help_text=hint, max_length=200, required=False, initial=initial)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "trial_payday" in self.names:
            self._trial_payday(data.get("trial_settlement"), data.get("trial_payday"))
        for least, most in HOURS:
            if data.get(least) and data.get(most) and data[least] > data[most]:
                self.add_error(most, "Górna granica nie może być niższa od dolnej.")
        if "recruitment" in self.names:
            self._recruitment(data)
        return data

    def _recruitment(self, data: dict[str, Any]) -> None:
        """What could not be read has an error of its own already."""
        for name, message in faults(data).items():
            if name not in self.errors:
                self.add_error(name, message)

    def _trial_payday(self, settlement: str | None, payday: str | None) -> None:
        if settlement == Regulations.TrialSettlement.SEPARATE and not payday:
            self.add_error("trial_payday", "Okres próbny rozliczany osobno ma własny dzień wypłaty.")
        if settlement == Regulations.TrialSettlement.CALENDAR_MONTH and payday:
            self.add_error("trial_payday", "Okres próbny rozliczany z miesiącem jest wypłacany razem z nim.")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}

    def sources(self) -> dict[str, str]:
        return {name: self.cleaned_data[_source(name)] for name in self.cited}


def _source(name: str) -> str:
    return f"{name}_source"


def _formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """How a column is asked for; `kwargs` is what Django would give its own field."""
    told = {"label": _label(field), "required": not field.blank, "help_text": HINTS.get(field.name, "")}
    if field.name in WEIGHTS:
        return WeightField(**told, most=HEAVIEST)
    if isinstance(field, FractionField):
        most = HIGHEST_SHARE if field.name in SHARES else HIGHEST_REDUCTION
        told["help_text"] = NOTHING.get(field.name, "")
        return ShareField(**told, most=most, as_percent=field.name in SHARES)
    if isinstance(field, ArrayField):
        choices = field.base_field.choices or STAFF
        return forms.MultipleChoiceField(**told, choices=choices, widget=forms.CheckboxSelectMultiple)
    if field.name in ROLES:
        return forms.ChoiceField(**told, choices=[("", NOT_SAID), *STAFF])
    if field.name in AMOUNTS:
        return AmountField(**told)
    if field.name in COUNTS:
        least, most = COUNTS[field.name]
        says = {"min_value": f"Podaj liczbę od {least} do {most}.", "max_value": f"Podaj liczbę od {least} do {most}."}
        return forms.IntegerField(**told, min_value=least, max_value=most, error_messages=says)
    if field.choices and field.blank:
        return _chosen(field, told)
    return field.formfield(**{**kwargs, "label": told["label"]})


def _label(field: models.Field) -> str:
    """Its unit beside the name, where money is asked for."""
    unit = ", zł" if field.name in AMOUNTS else ""
    return f"{str(field.verbose_name).capitalize()}{unit}"


def _chosen(field: models.Field, told: dict[str, Any]) -> forms.Field:
    choices = [("", NOTHING.get(field.name, NOT_SAID)), *field.flatchoices]
    empty = None if field.null else ""
    return forms.TypedChoiceField(**told, choices=choices, empty_value=empty)
