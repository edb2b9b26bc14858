"""Scoring on a tablet: each recruiter alone."""

from django.contrib import messages
from django.shortcuts import redirect

from cistor.accounts.access import needs
from cistor.journal.once import OnceForm
from referrals import actions
from referrals.actions.scores import NO_SCORES
from referrals.forms.rounds import ScoreForm
from referrals.models import Candidacy, Round, Score
from referrals.ranking import lines, need_rules
from referrals.scoring import CRITERIA, points_text
from referrals.views.candidates import HIDDEN, candidate, page, reached

GIVEN = (*CRITERIA, "note")


@needs("score")
def score(request, pk):
    """The own score, the first or another; nothing of anybody else's."""
    row = candidate(request, pk)
    if row.round.method != Round.Method.SCORES:
        messages.error(request, NO_SCORES)
        return redirect("referrals:candidate", pk)
    own = Score.objects.filter(candidacy=row, recruiter=request.user).first()
    initial = {name: getattr(own, name) for name in GIVEN} if own else None
    form = ScoreForm(request.POST or None, initial=initial, scale=row.round.regulations.score_scale or 1)

    def act():
        given = {name: form.cleaned_data[name] for name in GIVEN}
        actions.score(row, **given, by=request.user, on=request.today)

    if reached(request, row, form, act, done="Twoja ocena jest zapisana."):
        return redirect("referrals:candidate", pk)
    scale = row.round.regulations.score_scale
    return page(request, "referrals/score.html", row, form, own=own, scale=scale)


@needs("prepare_programme")
def close_scoring(request, pk):
    """Who has scored is said; what, only afterwards. Points are said, each with its reason."""
    row, form = candidate(request, pk), OnceForm(request.POST or None)

    def act():
        actions.close_scoring(row, by=request.user, on=request.today)

    by_scores = row.round.method == Round.Method.SCORES
    if reached(request, row, form, act, done="Oceny są zamknięte." if by_scores else "Punkty są zamknięte."):
        return redirect("referrals:candidate", pk)
    closed = {"recruiters": _recruiters(row)} if by_scores else _points(row)
    return page(request, "referrals/score_close.html", row, form, by_scores=by_scores, **closed)


def _points(row: Candidacy) -> dict[str, object]:
    """As they would be closed now; what the regulations ask for and nobody has entered is in `missing`."""
    told, rules = lines(row), need_rules(row.round.regulations)
    asked = (
        ("dochodu na osobę w rodzinie", rules.threshold, row.income_per_head),
        ("czasu bez pracy", rules.months, row.jobless_since),
    )
    return {
        "lines": [(points_text(line.points), line.sentence, line.source) for line in told],
        "total": points_text(sum(line.points for line in told)),
        "missing": [name for name, rule, fact in asked if rule is not None and fact is None],
    }


def _recruiters(row: Candidacy) -> list:
    return [score.recruiter for score in row.scores.select_related("recruiter").defer(*HIDDEN)]
