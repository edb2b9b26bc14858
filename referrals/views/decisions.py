"""What the centre writes down on an application: statements, the scan, its end and the way back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.documents.actions import keep_upload
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from referrals import actions, wording
from referrals.forms.intake import ConfirmForm, ExclusionsForm, RefuseForm, ScanForm, WithdrawForm
from referrals.models import STATUS_MOVES, Application
from referrals.views import fetch

WITHDRAWN = {
    True: ["Szkic zostanie w historii osoby jako wycofany.", "Nowy wniosek można założyć od razu."],
    False: ["Wniosek zostanie zamknięty i zniknie z kolejki.", "Cofnięte przez pomyłkę można otworzyć ponownie."],
}
REFUSED = [
    "Wniosek zostanie zamknięty.",
    "Pismo dostanie numer i dzisiejszą datę; drukuje się je z karty wniosku.",
    "Odmowę przez pomyłkę można cofnąć, otwierając wniosek ponownie; wydane pismo zostaje w aktach.",
]
REOPENED = [
    "Urząd i rekrutacja wrócą tam, gdzie były.",
    "Jeżeli miejsce w naborze dostał już ktoś inny, osoba wraca na listę rezerwową.",
    "Wydane pisma zostają w aktach.",
]
PLACE_LOST = "Jej miejsce w naborze jest już zajęte, więc osoba wróciła na listę rezerwową."


def _decided(request, application: Application, form, act, *, done: str) -> bool:
    """Whether the deed of the page was done; what it says afterwards."""
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, done))
        return True
    record_reading(application.participant, "application", by=request.user)
    return False


def _page(request, template: str, application: Application, form, **context):
    context |= {"application": application, "form": form, "facts": _facts(application)}
    return render(request, template, context, status=422 if form.errors else 200)


def _facts(application: Application) -> list[tuple[str, object]]:
    facts = [("Osoba", application.participant), ("Wniosek", application), ("Stan", application.state[1])]
    if application.closed_on:
        facts += [("Zamknięto", day_text(application.closed_on)), ("Powód", application.close_reason)]
    return facts


@needs("enter_application")
def exclusions(request, pk):
    """The rights that exclude: what was declared so far, and the question asked again."""
    application = fetch.application(request, pk)
    form = ExclusionsForm(request.POST or None, on=request.today)

    def act():
        values = {name: form.cleaned_data[name] for name in ("declared_on", "rights")}
        actions.declare_exclusions(application, **values, by=request.user, on=request.today)

    if _decided(request, application, form, act, done="Oświadczenie jest zapisane."):
        refusable = form.cleaned_data["rights"] and STATUS_MOVES.may(application, "refuse")
        return redirect("referrals:refuse" if refusable else "referrals:exclusions", pk)
    statements = wording.statements(application)
    context = {
        "statements": statements,
        "excluded": bool(statements and statements[0][0].rights),
        "may_refuse": STATUS_MOVES.may(application, "refuse"),
        "may_declare": STATUS_MOVES.may(application, "withdraw"),
    }
    return _page(request, "referrals/exclusions.html", application, form, **context)


@needs("enter_application")
def withdraw(request, pk):
    application = fetch.application(request, pk)
    form = WithdrawForm(request.POST or None)

    def act():
        actions.withdraw(application, reason=form.cleaned_data["reason"], by=request.user, on=request.today)

    if _decided(request, application, form, act, done="Wniosek jest wycofany."):
        return redirect("referrals:case", pk)
    is_draft = not application.number
    return _page(
        request, "referrals/withdraw.html", application, form, is_draft=is_draft, consequences=WITHDRAWN[is_draft]
    )


@needs("enter_application")
def refuse(request, pk):
    """With the reason filled in where the person has declared a right that excludes."""
    application = fetch.application(request, pk)
    form = RefuseForm(request.POST or None, initial={"reason": _reason(application)})

    def act():
        actions.refuse(application, reason=form.cleaned_data["reason"], by=request.user, on=request.today)

    if _decided(request, application, form, act, done="Odmowa jest zapisana, pismo wystawione."):
        return redirect("referrals:case", pk)
    return _page(request, "referrals/refuse.html", application, form, consequences=REFUSED)


def _reason(application: Application) -> str:
    statement = application.exclusion_statements.first()
    if statement is None or not statement.rights:
        return ""
    rights, day = ", ".join(wording.exclusion_texts(statement)), day_text(statement.declared_on)
    return (
        f"Według oświadczenia z dnia {day} r. przysługuje prawo, które wyklucza uczestnictwo w zajęciach: {rights} "
        "(art. 1 ust. 3 ustawy o zatrudnieniu socjalnym)."
    )


@needs("enter_application")
def reopen(request, pk):
    application = fetch.application(request, pk)
    form = ConfirmForm(request.POST or None)

    def act():
        actions.reopen(application, by=request.user, on=request.today)

    stood = application.recruitment_state
    if _decided(request, application, form, act, done="Wniosek jest znowu w toku."):
        application.refresh_from_db(fields=["recruitment_state"])
        if application.recruitment_state != stood:
            messages.warning(request, PLACE_LOST)
        return redirect("referrals:case", pk)
    return _page(request, "referrals/reopen.html", application, form, consequences=REOPENED)


@needs("enter_application")
def scan(request, pk):
    """The signed paper; a newer scan takes the place of the older."""
    application = fetch.application(request, pk)
    form = ScanForm(request.POST or None, request.FILES or None)

    def act():
        file, given = form.cleaned_data["file"], {"by": request.user, "on": request.today}
        about = {"centre": application.centre, "participant": application.participant}
        upload = keep_upload(**about, kind="application_scan", name=file.name, data=file.read(), **given)
        actions.attach_scan(application, upload, **given)

    if _decided(request, application, form, act, done="Skan jest dołączony."):
        return redirect("referrals:case", pk)
    earlier = application.participant.uploads.filter(kind="application_scan").exclude(sha256="")
    context = {"cancel": reverse("referrals:case", args=[pk]), "scans": earlier.select_related("uploaded_by")}
    return _page(request, "referrals/scan.html", application, form, **context)
