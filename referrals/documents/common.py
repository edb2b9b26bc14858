"""What several papers say alike."""

from datetime import date
from typing import Any

from django.db.models import Q

from cistor.centres.models import Centre, DeadlineLength, FileItemKind, Regulations, StatutoryWording
from participants.documents.common import person_facts as person_facts
from referrals.models import Application, Candidacy, Project

# Papers that the personal file keeps under another name.
FILE_CODES = {"interview": "questionnaire", "opinion": "office_opinion"}


def house_facts(centre: Centre, on: date) -> dict[str, Any]:
    """What the centre's own rules give its papers: the regulations of the day, its head's title, its project's name."""
    regulations = Regulations.objects.version(centre, on)
    return {
        "head": regulations.head_title if regulations else "kierownik",
        "regulations": {"title": regulations.title, "since": regulations.in_force_from} if regulations else None,
        "project": project_name(centre, on),
    }


def project_name(centre: Centre, on: date) -> str:
    running = Project.objects.filter(Q(end_on__gte=on) | Q(end_on=None), centre=centre, start_on__lte=on)
    return running.values_list("name", flat=True).first() or ""


def file_items(centre: Centre, on: date) -> dict[str, FileItemKind]:
    """Kind of paper → what the regulations of the day say of it, for those that they name."""
    regulations = Regulations.objects.version(centre, on)
    items = {item.code: item for item in regulations.fileitemkinds.all()} if regulations else {}
    return {**items, **{kind: items[code] for kind, code in FILE_CODES.items() if code in items}}


def own_basis(kind: str, centre: Centre, on: date) -> str:
    """Where the centre's regulations ask for the paper: for the foot of the page, after the statute."""
    item = file_items(centre, on).get(kind)
    return f"{item.regulations.title}, {item.source}" if item and item.source else ""


def categories(application: Application | None, on: date) -> list[dict[str, Any]]:
    """The groups of art. 1 ust. 2 in the words of the day of the application, those it names ticked."""
    named = [application.category, *application.further_categories] if application else []
    day = (application.applied_on if application else None) or on
    words = StatutoryWording.objects.in_force("category", day)
    return [{"label": text, "ticked": code in named} for code, text in words.items()]


def candidacy(application: Application | None) -> Candidacy | None:
    """Where the application stands in the recruitment, or stood last."""
    if application is None:
        return None
    rows = application.candidacies.filter(left_on=None).select_related("interview_by", "round__project")
    return rows.order_by("-entered_on", "-id").first()


def term_days(code: str, centre: Centre, on: date) -> int | None:
    """The length of a term by the regulations of the day or, failing these, by the centre itself."""
    own = Q(regulations=Regulations.objects.version(centre, on)) | Q(regulations=None, agreement=None)
    rows = DeadlineLength.objects.filter(own, centre=centre, code=code)
    return rows.order_by("regulations").values_list("length", flat=True).first()
