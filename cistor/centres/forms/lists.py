"""The lists of a version as rows to fill in; an empty row is no row."""

from collections.abc import Hashable
from typing import Any

from django import forms
from django.db.models import Model
from django.forms import BaseFormSet, formset_factory, model_to_dict

from cistor.centres.lists import VersionList
from cistor.centres.models import (
    Breach,
    DayCode,
    DeadlineLength,
    DeductionKind,
    FileItemKind,
    Ground,
    Meaning,
    Measure,
    Regulations,
)

MOST_ROWS = 60
EMPTY_ROWS = 4
UNIT = DeadlineLength.Unit
WITH_LENGTH = {UNIT.WORKING_DAYS, UNIT.CALENDAR_DAYS, UNIT.NEVER_SHIFTED, UNIT.BEFORE_LAST_DAY, UNIT.WARNING}


class DayCodeForm(forms.ModelForm):
    """The letters of one meaning; without letters the centre does not use it."""

    class Meta:
        model = DayCode
        fields = ["letters", "name", "colour", "source", "position", "is_retired"]
        labels = {"is_retired": "Wycofane"}

    def __init__(self, *args: Any, meaning: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instance.meaning = meaning
        for name in ("letters", "name", "colour", "position"):
            self.fields[name].required = False

    @property
    def title(self) -> str:
        return Meaning(self.instance.meaning).label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("letters"):
            for name in ("name", "colour"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, "Oznaczenie potrzebuje nazwy i koloru.")
            self.instance.position = data["position"] = data.get("position") or 0
        return data


class RowForm(forms.ModelForm):
    @property
    def title(self) -> str:
        return ""


class GroundForm(RowForm):
    class Meta:
        model = Ground
        fields = ["letter", "meaning", "text", "source"]
        widgets = {"text": forms.Textarea({"rows": 2})}


class BreachForm(RowForm):
    class Meta:
        model = Breach
        fields = ["letter", "text", "source"]
        widgets = {"text": forms.Textarea({"rows": 2})}


class MeasureForm(RowForm):
    class Meta:
        model = Measure
        fields = ["letter", "meaning", "text", "source"]
        widgets = {"text": forms.Textarea({"rows": 2})}


# What Django says of a slug is not for people.
CODE = {"invalid": "Kod: małe litery bez polskich znaków, cyfry i podkreślenia."}


class DeductionKindForm(RowForm):
    code = forms.SlugField(
        label="Kod", max_length=30, error_messages=CODE, help_text="Jedno słowo, na przykład odziez."
    )

    class Meta:
        model = DeductionKind
        fields = ["code", "name", "condition", "source"]


class DeadlineForm(RowForm):
    starts_with = forms.ChoiceField(
        label="Liczony od", choices=[("", "zdarzenia"), *DeadlineLength.Start.choices], required=False
    )

    class Meta:
        model = DeadlineLength
        fields = ["code", "unit", "length", "at", "starts_with", "source"]
        widgets = {"at": forms.TimeInput({"type": "time"}, format="%H:%M")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit = data.get("unit")
        if unit in WITH_LENGTH and data.get("length") is None and "length" not in self.errors:
            self.add_error("length", "Podaj liczbę dni.")
        if unit == UNIT.CLOCK and data.get("at") is None and "at" not in self.errors:
            self.add_error("at", "Podaj godzinę.")
        return data


class FileItemForm(RowForm):
    code = forms.SlugField(label="Kod", max_length=30, error_messages=CODE)
    position = forms.IntegerField(label="Kolejność", min_value=0, max_value=999, required=False)

    class Meta:
        model = FileItemKind
        fields = ["code", "name", "obligatory", "expires", "source", "position"]
        widgets = {"name": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.initial.get("code") is None:
            self.initial["position"] = None

    def has_changed(self) -> bool:
        """Ticks and numbers alone make no row."""
        return not {"code", "name", "source"}.isdisjoint(self.changed_data)


class RowsFormSet(BaseFormSet):
    """What is kept has its key once, whatever its case; the error stands beside the second one."""

    key = ""
    repeated = "Ta pozycja jest już wyżej."

    def initial_form_count(self) -> int:
        """What was sent is all there is: a row emptied is a row taken out, whatever it was before."""
        return 0 if self.is_bound else super().initial_form_count()

    def kept(self) -> list[forms.ModelForm]:
        return [form for form in self.forms if form.has_changed() and not self._should_delete_form(form)]

    def clean(self) -> None:
        seen: set[Hashable] = set()
        for form in self.kept():
            value = str(getattr(form, "cleaned_data", {}).get(self.key) or "").casefold()
            if value and value in seen:
                form.add_error(self.key, self.repeated)
            seen.add(value)

    def instances(self) -> list[Model]:
        return [form.instance for form in self.kept()]


class DayCodesFormSet(RowsFormSet):
    """A form for every meaning, in their order."""

    key = "letters"
    repeated = "To oznaczenie ma już inny rodzaj dnia."

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "meaning": Meaning.values[index or 0]}

    def kept(self) -> list[forms.ModelForm]:
        return [form for form in self.forms if getattr(form, "cleaned_data", {}).get("letters")]


class FileItemsFormSet(RowsFormSet):
    repeated = "Ten kod ma już inny dokument."

    def instances(self) -> list[Model]:
        """In the order of their numbers, those without one last."""
        typed = [(form.cleaned_data["position"], form.instance) for form in self.kept()]
        rows = [row for _, row in sorted(typed, key=lambda pair: (pair[0] is None, pair[0] or 0))]
        for position, row in enumerate(rows):
            row.position = position
        return rows


FORMS = {
    "podstawy": GroundForm,
    "naruszenia": BreachForm,
    "srodki": MeasureForm,
    "potracenia": DeductionKindForm,
    "terminy": DeadlineForm,
    "teczka": FileItemForm,
}
FORMSETS = {"teczka": FileItemsFormSet}


def list_formset(listed: VersionList, draft: Regulations, data: Any = None) -> RowsFormSet:
    rows = listed.rows(draft)
    if listed.model is DayCode:
        return _day_codes(rows, data)
    form = FORMS[listed.slug]
    made = formset_factory(
        form,
        formset=FORMSETS.get(listed.slug, RowsFormSet),
        extra=EMPTY_ROWS,
        can_delete=True,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
    )
    made.key = listed.key
    initial = None if data else [model_to_dict(row, form._meta.fields) for row in rows]
    return made(data, prefix="rows", initial=initial)


def _day_codes(rows: list[DayCode], data: Any) -> RowsFormSet:
    count = len(Meaning)
    known = {row.meaning: row for row in rows}
    initial = [model_to_dict(known[m], DayCodeForm._meta.fields) if m in known else {} for m in Meaning.values]
    made = formset_factory(
        DayCodeForm, formset=DayCodesFormSet, extra=0, min_num=count, max_num=count, absolute_max=count
    )
    return made(data, prefix="rows", initial=None if data else initial)
