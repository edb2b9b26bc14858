from typing import Any

from django import forms

from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from participants.models import Clearance, Delivery, FollowUp, Programme

Kind = Programme.EndKind
# The director decides on these by a proposal with its facts; the last one follows from the reply of the office.
DECIDED_ELSEWHERE = (Kind.BREACH, Kind.LEFT, Kind.NOT_QUALIFIED)
PLAIN = [(kind.value, kind.label) for kind in Kind if kind not in DECIDED_ELSEWHERE]
# A cessation, of which some deductions hang on whose fault it was.
CESSATION = (Kind.DECLARATION, Kind.OTHER)
FAULT = [("", "nie dotyczy"), ("no", "nie"), ("yes", "tak")]


class EndForm(forms.Form):
    # No token: the same form comes twice, first to be shown, then to be done; a second end is refused anyway.
    ended_on = DayField(
        label="Ostatni dzień w programie",
        help_text="Ten dzień jest jeszcze płatny. Przy podjęciu pracy: dzień podjęcia, jeżeli osoba była tego dnia "
        "obecna, inaczej dzień wcześniej.",
    )
    kind = forms.ChoiceField(
        label="Powód zakończenia",
        widget=forms.RadioSelect,
        choices=PLAIN,
        help_text="Naruszenia i trwałe opuszczenie zajęć rozstrzyga się na wniosek o rozwiązanie.",
    )
    learned_on = DayField(
        label="Dzień, w którym centrum się dowiedziało",
        required=False,
        help_text="Od niego liczy się termin informacji dla ośrodka, jeżeli jest późniejszy niż ostatni dzień. "
        "Puste: dziś.",
    )
    through_fault = forms.ChoiceField(
        label="Z winy uczestnika",
        required=False,
        widget=forms.RadioSelect,
        choices=FAULT,
        initial="",
        help_text="Przy oświadczeniu i innej przyczynie: tak albo nie. Zależą od tego potrącenia.",
    )
    reason = forms.CharField(
        label="Uzasadnienie",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Potrzebne przy niepomyślnym okresie próbnym i innej przyczynie.",
    )

    # Shown on the second page alone, and there as a box to tick.
    despite_absence = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_through_fault(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["through_fault"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") in CESSATION and "through_fault" in given and given["through_fault"] is None:
            self.add_error("through_fault", "Przy tym powodzie napisz, czy program kończy się z winy uczestnika.")
        return given

    @property
    def end(self) -> dict[str, Any]:
        """What the act is given."""
        return {name: value for name, value in self.cleaned_data.items() if name != "despite_absence"}


class TerminationDecisionForm(forms.Form):
    # No token, as above: it comes twice.
    last_on = DayField(
        label="Ostatni dzień w programie", help_text="Tak jak we wniosku, chyba że rozstrzygasz inaczej."
    )
    note = forms.CharField(
        label="Uzasadnienie rozstrzygnięcia",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text="Potrzebne przy odmowie. Przy zgodzie wchodzi do decyzji obok uzasadnienia wniosku.",
    )


class DeliveryForm(OnceForm):
    way = forms.ChoiceField(label="Jak", widget=forms.RadioSelect, choices=Delivery.Way.choices)
    delivered_on = DayField(label="Dzień doręczenia", help_text="Od niego biegnie 30 dni na skargę do sądu.")
    proof = forms.CharField(
        label="Potwierdzenie", required=False, max_length=200, help_text="Na przykład numer zwrotnego potwierdzenia."
    )


class CertificateForm(OnceForm):
    skills = forms.CharField(
        label="Nabyte umiejętności",
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text="Stoją na zaświadczeniu tak, jak je wpiszesz.",
    )


class ClearanceForm(OnceForm):
    cleared_on = DayField(label="Dzień zwrotu")
    is_complete = forms.TypedChoiceField(
        label="Czy zwrócono wszystko?",
        widget=forms.RadioSelect,
        choices=[("yes", "tak"), ("no", "nie")],
        coerce=lambda value: value == "yes",
    )
    note = forms.CharField(
        label=Clearance._meta.get_field("note").verbose_name.capitalize(),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class FollowUpForm(OnceForm):
    contacted_on = DayField(label="Dzień kontaktu")
    situation = forms.ChoiceField(label="Sytuacja", widget=forms.RadioSelect, choices=FollowUp.Situation.choices)
    note = forms.CharField(label="Uwagi", required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
