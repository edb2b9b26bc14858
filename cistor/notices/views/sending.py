"""One issued paper of the register: what it is, how it went out, and its sending."""

from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from cistor.accounts.access import needs
from cistor.centres.models import Office
from cistor.dates import day_text
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.journal.once import carry_out, said
from cistor.notices import addressees, documents, register, standing
from cistor.notices.actions import mail
from cistor.notices.actions.sending import dispatch as record_dispatch
from cistor.notices.forms.sending import DispatchForm
from cistor.notices.models import Dispatch, Letter, Mail
from cistor.notices.views.facts import dispatch_facts
from participants.models import Termination


class Target(NamedTuple):
    """To whom the next sending goes: `office` None is the participant; `is_free`: a copy to whom the sender names."""

    office: Office | None
    is_copy: bool = False
    is_free: bool = False

    @property
    def key(self) -> tuple[int | None, bool]:
        return (self.office.pk if self.office else None), self.is_copy

    @property
    def address(self) -> str:
        """To which the program can send a mail."""
        return self.office.email if self.office and mail.is_set_up() else ""


@require_http_methods(["GET", "POST"])
@needs("send_letter")
def dispatch(request, pk):
    """Today and on paper unless said otherwise. The e-mail of a letter is sent by the program itself."""
    document, user, today = _document_or_404(request, pk), request.user, request.today
    letter = Letter.objects.filter(document=document).select_related("office", "participant").first()
    target = None if document.kind == addressees.DELIVERED else _next(document, letter)
    lost = {(row.office_id, row.is_copy): row for row in mail.unrecorded().filter(letter=letter)} if letter else {}
    taken = lost.get(target.key) if target else None
    form = _form(request, document, letter, target, taken)

    def act():
        _send(document, letter if not taken else None, target, form.cleaned_data, by=user, on=today)

    if request.method == "POST" and target and carry_out(form, act, by=user):
        queued = letter and not taken and form.cleaned_data["way"] == Dispatch.Way.EMAIL
        messages.success(request, said(form, "E-mail czeka na wysłanie." if queued else "Wysłanie jest zapisane."))
        return redirect("notices:dispatch", pk)
    record_readings(document.centre, sorted(register.people_in(document)), document.kind, by=user)
    mails = Mail.objects.filter(letter=letter) if letter else Mail.objects.none()
    context = {
        "document": document,
        "letter": letter,
        "target": target,
        "form": form if target else None,
        "facts": _facts(document, letter),
        "is_done": target.is_free if target else bool(document.sent_on or letter),
        "delivery": _delivery(request, document),
        "mails": [(row, standing.mail_state(row, is_recorded=row not in lost.values())) for row in mails],
        "question": _question(document, target),
    }
    return render(request, "notices/dispatch.html", context, status=422 if form.errors else 200)


def _document_or_404(request, pk) -> Document:
    rows = register.in_full(register.of_user(request.user, request.today))
    return get_object_or_404(rows.select_related("centre"), pk=pk)


def _next(document: Document, letter: Letter | None) -> Target | None:
    """The addressee, then who gets a copy; None when everybody has it. A mail on its way is not there yet: what the
    server does not take may still go by fax."""
    went = {(row.office_id, row.is_copy) for row in document.dispatches.all()}
    if letter and hasattr(letter, "withholding"):
        return None
    first = Target(addressees.office_of(document, letter))
    if first.key not in went:
        return first
    if letter is None:
        return Target(None, is_copy=True, is_free=True)
    copy = documents.copy_to(letter)
    return Target(copy, is_copy=True) if copy and (copy.pk, True) not in went else None


def _delivery(request, document: Document) -> str:
    """The page where the delivery of a decision is told; "" for other papers, and for who does not open it."""
    if document.kind != addressees.DELIVERED or not request.user.may("prepare_programme", on=request.today):
        return ""
    row = Termination.objects.visible_to(request.user, on=request.today).filter(document=document).first()
    return reverse("participants:termination", args=[row.pk]) if row else ""


def _form(request, document: Document, letter: Letter | None, target: Target | None, taken: Mail | None):
    """`taken`: the mail to the target that has gone and stands in no register; it is written down like any other."""
    given: dict = {"address": target.address if letter and target and not taken else None, "outside": letter is None}
    if target and target.is_free:
        given["offices"] = Office.objects.visible_to(request.user, on=request.today)
        elsewhere = document.kind in addressees.TO_OTHERS or addressees.office_of(document, letter)
        given["to_person"] = bool(document.participant and elsewhere)
    initial = {"sent_on": request.today, "way": Dispatch.Way.PAPER}
    if taken:
        went_on = timezone.localtime(taken.sent_at).date()
        initial = {"sent_on": went_on, "way": Dispatch.Way.EMAIL, "proof": mail.proof(taken)[:200]}
    return DispatchForm(request.POST or None, initial=initial, **given)


def _send(document: Document, letter: Letter | None, target: Target, given: dict, *, by, on) -> None:
    office = given.get("office") if target.is_free else target.office
    if letter and given["way"] == Dispatch.Way.EMAIL:
        mail.mail_letter(letter, office=office, is_copy=target.is_copy, by=by, on=on)
        return
    said_so = {name: given[name] for name in ("way", "sent_on", "proof")}
    record_dispatch(document, office=office, is_copy=target.is_copy, **said_so, by=by, on=on)


def _question(document: Document, target: Target | None) -> str:
    if target is None:
        return ""
    if target.is_free:
        return "Komu wysłano odpis?"
    whom = target.office or addressees.addressee(document, {})
    return f"{'Odpis do wiadomości' if target.is_copy else 'Wysłanie'}: {whom}"


def _facts(document: Document, letter: Letter | None) -> list[tuple[str, object]]:
    url = reverse("documents:download", args=[document.pk])
    return [
        ("Pismo", document.title),
        ("Numer", format_html('<a href="{}" download>{}</a>', url, document.number)),
        ("Z dnia", day_text(document.issued_on)),
        ("Kogo dotyczy", register.about(document)),
        ("Adresat", addressees.addressee(document, addressees.offices_of([document]))),
        *([("Termin", f"{day_text(letter.due_on)} ({letter.due_source})")] if letter and letter.due_on else []),
        *dispatch_facts(document.dispatches.all()),
        *_delivered(document),
    ]


def _delivered(document: Document) -> list[tuple[str, object]]:
    if document.kind != addressees.DELIVERED or not document.sent_on:
        return []
    return [("Doręczono", f"{day_text(document.sent_on)}, {register.WAYS[document.way]}")]


@require_POST
@needs("send_letter")
def mail_again(request, pk):
    """A mail that the program has given up."""
    reached = register.of_user(request.user, request.today)
    rows = Mail.objects.visible_to(request.user, on=request.today).filter(letter__document__in=reached.values("pk"))
    row = get_object_or_404(rows.select_related("letter__document", "office"), pk=pk)
    try:
        mail.retry(row, by=request.user, on=request.today)
        messages.success(request, "E-mail czeka na wysłanie.")
    except Refused as refusal:
        messages.info(request, refusal.message)
    return redirect("notices:dispatch", row.letter.document_id)
