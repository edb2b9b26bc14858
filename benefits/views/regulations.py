from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from benefits.actions import regulations as actions
from benefits.views.fetch import status_of
from cistor.accounts.access import needs
from cistor.centres import statute
from cistor.centres.models import Regulations
from cistor.centres.versions import compare, last_day, previous
from cistor.centres.views.fetch import draft_or_404
from cistor.dates import day_text
from cistor.journal.once import OnceForm, carry_out, said

CONSEQUENCES = [
    "Od tego dnia świadczenia, obecność i terminy idą według tej wersji.",
    "Projekty list za te dni trzeba policzyć ponownie.",
    "Dopóki wersja nie obowiązuje, przyjęcie można cofnąć; po pierwszej wypłacie nie zmieni się już nigdy.",
]


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def adopt(request, pk):
    """The decision, with what changes against the version before and where the law gives something else."""
    draft = draft_or_404(request, pk)
    form = OnceForm(request.POST or None)

    def act():
        actions.adopt(draft, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, f"Regulamin obowiązuje od {day_text(draft.in_force_from)}."))
        return redirect("centres:regulations", pk)
    return render(request, "benefits/adopt_regulations.html", _context(request, draft, form), status=status_of(form))


def _context(request, draft: Regulations, form: OnceForm) -> dict:
    versions = list(Regulations.objects.visible_to(request.user, on=request.today))
    before, paid = previous(draft, versions), actions.paid_until(draft.centre)
    sections = [section.differing() for section in compare(before, draft)] if before else []
    return {
        "draft": draft,
        "form": form,
        "before": before,
        "sections": sections,
        "departures": statute.departures(draft, draft.in_force_from, last_day(draft, versions)),
        "facts": [
            ("Nazwa", draft.title),
            ("Obowiązuje od", day_text(draft.in_force_from)),
            ("Poprzednia wersja", before.title if before else "nie ma"),
            ("Świadczenia rozliczone do", day_text(paid) if paid else "jeszcze żadnego"),
            ("Różnice", sum(row.differs for section in sections for row in section.rows)),
        ],
        "question": f"Przyjąć regulamin od {day_text(draft.in_force_from)}?",
        "consequences": CONSEQUENCES,
        "obstacle": actions.obstacle(draft),
    }
