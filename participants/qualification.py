"""Whether the office has qualified somebody for the main period, where the centre asks it at all (S0 II.3)."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

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
    known = list(welfare_offices(programme.participant.centre_id)[:2])
    return known[0] if len(known) == 1 else None


def welfare_offices(centre: int) -> QuerySet[Office]:
    return Office.objects.filter(centre=centre, kind__in=WELFARE)


def lacks_office(programme: Programme) -> bool:
    """Nobody has said which of several offices qualifies somebody, and one of them at least would be asked."""
    trial = programme.stage(Stage.Kind.TRIAL)
    if programme.office_id or trial is None:
        return False
    centre, asked_on = programme.participant.centre_id, trial.end_on - LAST_WEEK
    offices = list(welfare_offices(centre))
    book = TermBook([centre], [REQUEST])
    return len(offices) > 1 and any(book.length(REQUEST, centre=centre, office=row.pk, on=asked_on) for row in offices)


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
    """The main period was begun for a reason before the office had answered; its payment waits for the answer.

    Either answer lifts it, and no end does: a positive one makes the period final, a negative one ends it (or finds it
    ended), and what was taken part in until then is paid.
    """
    main = programme.stage(Stage.Kind.MAIN)
    return bool(main and main.provisional_reason) and reply(programme) is None


def provisional_stages(centre: int) -> QuerySet[Stage]:
    """The main periods of the centre of which the same holds, in one query."""
    rows = Stage.objects.filter(kind=Stage.Kind.MAIN, programme__participant__centre=centre)
    return rows.exclude(provisional_reason="").filter(unanswered("programme"))


def may_take_back(programme: Programme, on: date) -> bool:
    """Until the last day of an end that followed from a negative answer has passed, a positive one undoes it."""
    by_office = programme.end_kind == Programme.EndKind.NOT_QUALIFIED
    return bool(by_office and programme.ended_on and programme.ended_on >= on)


def unanswered(programme: str) -> Exists:
    """Rows whose `programme` no office has answered about."""
    return ~Exists(QualificationReply.objects.filter(programme=OuterRef(programme)))


def provisionally_begun(programme: str) -> Exists:
    """Rows of whose `programme` the main period was begun before the office had answered."""
    main = Stage.objects.filter(programme=OuterRef(programme), kind=Stage.Kind.MAIN)
    return Exists(main.exclude(provisional_reason=""))
