"""What the steps of the office ask for; a step entered from paper also asks when and who signed it."""

from django import forms

from cistor.centres.models import Office
from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from referrals.actions.office import ASKED
from referrals.models import OfficeReminder

LONGEST = 4000


def _long(label: str, *, rows: int, **kwargs) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": rows}), **kwargs)


def _answer(label: str, yes: str, no: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Wybierz jedną z odpowiedzi."),
    )


class SendForm(OnceForm):
    office = forms.ModelChoiceField(Office.objects.none(), label="Urząd", empty_label="– wybierz –")
    sent_on = DayField(label="Dzień wysłania")

    def __init__(self, *args, centre, **kwargs):
        super().__init__(*args, **kwargs)
        offices = self.fields["office"].queryset = Office.objects.filter(centre=centre, kind__in=ASKED)
        if not self.initial.get("office"):
            # Where there is only one, nobody has to choose it.
            self.initial["office"] = offices[0] if len(offices) == 1 else None


class ReceiptForm(OnceForm):
    received_on = DayField(
        label="Dzień wpływu do urzędu", help_text="Z pieczęci wpływu. Od niego liczy się termin opinii."
    )


class PaperForm(OnceForm):
    """The end of every form that a paper is copied with."""

    done_on = DayField(label="Data na piśmie")
    author = forms.CharField(label="Kto podpisał", max_length=160)
    scan = UploadField(label="Skan pisma", required=False, help_text="Nieobowiązkowy. PDF, JPG albo PNG do 10 MB.")


class OpinionForm(OnceForm):
    interview_on = DayField(label="Dzień wywiadu środowiskowego")
    is_positive = _answer("Opinia", "pozytywna", "negatywna")
    text = _long("Treść opinii", rows=10)


class OpinionPaperForm(PaperForm, OpinionForm):
    field_order = ["interview_on", "is_positive", "text", "done_on", "author", "scan"]


class ConsentForm(OnceForm):
    is_granted = _answer("Rozstrzygnięcie", "wyrażam zgodę", "nie wyrażam zgody")
    reason = _long("Uzasadnienie", rows=5, required=False, help_text="Potrzebne, gdy zgody nie ma.")


class ConsentPaperForm(PaperForm, ConsentForm):
    field_order = ["is_granted", "reason", "done_on", "author", "scan"]


class ReferralForm(OnceForm):
    reference = forms.CharField(label="Znak sprawy w urzędzie", max_length=60, required=False)


class ReferralPaperForm(PaperForm, ReferralForm):
    field_order = ["reference", "done_on", "author", "scan"]


class TakeBackForm(OnceForm):
    reason = _long("Powód", rows=4, help_text="Zostaje w sprawie i w dzienniku czynności.")


class RemindForm(OnceForm):
    about = forms.ChoiceField(label="O czym przypomnieć", widget=forms.RadioSelect)

    def __init__(self, *args, owed, **kwargs):
        super().__init__(*args, **kwargs)
        about = OfficeReminder.About
        self.fields["about"].choices = [(code, about(code).label) for code in owed]
