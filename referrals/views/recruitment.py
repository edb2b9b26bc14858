"""The recruitment's part of a case."""


def part(request, application) -> dict:
    """For `referrals/_recruitment.html`."""
    return {}
