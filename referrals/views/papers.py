"""The papers of a case, each to be printed from its data or empty."""


def part(request, application) -> dict:
    """For `referrals/_papers.html`."""
    return {}
