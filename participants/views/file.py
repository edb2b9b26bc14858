"""The personal file: the tab on the card, a paper that comes in, a paper that goes out."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cistor.accounts.access import needs
from cistor.centres.models import FileItemKind
from cistor.dates import day_text
from cistor.documents.actions import keep_upload
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm, carry_out, said
from participants import actions, personal_file
from participants.forms import PaperForm
from participants.models import FilePaper, Participant
from participants.views import card


@needs("see_file")
def file(request, pk):
    participant = card.of_card(request, pk, "see_file")
    record_reading(participant, "personal_file", by=request.user)
    items = personal_file.checklist(participant, request.today)
    context = card.page(request, participant, "participants:file")
    context |= {"items": items, "count": personal_file.Count.of(items), **_aside(participant, items)}
    context["is_paid_somewhere"] = participant.payment_methods.exists()
    return render(request, "participants/file.html", context)


def _aside(participant: Participant, items) -> dict[str, list[tuple[str, FilePaper]]]:
    """Pairs (name, paper) of what the list does not show: of kinds it has no more, and what was removed."""
    shown = {paper.pk for item in items for paper in item.papers}
    papers = [row for row in participant.file_papers.select_related("upload", "removed_by") if row.pk not in shown]
    kinds = FileItemKind.objects.filter(regulations__centre=participant.centre_id).order_by("regulations", "position")
    names = dict(kinds.values_list("code", "name")) if papers else {}
    named = [(names.get(paper.code, paper.code), paper) for paper in papers]
    return {
        "others": [(name, paper) for name, paper in named if not paper.removed_on],
        "removed": [(name, paper) for name, paper in named if paper.removed_on],
    }


@needs("see_file")
def add_paper(request, pk):
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_file")
    participant = get_object_or_404(people.select_related("centre"), pk=pk)
    kinds = personal_file.asked_for(participant.centre, request.today)
    initial = {"code": request.GET.get("rodzaj"), "received_on": request.today}
    form = PaperForm(request.POST or None, request.FILES or None, initial=initial, kinds=kinds)

    def act():
        given = {name: form.cleaned_data[name] for name in ("code", "received_on", "valid_until", "place", "note")}
        upload = _kept(request, participant, form.cleaned_data["file"])
        actions.add_paper(participant, **given, upload=upload, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Dokument jest w teczce."))
        return redirect("participants:file", pk)
    context = {"form": form, "participant": participant}
    return render(request, "participants/file_add.html", context, status=422 if form.errors else 200)


def _kept(request, participant, brought):
    """The file that came with the form, if one did."""
    if not brought:
        return None
    given = {"kind": "file_paper", "name": brought.name, "data": brought.read()}
    return keep_upload(centre=participant.centre, participant=participant, **given, by=request.user, on=request.today)


@needs("see_file")
def remove_paper(request, pk):
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_file")
    papers = FilePaper.objects.filter(participant__in=people).select_related("participant__centre")
    paper = get_object_or_404(papers, pk=pk)
    form = OnceForm(request.POST or None)

    def act():
        actions.remove_paper(paper, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Dokument jest usunięty z teczki."))
        return redirect("participants:file", paper.participant_id)
    context = {"form": form, "participant": paper.participant, "facts": _facts(paper), "consequences": REMOVED}
    return render(request, "participants/file_remove.html", context, status=422 if form.errors else 200)


REMOVED = [
    "Dokument przestaje się liczyć: teczka może być znowu niepełna.",
    "Wpis i plik zostają w historii, ze wskazaniem, kto i kiedy je usunął.",
]


def _facts(paper: FilePaper) -> list[tuple[str, object]]:
    kinds = FileItemKind.objects.filter(regulations__centre=paper.participant.centre_id, code=paper.code)
    name = kinds.order_by("regulations").values_list("name", flat=True).last()
    return [
        ("Osoba", paper.participant),
        ("Dokument", name or paper.code),
        ("Otrzymano", day_text(paper.received_on)),
        ("Ważny do", paper.valid_until and day_text(paper.valid_until)),
        ("Gdzie leży", paper.place),
    ]
