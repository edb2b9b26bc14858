"""Codes that already stand on somebody's list: they are retired, never removed and never given another meaning."""

from collections.abc import Collection

from cistor.centres.models import Centre, Meaning

# Attendance lies above: its days are reached by the names of their relations.
DAYS = "participants__programmes__days"
# (meaning, letters) of a code.
Code = tuple[str, str]


def used(centre: Centre) -> set[Code]:
    """Those of all days that were ever marked in the centre and still stand."""
    rows = Centre.objects.filter(pk=centre.pk, **{f"{DAYS}__isnull": False}).order_by()
    return set(rows.values_list(f"{DAYS}__meaning", f"{DAYS}__code").distinct())


def fault(centre: Centre, codes: Collection[Code]) -> str:
    """Why a version of the centre cannot have these codes, "" when it can."""
    found = used(centre)
    gone = {meaning for meaning, _ in found} - {meaning for meaning, _ in codes}
    words = ", ".join(sorted(Meaning(meaning).label for meaning in gone))
    missing = f"Tak oznaczano już dni: {words}. Takie oznaczenie można wycofać, nie usunąć." if gone else ""
    return clash(found, codes) or missing


def clash(found: Collection[Code], codes: Collection[Code]) -> str:
    """Which letters stand on the days `found` for something else, "" when none do."""
    meant = {letters.casefold(): meaning for meaning, letters in found}
    for meaning, letters in codes:
        if (other := meant.get(letters.casefold(), meaning)) != meaning:
            return f"Literami {letters} oznaczano już co innego: {Meaning(other).label}. Wybierz inne."
    return ""
