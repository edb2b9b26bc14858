from django import forms

from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Group

# The name of the button of the second step, after it was shown whom the suspension reaches.
SURE = "pewne"


class SuspendForm(OnceForm):
    group = forms.ModelChoiceField(
        Group.objects.none(), label="Kogo dotyczy", required=False, empty_label="całego centrum"
    )
    start_on = DayField(label="Od")
    end_on = DayField(label="Do", help_text="Ostatni dzień bez zajęć. Jeden dzień: ta sama data.")
    reason = forms.CharField(
        label="Powód", max_length=200, help_text="Na przykład: awaria ogrzewania, kwarantanna, szkolenie instruktorów."
    )

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups

    @property
    def given(self) -> dict:
        """What the act takes."""
        return {name: self.cleaned_data[name] for name in ("group", "start_on", "end_on", "reason")}
