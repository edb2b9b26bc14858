from typing import Any

from participants.models import Programme


def part(request, programme: Programme) -> dict[str, Any]:
    """What the fragment on the tab of the programmes shows of one of them."""
    return {}
