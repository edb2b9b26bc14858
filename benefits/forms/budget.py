from django import forms

from benefits.models import BudgetPlan
from cistor.centres.forms.inputs import AmountField
from cistor.journal.once import OnceForm

# Eight digits before the comma hold the plan of any centre.
LIMIT = 10**8


class BudgetForm(OnceForm):
    """A plan and its source for each kind of cost; an empty amount is no plan."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for kind, label in BudgetPlan.Kind.choices:
            named = f"{label[0].upper()}{label[1:]}"
            self.fields[kind] = AmountField(label=f"{named}: plan na rok, zł", required=False, limit=LIMIT)
            self.fields[f"{kind}_source"] = forms.CharField(
                label=f"{named}: podstawa planu", required=False, max_length=200
            )
        self.fields["benefit_source"].help_text = "Na przykład: plan finansowy centrum, uchwała i jej data."

    def clean(self):
        for kind, label in BudgetPlan.Kind.choices:
            if (
                self.cleaned_data.get(f"{kind}_source")
                and not self.errors.get(kind)
                and self.cleaned_data.get(kind) is None
            ):
                self.add_error(kind, f"Podaj kwotę planu ({label}) albo usuń podstawę.")
        return self.cleaned_data
