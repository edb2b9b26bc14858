from typing import NamedTuple

from django.db import models


class Kind(models.TextChoices):
    """In the order of urgency; the values stand in addresses."""

    ZERO = "zero", "nic do wypłaty"
    CHANGED = "zmiana", "zmiana o ponad ćwierć"
    LIMIT = "limit", "limit"
    PART = "czesc", "część okresu"
    DIFFERENCE = "roznica", "różnica"
    OVERPAID = "nadplata", "nadpłata"
    LATE = "zalegle", "zaległe"
    BELOW = "ponizej", "poniżej ustawy"

    @property
    def badge(self) -> str:
        return BADGES.get(self, "info")

    @property
    def rank(self) -> int:
        return list(Kind).index(self)


BADGES = {Kind.ZERO: "late", Kind.CHANGED: "soon", Kind.LIMIT: "late", Kind.OVERPAID: "soon", Kind.BELOW: "late"}


class Finding(NamedTuple):
    """What a settlement is unusual for, as a sentence; "" where another finding of the same one says it already.

    What was to be expected is the least urgent, whatever its kind.
    """

    kind: Kind
    says: str
    is_expected: bool = False

    @property
    def urgency(self) -> tuple[bool, int]:
        return self.is_expected, self.kind.rank
