"""What every drawing is drawn with: the measures they share, the scale, the SVG with its title, and what goes on it."""

from collections.abc import Callable
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement

# Pixels: the usual width, a line of text, a bar; the head, and a letter of the names at the side.
WIDTH, LINE, BAR = 360, 22, 12
HEAD, LETTER = 24, 7


def scale(domain: tuple[Decimal, Decimal], width: int) -> Callable[[Decimal], float]:
    """From values to pixels; a domain without extent lies at 0."""
    low, high = domain
    return lambda value: round(float((value - low) / (high - low)) * width, 1) if high > low else 0.0


def canvas(name: str, title: str, desc: str, width: int, height: int) -> Element:
    named = {"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-desc"}
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    svg = Element("svg", {"class": "drawing", "role": "group", **named, **size})
    SubElement(svg, "title", id=f"{name}-title").text = title
    SubElement(svg, "desc", id=f"{name}-desc").text = desc
    return svg


def write(parent: Element, text: str, x: float, y: float, kind: str) -> Element:
    (element := add(parent, "text", class_=kind, x=x, y=y)).text = text
    return element


def add(parent: Element, tag: str, **attributes: object) -> Element:
    return SubElement(parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()})
