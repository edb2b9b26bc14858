from django import forms
from django.db.models import Q

from cistor.centres.models import Office
from referrals.models import Round
from referrals.pipeline import CLOSED, OFFICE_STEPS, Column, at_step

SELECT = {"class": "form-select"}
TICK = {"class": "form-check-input"}
BOARD, TABLE = "", "tabela"
CLOSED_WORDS = {"wycofane": "Wycofane", "odmowy": "Odmowy", "przyjete": "Przyjęte"}
CLOSED_STATUS = dict(zip(CLOSED_WORDS, CLOSED, strict=True))


class BoardFilterForm(forms.Form):
    """What stands in the address of the board and of its table; nothing of it names anybody."""

    stan = forms.ChoiceField(
        label="Stan",
        choices=[("", "wszystkie otwarte"), *Column.choices, ("Zamknięte", list(CLOSED_WORDS.items()))],
        required=False,
        widget=forms.Select(SELECT),
    )
    urzad = forms.ModelChoiceField(Office.objects.none(), label="Urząd", required=False, widget=forms.Select(SELECT))
    etap = forms.ChoiceField(
        label="Krok urzędu",
        choices=[("", "wszystkie"), *((word, step.label) for word, step in OFFICE_STEPS.items())],
        required=False,
        widget=forms.Select(SELECT),
    )
    nabor = forms.ModelChoiceField(Round.objects.none(), label="Nabór", required=False, widget=forms.Select(SELECT))
    kategoria = forms.ChoiceField(label="Kategoria", required=False, widget=forms.Select(SELECT))
    zalegle = forms.BooleanField(label="tylko po terminie", required=False, widget=forms.CheckboxInput(TICK))
    moje = forms.BooleanField(label="tylko moje", required=False, widget=forms.CheckboxInput(TICK))
    widok = forms.ChoiceField(choices=[(BOARD, "tablica"), (TABLE, "tabela")], required=False, widget=forms.HiddenInput)

    SELECTS, TICKS = ("stan", "urzad", "etap", "nabor", "kategoria"), ("zalegle", "moje")

    def __init__(self, *args, offices, rounds, categories, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["urzad"].queryset, self.fields["nabor"].queryset = offices, rounds
        for name in ("urzad", "nabor"):
            self.fields[name].empty_label = "wszystkie"
        self.fields["kategoria"].choices = [("", "wszystkie"), *categories.items()]

    @property
    def closed(self) -> str:
        """The status of the closed ones that are asked for, or ""."""
        return CLOSED_STATUS.get(self.cleaned_data["stan"], "")

    @property
    def is_table(self) -> bool:
        """One column alone is a list, and so is what is closed."""
        return self.cleaned_data["widok"] == TABLE or bool(self.cleaned_data["stan"])

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data[name] for name in (*self.SELECTS, *self.TICKS))

    @property
    def selects(self):
        return [self[name] for name in self.SELECTS]

    @property
    def ticks(self):
        return [self[name] for name in self.TICKS]

    def applied(self, rows, *, by):
        """What the columns say; who is late is known only when the deadlines are."""
        asked = self.cleaned_data
        if asked["urzad"]:
            rows = rows.filter(office=asked["urzad"])
        if asked["etap"]:
            rows = at_step(rows, OFFICE_STEPS[asked["etap"]])
        if asked["nabor"]:
            rows = rows.filter(candidacies__round=asked["nabor"], candidacies__left_on=None)
        if asked["kategoria"]:
            rows = rows.filter(category=asked["kategoria"])
        return rows.filter(Q(begun_by=by) | Q(submitted_by=by)) if asked["moje"] else rows
