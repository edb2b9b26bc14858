"""Where somebody was: a link back shows a list as it was left, and of several lists leads to the one just left.

What stands in an address is harmless, so the session keeps it as it is; the text of a search is none of it.
"""

from collections.abc import Set
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse

from cistor.sorting import PARAMETER

KEPT, PAGE = "places_seen", "strona"
# Enough for a morning's way; a list left longer ago is shown from its beginning.
MANY = 30


class Way(NamedTuple):
    """A link back: its words and its address."""

    label: str
    url: str


def keep(request: Any, *filters: str) -> None:
    """Remember how the list of this page is shown: its order, its page and what its `filters` say, nothing else of the
    address. Nothing is written while that stays the same."""
    places, shown = request.session.get(KEPT, []), _read(request.GET, {PARAMETER, PAGE, *filters}).urlencode()
    if places[-1:] != [[request.path, shown]]:
        others = [place for place in places if place[0] != request.path]
        request.session[KEPT] = [*others, [request.path, shown]][-MANY:]


def back(request: Any, path: str) -> str:
    """The path as it was last shown."""
    shown = dict(request.session.get(KEPT, [])).get(path, "")
    return f"{path}?{shown}" if shown else path


def last(request: Any, *rooms: tuple[Any, ...]) -> Way:
    """The room looked at last, each its label, its URL name and what that takes; the first, when none was."""
    seen = [path for path, _ in request.session.get(KEPT, [])]
    ways = [Way(label, reverse(name, args=args)) for label, name, *args in rooms]
    way = max(ways, key=lambda way: seen.index(way.url) if way.url in seen else -1)
    return way._replace(url=back(request, way.url))


def _read(address: QueryDict, names: Set[str]) -> QueryDict:
    read = address.copy()
    for name in address.keys() - names:
        del read[name]
    return read
