from django import forms
from django.core.exceptions import ValidationError

from cistor.centres.models import Office
from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from cistor.notices.actions.incoming import Answer
from cistor.notices.forms import fields
from cistor.notices.models import IncomingLetter
from participants.forms.day import DayField
from participants.models import Participant

Kind = IncomingLetter.Kind


def _scan() -> UploadField:
    return UploadField(label="Skan pisma", required=False, help_text="Nieobowiązkowy. PDF, JPG albo PNG do 10 MB.")


class Arrival(OnceForm):
    """How and when a letter came."""

    received_on = DayField(label="Dzień wpływu")
    way = forms.ChoiceField(label="Jak przyszło", choices=IncomingLetter.Way.choices, widget=forms.RadioSelect)


class IncomingForm(Arrival):
    kind = forms.ChoiceField(label="Rodzaj pisma", widget=forms.RadioSelect)
    office = forms.ModelChoiceField(
        Office.objects.none(), label="Urząd ze spisu", required=False, empty_label="– inny nadawca –"
    )
    sender = forms.CharField(
        label="Nadawca spoza spisu", max_length=200, required=False, help_text="Tylko gdy nie ma go w spisie urzędów."
    )
    participant = forms.ModelChoiceField(
        Participant.objects.none(), label="Kogo dotyczy", required=False, empty_label="– nikogo z uczestników –"
    )
    about = fields.long_text("Czego dotyczy", rows=3, required=False)
    answer = fields.answer(
        "Rozstrzygnięcie urzędu",
        "kwalifikuje",
        "nie kwalifikuje",
        required=False,
        help_text="Tylko dla odpowiedzi o kwalifikacji. Zapisuje się od razu w programie tej osoby.",
    )
    note = fields.long_text("Uzasadnienie urzędu", rows=3, required=False)
    scan = _scan()

    field_order = ["kind", "received_on", "way", "office", "sender", "participant", "about", "answer", "note", "scan"]

    def __init__(self, *args, by, on, may_answer: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.visible_to(by, on=on)
        people = Participant.objects.visible_to(by, on=on).filter(erased_on=None)
        self.fields["participant"].queryset = people.order_by("order_key", "pk")
        kinds = [choice for choice in Kind.choices if may_answer or choice[0] != Kind.QUALIFICATION]
        self.fields["kind"].choices = kinds
        if not may_answer:
            del self.fields["answer"], self.fields["note"]

    def clean(self):
        given = super().clean()
        if given.get("scan") and not given.get("participant"):
            self.add_error("scan", "Skan trzyma się przy osobie. Wskaż, kogo dotyczy pismo.")
        if given.get("answer") is not None and given.get("kind") not in {None, Kind.QUALIFICATION}:
            raise ValidationError({"answer": "Rozstrzygnięcie ma tylko odpowiedź o kwalifikacji."})
        return given

    @property
    def answered(self) -> Answer | None:
        verdict = self.cleaned_data.get("answer")
        return None if verdict is None else Answer(verdict, self.cleaned_data["note"])


class ReplyFromPaperForm(Arrival):
    answer = fields.answer("Rozstrzygnięcie urzędu", "kwalifikuje", "nie kwalifikuje")
    note = fields.long_text("Uzasadnienie urzędu", rows=4, required=False)
    scan = _scan()

    field_order = ["answer", "received_on", "way", "note", "scan"]

    @property
    def answered(self) -> Answer:
        return Answer(self.cleaned_data["answer"], self.cleaned_data["note"])


class QualifyForm(OnceForm):
    """On screen, by the head of the office."""

    answer = fields.answer(
        "Rozstrzygnięcie",
        "kwalifikuję do dalszego uczestnictwa",
        "nie kwalifikuję",
    )
    note = fields.long_text("Uzasadnienie", rows=5, required=False, help_text="Potrzebne, gdy nie ma kwalifikacji.")

    def clean(self):
        given = super().clean()
        if given.get("answer") is False and not given.get("note", "").strip():
            self.add_error("note", "Napisz, dlaczego nie ma kwalifikacji: przeczyta to osoba, której to dotyczy.")
        return given
