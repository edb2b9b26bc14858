"""The address of a page about one row, without asking the router for each of thousands."""

from functools import cache

from django.urls import reverse


def address(name: str, pk: int, *before: str) -> str:
    """Of a URL with one id in it, after the words `before` it; rooms above are known by their URL names."""
    return _of_none(name, before).replace("/0/", f"/{pk}/")


@cache
def _of_none(name: str, before: tuple[str, ...]) -> str:
    return reverse(name, args=[*before, 0])
