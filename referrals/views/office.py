"""The office's part of a case, as the centre sees it."""


def part(request, application) -> dict:
    """For `referrals/_office.html`."""
    return {}
