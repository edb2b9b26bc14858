"""What is entered of a round, of its project and of a candidate."""

from django import forms

from cistor.centres.forms.inputs import AmountField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from referrals.models import Application, Candidacy, Project
from referrals.scoring import CRITERIA

LONGEST = 4000
NUMERIC = {"inputmode": "numeric"}


def _note(label: str, *, required: bool = False, **kwargs) -> forms.CharField:
    widget = forms.Textarea({"rows": 4})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, **kwargs)


def _number(label: str, *, least: int = 0, **kwargs) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=1000, widget=forms.NumberInput(NUMERIC), **kwargs)


class RoundForm(OnceForm):
    name = forms.CharField(label="Nazwa", max_length=120, help_text="Na przykład „III edycja” albo „Nabór wiosenny”.")
    places = _number("Liczba miejsc", least=1)
    project = forms.ModelChoiceField(
        Project.objects.none(), label="Projekt", required=False, empty_label="bez projektu"
    )
    classes_on = DayField(label="Początek zajęć", required=False)

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects


class ProjectForm(OnceForm):
    name = forms.CharField(label="Nazwa", max_length=200)
    start_on = DayField(label="Od")
    end_on = DayField(label="Do", required=False)
    planned_women = _number("Planowana liczba kobiet")
    planned_men = _number("Planowana liczba mężczyzn")


class EnterForm(OnceForm):
    applications = forms.ModelMultipleChoiceField(
        Application.objects.none(),
        label="Wnioski",
        error_messages={"required": "Zaznacz, kogo dodać do naboru."},
    )
    despite_no_consent = forms.BooleanField(
        label="Dodaję także osoby, na których skierowanie urząd się nie zgodził", required=False
    )

    def __init__(self, *args, applications, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["applications"].queryset = applications


class FormalForm(OnceForm):
    is_met = forms.TypedChoiceField(
        label="Kryteria formalne",
        choices=[("yes", "spełnia"), ("no", "nie spełnia")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Wybierz jedną z odpowiedzi."),
    )
    note = _note("Uwagi", help_text="Potrzebne, gdy kandydat nie spełnia kryteriów: którego i dlaczego.")


class InterviewForm(OnceForm):
    held_on = DayField(label="Dzień rozmowy")
    note = _note("Notatka", help_text="Bez danych o zdrowiu: czytają ją wszyscy, którzy widzą kandydatów.")


class ConsultationForm(OnceForm):
    """An emptied day alone takes nothing back: that is ticked, where there is something to take back."""

    asked_on = DayField(label="Poproszono dnia", required=False)
    note = _note("Notatka", help_text="Widzą ją tylko osoby, które widzą diagnozę.")
    is_taken_back = forms.BooleanField(
        label="Cofnij prośbę o konsultację",
        required=False,
        help_text="Dzień i notatka znikają stąd; zostają w historii.",
    )

    def __init__(self, *args, is_asked: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_asked:
            del self.fields["is_taken_back"]

    def clean(self):
        data = super().clean()
        if data.get("is_taken_back"):
            data["asked_on"] = None
        elif not data.get("asked_on") and "asked_on" not in self.errors:
            way_back = " Żeby cofnąć prośbę, zaznacz to niżej." if "is_taken_back" in self.fields else ""
            self.add_error("asked_on", f"Podaj dzień.{way_back}")
        return data


class NeedForm(OnceForm):
    income_per_head = AmountField(label="Dochód na osobę w rodzinie, zł", required=False)
    income_proof = forms.ChoiceField(
        label="Skąd wiadomo", required=False, choices=Candidacy.IncomeProof.choices, widget=forms.RadioSelect
    )
    jobless_since = DayField(
        label="Bez pracy od", required=False, help_text="Pierwszy dzień bez zatrudnienia, z oświadczenia kandydata."
    )


class ScoreForm(OnceForm):
    """One button a mark: a tablet held in one hand."""

    def __init__(self, *args, scale: int, **kwargs):
        super().__init__(*args, **kwargs)
        marks = [(mark, str(mark)) for mark in range(1, scale + 1)]
        for name, label in CRITERIA.items():
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=marks,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), f"Wybierz ocenę od 1 do {scale}."),
            )
        self.fields["note"] = _note(
            "Uwagi", help_text="Bez danych o zdrowiu: po zamknięciu ocen czytają je oceniający."
        )


class ReasonForm(OnceForm):
    reason = _note("Powód", required=True)
