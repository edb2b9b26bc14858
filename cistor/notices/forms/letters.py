from django import forms

from cistor.journal.once import OnceForm
from cistor.notices.forms import fields
from cistor.notices.models import Letter, LetterPerson

TEXTS = {
    Letter.Kind.QUALIFICATION_REQUEST: "Przebieg okresu próbnego",
    Letter.Kind.NOT_QUALIFIED: "Powody",
}
HELP = {
    Letter.Kind.QUALIFICATION_REQUEST: "Stanie w piśmie. Puste: pismo powie tylko, kiedy trwał okres próbny.",
    Letter.Kind.NOT_QUALIFIED: "Staną w piśmie. Puste: pismo nie poda powodów.",
    Letter.Kind.EARLY_END: "Stanie w piśmie, pod faktami. Powody rozwiązania zostają w aktach centrum.",
}


class TextForm(OnceForm):
    """What a person adds to what the facts say."""

    text = fields.long_text("Treść", rows=8, required=False, help_text="Stanie w piśmie. Puste: pismo mówi same fakty.")

    def __init__(self, *args, letter: Letter, text: str, **kwargs):
        super().__init__(*args, initial={"text": text}, **kwargs)
        self.fields["text"].label = TEXTS.get(Letter.Kind(letter.kind), "Dopisek")
        if help_text := HELP.get(Letter.Kind(letter.kind)):
            self.fields["text"].help_text = help_text


class RemarkForm(OnceForm):
    remark = fields.long_text("Uwaga", rows=4, help_text="Przeczyta ją pracownik socjalny, który poprawi treść.")


class VoidForm(OnceForm):
    reason = fields.long_text("Powód", rows=4, help_text="Zostaje w piśmie i w dzienniku czynności.")


class PeopleForm(VoidForm):
    """Of a letter about several."""

    people = forms.ModelMultipleChoiceField(
        LetterPerson.objects.none(),
        label="Kogo dotyczy",
        widget=forms.CheckboxSelectMultiple,
        help_text="Pozostałe osoby zostają w piśmie.",
        error_messages={"required": "Zaznacz, dla kogo pismo jest niepotrzebne."},
    )
    field_order = ("people", "reason")

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = rows.select_related("programme__participant")
        self.fields["people"].label_from_instance = lambda row: str(row.programme.participant)

    def clean_people(self) -> list[int]:
        return [row.pk for row in self.cleaned_data["people"]]


class WithholdForm(OnceForm):
    reason = fields.long_text("Powód", rows=4, help_text="Zostaje przy piśmie i w dzienniku czynności.")


class ChosenForm(forms.Form):
    """The letters ticked in the signing room."""

    letters = forms.ModelMultipleChoiceField(
        Letter.objects.none(),
        label="Pisma",
        error_messages={"required": "Zaznacz pisma, które chcesz podpisać."},
    )

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["letters"].queryset = rows
