"""Whether the office has qualified somebody for the main period, where the centre asks it at all (S0 II.3)."""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cistor.centres.models import DeadlineLength, Office
from cistor.centres.terms import TermBook
from participants.models import Programme, QualificationReply, Stage
from participants.models.programme import LAST_WEEK

REQUEST = DeadlineLength.Code.QUALIFICATION_REQUEST
WELFARE = (Office.Kind.WELFARE, Office.Kind.CUS)


def office_of(programme: Programme) -> Office | None:
    """The office that is told and asked: the programme's own, else the only one of its kind that the centre knows."""
    if programme.office_id:
        return programme.office
    known = list(Office.objects.filter(centre=programme.participant.centre_id, kind__in=WELFARE)[:2])
    return known[0] if len(known) == 1 else None


def is_asked_for(programme: Programme, on: date) -> bool:
    """Whether an agreement or the regulations of the day let the office qualify; elsewhere the centre's head does."""
    centre, office = programme.participant.centre_id, office_of(programme)
    book = TermBook([centre], [REQUEST])
    return book.length(REQUEST, centre=centre, office=office.pk if office else None, on=on) is not None


def is_awaited(programme: Programme) -> bool:
    """Whether the main period of this programme waits for the office: by what holds when it is to be asked."""
    trial = programme.stage(Stage.Kind.TRIAL)
    return trial is not None and is_asked_for(programme, trial.end_on - LAST_WEEK)


def reply(programme: Programme) -> QualificationReply | None:
    """The newest answer."""
    return next(iter(programme.qualification_replies.all()), None)


def is_provisional(programme: Programme) -> bool:
    """The main period was begun for a reason, before a positive answer; the first payment of it waits.

    Not once the programme is over: a negative answer has ended it, and what was taken part in until then is paid.
    """
    main = programme.stage(Stage.Kind.MAIN)
    if main is None or not main.provisional_reason or programme.ended_on:
        return False
    answer = reply(programme)
    return not (answer and answer.is_qualified)


def provisional_stages(centre: int) -> QuerySet[Stage]:
    """The main periods of the centre of which the same holds, in one query."""
    answers = QualificationReply.objects.filter(programme=OuterRef("programme")).values("is_qualified")
    rows = Stage.objects.filter(kind=Stage.Kind.MAIN, programme__participant__centre=centre, programme__ended_on=None)
    rows = rows.exclude(provisional_reason="").annotate(answer=Subquery(answers[:1]))
    return rows.filter(Q(answer=False) | Q(answer=None))
