from django import forms

from cistor.documents import uploads
from cistor.documents.models import Letterhead
from cistor.errors import Refused
from cistor.journal.once import OnceForm

LARGEST_LOGO = 500_000


class UploadField(forms.FileField):
    """A scan or a photograph. The cleaned value is the file, whole and of a kind that is kept: hand its `name` and
    `read()` to `keep_upload`; None where nothing was brought to a field that is not required."""

    default_error_messages = {"required": "Wybierz plik.", "empty": "Plik jest pusty."}

    def __init__(self, *, label="Plik", help_text="PDF, JPG albo PNG, najwyżej 10 MB.", **kwargs):
        widget = forms.FileInput({"accept": uploads.ACCEPT})
        super().__init__(label=label, help_text=help_text, widget=widget, **kwargs)

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > uploads.LARGEST:
            raise forms.ValidationError(uploads.TOO_LARGE)
        try:
            uploads.content_type(file.read())
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal
        file.seek(0)
        return file


class LetterheadForm(OnceForm, forms.ModelForm):
    logo = forms.FileField(
        label="Logo", required=False, help_text="Obraz PNG albo JPEG, najwyżej 500 kB. Bez logo papier ma sam napis."
    )

    class Meta:
        model = Letterhead
        fields = ["in_force_from", "name", "body", "address", "contact", "place"]
        widgets = {"in_force_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}
        help_texts = {"in_force_from": "Dokumenty wydane wcześniej zachowują dotychczasowy papier."}

    def clean_logo(self):
        logo = self.cleaned_data["logo"]
        if logo and logo.size > LARGEST_LOGO:
            raise forms.ValidationError("Plik jest za duży: najwyżej 500 kB.")
        return logo
