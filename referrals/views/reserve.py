"""What becomes of the places of a closed round: who has one, who is offered one, who is told."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import day_text
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from referrals import actions, places, readiness
from referrals.documents import shelf
from referrals.forms.admission import NO, SILENT, YES, AnswerForm, OfferForm, TellForm
from referrals.models import Application, Candidacy, Offer, Round

Facts = list[tuple[str, object]]
State, Status = Application.Recruitment, Application.Status


@dataclass(frozen=True)
class Line:
    """Somebody of the reserve list; `badge` is kind and word."""

    candidacy: Candidacy
    badge: tuple[str, str]
    offer: Offer | None
    may_be_offered: bool


@needs("prepare_programme")
def reserve(request, pk):
    """Free places and why, the reserve list with its states, who is still to be told."""
    rows = Round.objects.visible_to(request.user, on=request.today).filter(closed_on__isnull=False)
    in_round = get_object_or_404(rows, pk=pk)
    count = places.of_round(in_round, request.today)
    freed, lines = places.freed(in_round, request.today), _lines(in_round, request.today)
    holders = list(places.holders(in_round, request.today).select_related("application__participant"))
    shown = [*(one.candidacy for one in [*freed, *lines]), *holders]
    people = {row.application.participant_id for row in shown}
    record_readings(in_round.centre, people, "reserve_list", by=request.user)
    context = {
        "round": in_round,
        "count": count,
        "squares": _squares(count),
        "freed": freed,
        "lines": lines,
        "holders": holders,
        "may_open": _sees_case(request),
        "may_admit": request.user.may("decide_programme", on=request.today),
    }
    return render(request, "referrals/reserve.html", context)


def _sees_case(request) -> bool:
    """Who stands in for the director makes offers and tells, without being let into the case and its papers."""
    return request.user.may("enter_application", on=request.today)


def _squares(count: places.Places) -> list[str]:
    """The places one by one, as classes of the stylesheet; a sentence beside them says the numbers."""
    return ["held"] * count.held + ["offered"] * count.offered + ["free"] * count.free


def _lines(in_round: Round, on) -> list[Line]:
    following = places.next_in_line(in_round, on) if places.free_places(in_round, on) else None
    rows = places.on_reserve_list(in_round).select_related("application__participant")
    rows = rows.prefetch_related(Prefetch("offers", to_attr="made"))
    return [_line(row, row == following, on) for row in rows]


def _line(candidacy: Candidacy, is_next: bool, on) -> Line:
    offer = candidacy.made[0] if candidacy.made else None
    return Line(candidacy, _badge(candidacy, offer, is_next, on), offer, is_next)


def _badge(candidacy: Candidacy, offer: Offer | None, is_next: bool, on) -> tuple[str, str]:
    application = candidacy.application
    if application.status != Status.OPEN:
        return application.state
    if application.recruitment_state != State.RESERVE:
        return application.recruitment_step
    if offer and offer.is_accepted is None:
        late = offer.answer_due_on < on
        return ("late", "nie odpowiada w terminie") if late else ("soon", f"odpowiedź do {offer.answer_due_on:%d.%m}")
    if application.office_state == Application.Office.NO_CONSENT:
        return "late", "brak zgody urzędu"
    return ("info", "kolej na tę osobę") if is_next else ("plain", "czeka")


# The deeds -----------------------------------------------------------------------------------------------------------


def _candidacy(request, pk) -> Candidacy:
    rows = Candidacy.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("round", "application__participant__centre"), pk=pk)


def _facts(request, candidacy: Candidacy) -> Facts:
    """Whom to call and where they stand."""
    application, person = candidacy.application, candidacy.application.participant
    reach = [("Telefon", person.phone), ("E-mail", person.email)]
    return [
        ("Osoba", person),
        *(reach if request.user.may("see_phone", on=request.today) else []),
        ("Nabór", candidacy.round),
        ("Miejsce na liście", candidacy.place),
        ("Urząd", application.get_office_state_display()),
        ("Rekrutacja", application.get_recruitment_state_display()),
    ]


@needs("prepare_programme")
def offer(request, pk):
    """A free place is offered to the next of the reserve list."""
    candidacy = _candidacy(request, pk)
    in_round, back = candidacy.round, reverse("referrals:reserve", args=[candidacy.round_id])
    regulations = Regulations.objects.version(in_round.centre_id, request.today)
    form = OfferForm(
        request.POST or None,
        days=regulations.offer_days if regulations else None,
        due=actions.answer_due(in_round, request.today),
        initial={"offered_on": request.today},
    )

    def act():
        given = {name: form.cleaned_data[name] for name in ("way", "offered_on", "answer_due_on")}
        actions.offer(candidacy, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Propozycja jest zapisana. Miejsce czeka na odpowiedź."))
        return redirect(back)
    record_reading(candidacy.application.participant, "offer", by=request.user)
    free = places.free_places(in_round, request.today)
    context = {
        "form": form,
        "round": in_round,
        "facts": [*_facts(request, candidacy), ("Wolne miejsca", free)],
        "consequences": ["Do odpowiedzi to miejsce jest zajęte.", "Bez odpowiedzi w terminie sprawa wróci na pulpit."],
        "cancel": back,
    }
    return render(request, "referrals/offer.html", context, status=422 if form.errors else 200)


@needs("prepare_programme")
def answer(request, pk):
    """What the person says to the offer, or that they say nothing."""
    rows = Offer.objects.visible_to(request.user, on=request.today)
    made = get_object_or_404(rows.select_related("candidacy__round", "candidacy__application__participant"), pk=pk)
    candidacy, back = made.candidacy, reverse("referrals:reserve", args=[made.candidacy.round_id])
    form = AnswerForm(request.POST or None, initial={"answered_on": request.today})

    def act():
        said_on, choice = form.cleaned_data["answered_on"], form.cleaned_data["answer"]
        given = {"is_accepted": choice == YES, "is_silent": choice == SILENT, "note": form.cleaned_data["note"]}
        actions.answer(made, **given, answered_on=said_on, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, ANSWERED[form.cleaned_data["answer"]]))
        return redirect(back)
    record_reading(candidacy.application.participant, "offer", by=request.user)
    context = {
        "form": form,
        "round": candidacy.round,
        "facts": [*_facts(request, candidacy), *_offer_facts(made)],
        "consequences": ["Przyjmuje: jest zakwalifikowana.", "Nie przyjmuje: odpada, miejsce dostaje następna osoba."],
        "cancel": back,
        "answered": made.answered_on,
    }
    return render(request, "referrals/answer.html", context, status=422 if form.errors else 200)


ANSWERED = {
    YES: "Osoba jest zakwalifikowana. Powiadom ją o formalnościach i pierwszym dniu.",
    NO: "Osoba odpadła. Miejsce czeka na następną z listy.",
    SILENT: "Osoba odpadła. Miejsce czeka na następną z listy.",
}


def _offer_facts(made: Offer) -> Facts:
    facts: Facts = [
        ("Zaproponowano", f"{day_text(made.offered_on)}, {made.get_way_display()}, {made.offered_by}"),
        ("Odpowiedź do", day_text(made.answer_due_on)),
    ]
    if made.answered_on:
        word = "przyjęto" if made.is_accepted else "nie przyjęto"
        facts += [("Odpowiedź", f"{word}, {day_text(made.answered_on)}"), ("Powód", made.note)]
    return facts


@needs("prepare_programme")
def tell(request, pk):
    """The qualified are told what to bring and when classes begin."""
    candidacy = _candidacy(request, pk)
    application, back = candidacy.application, reverse("referrals:reserve", args=[candidacy.round_id])
    form = TellForm(request.POST or None, initial={"told_on": request.today})

    def act():
        given = {name: form.cleaned_data[name] for name in ("way", "told_on", "note")}
        actions.tell(candidacy, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Powiadomienie jest zapisane."))
        return redirect(back)
    record_reading(application.participant, "telling", by=request.user)
    context = {
        "form": form,
        "application": application,
        "round": candidacy.round,
        "facts": [*_facts(request, candidacy), *_telling_facts(candidacy)],
        "gaps": readiness.gaps(application, request.today),
        "may_print": shelf.is_printed("qualified_letter", application, request.today) and _sees_case(request),
        "consequences": ["Przy wyborze „listem” zawiadomienie dostaje numer i jest gotowe do wydruku."],
        "cancel": back,
    }
    return render(request, "referrals/tell.html", context, status=422 if form.errors else 200)


def _telling_facts(candidacy: Candidacy) -> Facts:
    begins = candidacy.round.classes_on
    facts: Facts = [("Początek zajęć", day_text(begins) if begins else "jeszcze nieustalony")]
    if candidacy.told_on:
        way = f"{candidacy.get_told_way_display()}, {candidacy.told_by}"
        facts += [("Powiadomiono", f"{day_text(candidacy.told_on)}, {way}"), ("Uwagi", candidacy.told_note)]
    return facts
