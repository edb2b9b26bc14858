"""After the end: small pages from the card's tab of the programmes."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect, render

from cistor.accounts.access import needs
from cistor.dates import span_text
from cistor.journal.once import OnceForm, carry_out, said
from participants import actions
from participants.forms import CertificateForm, ClearanceForm, FollowUpForm
from participants.models import Programme
from participants.views.fetch import programme_of


@needs("decide_programme")
def certificate(request, pk):
    programme = programme_of(request, pk, "decide_programme")
    question = "Co wpisać na zaświadczeniu?"
    texts = (
        "Zaświadczenie o uczestnictwie",
        question,
        "Wystaw i podpisz zaświadczenie",
        "Zaświadczenie jest wystawione.",
    )
    return _page(request, programme, CertificateForm(request.POST or None), actions.issue_certificate, texts, SIGNED)


SIGNED = [
    "Zaświadczenie dostaje numer i nie da się go już zmienić.",
    "Mówi, od kiedy do kiedy trwał udział i czego się nauczono; nie mówi, jak program się skończył.",
]


@needs("prepare_programme")
def clearance(request, pk):
    programme = programme_of(request, pk, "prepare_programme")
    form = ClearanceForm(request.POST or None, initial={"cleared_on": request.today})
    question = "Czy oddano odzież, narzędzia i klucze?"
    texts = ("Zwrot odzieży i narzędzi", question, "Zapisz zwrot", "Zwrot jest zapisany.")
    return _page(request, programme, form, actions.record_clearance, texts, [])


@needs("record_contact")
def follow_up(request, pk):
    programme = programme_of(request, pk, "record_contact")
    form = FollowUpForm(request.POST or None, initial={"contacted_on": request.today})
    texts = ("Kontakt po zakończeniu", "Jak się teraz wiedzie tej osobie?", "Zapisz kontakt", "Kontakt jest zapisany.")
    return _page(request, programme, form, actions.record_follow_up, texts, CONTACTED)


CONTACTED = ["Nieudana próba zostaje na karcie i nie zamyka terminu: kontakt trzeba ponowić."]


def _page(request, programme: Programme, form: OnceForm, act: Callable, texts: tuple, consequences: list[str]):
    """One form about an ended programme; `texts`: heading, question, deed, what is said when it is done."""
    heading, question, submit, success = texts

    def deed():
        act(programme, **form.given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, deed, by=request.user):
        messages.success(request, said(form, success))
        return redirect("participants:programme", programme.participant_id)
    context = {
        "form": form,
        "participant": programme.participant,
        "facts": _facts(programme),
        "heading": heading,
        "question": question,
        "submit": submit,
        "consequences": consequences,
    }
    return render(request, "participants/after.html", context, status=422 if form.errors else 200)


def _facts(programme: Programme) -> list[tuple[str, str]]:
    return [
        ("Osoba", str(programme.participant)),
        ("Program", span_text(programme.start_on, programme.last_on)),
        ("Zakończenie", programme.get_end_kind_display() or "program trwa"),
    ]
