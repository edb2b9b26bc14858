"""The words of the law behind the codes of an application, as they were on its day."""

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
