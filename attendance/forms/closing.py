"""A month is closed."""

from django import forms

from cistor.journal.once import OnceForm


class CloseForm(OnceForm):
    """Days without a paper are no obstacle; who closes the month says that they were seen."""

    despite = forms.BooleanField(
        label="Zamykam mimo to", error_messages={"required": "Zaznacz, że zamykasz mimo dni bez dokumentu."}
    )

    def __init__(self, *args, without_papers: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["despite"].help_text = f"Dni bez dokumentu: {without_papers}. Ich liczba zostaje w dzienniku."
        if not without_papers:
            del self.fields["despite"]
