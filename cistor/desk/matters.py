"""One thing that waits for somebody: a sentence with the place where it is seen to."""

from dataclasses import dataclass
from datetime import date, timedelta

THIS_WEEK = timedelta(days=6)
HEADINGS = ("Po terminie", "Na dziś", "W tym tygodniu", "Później", "Do wiadomości")


@dataclass(frozen=True)
class Matter:
    """`kind` is that of a badge: late, soon or info; `due` the day by which it has to be done, where there is one."""

    kind: str
    word: str
    text: str
    url: str
    due: date | None = None

    def heading(self, on: date) -> str:
        if self.kind == "late":
            return "Po terminie"
        if self.due is None:
            return "Do wiadomości" if self.kind == "info" else "Na dziś"
        return "Na dziś" if self.due <= on else "W tym tygodniu" if self.due <= on + THIS_WEEK else "Później"
