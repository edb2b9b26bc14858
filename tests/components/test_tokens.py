"""The colours as WCAG 2.1 and colour-blind eyes see them, computed from the stylesheet itself."""

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
LIGHT_PART, DARK_PART = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
LIGHT = dict(COLOUR.findall(LIGHT_PART))
DARK = LIGHT | dict(COLOUR.findall(DARK_PART))
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

GROUNDS = ["paper", "surface", "sunken", "hover"]
CODES = [f"code-{number}" for number in range(1, 9)]
# Letters on their ground: 4.5 to 1 (success criterion 1.4.3).
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-strong", "late") for ground in GROUNDS),
    *((signal, f"{signal}-tint") for signal in ("done", "soon", "late", "info")),
    *((ink, "accent-tint") for ink in ("ink", "accent", "accent-strong")),
    *(("on-accent", ground) for ground in ("accent", "accent-strong")),
    *(("on-late", ground) for ground in ("late", "late-strong")),
    *((f"{code}-ink", code) for code in CODES),
]
# Edges of fields, rings of focus, bars of messages and of drawings: 3 to 1 (1.4.11).
EDGES = [(edge, ground) for edge in ("line-strong", "accent", "ink", "late", "done") for ground in GROUNDS]

# Machado, Oliveira, Fernandes (2009), full severity, on linear light.
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "red-blind": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "green-blind": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "blue-blind": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> tuple[float, ...]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def product(matrix, vector):
    return tuple(sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)


def contrast(one: str, other: str) -> float:
    (first,), (second,) = (product([(0.2126, 0.7152, 0.0722)], linear(colour)) for colour in (one, other))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def oklab(light: tuple[float, ...]) -> tuple[float, ...]:
    """Ottosson's space, in which equal distances look equally far apart."""
    cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    axes = (
        (0.2104542553, 0.7936177850, -0.0040720468),
        (1.9779984951, -2.4285922050, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.8086757660),
    )
    return product(axes, [math.cbrt(cone) for cone in product(cones, light)])


def seen(colour: str, eye: str) -> tuple[float, ...]:
    return oklab([min(1, max(0, channel)) for channel in product(SIGHT[eye], linear(colour))])


@THEMES
def test_every_text_stands_out_from_its_ground(theme):
    weak = {pair: contrast(theme[pair[0]], theme[pair[1]]) for pair in TEXT}
    assert not {pair: round(value, 2) for pair, value in weak.items() if value < 4.5}


@THEMES
def test_every_edge_that_means_something_stands_out_from_its_ground(theme):
    weak = {pair: contrast(theme[pair[0]], theme[pair[1]]) for pair in EDGES}
    assert not {pair: round(value, 2) for pair, value in weak.items() if value < 3}


@THEMES
@pytest.mark.parametrize("eye", SIGHT)
def test_no_two_day_codes_look_alike(theme, eye):
    distances = {
        (one, other): math.dist(seen(theme[one], eye), seen(theme[other], eye)) for one, other in combinations(CODES, 2)
    }
    assert not {pair: round(value, 3) for pair, value in distances.items() if value < 0.12}


def test_the_dark_repeats_every_colour_of_the_light():
    assert dict(COLOUR.findall(DARK_PART)).keys() == LIGHT.keys()


def test_the_stylesheet_knows_no_colour_but_the_tokens():
    without_drawings = re.sub(r"url\(.*?\)", "", (CSS / "cistor.css").read_text())
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", without_drawings)


def test_the_stylesheet_uses_only_tokens_that_exist():
    defined = set(re.findall(r"(--[\w-]+):", TOKENS))
    used = set(re.findall(r"var\((--[\w-]+)", (CSS / "cistor.css").read_text() + TOKENS))
    bootstrap_own = {"--bs-form-select-bg-img"}
    assert used - defined - bootstrap_own == set()


def test_the_stylesheets_stay_readable():
    assert sum(len((CSS / name).read_text().splitlines()) for name in ("tokens.css", "cistor.css")) < 980
