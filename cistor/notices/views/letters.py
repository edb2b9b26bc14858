"""The signing room, and the page of one letter with its deeds."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cistor.accounts.access import needs
from cistor.documents.actions import words
from cistor.documents.answers import printed, slug
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.journal.once import OnceForm, carry_out, new_token, said
from cistor.notices import documents, prepared, register, required, seen, standing
from cistor.notices.actions import letters as acts
from cistor.notices.forms.letters import PeopleForm, RemarkForm, TextForm, VoidForm, WithholdForm
from cistor.notices.models import Letter
from cistor.notices.views.facts import letter_facts
from cistor.notices.views.tabs import page_of, tabs

# Of those sent back, and of those to be sent, so many stand in the signing room.
MOST = 50
READERS = ("prepare_letter", "sign_letter")


def letters_of(request):
    return Letter.objects.visible_to(request.user, on=request.today)


def letter_or_404(request, pk) -> Letter:
    rows = seen.with_facts(standing.with_people(letters_of(request)))
    papers = ("centre", "document", "signed_by", "signed_for", "withholding__withheld_by")
    return get_object_or_404(rows.select_related(*papers), pk=pk)


@require_GET
@needs(*READERS)
def to_sign(request):
    """Drafts by urgency; what was sent back, and what is signed and not sent yet, stands below."""
    waiting = page_of(request, seen.with_facts(standing.with_people(letters_of(request).to_sign())))
    returned = standing.with_people(letters_of(request).filter(status=Letter.Status.RETURNED))[: MOST + 1]
    unsent = standing.with_people(letters_of(request).unsent().select_related("document"))[: MOST + 1]
    context = {
        "page": waiting,
        "rows": standing.rows(waiting, request.today),
        "seen": [f"{row.pk}:{seen.mark(row)}" for row in waiting],
        "returned": standing.rows(returned[:MOST], request.today),
        "unsent": standing.rows(unsent[:MOST], request.today),
        "others": register.others_unsent(request.user, request.today).count(),
        "more": {"returned": len(returned) > MOST, "unsent": len(unsent) > MOST},
        "may_sign": request.user.may("sign_letter", on=request.today),
        "only_some": prepared.only_some(request.user.home_centre, request.today),
        "tabs": tabs(request),
    }
    return render(request, "notices/to_sign.html", context)


@require_GET
@needs(*READERS)
def letter(request, pk):
    return _page(request, letter_or_404(request, pk))


@require_GET
@needs(*READERS)
def letter_pdf(request, pk):
    """The draft as the facts say it now, or the issued file."""
    row = letter_or_404(request, pk)
    if row.document_id:
        return redirect("documents:download", row.document_id)
    if row.status == Letter.Status.VOID:
        raise Http404
    return printed(
        request,
        row.kind,
        lambda: documents.context(row, request.today),
        back=reverse("notices:letter", args=[pk]),
        name=f"projekt-{slug(row.get_kind_display())}-{row.pk}.pdf",
        people=_people(row),
    )


@require_POST
@needs("prepare_letter")
def save_text(request, pk):
    """The text alone, or the text and back to the one who signs."""
    row = letter_or_404(request, pk)
    form, user, today = _text_form(row, request.POST), request.user, request.today

    def act():
        acts.save_text(row, text=form.cleaned_data["text"], by=user, on=today)
        if "hand_in" in request.POST:
            acts.hand_in(row, by=user, on=today)

    if carry_out(form, act, by=user):
        messages.success(request, said(form, "Pismo czeka na podpis." if "hand_in" in request.POST else "Zapisano."))
        return redirect("notices:letter", pk)
    return _page(request, letter_or_404(request, pk), form, status=422)


@require_POST
@needs("sign_letter")
def sign(request, pk):
    """With what stands in the box beside it, where there is one."""
    row, written = letter_or_404(request, pk), "text" in request.POST
    form = _text_form(row, request.POST) if written else OnceForm({"token": new_token()})

    def act():
        text, marked = form.cleaned_data.get("text"), request.POST.get("seen", "")
        acts.sign(row, marked=marked, text=text, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        number = letter_or_404(request, pk).document
        messages.success(request, said(form, f"Pismo jest podpisane, numer {number}. Teraz trzeba je wysłać."))
    elif written:
        return _page(request, letter_or_404(request, pk), form, status=422)
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("notices:letter", pk)


@require_http_methods(["GET", "POST"])
@needs("sign_letter")
def send_back(request, pk):
    page = {
        "title": "Zwrot do poprawy",
        "question": "Co poprawić w tym piśmie?",
        "consequences": [
            "Pismo wraca do pracownika socjalnego z Twoją uwagą.",
            "Po poprawieniu znowu czeka na podpis.",
        ],
        "submit": "Zwróć do poprawy",
        "danger": False,
        "done": "Pismo wróciło do poprawy.",
    }
    return _deed(request, letter_or_404(request, pk), RemarkForm(request.POST or None), acts.return_letter, page)


@require_http_methods(["GET", "POST"])
@needs("sign_letter")
def void(request, pk):
    row = letter_or_404(request, pk)
    several = len(row.people.all()) > 1
    form = PeopleForm(request.POST or None, rows=row.people.all()) if several else VoidForm(request.POST or None)
    again = "Program nie przygotuje go drugi raz"
    page = {
        "title": "Pismo niepotrzebne",
        "question": f"Uznać za niepotrzebne: {row.get_kind_display()}?",
        "consequences": [
            "O zaznaczonych osobach pismo nie zostanie wysłane." if several else "Pismo nie zostanie wysłane.",
            f"{again} dla żadnej z nich." if several else f"{again}.",
        ],
        "submit": "Uznaj pismo za niepotrzebne",
        "danger": True,
        "done": "Pismo jest uznane za niepotrzebne.",
    }
    return _deed(request, row, form, acts.void, page)


@require_http_methods(["GET", "POST"])
@needs("sign_letter")
def withhold(request, pk):
    row = letter_or_404(request, pk)
    page = {
        "title": "Pismo nie będzie wysłane",
        "question": f"Nie wysyłać: {row.get_kind_display()}?",
        "consequences": [
            "Pismo z numerem zostaje w rejestrze jako niewysłane.",
            "Jego termin przestaje biec.",
            "Program nie przygotuje go drugi raz.",
        ],
        "submit": "Nie wysyłaj pisma",
        "danger": True,
        "done": "Pismo nie będzie wysłane.",
    }
    return _deed(request, row, WithholdForm(request.POST or None), acts.withhold, page)


def _deed(request, row: Letter, form: OnceForm, act: Callable[..., object], page: dict):
    def deed():
        act(row, **form.given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, deed, by=request.user):
        messages.success(request, said(form, page["done"]))
        return redirect("notices:letter", row.pk)
    record_readings(row.centre, _people(row), "letter", by=request.user)
    context = {"letter": row, "form": form, "facts": letter_facts(row), "page": page}
    return render(request, "notices/deed.html", context, status=422 if form.errors else 200)


def _people(row: Letter) -> list[int]:
    return sorted({person.programme.participant_id for person in row.people.all()} | {row.participant_id} - {None})


def _text_form(row: Letter, data=None) -> TextForm:
    return TextForm(data, letter=row, text=documents.text_of(row))


def _page(request, row: Letter, form: TextForm | None = None, status: int = 200):
    user, today = request.user, request.today
    record_readings(row.centre, _people(row), "letter", by=user)
    open_, prepares = row.status in {Letter.Status.DRAFT, Letter.Status.RETURNED}, user.may("prepare_letter", on=today)
    sent = list(row.document.dispatches.all()) if row.document else []
    is_withheld = hasattr(row, "withholding")
    is_owed = row.status == Letter.Status.SIGNED and not is_withheld and all(went.is_copy for went in sent)
    context = {
        "letter": row,
        "is_open": open_,
        "state": standing.state(row, sent),
        "term": None if sent or not open_ else standing.term(row.due_on, today),
        "facts": letter_facts(row),
        "form": form or (_text_form(row) if open_ and prepares else None),
        "may_sign": row.status == Letter.Status.DRAFT and user.may("sign_letter", on=today),
        "may_void": open_ and user.may("sign_letter", on=today),
        "may_hand_in": row.status == Letter.Status.RETURNED and prepares,
        "may_send": row.status == Letter.Status.SIGNED and not is_withheld and user.may("send_letter", on=today),
        "may_withhold": is_owed and user.may("sign_letter", on=today),
        "idle": required.idle(row, today) if is_owed else "",
        "seen": seen.mark(row),
        "words": _words(row, today) if open_ else "",
    }
    return render(request, "notices/letter.html", context, status=status)


def _words(row: Letter, on) -> str:
    """What the letter would say; "" where it cannot be laid out, which the draft and the signature say in words."""
    try:
        return words(kind=row.kind, centre=row.centre, context=documents.context(row, on), on=on)
    except Refused:
        return ""
