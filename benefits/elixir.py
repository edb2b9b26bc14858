"""The file of transfers that a bank takes in: Elixir-O, one transfer a line. Pure.

Sixteen fields with commas between them, texts in double quotes, the lines of a text with | between them:
110, day, grosze, payer's sort code, 0, payer's NRB, recipient's NRB, payer, recipient, 0, recipient's sort code, title,
"", "", "51", reference. Whatever stands in a name, a line keeps its sixteen fields.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from unicodedata import category, combining, normalize

from cistor.money import GROSZ

REFERENCE_LENGTH = 16
# More digits of grosze no field holds.
LARGEST = Decimal("9999999999999.99")
# They are the seams of the format, whatever the bank says of them.
SEAMS = frozenset('",|')
# Signs of typography: they say the same, and not every bank takes them.
PLAIN: dict[int, str] = {
    **dict.fromkeys([*range(0x2010, 0x2016), ord("−")], "-"),  # dashes
    **dict.fromkeys(range(0x2018, 0x201C), "'"),  # single quotes
    **dict.fromkeys([*range(0x201C, 0x2020), ord("«"), ord("»")], " "),  # double quotes
}
# Letters that Unicode does not take apart, for encodings that lack them.
NEAREST = dict(zip("łŁđĐøØħŧŦı", "lLdDoOhtTi", strict=True)) | {
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
    "ð": "d",
    "Ð": "D",
}


@dataclass(frozen=True)
class Profile:
    """Who pays, and how their bank wants the file: `encoding` as Python names it, `forbidden` signs become spaces, a
    text has up to `lines` lines of `width` characters; `title` begins every title."""

    nrb: str
    sender: tuple[str, ...]
    title: str
    encoding: str = "cp1250"
    line_end: str = "\r\n"
    forbidden: str = ':;&@$"'
    width: int = 35
    lines: int = 4


@dataclass(frozen=True)
class Transfer:
    """`recipient`: the name, then the lines of the address; `title`: what follows upon that of the profile."""

    nrb: str
    recipient: tuple[str, ...]
    amount: Decimal
    title: str
    reference: str


class ElixirError(Exception):
    """What cannot be written: the `place` of the transfer, from 1 (0: the payer), and the Polish `fault`; never whose
    it is."""

    def __init__(self, place: int, fault: str):
        super().__init__(f"przelew {place}: {fault}" if place else f"płatnik: {fault}")
        self.place, self.fault = place, fault


def written(transfers: Iterable[Transfer], *, on: date, profile: Profile) -> bytes:
    """The whole file. ElixirError for what the bank would refuse or misread: nothing is cut, nothing goes to nobody."""
    payer = checked(profile)
    lines = [_line(transfer, place, payer, on, profile) for place, transfer in enumerate(transfers, 1)]
    return "".join(f"{line}{profile.line_end}" for line in lines).encode(profile.encoding)


def checked(profile: Profile) -> str:
    """The payer as the field says it; ElixirError where the profile could write no file."""
    if not is_nrb(profile.nrb):
        raise ElixirError(0, "numer rachunku jest błędny")
    if not _clean(profile.title, profile):
        raise ElixirError(0, "brak tytułu przelewu")
    return _text(profile.sender, 0, "nazwa i adres", profile)


def fits(lines: Sequence[str], profile: Profile) -> bool:
    """Whether a field of the profile holds these lines."""
    try:
        _text(lines, 0, "", profile)
    except ElixirError:
        return False
    return True


def is_nrb(number: str) -> bool:
    """26 digits, and as an IBAN of Poland the remainder by 97 is 1 (ISO 13616)."""
    if not re.fullmatch(r"[0-9]{26}", number):
        return False
    return int(f"{number[2:]}2521{number[:2]}") % 97 == 1


def _line(transfer: Transfer, place: int, payer: str, on: date, profile: Profile) -> str:
    if not is_nrb(transfer.nrb):
        raise ElixirError(place, "numer rachunku jest błędny")
    title = _text([f"{profile.title} {transfer.title}"], place, "tytuł", profile)
    recipient = _text(transfer.recipient, place, "nazwa i adres", profile)
    return ",".join(
        [
            "110",
            f"{on:%Y%m%d}",
            str(_grosze(transfer.amount, place)),
            _sort_code(profile.nrb),
            "0",
            f'"{profile.nrb}"',
            f'"{transfer.nrb}"',
            f'"{payer}"',
            f'"{recipient}"',
            "0",
            _sort_code(transfer.nrb),
            f'"{title}"',
            '""',
            '""',
            '"51"',
            f'"{_reference(transfer.reference, place, profile)}"',
        ]
    )


def _sort_code(nrb: str) -> str:
    return nrb[2:10]


def _grosze(amount: Decimal, place: int) -> int:
    if not amount.is_finite() or amount <= 0:
        raise ElixirError(place, "kwota nie jest większa od zera")
    if amount > LARGEST or amount != amount.quantize(GROSZ):
        raise ElixirError(place, "kwota nie mieści się w polu")
    return int(amount * 100)


def _reference(reference: str, place: int, profile: Profile) -> str:
    if len(reference) > REFERENCE_LENGTH or reference != _clean(reference, profile):
        raise ElixirError(place, "referencje nie mieszczą się w polu")
    return reference


# Texts ----------------------------------------------------------------------------------------------------------------


def _text(lines: Sequence[str], place: int, what: str, profile: Profile) -> str:
    """The lines as they are given where they fit, else run together and broken anew; the first may not be empty."""
    clean = [_clean(line, profile) for line in lines]
    if not clean or not clean[0]:
        raise ElixirError(place, f"{what}: brak")
    given = [part for line in clean if line for part in _wrapped(line, profile.width)]
    whole = " ".join(filter(None, clean))
    for broken in (given, _wrapped(whole, profile.width), _cut(whole, profile.width)):
        if len(broken) <= profile.lines:
            return "|".join(broken)
    raise ElixirError(place, f"{what}: więcej, niż mieści pole ({profile.lines} × {profile.width} znaków)")


def _wrapped(text: str, width: int) -> list[str]:
    """Broken between words; only a word longer than a line is cut."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines += _cut(word, width)
    return lines


def _cut(text: str, width: int) -> list[str]:
    """Every line full; where words would not fit otherwise."""
    lines = []
    while text:
        lines.append(text[:width].rstrip())
        text = text[width:].lstrip()
    return lines


def _clean(text: str, profile: Profile) -> str:
    """What the bank can read: its letters, the nearest ones for others, a space for what it refuses or would break on;
    single spaces."""
    refused = SEAMS | set(profile.forbidden)
    signs = "".join(_readable(sign, profile.encoding) for sign in normalize("NFC", text).translate(PLAIN))
    return " ".join("".join(" " if sign in refused else sign for sign in signs).split())


def _readable(sign: str, encoding: str) -> str:
    if category(sign)[0] in "ZC":
        return " "  # separators of any kind, and whatever controls or hides: a line break among them
    if _fits(sign, encoding):
        return sign
    nearest = NEAREST.get(sign) or "".join(part for part in normalize("NFKD", sign) if not combining(part))
    return nearest if _fits(nearest, encoding) else ""


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
