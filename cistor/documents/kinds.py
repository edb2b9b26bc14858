"""Every kind of paper: its title, the series of its number, its basis in the statute, and who may have the file."""

from dataclasses import dataclass

STATUTE = "ustawy z dnia 13 czerwca 2003 r. o zatrudnieniu socjalnym (Dz.U. z 2025 r. poz. 83)"


@dataclass(frozen=True)
class Kind:
    title: str
    series: str
    basis: str
    # Any of these; a right that reaches only the own rows opens the papers the user has issued.
    rights: tuple[str, ...]
    # Whether it gets a number when issued; printed without one before that, it is a draft.
    numbered: bool = True


# The code names the template too: templates/documents/<code>.html.
KINDS = {
    "payment_list": Kind("Lista wypłat", "LW", f"Art. 15 {STATUTE}", ("see_lists",)),
    # What the list says about one person; a draft of it says so itself.
    "benefit_slip": Kind("Pasek świadczenia", "PS", f"Art. 15 {STATUTE}", ("see_lists",), numbered=False),
    "payments_certificate": Kind(
        "Zaświadczenie o wypłaconych świadczeniach", "ZW", f"Art. 15 {STATUTE}", ("see_lists",)
    ),
    # Filled in and signed by hand: without a number it is whole.
    "attendance_sheet": Kind("Lista obecności", "LO", f"Art. 15 {STATUTE}", ("see_attendance",), numbered=False),
}
