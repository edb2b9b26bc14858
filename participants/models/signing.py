"""How it is said who has signed or decided."""

from cistor.accounts.models import User


def signed_as(by: User | None, absent: User | None) -> str:
    """By name, a stand-in with whom they stood in for; "" before anybody has."""
    if by is None:
        return ""
    return f"{by}, w zastępstwie ({absent})" if absent else str(by)
