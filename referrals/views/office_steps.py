"""The pages of the office's steps; the centre enters them from paper, the office on screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cistor.accounts.access import needs
from cistor.documents.actions import keep_upload
from cistor.documents.models import Upload
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from referrals import actions, deadlines
from referrals.actions.office import cannot_take_back, owed
from referrals.forms import office as asked
from referrals.models import OFFICE_MOVES, Application
from referrals.views import fetch

BY_OFFICE = ("give_opinion", "enter_opinion_from_paper")


@dataclass(frozen=True)
class Page:
    """A decision: the form on screen and the one from paper, what it asks, what follows, what is said when done."""

    title: str
    question: str
    submit: str
    done: str
    consequences: tuple[str, ...]
    form: type[forms.Form] | None = None
    paper: type[forms.Form] | None = None
    scan: str = ""
    danger: bool = False
    # Of the office's track; a page without one says itself whether it is possible.
    move: str = ""


RECEIPT = Page(
    "Wpływ do urzędu",
    "Kiedy wniosek wpłynął do urzędu?",
    "Zapisz dzień wpływu",
    "Dzień wpływu jest zapisany.",
    ("Od następnego dnia biegnie termin opinii, jeżeli ustala go porozumienie.",),
    move="confirm_receipt",
)
OPINION = Page(
    "Opinia pracownika socjalnego",
    "Jaka jest opinia po wywiadzie środowiskowym?",
    "Zapisz opinię",
    "Opinia jest zapisana.",
    ("Opinię od razu widzą obie strony.", "Pomyłkę można cofnąć z podaniem powodu; cofnięta opinia zostaje w sprawie."),
    asked.OpinionForm,
    asked.OpinionPaperForm,
    scan="opinion_scan",
    move="record_opinion",
)
CONSENT = Page(
    "Zgoda kierownika urzędu",
    "Czy kierownik urzędu się zgadza?",
    "Zapisz rozstrzygnięcie",
    "Rozstrzygnięcie jest zapisane.",
    ("Bez zgody osoba nie zostanie przyjęta.", "Pomyłkę można cofnąć z podaniem powodu."),
    asked.ConsentForm,
    asked.ConsentPaperForm,
    scan="consent_scan",
    move="record_consent",
)
REFERRAL = Page(
    "Skierowanie",
    "Skierować tę osobę do udziału w zajęciach?",
    "Zapisz skierowanie",
    "Skierowanie jest zapisane.",
    ("To ostatni krok urzędu w tej sprawie.", "Pomyłkę można cofnąć z podaniem powodu."),
    asked.ReferralForm,
    asked.ReferralPaperForm,
    scan="referral_scan",
    move="record_referral",
)


@needs("enter_application")
def send(request, pk):
    application = fetch.application(request, pk)
    initial = {"office": application.office_id, "sent_on": request.today}
    form = asked.SendForm(request.POST or None, initial=initial, centre=application.centre)

    def act():
        values = {name: form.cleaned_data[name] for name in ("office", "sent_on")}
        actions.send(application, **values, by=request.user, on=request.today)

    page = Page(
        "Wysłanie do urzędu",
        "Do którego urzędu i kiedy wysłano wniosek?",
        "Zapisz wysłanie",
        "Wysłanie jest zapisane.",
        ("Urząd zobaczy wniosek na swoim pulpicie, jeżeli ma tu konta.", "Do potwierdzenia wpływu można to cofnąć."),
        move="send",
    )
    return _carried_out(request, application, page, form, act)


@needs(*BY_OFFICE, office=True)
def receipt(request, pk):
    application = fetch.application(request, pk)
    form = asked.ReceiptForm(request.POST or None, initial={"received_on": request.today})

    def act():
        day = form.cleaned_data["received_on"]
        actions.confirm_receipt(application, received_on=day, by=request.user, on=request.today)

    return _carried_out(request, application, RECEIPT, form, act)


@needs(*BY_OFFICE, office=True)
def opinion(request, pk):
    return _step(request, pk, OPINION, actions.record_opinion)


@needs("give_consent", "enter_opinion_from_paper", office=True)
def consent(request, pk):
    return _step(request, pk, CONSENT, actions.record_consent)


@needs(*BY_OFFICE, office=True)
def referral(request, pk):
    return _step(request, pk, REFERRAL, actions.record_referral)


def _step(request, pk, page: Page, deed: Callable):
    """On screen for who is of the office, from paper for the centre."""
    application, on_screen = fetch.application(request, pk), request.user.is_of_office
    form = (page.form if on_screen else page.paper)(request.POST or None, request.FILES or None)

    def act():
        values = {name: value for name, value in form.cleaned_data.items() if name not in {"token", "scan"}}
        values |= {"done_on": request.today} if on_screen else {"scan": _kept(request, application, form, page.scan)}
        deed(application, **values, from_paper=not on_screen, by=request.user, on=request.today)

    return _carried_out(request, application, page, form, act)


def _kept(request, application: Application, form, kind: str) -> Upload | None:
    file = form.cleaned_data["scan"]
    if file is None:
        return None
    whose = {"centre": application.centre, "participant": application.participant}
    return keep_upload(**whose, kind=kind, name=file.name, data=file.read(), by=request.user, on=request.today)


def _carried_out(request, application: Application, page: Page, form, act: Callable, *, may: bool | None = None):
    back = case_url(request, application)
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, page.done))
        return redirect(back)
    record_reading(application.participant, "application", by=request.user)
    may = OFFICE_MOVES.may(application, page.move) if may is None else may
    context = {
        "application": application,
        "page": page,
        "form": form,
        "back": back,
        "facts": _facts(application, request.today),
        "possible": bool(form.errors) or (application.status == Application.Status.OPEN and may),
    }
    return render(request, "referrals/office_step.html", context, status=422 if form.errors else 200)


def case_url(request, application: Application) -> str:
    """The page of the case that is this user's own: the centre's, or the office's."""
    name = "office_case" if request.user.is_of_office else "case"
    return reverse(f"referrals:{name}", args=[application.pk])


