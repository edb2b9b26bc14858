from django import forms

from attendance.models import IssuedItem
from attendance.reading.items import State
from cistor.centres.forms.inputs import AmountField
from cistor.journal.once import OnceForm
from cistor.money import NOTHING
from participants.forms.day import DayField
from participants.models import Programme

USUAL, YES, NO = "zwykle", "tak", "nie"
BACK = [(USUAL, "jak zwykle dla rodzaju"), (YES, "tak"), (NO, "nie")]

PIECES = dict.fromkeys(("min_value", "max_value"), "Podaj liczbę od 1 do 999.")


class NarrowItemsForm(forms.Form):
    """What stands in the address."""

    stan = forms.ChoiceField(
        label="Gdzie jest",
        required=False,
        choices=[("", "wszystko, co wydano"), *State.choices],
        widget=forms.Select({"class": "form-select"}),
    )


class ThingForm(OnceForm):
    kind = forms.ChoiceField(label="Rodzaj", choices=IssuedItem.Kind.choices)
    what = forms.CharField(
        label="Co", max_length=120, help_text="Jak stanie na karcie: „kurtka, rozmiar L”, „klucz do szafki 12”."
    )
    quantity = forms.IntegerField(label="Ile sztuk", min_value=1, max_value=999, initial=1, error_messages=PIECES)
    value = AmountField(
        label="Wartość razem, zł",
        required=False,
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        help_text="Wszystkich sztuk: o tyle chodzi, gdy rzecz nie wróci. Puste: bez wartości.",
    )


class CorrectForm(ThingForm):
    """What was typed wrong; of a thing already signed for the value alone, which the card lacks."""

    def __init__(self, *args, item: IssuedItem, **kwargs):
        self.known = {name: getattr(item, name) for name in ("kind", "what", "quantity", "value")}
        super().__init__(*args, initial={**self.known, "value": item.value or None}, **kwargs)
        if item.is_signed:
            self.fields = {name: self.fields[name] for name in ("token", "value")}
            self.fields["value"].required = True

    @property
    def given(self) -> dict:
        given = super().given
        return {**self.known, **given, "value": given["value"] or NOTHING}


class IssueForm(ThingForm):
    back = forms.ChoiceField(
        label="Do zwrotu", choices=BACK, initial=USUAL, help_text="Zwykle wracają odzież, narzędzia i klucze."
    )
    given_on = DayField(label="Dzień wydania")
    is_signed = forms.BooleanField(label="Odbiór podpisano na karcie", required=False)
    remark = forms.CharField(label="Uwagi", required=False, max_length=200)

    @property
    def given(self) -> dict:
        given = super().given
        back = {YES: True, NO: False}.get(given.pop("back"))
        return {**given, "value": given["value"] or NOTHING, "is_returnable": back}


class PeopleField(forms.ModelMultipleChoiceField):
    """Programmes, each by the name of its person."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, programme: Programme) -> str:
        return str(programme.participant)


class IssueToManyForm(IssueForm):
    """The same thing to each; `value` and `quantity` are those of one person's."""

    people = PeopleField(Programme.objects.none(), label="Komu")
    field_order = ("token", "people")

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people
        self.fields["people"].initial = list(people)
        self.fields["kind"].initial = IssuedItem.Kind.TICKET
        self.fields["quantity"].label = "Ile sztuk na osobę"
        self.fields["value"].label = "Wartość dla jednej osoby, zł"

    @property
    def given_to_many(self) -> dict:
        given = self.given
        return {"programmes": given.pop("people"), **given}


class OfPiecesForm(OnceForm):
    """Of an entry of several pieces it asks how many."""

    how_many: str
    rest: str
    quantity = forms.IntegerField()

    def __init__(self, *args, item: IssuedItem, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["quantity"].initial = item.quantity
        self.fields["quantity"].label, self.fields["quantity"].help_text = self.how_many, self.rest
        if item.quantity == 1:
            del self.fields["quantity"]


class ReturnForm(OfPiecesForm):
    how_many, rest = "Ile sztuk wróciło", "Pozostałe zostaną na karcie jako niezwrócone."
    returned_on = DayField(label="Dzień zwrotu")
    remark = forms.CharField(label="W jakim stanie", required=False, max_length=200)
    field_order = ("token", "returned_on", "quantity", "remark")


class ReopenForm(OnceForm):
    why = forms.CharField(
        label="Dlaczego", max_length=150, help_text="Na przykład: wróciła inna rzecz, wpisano nie tej osobie."
    )


class WriteOffForm(OfPiecesForm):
    how_many, rest = "Ile sztuk spisać", "Pozostałe zostaną na karcie bez zmian."
    written_off_on = DayField(label="Dzień")
    remark = forms.CharField(
        label="Dlaczego",
        max_length=200,
        help_text="Na przykład: zużyta, zaginęła bez winy, zapłacono, wpis pomyłkowy.",
    )
    field_order = ("token", "written_off_on", "quantity", "remark")
