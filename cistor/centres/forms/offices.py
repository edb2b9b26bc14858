from django import forms
from django.core.validators import RegexValidator

from cistor.centres.models import Office
from cistor.journal.once import OnceForm


class OfficeForm(OnceForm, forms.ModelForm):
    """Where the letters to an office go. `kind` stays: agreements and cases hang on it."""

    postal_code = forms.CharField(
        label="Kod pocztowy",
        required=False,
        validators=[RegexValidator(r"^\d{2}-\d{3}$", "Kod pocztowy ma postać 00-000.")],
    )

    class Meta:
        model = Office
        fields = ["name", "short_name", "street", "postal_code", "city", "email"]
        help_texts = {
            "short_name": "Na listach i w terminach, na przykład: MOPR Toruń.",
            "email": "Tu program wysyła pisma e-mailem.",
        }
