from django import forms

from cistor.journal.once import OnceForm
from participants.models import Extension


class AskExtensionForm(OnceForm):
    origin = forms.ChoiceField(label="Na podstawie", choices=Extension.Origin, widget=forms.RadioSelect)
    months = forms.IntegerField(label="O ile miesięcy", widget=forms.NumberInput({"inputmode": "numeric"}))
    reason = forms.CharField(
        label="Uzasadnienie",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Co da dłuższe uczestnictwo. Przeczyta to osoba, która rozstrzyga; trafi też do wniosku na papierze.",
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = f"Regulamin pozwala jeszcze najwyżej na {most}."


class DecideExtensionForm(OnceForm):
    """Which of the two is meant says the button; a refusal needs no months."""

    months = forms.IntegerField(
        label="Przedłużenie, miesiące", required=False, widget=forms.NumberInput({"inputmode": "numeric"})
    )
    note = forms.CharField(
        label="Uzasadnienie",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Potrzebne przy odmowie i przy mniejszej liczbie miesięcy. Stanie w rozstrzygnięciu na papierze.",
    )

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = f"Może być inna liczba niż we wniosku, najwyżej {most}."
