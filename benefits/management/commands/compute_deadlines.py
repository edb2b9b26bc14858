"""Counts terms: kind, event_on and length give due_on."""

from datetime import date
from typing import Any

from benefits.management.listing import ListCommand
from cistor.centres import presets
from cistor.deadlines import due


class Command(ListCommand):
    help = "Liczy terminy z pliku JSON (kind, event_on, length) i dopisuje due_on; nie potrzebuje bazy danych."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one_off = frozenset(date.fromisoformat(row["on"]) for row in presets.read("one_off_holidays"))

    def compute(self, entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict):
            return {"error": "Termin musi być obiektem z polami kind, event_on i length."}
        asked = {key: value for key, value in entry.items() if key != "due_on"}
        try:
            due_on = due(
                str(entry.get("kind")), _day(entry.get("event_on")), _length(entry.get("length")), self.one_off
            )
        except ValueError as error:
            return {**asked, "error": str(error)}
        return {**asked, "due_on": str(due_on)}


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"event_on: {value!r} to nie dzień w postaci RRRR-MM-DD.") from None


def _length(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"length: {value!r} to nie liczba całkowita.")
    return value
