"""A correction asked for, and the decision on it."""

from django import forms

from cistor.journal.once import OnceForm

# A closed day that is to have no mark.
UNMARKED = "unmarked"


class AskForm(OnceForm):
    meaning = forms.ChoiceField(
        label="Ma być",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Wybierz jedno z oznaczeń."},
    )
    reason = forms.CharField(
        label="Powód",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Co się stało i skąd to wiadomo. Przeczyta to osoba, która rozstrzyga.",
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meaning"].choices = choices

    def clean_meaning(self) -> str | None:
        meaning = self.cleaned_data["meaning"]
        return None if meaning == UNMARKED else meaning


class DecisionForm(OnceForm):
    """Which of the two is meant says the button."""

    note = forms.CharField(
        label="Uzasadnienie",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Potrzebne przy odmowie.",
    )
