"""What a script that asks every two seconds is answered."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render


def unattended(request) -> None:
    """Nobody need sit before a screen that asks by itself: it keeps no session alive."""
    request.session.modified = False


def part(request, template: str, context: dict[str, Any], *, state: str) -> HttpResponse:
    """The part of a page that changes; nothing as long as it still says the `state` that was seen last."""
    # Nothing new is no answer: a screen reader would read the same again every time.
    if request.GET.get("widziano") == state:
        return HttpResponse(status=204)
    return render(request, template, context)
