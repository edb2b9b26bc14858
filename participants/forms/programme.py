from django import forms

from cistor.centres.models import Office
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


def _office() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Office.objects.none(),
        label="Ośrodek pomocy społecznej",
        help_text="Dostaje wykaz przyjętych, a po okresie próbnym kwalifikuje.",
    )


class SignForm(OnceForm):
    office = _office()
    signed_on = DayField(label="Dzień podpisania IPZS")
    start_on = DayField(label="Pierwszy dzień okresu próbnego")
    despite = forms.CharField(
        label="Powód rozpoczęcia mimo braków w teczce",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Potrzebny tylko wtedy, gdy czegoś obowiązkowego brakuje. Zostaje w dzienniku czynności.",
    )

    field_order = ["signed_on", "start_on", "office", "despite"]

    def __init__(self, *args, asks_for_file: bool, offices, **kwargs):
        super().__init__(*args, **kwargs)
        known = list(offices)
        if known:
            self.fields["office"].queryset, self.fields["office"].required = offices, len(known) > 1
            self.fields["office"].initial = known[0] if len(known) == 1 else None
        else:
            del self.fields["office"]
        if not asks_for_file:
            del self.fields["despite"]


class OfficeForm(OnceForm):
    office = _office()

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices


class PassForm(OnceForm):
    months = forms.IntegerField(label="Okres właściwy, miesiące", widget=forms.NumberInput({"inputmode": "numeric"}))
    provisional_reason = forms.CharField(
        label="Dlaczego warunkowo, przed odpowiedzią ośrodka",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Co wiadomo o odpowiedzi i dlaczego nie można na nią czekać. Powód zostaje przy etapie.",
    )

    def __init__(self, *args, longest: int, is_provisional: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].help_text = f"Regulamin pozwala najwyżej na {longest}."
        if not is_provisional:
            del self.fields["provisional_reason"]
