"""Where in a list somebody was: a link back to it restores filters, order and page.

What stands in an address is harmless, so the session keeps it as it is; the text of a search is none of it.
"""

from typing import Any

KEPT = "places"


def keep(request: Any) -> None:
    """Remember how the list of this page is shown; nothing is written while that stays the same."""
    places, shown = request.session.get(KEPT, {}), request.GET.urlencode()
    if places.get(request.path, "") != shown:
        request.session[KEPT] = {**places, request.path: shown}


def back(request: Any, path: str) -> str:
    """The path as it was last shown."""
    shown = request.session.get(KEPT, {}).get(path, "")
    return f"{path}?{shown}" if shown else path
