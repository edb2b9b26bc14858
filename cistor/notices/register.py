"""The register of outgoing letters: every issued paper that leaves the centre, with whom it went to and how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from benefits.models import RefundStep
from cistor import sheets
from cistor.accounts.models import User
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document
from cistor.notices import addressees
from cistor.notices.models import Dispatch, Letter
from participants import pesel
from participants.models import Delivery, Participant

RIGHTS = ("prepare_letter", "send_letter", "sign_letter")
OTHERS = (
    "refusal_letter",
    "qualified_letter",
    "office_reminder",
    "extension_decision",
    "termination_decision",
    "certificate",
    "payments_certificate",
    "attendance_certificate",
    "bailiff_answer",
    "refund_application",
)
OUTGOING = frozenset({*Letter.Kind.values, *OTHERS})
SENT, UNSENT = "wyslane", "niewyslane"
DASH = "—"
# A decision is delivered, any other paper sent.
WAYS = {**dict(Delivery.Way.choices), **dict(Dispatch.Way.choices)}
# An older paper that nobody says was sent is no news.
RECENT = timedelta(days=60)


def titles() -> list[tuple[str, str]]:
    """Pairs (code, title) of the kinds there are, by title."""
    return sorted(((code, KINDS[code].title) for code in OUTGOING & KINDS.keys()), key=lambda pair: pair[1])


def of_user(user: User, on: date) -> QuerySet[Document]:
    """All of the centre; who sends only the own ones sees what they have issued. Annotates `sent_on` and `way`, of a
    decision those of its delivery, of an application for a refund the day on which its own room says it went."""
    rows = Document.objects.visible_to(user, on=on).filter(kind__in=OUTGOING)
    owners = own_only(user, on)
    rows = rows if owners is None else rows.filter(issued_by__in=owners)
    first = Dispatch.objects.filter(document=OuterRef("pk"), is_copy=False).order_by("sent_on", "pk")
    delivery = Delivery.objects.filter(termination__document=OuterRef("pk"))
    refund = RefundStep.objects.filter(refund__document=OuterRef("pk"), kind=RefundStep.Kind.SENT)
    return rows.annotate(
        sent_on=Coalesce(
            Subquery(first.values("sent_on")[:1]),
            Subquery(delivery.values("delivered_on")),
            Subquery(refund.values("on")),
        ),
        way=Coalesce(Subquery(first.values("way")[:1]), Subquery(delivery.values("way"))),
    )


def own_only(user: User, on: date) -> set[int] | None:
    """Whose letters the rights reach; None for all of the centre."""
    reached: set[int] = set()
    for right in RIGHTS:
        owners = user.owners(right, on=on)
        if owners is None:
            return None
        reached |= owners
    return reached


def narrowed(rows: QuerySet[Document], *, kind: str = "", state: str = "", year: int | None = None):
    if kind:
        rows = rows.filter(kind=kind)
    if year:
        rows = rows.filter(issued_on__year=year)
    if state:
        rows = rows.filter(sent_on__isnull=state == UNSENT)
    return rows


def others_unsent(user: User, on: date) -> QuerySet[Document]:
    """Papers of other rooms of late that nobody says were sent; those replaced by a newer one are not missed."""
    rows = of_user(user, on).filter(kind__in=OTHERS, issued_on__gt=on - RECENT, replaced_by__isnull=True)
    return narrowed(rows, state=UNSENT)


def found(rows: QuerySet[Document], text: str, *, centre: int) -> QuerySet[Document]:
    """By the number or its beginning, by the whole PESEL, or by names."""
    if not text:
        return rows
    number, everybody = pesel.tidy(text), Participant.objects.filter(centre=centre)
    sought = everybody.with_pesel(number) if number.isdecimal() else everybody.named(text)
    people = list(sought.values_list("pk", flat=True))
    return rows.filter(Q(number__istartswith=text.strip()) | Q(participant__in=people) | Q(people__overlap=people))


def in_full(rows: QuerySet[Document]) -> QuerySet[Document]:
    return rows.select_related(
        "participant", "letter__office", "letter__participant", "letter__withholding"
    ).prefetch_related("dispatches__office")


@dataclass(frozen=True)
class Entry:
    """A line of the register. `about`: the person, "3 osoby", or a dash."""

    document: Document
    about: str
    addressee: str

    @property
    def sent_on(self) -> date | None:
        return self.document.sent_on

    @property
    def way(self) -> str:
        return WAYS[self.document.way] if self.document.way else self.withheld

    @property
    def withheld(self) -> str:
        """Why a signed letter is not sent, after the word that says so."""
        row = getattr(getattr(self.document, "letter", None), "withholding", None)
        return f"niewysłane: {row.reason}" if row else ""


def entries(rows: Iterable[Document]) -> list[Entry]:
    """`rows` as `in_full` reads them."""
    found = list(rows)
    offices = addressees.offices_of(found)
    return [Entry(row, about(row), str(addressees.addressee(row, offices) or DASH)) for row in found]


def people_in(row: Document) -> set[int]:
    return {row.participant_id} if row.participant_id else set(row.people)


def about(row: Document) -> str:
    if row.participant:
        return str(row.participant)
    return f"osoby: {len(row.people)}" if row.people else DASH


COLUMNS = (
    sheets.Column("Numer"),
    sheets.Column("Data", "day"),
    sheets.Column("Pismo"),
    sheets.Column("Kogo dotyczy"),
    sheets.Column("Adresat"),
    sheets.Column("Wysłano", "day"),
    sheets.Column("Jak"),
)


def workbook(rows: Iterable[Entry]) -> bytes:
    lines = [
        (
            row.document.number,
            row.document.issued_on,
            row.document.title,
            row.about,
            row.addressee,
            row.sent_on,
            row.way,
        )
        for row in rows
    ]
    return sheets.workbook([sheets.Sheet("Pisma wychodzące", COLUMNS, lines)], title="Rejestr pism wychodzących")


def years(rows: QuerySet[Document]) -> list[int]:
    """The newest first."""
    return sorted(set(rows.order_by().values_list("issued_on__year", flat=True)), reverse=True)
