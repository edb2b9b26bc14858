"""What is asked for about deductions."""

from collections.abc import Sequence

from django import forms

from benefits.models import Deduction
from benefits.reading.deductions import State
from cistor.centres.forms.inputs import AmountField
from cistor.centres.models import DeductionKind
from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField


def _amount(label: str, **kwargs) -> AmountField:
    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off"})
    return AmountField(label=f"{label}, zł", widget=widget, **kwargs)


def _words(label: str, help_text: str, *, required: bool = True) -> forms.CharField:
    widget = forms.Textarea({"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=required, max_length=2000, widget=widget)


class NarrowDeductionsForm(forms.Form):
    """What stands in the address; names do not."""

    stan = forms.ChoiceField(
        label="Stan",
        required=False,
        choices=[("", "wszystkie"), *State.choices],
        widget=forms.Select({"class": "form-select"}),
    )


class DeductionForm(OnceForm):
    """New, or put right before the consent: then the kind is settled, and a suspicion is asked for only by its kind."""

    SUSPICION = ("suspected_on", "suspicion")

    kind = forms.ModelChoiceField(
        DeductionKind.objects.none(), label="Rodzaj", widget=forms.RadioSelect, empty_label=None
    )
    what = _words("Za co", "Co się stało albo czego brakuje i jak policzono kwotę. Stanie na zgodzie do podpisu.")
    amount = _amount("Kwota")
    instalment = _amount("Najwyżej z jednej listy", required=False, help_text="Rata. Puste: tyle, ile się zmieści.")
    position = forms.IntegerField(
        label="Kolejność",
        min_value=1,
        max_value=99,
        initial=1,
        help_text="Mniejsza liczba: wcześniej. Przy równych decyduje dzień zgody.",
    )
    suspected_on = DayField(
        label="Dzień uzasadnionego podejrzenia",
        required=False,
        help_text="Tylko przy badaniu trzeźwości: bez odnotowanego podejrzenia jego kosztu nie wolno potrącić.",
    )
    suspicion = _words(
        "Na czym polegało podejrzenie", "Co zauważono i kto to zauważył. Zobaczą to kadry i dyrektor.", required=False
    )

    def __init__(self, *args, kinds: Sequence[DeductionKind] = (), of: Deduction | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if of is None:
            self.fields["kind"].queryset = DeductionKind.objects.filter(pk__in=[kind.pk for kind in kinds])
            asking = any(kind.condition == kind.Condition.JUSTIFIED_SUSPICION for kind in kinds)
        else:
            del self.fields["kind"]
            asking = of.kind.condition == DeductionKind.Condition.JUSTIFIED_SUSPICION
        if not asking:
            for name in self.SUSPICION:
                del self.fields[name]


class ConsentForm(OnceForm):
    consented_on = DayField(label="Dzień podpisu", help_text="Data, którą osoba wpisała na zgodzie.")
    scan = UploadField(label="Skan podpisanej zgody", required=False)


class WithdrawalForm(OnceForm):
    withdrawn_on = DayField(label="Dzień wycofania", help_text="Dzień, w którym pismo albo oświadczenie wpłynęło.")
    note = _words("Jak wycofano", "Na przykład: pismo z 3 sierpnia, w teczce.", required=False)


class DropForm(OnceForm):
    note = _words("Dlaczego", "Na przykład: zapłacono w kasie, osoba się nie zgadza, rzecz się znalazła.")
