"""A funnel: what is left of the first after each step, always in the middle."""

from decimal import Decimal
from xml.etree.ElementTree import fromstring

from hypothesis import given
from hypothesis import strategies as st

from cistor.drawings import WIDTH, Bar, funnel

NAMES = {"name": "droga", "title": "Droga", "desc": "Ilu doszło do kroku."}


def drawn(*amounts: int) -> list[tuple[float, float]]:
    """From and width of each bar."""
    made = funnel([Bar(f"krok {place}", Decimal(n), str(n)) for place, n in enumerate(amounts)], **NAMES)
    rects = fromstring(made.svg).iter("rect")  # noqa: S314 – our own
    return [(float(rect.get("x")), float(rect.get("width"))) for rect in rects if rect.get("class") != "ground"]


def test_half_as_many_are_half_as_wide_and_stand_in_the_middle():
    assert drawn(40, 20) == [(0, WIDTH), (WIDTH / 4, WIDTH / 2)]


def test_nobody_is_still_a_line():
    assert drawn(10, 0)[1] == ((WIDTH - 1) / 2, 1)
    assert drawn() == []


@given(st.lists(st.integers(0, 5000), max_size=12))
def test_no_bar_leaves_the_drawing(amounts):
    for start, width in drawn(*amounts):
        assert start >= 0
        # Rounded to a tenth of a pixel.
        assert start + width <= WIDTH + 0.1
