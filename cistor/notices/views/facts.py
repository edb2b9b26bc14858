"""The facts of a letter as its pages show them."""

from django.urls import reverse
from django.utils.html import format_html_join

from cistor.dates import day_text
from cistor.notices import addressees, standing
from cistor.notices.models import Dispatch, Letter

Facts = list[tuple[str, object]]


def letter_facts(row: Letter) -> Facts:
    """`row` as the views fetch it, with its people."""
    return [
        ("Pismo", row.get_kind_display()),
        ("Adresat", standing.addressee(row)),
        ("Kogo dotyczy", _people(row)),
        ("Zdarzenie", day_text(row.starts_on)),
        *([("Termin", f"{day_text(row.due_on)} ({row.due_source})")] if row.due_on else []),
        ("Przygotowano", day_text(row.prepared_on)),
        *_returned(row),
        *_signed(row),
        *_withheld(row),
        *([("Dlaczego niepotrzebne", row.void_reason)] if row.void_reason else []),
        *(dispatch_facts(row.document.dispatches.select_related("office", "by")) if row.document else []),
    ]


def _people(row: Letter):
    people = [person.programme.participant for person in row.people.all()] or [row.participant]
    links = ((reverse("participants:card", args=[person.pk]), person) for person in people if person)
    return format_html_join(", ", '<a href="{}">{}</a>', links)


def _returned(row: Letter) -> Facts:
    if not row.remark:
        return []
    return [("Uwaga do poprawy", row.remark), ("Zwrócono", f"{day_text(row.returned_on)}, {row.returned_by}")]


def _signed(row: Letter) -> Facts:
    if row.status != Letter.Status.SIGNED:
        return []
    stands_in = f" w zastępstwie: {row.signed_for}" if row.signed_for else ""
    return [("Numer", row.document), ("Podpisano", f"{day_text(row.signed_on)}, {row.signed_by}{stands_in}")]


def _withheld(row: Letter) -> Facts:
    if not hasattr(row, "withholding"):
        return []
    said = row.withholding
    stands_in = f" w zastępstwie: {said.withheld_for}" if said.withheld_for else ""
    when = f"{day_text(said.withheld_on)}, {said.withheld_by}{stands_in}"
    return [("Niewysłane", said.reason), ("Postanowiono nie wysyłać", when)]


def dispatch_facts(rows) -> Facts:
    return [("Odpis wysłano" if row.is_copy else "Wysłano", _dispatch(row)) for row in rows]


def _dispatch(row: Dispatch) -> str:
    parts = [day_text(row.sent_on), row.get_way_display(), _whom(row), row.proof]
    return ", ".join(part for part in parts if part)


def _whom(row: Dispatch) -> str:
    if row.office is None and not row.is_copy:
        return addressees.without_office(row.document)
    return str(row.office or "uczestnik")
