"""Whom an issued paper is for, as the paper itself says; a sending never changes it."""

from collections.abc import Iterable

from benefits.models import Refund
from cistor.centres.models import Office
from cistor.documents.models import Document
from cistor.notices.models import Letter
from participants.models import Participant
from referrals.models import OfficeReminder

# Its delivery is told where it was proposed: the term of the complaint runs from it.
DELIVERED = "termination_decision"
# About a participant, to somebody else who is no office of ours: the address stands on the paper alone.
TO_OTHERS = frozenset({"bailiff_answer"})


def offices_of(rows: Iterable[Document]) -> dict[int, Office]:
    """Of papers that are no letters those for an office, in two queries: document → office."""
    papers = [row.pk for row in rows]
    kinds = (OfficeReminder, Refund)
    found = [row for kind in kinds for row in kind.objects.filter(document__in=papers).select_related("office")]
    return {row.document_id: row.office for row in found}


def office_of(document: Document, letter: Letter | None) -> Office | None:
    """None: the paper is for the participant."""
    return letter.office if letter else offices_of([document]).get(document.pk)


def addressee(row: Document, offices: dict[int, Office]) -> Office | Participant | str:
    """`row` as `register.in_full` reads it, `offices` of `offices_of`. Of a paper to neither an office nor the person
    the first line of its address."""
    letter = getattr(row, "letter", None)
    if letter:
        return letter.office or letter.participant or ""
    if row.kind not in TO_OTHERS and (whom := offices.get(row.pk) or row.participant):
        return whom
    lines = (row.context or {}).get("addressee") or []
    return next((line for line in lines if isinstance(line, str)), "")


def without_office(document: Document) -> str:
    """Who a paper went to that went to no office: "uczestnik", or the one whose address stands on it."""
    return str(addressee(document, {})) if document.kind in TO_OTHERS else "uczestnik"
