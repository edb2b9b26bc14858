"""What was typed and has to outlast one request: in the session, and there encrypted. Never in an address."""

from typing import Any

from cryptography.fernet import InvalidToken

from cistor.crypto import decrypt, encrypt


def keep(request: Any, name: str, value: str) -> None:
    request.session[name] = encrypt(value) if value else ""


def recall(request: Any, name: str) -> str:
    """What was kept; "" when the key it was written with is gone."""
    try:
        return decrypt(request.session[name]) if request.session.get(name) else ""
    except InvalidToken:
        return ""
