from django import forms

from cistor.centres.models import Office
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Goal, Plan
from participants.qualification import WELFARE

ROWS = {"basis": 3, "social_scope": 6, "vocational_scope": 6, "family_help": 3, "duties": 10}
LONGEST = 8000


def text_field(label: str, *, rows: int, required: bool = False, help_text: str = "") -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=widget, help_text=help_text)


class PlanForm(OnceForm):
    agreed_on = DayField(label="Uzgodniono z kierownikiem ośrodka dnia", required=False)
    agreed_with = forms.ModelChoiceField(
        label="Ośrodek", queryset=Office.objects.none(), required=False, empty_label="jeszcze nie uzgodniono"
    )

    def __init__(self, *args, by, on, **kwargs):
        super().__init__(*args, **kwargs)
        named = {name: Plan._meta.get_field(name).verbose_name.capitalize() for name in Plan.TEXTS}
        texts = {name: text_field(label, rows=ROWS[name]) for name, label in named.items()}
        self.fields = {"token": self.fields.pop("token"), **texts, **self.fields}
        self.fields["agreed_with"].queryset = Office.objects.visible_to(by, on=on).filter(kind__in=WELFARE)


class GoalForm(OnceForm):
    area = forms.ChoiceField(label="Obszar", choices=Goal.Area)
    what = text_field(
        "Cel", rows=3, required=True, help_text="Tak, żeby dało się sprawdzić: „Kurs obsługi kasy i zaświadczenie”."
    )
    who = forms.CharField(
        label="Kto odpowiada", max_length=200, required=False, help_text="Uczestnik, instruktor, doradca zawodowy."
    )
    until = DayField(label="Do kiedy", required=False)


class OutcomeForm(OnceForm):
    is_done = forms.TypedChoiceField(
        label="Cel",
        choices=[("1", "osiągnięty"), ("0", "jeszcze nie")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    seen_on = DayField(label="Stan na dzień")
    note = text_field("Uwagi", rows=3)


class AnnexForm(OnceForm):
    changes = text_field("Co się zmienia", rows=5, required=True)
    in_force_from = DayField(label="Obowiązuje od")
    reason = text_field("Powód", rows=4, required=True)


class SignAnnexForm(OnceForm):
    signed_on = DayField(label="Podpisano dnia")


class StartForm(forms.Form):
    """From the address: the day that a plan to be signed shall begin with."""

    od = DayField(label="Pierwszy dzień zajęć", required=False)
