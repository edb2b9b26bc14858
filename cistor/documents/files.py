"""Files stand below MEDIA_ROOT under the SHA-256 of their content, so a name can neither lie nor be taken twice.

A file is written before the row that names it is committed: a commit without its file cannot happen, a file without its
row can, and is swept a day later.
"""

import base64
import hashlib
import os
import re
import tempfile
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.conf import settings

STORED = re.compile(r"[0-9a-f]{64}")


class Damaged(Exception):
    """The stored bytes are no longer those that were stored."""


def path(sha256: str) -> Path:
    if not STORED.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.MEDIA_ROOT, sha256[:2], sha256)


def store(data: bytes) -> str:
    """Keep the bytes, readable by this program alone; gives their SHA-256. Storing them again is harmless."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = path(sha256)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    # Even where the same content is there: the new date keeps a sweep away until the row is committed.
    Path(unfinished).replace(target)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes as they were stored; `Damaged` where the disk gives others."""
    data = path(sha256).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Damaged(sha256)
    return data


def data_url(sha256: str, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(read(sha256)).decode()}"


def sweep(*, older_than: datetime) -> int:
    """Delete the files no row names, unless written since `older_than`; gives how many."""
    kept = named()
    orphans = [
        file
        for file in Path(settings.MEDIA_ROOT).glob("[0-9a-f][0-9a-f]/*")
        if file.name not in kept and file.stat().st_mtime < older_than.timestamp()
    ]
    for file in orphans:
        file.unlink()
    return len(orphans)


def discard(sha256: str) -> None:
    """Delete the file at once, unless a row names it."""
    if sha256 not in named():
        path(sha256).unlink(missing_ok=True)


def named() -> set[str]:
    """The files rows of any room name: a column called `sha256` or `…_sha256` is the name of a file."""
    columns = [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("sha256")
    ]
    return {sha256 for model, name in columns for sha256 in model._default_manager.values_list(name, flat=True)}
