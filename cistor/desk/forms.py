from django import forms

from cistor.names import name_key


class ErasureForm(forms.Form):
    last_name = forms.CharField(
        label="Nazwisko tej osoby",
        max_length=80,
        help_text="Przepisz nazwisko z nagłówka, żeby potwierdzić, o kogo chodzi.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, **kwargs)
        self.participant = participant

    def clean_last_name(self):
        if name_key(self.cleaned_data["last_name"]) != name_key(self.participant.last_name):
            raise forms.ValidationError("To nie jest nazwisko tej osoby. Niczego nie usunięto.")
        return self.cleaned_data["last_name"]
