"""Elixir-O read back, from the description of the format alone: a state machine over the characters."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Read(NamedTuple):
    on: date
    amount: Decimal
    payer_nrb: str
    nrb: str
    payer: list[str]
    recipient: list[str]
    title: list[str]
    reference: str


def parse(data: bytes, *, encoding: str, line_end: str) -> list[Read]:
    """AssertionError for whatever a strict bank would send back."""
    text = data.decode(encoding)
    assert text == "" or text.endswith(line_end)
    lines = text.split(line_end)[:-1]
    assert not any(sign in line for line in lines for sign in "\r\n")
    return [_transfer(_fields(line)) for line in lines]


def _fields(line: str) -> list[tuple[str, bool]]:
    """(what stands in it, whether in quotes) of each field."""
    found, inside, quoted, value = [], False, False, ""
    for sign in line:
        if sign == '"':
            assert inside or value == "", "a quote in the middle of a field"
            inside, quoted = not inside, True
        elif sign == "," and not inside:
            found.append((value, quoted))
            value, quoted = "", False
        else:
            assert inside or not quoted, "something after the closing quote"
            value += sign
    assert not inside, "a quote that nobody closed"
    return [*found, (value, quoted)]


def _transfer(fields: list[tuple[str, bool]]) -> Read:
    assert [quoted for _, quoted in fields] == [place in {6, 7, 8, 9, 12, 13, 14, 15, 16} for place in range(1, 17)]
    order, day, grosze, payer_sort, zero, payer_nrb, nrb, payer, recipient, zero_too, sort, title, *rest = (
        value for value, _ in fields
    )
    empty, empty_too, kind, reference = rest
    assert (order, zero, zero_too, empty, empty_too, kind) == ("110", "0", "0", "", "", "51")
    assert (payer_nrb[2:10], nrb[2:10]) == (payer_sort, sort)
    assert len(day) == 8 and grosze.isdecimal()  # noqa: PT018
    on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    texts = (text.split("|") for text in (payer, recipient, title))
    return Read(on, Decimal(grosze) / 100, payer_nrb, nrb, *texts, reference)
