"""Columns of shares: no taller than the whole, and what nobody counted is no column."""

from fractions import Fraction
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st

from cistor.drawings import WIDTH, Cell, shares

NAMES = {"name": "t", "title": "Tygodnie", "desc": "Ile z całości.", "corner": "Tydzień", "column": "Obecność"}
SHARE = st.none() | st.fractions(min_value=0, max_value=1, max_denominator=500)


def drawn(values):
    made = shares([Cell(f"{place}", f"tydzień {place}") for place in range(len(values))], values, **NAMES)
    return made, [rect.attrib for rect in fromstring(made.svg).iter("rect")]  # noqa: S314 – our own


def test_a_half_is_half_as_tall_as_the_whole_and_the_table_says_both():
    made, (half, whole) = drawn([Fraction(1, 2), None, Fraction(1)])
    assert float(whole["height"]) == 2 * float(half["height"])
    assert [(row.head, row.cells[0].text) for row in made.rows] == [
        ("tydzień 0", "50%"),
        ("tydzień 1", "–"),
        ("tydzień 2", "100%"),
    ]


@settings(max_examples=25)
@given(st.lists(SHARE, max_size=60))
def test_no_column_leaves_the_drawing_and_names_do_not_run_into_each_other(values):
    made, rects = drawn(values)
    assert len(rects) == sum(value is not None for value in values)
    for rect in rects:
        assert float(rect["y"]) >= 0
        assert float(rect["x"]) + float(rect["width"]) <= WIDTH + 0.1
    assert made.svg.count('class="head"') <= 6
