"""Computes worked cases of the integration benefit, each with its lines explained."""

from datetime import date
from typing import Any

from benefits.management.listing import ListCommand
from benefits.rules import RuleError, settle
from benefits.rules.cases import inputs_from, result_of, statute_from
from cistor.centres import presets


class Command(ListCommand):
    help = "Liczy świadczenia z pliku przypadków (JSON) i wyjaśnia każdą kwotę; nie potrzebuje bazy danych."

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statute = statute_from(presets.read("statute_rates"))
        self.one_off = frozenset(date.fromisoformat(row["on"]) for row in presets.read("one_off_holidays"))

    def compute(self, entry: Any) -> dict[str, Any]:
        name = entry.get("name") if isinstance(entry, dict) else None
        try:
            return {"name": name, **result_of(settle(inputs_from(entry, self.statute, self.one_off)))}
        except RuleError as error:
            return {"name": name, "error": str(error)}
        except OverflowError:
            return {"name": name, "error": "Dni tego przypadku wychodzą poza kalendarz."}
