"""Offers, answers, telling and the admission."""

from datetime import date

from django import forms

from cistor.dates import day_count, day_text
from cistor.journal.once import OnceForm
from participants.forms.day import DayField
from referrals.models import Candidacy

LONGEST = 2000
YES, NO, SILENT = "accepted", "declined", "silent"


def _reason(label: str, **kwargs) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}), **kwargs
    )


def _way(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=Candidacy.Way.choices, widget=forms.RadioSelect)


class OfferForm(OnceForm):
    way = _way("Jak zaproponowano miejsce")
    offered_on = DayField(label="Dzień propozycji")
    answer_due_on = DayField(label="Odpowiedź do", required=False)

    def __init__(self, *args, days: int | None, due: date | None, **kwargs):
        """`due`: the term of the regulations for an offer of today. The field stays empty: the day may be another."""
        super().__init__(*args, **kwargs)
        self.fields["answer_due_on"].help_text = (
            f"Puste: liczy regulamin, {day_count(days)} od propozycji, a z dnia wolnego dalej, na najbliższy roboczy. "
            f"Dla dzisiejszej propozycji: {day_text(due)}."
            if days is not None and due
            else "Regulamin nie ustala terminu."
        )


class AnswerForm(OnceForm):
    answer = forms.ChoiceField(
        label="Odpowiedź",
        choices=[(YES, "przyjmuje miejsce"), (NO, "nie przyjmuje"), (SILENT, "nie odpowiada")],
        widget=forms.RadioSelect,
    )
    answered_on = DayField(
        label="Dzień odpowiedzi", help_text="Gdy osoba nie odpowiada: dzień, w którym to stwierdzasz."
    )
    note = _reason("Powód", help_text="Potrzebny, gdy osoba nie przyjmuje miejsca.")


class TellForm(OnceForm):
    way = _way("Jak powiadomiono")
    told_on = DayField(label="Dzień powiadomienia")
    note = _reason("Uwagi", help_text="Na przykład z kim była rozmowa.")


class AdmitForm(OnceForm):
    signed_on = DayField(label="Dzień podpisania IPZS")
    start_on = DayField(label="Pierwszy dzień zajęć")
    despite = _reason("Dlaczego mimo braków w teczce", help_text="Powód zostaje przy wniosku i w dzienniku czynności.")

    def __init__(self, *args, incomplete: bool, first: date, **kwargs):
        """`first`: the first day on which the IPZS can be signed."""
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].help_text = f"Najwcześniej {day_text(first)}."
        # The file may be complete today and lack a paper on the first day: the field stays.
        self.fields["despite"].help_text = (
            "Czegoś w teczce brakuje albo zabraknie: bez powodu nie można zacząć. Stanie on przy wniosku i w dzienniku."
            if incomplete
            else "Dziś teczka jest pełna. Potrzebny tylko, gdy w pierwszym dniu zajęć jakiś dokument nie będzie ważny."
        )