def _facts(application: Application, today: date) -> list[tuple[str, object]]:
    """The case so far: what whoever decides has to have before them."""
    days = (("Wysłano", application.sent_on), ("Wpłynął", application.received_on))
    said = (("Uzasadnienie wniosku", application.reason), ("Cel", application.aim))
    return [
        ("Osoba", application.participant),
        ("Wniosek", application),
        ("Urząd", application.office),
        *((label, f"{day:%d.%m.%Y}") for label, day in days if day),
        *_pressing(application, today),
        *said,
        *_opined(application),
    ]


def _pressing(application: Application, today: date) -> list[tuple[str, object]]:
    term = deadlines.nearest(deadlines.of_application(application, today), today)
    if term is None or term.due_on is None:
        return []
    return [("Termin", f"{term.due_on:%d.%m.%Y}, {deadlines.badge(term, today)[1]} ({term.source})")]


def _opined(application: Application) -> list[tuple[str, object]]:
    opinion = application.opinions.filter(taken_back_on=None).first()
    if opinion is None:
        return []
    word = "pozytywna" if opinion.is_positive else "negatywna"
    return [("Opinia", f"{word}, {opinion.done_on:%d.%m.%Y}"), ("Treść opinii", opinion.text)]


TAKEN_BACK = {
    Application.Office.SENT: "wysłanie wniosku",
    Application.Office.RECEIVED: "potwierdzenie wpływu",
    Application.Office.OPINED: "opinię",
    Application.Office.CONSENTED: "zgodę",
    Application.Office.NO_CONSENT: "brak zgody",
    Application.Office.REFERRED: "skierowanie",
}


@needs(*BY_OFFICE, office=True)
def take_back(request, pk):
    """One step back, whichever stands last."""
    application, user, today = fetch.application(request, pk), request.user, request.today
    form = asked.TakeBackForm(request.POST or None)

    def act():
        actions.take_back(application, reason=form.cleaned_data["reason"], by=user, on=today)

    page = Page(
        "Cofnięcie kroku",
        f"Cofnąć {TAKEN_BACK.get(application.office_state, 'ten krok')}?",
        "Cofnij ten krok",
        "Krok jest cofnięty.",
        ("Sprawa wraca o jeden krok.", "To, co zapisano, zostaje w sprawie jako cofnięte, z powodem."),
        danger=True,
    )
    may = not cannot_take_back(application, by=user, on=today)
    return _carried_out(request, application, page, form, act, may=may)


@needs("enter_application")
def remind(request, pk):
    """A letter to the office about what it owes."""
    application = fetch.application(request, pk)
    debts = owed(application, request.today)
    form = asked.RemindForm(request.POST or None, owed=debts, initial={"about": next(iter(debts), "")})

    def act():
        actions.remind(application, about=form.cleaned_data["about"], by=request.user, on=request.today)

    page = Page(
        "Przypomnienie do urzędu",
        "Wystawić pismo przypominające?",
        "Wystaw przypomnienie",
        "Przypomnienie jest wystawione.",
        ("Pismo dostaje numer i zostaje w sprawie; nie da się go zmienić.",),
    )
    return _carried_out(request, application, page, form, act, may=bool(debts))
