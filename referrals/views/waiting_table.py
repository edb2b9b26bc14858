"""The table between its preview and its confirmation.

It names people, so it stands encrypted in a file that no row names, of which only the session of who brought it knows;
it goes when it was written or given up, and the nightly sweep takes what was forgotten.
"""

import json

from cryptography.fernet import InvalidToken

from cistor.crypto import decrypt, encrypt
from cistor.documents import files

WAITING = "referrals.import"


def keep(request, table: list[list[str]]) -> None:
    drop(request)
    request.session[WAITING] = files.store(encrypt(json.dumps(table)).encode())


def recall(request) -> list[list[str]] | None:
    """None when nothing waits any more."""
    try:
        return json.loads(decrypt(files.read(request.session[WAITING]).decode()))
    except (KeyError, OSError, ValueError, files.Damaged, InvalidToken):
        return None


def drop(request) -> None:
    stored = request.session.pop(WAITING, "")
    if stored:
        files.discard(stored)
