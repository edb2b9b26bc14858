"""One table of moves per status field: it guards the act, shows the buttons and is the test."""

from collections.abc import Mapping, Sequence
from typing import Any

from cistor.errors import Refused

Table = Mapping[str, tuple[Sequence[str], str]]


class Moves:
    """`table`: verb → (states it may start from, state it leads to); `field`: the column that holds the state."""

    def __init__(self, table: Table, *, field: str = "status") -> None:
        self.table, self.field = table, field

    def possible(self, obj: Any) -> list[str]:
        state = getattr(obj, self.field)
        return [verb for verb, (sources, _) in self.table.items() if state in sources]

    def may(self, obj: Any, verb: str) -> bool:
        return getattr(obj, self.field) in self.table[verb][0]

    def make(self, obj: Any, verb: str) -> str:
        """Set the new state on the object (the act saves it); Refused when the table does not know this move."""
        if not self.may(obj, verb):
            label = getattr(obj, f"get_{self.field}_display")()
            raise Refused(f"Tej czynności nie można teraz wykonać. Obecny stan: {label}.")
        setattr(obj, self.field, self.table[verb][1])
        return self.field
