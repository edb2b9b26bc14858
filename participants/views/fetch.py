"""What the pages about one programme ask for alike."""

from django.shortcuts import get_object_or_404

from cistor.dates import span_text
from participants.models import Programme


def programme_of(request, pk, right: str) -> Programme:
    """As far as the right reaches today; else 404."""
    rows = Programme.objects.visible_to(request.user, on=request.today, right=right)
    return get_object_or_404(rows.select_related("participant__centre").prefetch_related("stages"), pk=pk)


def facts_of(programme: Programme) -> list[tuple[str, str]]:
    """Whose it is, when it was signed and what is planned."""
    stages = programme.stages.all()
    return [
        ("Osoba", str(programme.participant)),
        ("IPZS podpisano", f"{programme.signed_on:%d.%m.%Y}"),
        *((stage.get_kind_display().capitalize(), span_text(stage.start_on, stage.end_on)) for stage in stages),
    ]
