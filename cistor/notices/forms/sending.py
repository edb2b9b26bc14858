from django import forms

from cistor.centres.models import Office
from cistor.journal.once import OnceForm
from cistor.notices.models import Dispatch
from participants.forms.day import DayField

Way = Dispatch.Way


class DispatchForm(OnceForm):
    """`office` is asked only of a paper that does not say itself whom it is for."""

    office = forms.ModelChoiceField(Office.objects.none(), label="Do kogo", required=False, empty_label="do uczestnika")
    way = forms.ChoiceField(label="Jak", choices=Way.choices, widget=forms.RadioSelect)
    sent_on = DayField(label="Dzień wysłania", help_text="E-mail wysyła program: liczy się dzień, w którym wyjdzie.")
    proof = forms.CharField(
        label="Dowód",
        max_length=200,
        required=False,
        help_text="Na przykład numer nadania, potwierdzenie faksu, podpis odbioru.",
    )

    def __init__(self, *args, offices=None, address: str | None = None, **kwargs):
        """`offices`: to choose from; `address`: of the addressee's mailbox, "" where there is none, None where the
        program sends no mail and one that went out otherwise is only written down."""
        super().__init__(*args, **kwargs)
        if offices is None:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices
        if not address:
            self.fields["sent_on"].help_text = ""
        if address is not None:
            self.fields["way"].choices = [
                self._way(choice, address) for choice in Way.choices if self._has(choice, address)
            ]

    @staticmethod
    def _has(choice, address: str) -> bool:
        return choice[0] != Way.EMAIL or bool(address)

    @staticmethod
    def _way(choice, address: str) -> tuple[str, str]:
        return (choice[0], f"e-mail na {address}, wysyła program") if choice[0] == Way.EMAIL else choice
