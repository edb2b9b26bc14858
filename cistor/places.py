"""Where in a list somebody was: a link back to it restores filters, order and page.

What stands in an address is harmless, so the session keeps it as it is; the text of a search is none of it.
"""

from collections.abc import Set
from typing import Any

from django.http import QueryDict

from cistor.sorting import PARAMETER

KEPT, PAGE = "places", "strona"


def keep(request: Any, *filters: str) -> None:
    """Remember how the list of this page is shown: its order, its page and what its `filters` say, nothing else of the
    address. Nothing is written while that stays the same."""
    places, shown = request.session.get(KEPT, {}), _read(request.GET, {PARAMETER, PAGE, *filters}).urlencode()
    if places.get(request.path, "") != shown:
        request.session[KEPT] = {**places, request.path: shown}


def back(request: Any, path: str) -> str:
    """The path as it was last shown."""
    shown = request.session.get(KEPT, {}).get(path, "")
    return f"{path}?{shown}" if shown else path


def _read(address: QueryDict, names: Set[str]) -> QueryDict:
    read = address.copy()
    for name in address.keys() - names:
        del read[name]
    return read
