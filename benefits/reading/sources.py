"""What a line leans on, as people read it: the name of the regulations stands once, their paragraphs after it."""

from collections.abc import Iterable, Sequence
from datetime import date

from cistor.dates import day_text

# Title and first day of a version of the regulations.
Versions = Sequence[tuple[str, date]]


def short(source: str, versions: Versions) -> str:
    """For a page that names its only version elsewhere: "regulamin, §3 ust. 1 lit. d; zasiłek …"."""
    if len(versions) != 1:
        return source
    return "; ".join(f"regulamin, {found[1]}" if (found := _place(s, versions)) else s for s in source.split("; "))


def gathered(sources: Iterable[str], versions: Versions) -> list[str]:
    """Each once, in the order of first use; the places of one version make one sentence."""
    sentences: dict[str, list[str]] = {}
    for source in dict.fromkeys(piece for whole in sources for piece in whole.split("; ")):
        name, place = _place(source, versions) or (source, "")
        sentences.setdefault(name, []).append(place)
    return [f"{name}: {'; '.join(places)}" if any(places) else name for name, places in sentences.items()]


def _place(source: str, versions: Versions) -> tuple[str, str] | None:
    """Which version a source names, and where in it; None for a source of another kind."""
    for title, since in versions:
        start, end = f"{title}, ", f", od {day_text(since)}"
        if source.startswith(start) and source.endswith(end):
            return f"{title}{end}", source.removeprefix(start).removesuffix(end)
    return None
