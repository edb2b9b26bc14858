from django import forms

from cistor.documents.models import Letterhead
from cistor.journal.once import OnceForm

LARGEST_LOGO = 500_000


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
