"""Rotation of keys: one of the two acts that rewrite what is otherwise frozen.

Put the new key in front of CISTOR_FIELD_KEYS, restart, rotate, then drop the old key. A new CISTOR_SEARCH_KEY takes
effect for exact searches only after the rotation, so the two are changed together, with the users out.
"""

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from cistor.crypto import EncryptedField, decrypt, encrypt, search_key
from cistor.journal.models import Entry
from cistor.triggers import passing

BATCH = 500


def rotate(*, by=None) -> dict[str, int]:
    """Rewrite every encrypted column, histories included, with the first key; rows rewritten by table.

    Safe to run twice and to continue after a break: what the first key already reads is left as it is.
    """
    done = {model._meta.db_table: count for model in encrypted_models() if (count := _rotate_model(model))}
    Entry.objects.create(by=by, verb="keys_rotated", object_kind="cistor.keys", object_id=0, data=done)
    return done


def encrypted_models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if encrypted_columns(m) and not m._meta.proxy and m._meta.managed]


def encrypted_columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]


def _key_columns(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """Search-key column → (kind, encrypted column), of the model or of the one whose history it is."""
    return getattr(getattr(model, "pgh_tracked_model", model), "search_keys", {})


def _rotate_model(model: type[models.Model]) -> int:
    changed = last = 0
    while True:
        with passing("rotation"), connection.cursor() as cursor:
            rows = _locked_batch(cursor, model, last)
            changed += sum(_rewrite(cursor, model, pk, stored) for pk, stored in rows)
        if not rows:
            return changed
        last = rows[-1][0]


def _locked_batch(cursor, model: type[models.Model], after: int) -> list[tuple[int, dict[str, str | None]]]:
    """The next rows as they are stored, `(pk, {column: token})`; locked, or an edit in between would be lost."""
    table, pk = model._meta.db_table, model._meta.pk.column
    columns = [*encrypted_columns(model), *_key_columns(model)]
    names = ", ".join(f'"{column}"' for column in columns)
    cursor.execute(
        f'SELECT "{pk}", {names} FROM "{table}" WHERE "{pk}" > %s ORDER BY "{pk}" LIMIT {BATCH} FOR UPDATE',  # noqa: S608
        [after],
    )
    return [(row[0], dict(zip(columns, row[1:], strict=True))) for row in cursor.fetchall()]


def _rewrite(cursor, model: type[models.Model], pk: int, stored: dict[str, str | None]) -> bool:
    fresh = {column: _fresh(stored[column]) for column in encrypted_columns(model)}
    for column, (kind, source) in _key_columns(model).items():
        fresh[column] = search_key(kind, decrypt(fresh[source])) if fresh[source] else ""
    changed = {column: value for column, value in fresh.items() if value != stored[column]}
    if changed:
        names = ", ".join(f'"{column}" = %s' for column in changed)
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" SET {names} WHERE "{model._meta.pk.column}" = %s',  # noqa: S608
            [*changed.values(), pk],
        )
    return bool(changed)


def _fresh(token: str | None) -> str | None:
    if not token:
        return token
    try:
        Fernet(settings.FIELD_KEYS[0]).decrypt(token.encode())
    except InvalidToken:
        return encrypt(decrypt(token))
    return token
