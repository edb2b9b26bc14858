from django import forms

from cistor.centres.models import Office
from cistor.journal.once import OnceForm
from cistor.notices.models import Dispatch
from participants.forms.day import DayField

Way = Dispatch.Way
OUTSIDE = "e-mail wysłany poza programem"


class DispatchForm(OnceForm):
    """`office` is asked only for a copy of a paper that does not say itself who gets one."""

    office = forms.ModelChoiceField(Office.objects.none(), label="Do kogo", empty_label="wybierz urząd")
    way = forms.ChoiceField(label="Jak", choices=Way.choices, widget=forms.RadioSelect)
    sent_on = DayField(label="Dzień wysłania", help_text="E-mail wysyła program: liczy się dzień, w którym wyjdzie.")
    proof = forms.CharField(
        label="Dowód",
        max_length=200,
        required=False,
        help_text="Na przykład numer nadania, potwierdzenie faksu, podpis odbioru.",
    )

    def __init__(
        self, *args, offices=None, to_person: bool = False, address: str | None = None, outside=False, **kwargs
    ):
        """`offices`: to choose from, and `to_person` the participant; `address`: of the addressee's mailbox, "" where
        there is none, None where the program sends no mail and one that went out otherwise is only written down;
        `outside`: by a program of one's own."""
        super().__init__(*args, **kwargs)
        if offices is None:
            del self.fields["office"]
        else:
            self.fields["office"].queryset = offices
        if offices is not None and to_person:
            self.fields["office"].required, self.fields["office"].empty_label = False, "do uczestnika"
        if not address:
            self.fields["sent_on"].help_text = ""
        by_mail = f"e-mail na {address}, wysyła program" if address else OUTSIDE if outside else Way.EMAIL.label
        choices = [(code, by_mail if code == Way.EMAIL else label) for code, label in Way.choices]
        self.fields["way"].choices = [row for row in choices if row[0] != Way.EMAIL or address != ""]
