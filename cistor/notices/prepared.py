"""Which kinds of letters a centre has: a letter is prepared where somebody has set its term (S0 part II)."""

from datetime import date

from cistor.centres.models import Centre
from cistor.centres.terms import TermBook
from cistor.dates import joined
from cistor.notices.models import Letter

Kind = Letter.Kind
# In the accusative: what one prepares.
WHAT = {
    Kind.ADMISSION_LIST: "listę osób przyjętych",
    Kind.INSURANCE_TOLD: "informację o ubezpieczeniu zdrowotnym",
    Kind.QUALIFICATION_REQUEST: "wniosek o kwalifikację",
    Kind.NOT_QUALIFIED: "informację o braku kwalifikacji",
    Kind.EARLY_END: "informację o rozwiązaniu IPZS",
}


def only_some(centre: Centre, on: date) -> str:
    """A sentence that names the kinds of letters that are prepared, and why no others; "" where all of them are."""
    book, offices = TermBook([centre.pk], Kind.values), [None, *centre.offices.values_list("pk", flat=True)]
    told = [kind for kind in Kind if _is_prepared(kind, book, centre, offices, on)]
    if len(told) == len(Kind):
        return ""
    agreed = any(row.start_on <= on and (not row.end_on or on <= row.end_on) for row in book.agreements)
    why = "Porozumienie z urzędem nie mówi o innych pismach" if agreed else "Porozumienia z urzędem nie ma"
    return f"{why}, dlatego przygotowuje się tylko {joined([WHAT[kind] for kind in told])}."


def _is_prepared(kind: Kind, book: TermBook, centre: Centre, offices: list[int | None], on: date) -> bool:
    """The information about the insurance is asked for by law everywhere."""
    return kind == Kind.INSURANCE_TOLD or any(
        book.length(kind, centre=centre.pk, office=office, on=on) for office in offices
    )
