from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from cistor.centres.models import Office
from cistor.dates import months_later
from cistor.documents.forms import UploadField
from cistor.journal.once import OnceForm
from cistor.notices.actions.incoming import Answer
from cistor.notices.forms import fields
from cistor.notices.models import IncomingLetter
from participants.forms.day import DayField
from participants.models import Participant, Programme
from referrals.models import Application

Kind = IncomingLetter.Kind
RECENT = 24  # months


def _scan() -> UploadField:
    return UploadField(label="Skan pisma", required=False, help_text="Nieobowiązkowy. PDF, JPG albo PNG do 10 MB.")


def _of_late(people: QuerySet[Participant], on: date) -> QuerySet[Participant]:
    """Who is in a programme or applies, or did so within the last two years, by surname: about others letters are
    rare, and of ten years the list would be too long to choose from."""
    since = months_later(on, -RECENT, "same_day")
    programmes = Programme.objects.filter(participant=OuterRef("pk"))
    of_late = Exists(programmes.filter(Q(ended_on=None) | Q(ended_on__gte=since)))
    applied = Exists(Application.objects.filter(participant=OuterRef("pk"), begun_on__gte=since))
    return people.filter(of_late | applied, erased_on=None).order_by("order_key", "pk")


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
        Participant.objects.none(),
        label="Kogo dotyczy",
        required=False,
        empty_label="– nikogo z uczestników –",
        help_text="Do wyboru są osoby, które są w programie albo były w nim lub składały wniosek w ostatnich 2 latach.",
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
        self.fields["participant"].queryset = _of_late(Participant.objects.visible_to(by, on=on), on)
        kinds = [choice for choice in Kind.choices if may_answer or choice[0] != Kind.QUALIFICATION]
        self.fields["kind"].choices = kinds
        if not may_answer:
            del self.fields["answer"], self.fields["note"]

    def clean(self):
        given = super().clean()
        if given.get("scan") and not given.get("participant"):
            self.add_error("scan", "Skan trzyma się przy osobie. Wskaż, kogo dotyczy pismo.")
        if given.get("kind") != Kind.QUALIFICATION:
            # A chosen radio cannot be taken back: what was filled in before another kind was chosen does not count.
            given.update(answer=None, note="")
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
