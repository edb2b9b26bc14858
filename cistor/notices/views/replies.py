"""The office's answer about the qualification: copied from a letter by the centre, or given on screen by its head."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from cistor.notices import documents, replies
from cistor.notices.actions.incoming import register_letter
from cistor.notices.forms.incoming import QualifyForm, ReplyFromPaperForm
from cistor.notices.models import IncomingLetter
from cistor.notices.views.asking import asked_again, goes_back
from cistor.notices.views.incoming import ANSWERING, kept_scan
from participants import qualification
from participants.actions.trial import record_reply as record_answer
from participants.models import Programme, QualificationReply, Stage

FROM_PAPER = [
    "Odpowiedź trafia do rejestru pism przychodzących z własnym numerem.",
    "Odmowa kończy program; zanim się zapisze, następna strona pokaże, z jakim dniem.",
    "Zapisanej odpowiedzi nie da się zmienić. Liczy się najnowsza.",
]
ON_SCREEN = [
    "Centrum zobaczy odpowiedź od razu; innego pisma nie trzeba.",
    "Bez kwalifikacji program się kończy; zanim się zapisze, następna strona pokaże, z jakim dniem.",
]


@require_http_methods(["GET", "POST"])
@needs(ANSWERING)
def record_reply(request, pk):
    """From a letter, an e-mail or a fax."""
    user, today, programme = request.user, request.today, _of_centre(request, pk)
    form = ReplyFromPaperForm(request.POST or None, request.FILES or None, initial={"received_on": today})

    def act():
        person = programme.participant
        register_letter(
            centre=person.centre,
            kind=IncomingLetter.Kind.QUALIFICATION,
            received_on=form.cleaned_data["received_on"],
            way=form.cleaned_data["way"],
            office=qualification.office_of(programme),
            sender="" if qualification.office_of(programme) else "ośrodek",
            participant=person,
            scan=kept_scan(request, person, form.cleaned_data["scan"]),
            answer=form.answered,
            by=user,
            on=today,
        )

    if asked := asked_again(request, form, lambda: programme):
        return asked
    if request.method == "POST" and not goes_back(request) and carry_out(form, act, by=user):
        messages.success(request, said(form, "Odpowiedź jest zapisana."))
        return redirect("participants:programme", programme.participant_id)
    record_reading(programme.participant, "programme", by=user)
    context = {
        "form": form,
        "facts": _facts(programme),
        "consequences": FROM_PAPER,
        "back": reverse("participants:programme", args=[programme.participant_id]),
    }
    return render(request, "notices/record_reply.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs("give_consent", office=True)
def qualify(request, pk):
    """Of the office that was asked alone, and of it the head."""
    user, today = request.user, request.today
    programme = get_object_or_404(replies.asked_of(user), pk=pk)
    form = QualifyForm(request.POST or None)

    def act():
        due_on, due_source = replies.reply_term(programme)
        record_answer(
            programme,
            is_qualified=form.cleaned_data["answer"],
            received_on=today,
            way=QualificationReply.Way.SCREEN,
            note=form.cleaned_data["note"],
            due_on=due_on,
            due_source=due_source,
            by=user,
            on=today,
        )

    if asked := asked_again(request, form, lambda: programme):
        return asked
    if request.method == "POST" and not goes_back(request) and carry_out(form, act, by=user):
        messages.success(request, said(form, "Odpowiedź jest zapisana."))
        return redirect("notices:qualify", pk)
    record_reading(programme.participant, "qualification", by=user)
    context = {
        "form": form,
        "facts": _facts(programme),
        "consequences": ON_SCREEN,
        "possible": _is_awaited(programme, today),
    }
    return render(request, "notices/qualify.html", context, status=422 if form.errors else 200)


def _is_awaited(programme: Programme, today: date) -> bool:
    """Nobody has answered and the answer still does something, or a refusal may be taken back."""
    if qualification.may_take_back(programme, today) or qualification.is_provisional(programme):
        return True
    return programme.ended_on is None and qualification.reply(programme) is None


def _of_centre(request, pk) -> Programme:
    """Of a centre that asks an office about it, or begun before the office had answered; whether the answer still
    does anything, its act says."""
    rows = Programme.objects.visible_to(request.user, on=request.today, right=ANSWERING)
    rows = rows.select_related("participant__centre", "office").prefetch_related("stages")
    programme = get_object_or_404(rows, pk=pk)
    if not qualification.is_provisional(programme) and not qualification.is_awaited(programme):
        raise Http404
    return programme


def _facts(programme: Programme) -> list[tuple[str, object]]:
    """What was asked, about whom and until when; the answer there is."""
    return [
        ("Osoba", programme.participant),
        ("Okres próbny", _period(programme)),
        *_request_facts(programme),
        *_reply_facts(programme),
    ]


def _period(programme: Programme) -> str:
    trial = programme.stage(Stage.Kind.TRIAL)
    return f"{day_text(trial.start_on)} – {day_text(trial.end_on)}" if trial else ""


def _request_facts(programme: Programme) -> list[tuple[str, object]]:
    letter = replies.request_of(programme)
    if letter is None:
        return [("Wniosek o kwalifikację", "nie wysłano go jeszcze")]
    url = reverse("documents:download", args=[letter.document_id])
    due_on, source = replies.reply_term(programme)
    return [
        ("Urząd", letter.office),
        (
            "Wniosek",
            format_html('<a href="{}">{}</a>, wysłano {}', url, letter.document, day_text(replies.sent_on(letter))),
        ),
        ("Przebieg okresu próbnego", documents.text_of(letter)),
        *([("Termin odpowiedzi", f"{day_text(due_on)} ({source})")] if due_on else []),
    ]


def _reply_facts(programme: Programme) -> list[tuple[str, object]]:
    answer = qualification.reply(programme)
    if answer is None:
        return []
    word = "kwalifikuje" if answer.is_qualified else "nie kwalifikuje"
    said_so = f"{word}, {day_text(answer.received_on)}, {answer.get_way_display()}"
    return [("Odpowiedź", said_so), *([("Uzasadnienie", answer.note)] if answer.note else [])]
