"""What is asked for about free days."""

from django import forms

from attendance.reading.corrections import DecisionForm
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class AskForm(OnceForm):
    start_on = DayField(label="Pierwszy dzień")
    end_on = DayField(
        label="Ostatni dzień", required=False, help_text="Puste: jeden dzień. Dni bez zajęć pomija się same."
    )
    filed_on = DayField(label="Wniosek złożono", help_text="Dzień z wniosku; od niego liczy się, ile dni naprzód.")
    reason = forms.CharField(
        label="Powód",
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Czytają go osoby prowadzące uczestnika i ten, kto rozstrzyga; kadry nie.",
    )
    near = forms.BooleanField(
        label="Wpisz mimo za krótkiego terminu; odstąpić od niego może tylko kierujący centrum, podając powód",
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_back(self) -> None:
        """The question stands on the page only once it has come up."""
        if "near" in self.errors:
            self.fields["near"].widget = forms.CheckboxInput()


class OpinionForm(OnceForm):
    """Which of the two is meant says the button."""

    text = forms.CharField(
        label="Opinia",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Uzasadnienie jest potrzebne przy opinii negatywnej.",
    )


class LeaveDecisionForm(DecisionForm):
    """The waiver is asked for only where days are nearer than the regulations allow."""

    waiver = forms.CharField(
        label="Dlaczego mimo terminu",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Wniosek wpłynął później, niż przewiduje regulamin. Potrzebne przy zgodzie.",
    )

    field_order = ("waiver", "note")

    def __init__(self, *args, late: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not late:
            del self.fields["waiver"]
