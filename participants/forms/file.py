from django import forms

from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


class PaperForm(OnceForm):
    code = forms.ChoiceField(label="Dokument")
    received_on = DayField(label="Otrzymano")
    valid_until = DayField(label="Ważny do", required=False)
    place = forms.CharField(
        label="Gdzie leży", max_length=120, required=False, help_text="Na przykład: teczka w szafie pracownika."
    )
    note = forms.CharField(label="Uwagi", max_length=2000, required=False, widget=forms.Textarea({"rows": 3}))
    file = UploadField(label="Skan albo zdjęcie", required=False)

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(kind.code, kind.name) for kind in kinds]
        expiring = [kind.name for kind in kinds if kind.expires]
        if expiring:
            self.fields["valid_until"].help_text = f"Potrzebne: {', '.join(expiring)}."
