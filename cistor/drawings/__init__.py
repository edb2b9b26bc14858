"""Drawings as SVG, made on the server and coloured by classes of the stylesheet. Pure.

Each has a title and a description for who cannot see it; its numbers stand in a table beside it. The links of cells are
for the pointer: keyboard and screen reader find the same ones in the table, so a map is not three hundred stops.
"""

from cistor.drawings.bars import bars, funnel, waterfall
from cistor.drawings.canvas import WIDTH, scale
from cistor.drawings.lanes import LONG, lanes, timeline
from cistor.drawings.maps import heat_map
from cistor.drawings.parts import NO_CELL, Bar, Cell, Drawing, Lane, Row, Series, Step, Stretch
from cistor.drawings.shares import shares
from cistor.drawings.stacks import HIGH, columns, ticks

__all__ = [
    "HIGH",
    "LONG",
    "NO_CELL",
    "WIDTH",
    "Bar",
    "Cell",
    "Drawing",
    "Lane",
    "Row",
    "Series",
    "Step",
    "Stretch",
    "bars",
    "columns",
    "funnel",
    "heat_map",
    "lanes",
    "scale",
    "shares",
    "ticks",
    "timeline",
    "waterfall",
]
