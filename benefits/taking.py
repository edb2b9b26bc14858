"""What the settlements of a list take of the deductions that are due: spread in their order, and said in words."""

from collections.abc import Iterable
from decimal import Decimal

from benefits.models import Deduction, Settlement, Taken
from benefits.reading.deductions import Owed
from cistor.money import NOTHING, zloty


class Dues:
    """The deductions of one person on one list; its settlements take them up, one after another."""

    def __init__(self, owed: Iterable[Owed]) -> None:
        # In the order in which they are taken: what this list may take yet.
        self.most: dict[Deduction, Decimal] = {one.deduction: one.most for one in owed}
        # Before this list took anything, whatever the instalment.
        self.left: dict[Deduction, Decimal] = {one.deduction: one.deduction.left for one in owed}

    @property
    def asked(self) -> Decimal:
        """What the next settlement is asked for."""
        return sum(self.most.values(), NOTHING)

    def take(self, settlement: Settlement, amount: Decimal) -> list[Taken]:
        """The amount that the engine found room for, spread in order; what is left waits for the next settlement."""
        found = []
        for deduction, most in self.most.items():
            part = min(most, amount)
            if part > NOTHING:
                found.append(Taken(settlement=settlement, deduction=deduction, amount=part))
                self.most[deduction] -= part
                self.left[deduction] -= part
                amount -= part
        return found

    def told(self, taken: Iterable[Taken]) -> str:
        """ "Koszt badania lekarskiego (§5 cz. I ust. 2 lit. b): 50,00 zł, zostaje 20,00 zł." – each kind with its
        amount, after the engine's sentence; the stored line says it for good."""
        return "".join(f" {self._told(one)}" for one in taken)

    def _told(self, one: Taken) -> str:
        kind, left = one.deduction.kind, self.left[one.deduction]
        rest = f"zostaje {zloty(left)}" if left else "potrącone w całości"
        return f"{kind.name[:1].upper()}{kind.name[1:]} ({kind.source}): {zloty(one.amount)}, {rest}."
