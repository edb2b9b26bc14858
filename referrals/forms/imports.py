from django import forms

from cistor import tables
from cistor.journal.once import OnceForm
from referrals.importing import FIELDS, MOST


class ImportForm(forms.Form):
    """The cleaned `file` is the table: rows of text, the headings first."""

    file = forms.FileField(
        label="Arkusz z kandydatami",
        help_text=(
            f"XLSX albo CSV, najwyżej 2 MB i {MOST} osób. Niczego jeszcze nie wpisujemy: najpierw zobaczysz podgląd."
        ),
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        error_messages={"required": "Wybierz plik.", "empty": "Plik jest pusty."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > tables.LARGEST:
            raise forms.ValidationError("Plik jest za duży: najwyżej 2 MB.")
        try:
            # A few columns more than are known: that nobody knows them is said, too.
            return tables.read(file.read(), most_rows=MOST + 1, most_columns=len(FIELDS) + 10)
        except tables.Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable


class ConfirmForm(OnceForm):
    """All of them are written."""
