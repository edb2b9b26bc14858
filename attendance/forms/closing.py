"""A month is closed."""

from django import forms

from cistor.journal.once import OnceForm


class CloseForm(OnceForm):
    """Days without a paper are no obstacle; who closes the month says that they were seen, and how many (`seen`)."""

    despite = forms.BooleanField(
        label="Zamykam mimo to", error_messages={"required": "Zaznacz, że zamykasz mimo dni bez dokumentu."}
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, without_papers: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.without_papers = without_papers
        self.fields["seen"].initial = without_papers
        self.fields["despite"].help_text = f"Dni bez dokumentu: {without_papers}. Ich liczba zostaje w dzienniku."
        if not without_papers:
            del self.fields["despite"]

    def clean(self):
        """What has come since the page was opened is seen first."""
        given = super().clean() or self.cleaned_data
        if "despite" in self.fields and given.get("seen") != self.without_papers:
            self.data = {**self.data.dict(), "seen": str(self.without_papers)}
            self.data.pop("despite", None)
            raise forms.ValidationError(
                f"Liczba dni bez dokumentu zmieniła się w międzyczasie: jest ich {self.without_papers}. Sprawdź je."
            )
        return given
