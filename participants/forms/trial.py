from django import forms

from cistor.journal.once import OnceForm

OUTCOMES = [("yes", "pozytywnie: przemawia za przejściem"), ("no", "negatywnie: przemawia za zakończeniem")]


class AssessForm(OnceForm):
    outcome = forms.ChoiceField(
        label="Ocena",
        choices=OUTCOMES,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Wybierz jedną z ocen."},
    )
    text = forms.CharField(
        label="Przebieg okresu próbnego",
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Obecność, zaangażowanie, postępy i trudności. Przeczytają to osoba, która rozstrzyga, pracownik "
        "socjalny i specjaliści; instruktorzy widzą sam wynik. "
        "Może wejść do pisma do ośrodka, jeśli pisze to instruktor albo pracownik socjalny.",
    )
