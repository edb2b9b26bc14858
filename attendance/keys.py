"""Which keys set which code: the first letters of a code, as few as tell it from those that are used more."""

from collections.abc import Iterable, Mapping

from cistor.centres.models import DayCode, Meaning

# Of two codes that begin alike, the one used more answers to the first letter: N is NN, L is L4.
BY_USE = (
    Meaning.PRESENT,
    Meaning.LATE,
    Meaning.UNEXCUSED,
    Meaning.SICK,
    Meaning.FREE_DAY,
    Meaning.EXCUSED,
    Meaning.CARE,
    Meaning.SUSPENDED,
)


def by_use(codes: Mapping[str, DayCode]) -> list[DayCode]:
    return [codes[meaning] for meaning in BY_USE if meaning in codes]


def typed(letters: str) -> str:
    """What is typed for the letters of a code: "L4 OP" is "L4OP"."""
    return "".join(letters.split()).upper()


def find(codes: Iterable[DayCode], keys: str) -> DayCode | None:
    """The code that the keys set, of codes in their order of use: one written just so, else the first that begins so.

    static/js/codes.js does the same in the browser.
    """
    rows = [code for code in codes if typed(code.letters).startswith(typed(keys))] if typed(keys) else []
    exact = (code for code in rows if typed(code.letters) == typed(keys))
    return next(exact, rows[0] if rows else None)


def keys(codes: Iterable[DayCode], code: DayCode) -> str:
    """The fewest keys that set the code: "N" for NN, "NU" for NU."""
    letters, rows = typed(code.letters), list(codes)
    lengths = range(1, len(letters) + 1)
    return next((letters[:n] for n in lengths if find(rows, letters[:n]) == code), letters)


def described(codes: Mapping[str, DayCode]) -> list[dict]:
    """The codes in the order of the regulations as the scripts read them; `use` is the place in their order of use."""
    rows = by_use(codes)
    return [
        {
            "meaning": code.meaning,
            "letters": code.letters,
            "name": code.name,
            "colour": code.colour,
            "keys": keys(rows, code),
            "use": rows.index(code),
        }
        for code in codes.values()
    ]
