"""The words of the law behind the codes of an application, as they were on its day."""

from datetime import date

from cistor.centres.models import StatutoryWording
from referrals.models import Application, ExclusionStatement

KIND = StatutoryWording.Kind


def category_texts(application: Application) -> list[str]:
    """Art. 1 ust. 2: the main category first; empty while none was chosen."""
    codes = [application.category, *application.further_categories] if application.category else []
    return _texts(KIND.CATEGORY, codes, application.applied_on or application.begun_on)


def exclusion_texts(statement: ExclusionStatement) -> list[str]:
    """Art. 1 ust. 3: the rights the person declared to have; empty: none."""
    return _texts(KIND.EXCLUSION, statement.rights, statement.declared_on)


def _texts(kind: str, codes, on) -> list[str]:
    """A code that the law of the day does not know stands for itself."""
    words = StatutoryWording.objects.in_force(kind, on) if codes else {}
    return [words.get(code, code) for code in codes]


def statements(application: Application) -> list[tuple[ExclusionStatement, list[str]]]:
    """Every statement of the application with its words, the newest first; two queries."""
    words = list(StatutoryWording.objects.filter(kind=KIND.EXCLUSION).order_by("in_force_from", "pk"))
    rows = application.exclusion_statements.select_related("recorded_by")
    return [(row, [_text(words, code, row.declared_on) for code in row.rights]) for row in rows]


def _text(words: list[StatutoryWording], code: str, on: date) -> str:
    known = [word.text for word in words if word.code == code and word.in_force_from <= on]
    return known[-1] if known else code
