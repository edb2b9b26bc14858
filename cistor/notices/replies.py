"""The answer of an office about somebody's qualification: to which request, and by when it is owed (S0 II.3)."""

from datetime import date

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from cistor.accounts.models import User
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import Term, TermBook
from cistor.notices.models import Dispatch, Letter, LetterPerson
from participants import qualification
from participants.models import Programme, Stage

REPLY = DeadlineLength.Code.QUALIFICATION_REPLY


def requests() -> QuerySet[Letter]:
    """Those that reached their office; a copy is no request."""
    sent = Dispatch.objects.filter(document=OuterRef("document"), office=OuterRef("office"), is_copy=False)
    return Letter.objects.filter(Exists(sent), kind=Letter.Kind.QUALIFICATION_REQUEST)


def request_of(programme: Programme) -> Letter | None:
    """The newest one that was sent about the programme."""
    rows = requests().filter(people__programme=programme).select_related("document", "office")
    return rows.order_by("-signed_on", "-pk").first()


def sent_on(letter: Letter) -> date | None:
    if letter.document is None:
        return None
    return letter.document.dispatches.filter(is_copy=False).values_list("sent_on", flat=True).first()


def first_asked_on(programme: Programme) -> date | None:
    """When the first request about the programme was sent: nobody answers before."""
    asked = requests().filter(people__programme=programme).values("document")
    return Dispatch.objects.filter(document__in=asked, is_copy=False).aggregate(first=Min("sent_on"))["first"]


def reply_term(programme: Programme) -> Term:
    """The day by which the answer is owed, and whose term that is: it counts from the trial's last day, and what the
    agreement says on the day the request was sent holds. (None, "") where none was sent or nobody set a term."""
    letter, trial = request_of(programme), programme.stage(Stage.Kind.TRIAL)
    day = sent_on(letter) if letter else None
    if letter is None or trial is None or day is None:
        return None, ""
    book = TermBook([letter.centre_id], [REPLY])
    return book.term(REPLY, trial.end_on, centre=letter.centre_id, office=letter.office_id, on=day)


def asked_of(user: User) -> QuerySet[Programme]:
    """The programmes about which the user's own office was asked, whether it has answered or not."""
    asked = LetterPerson.objects.filter(letter__in=requests(), office=user.office_id)
    rows = Programme.objects.filter(pk__in=asked.values("programme")) if user.office_id else Programme.objects.none()
    return rows.select_related("participant__centre").prefetch_related("stages")


def unanswered(user: User) -> QuerySet[Programme]:
    """Of these the ones without any answer that go on, or whose payment waits for it."""
    awaited = Q(ended_on=None) | Q(qualification.provisionally_begun("pk"))
    return asked_of(user).filter(awaited, qualification.unanswered("pk"))
