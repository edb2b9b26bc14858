"""Encrypted columns and their search keys.

The value is written with the first of `FIELD_KEYS` and read with any of them, so that a rotation can take its time.
A lookup on an encrypted column would silently find nothing; it raises instead. Equality goes through `search_key`.
"""

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.lookups import Exact


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(text: str) -> str:
    return _fernet(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    return _fernet(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()


def search_key(kind: str, value: str) -> str:
    """A keyed hash that finds equal values and tells nothing else; '' stays ''."""
    if not value:
        return ""
    return hmac.new(settings.SEARCH_KEY.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


class _IsEmpty(Exact):
    """The one comparison that means something on an encrypted column: with ''."""

    def __init__(self, lhs, rhs):
        if rhs != "":
            raise TypeError("an encrypted column is compared with '' only: search by its key column")
        super().__init__(lhs, rhs)

    def get_prep_lookup(self):
        return ""


class EncryptedField(models.TextField):
    """Text that the database holds only encrypted; '' and NULL stay what they are, so that one can ask for them."""

    def get_prep_value(self, value):
        return encrypt(str(value)) if value not in (None, "") else value

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name):
        if lookup_name == "exact":
            return _IsEmpty
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted: search by its key column, not by {lookup_name}")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name):
        raise TypeError(f"{self.name} is encrypted: {lookup_name} cannot be computed in the database")


class EncryptedJSONField(EncryptedField):
    """A JSON value that the database holds only encrypted."""

    # What type checkers may let in and expect out, in place of the text of the parent.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def get_prep_value(self, value):
        return value if value is None else encrypt(json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False))

    def from_db_value(self, value, expression, connection):
        return json.loads(decrypt(value)) if value else None

    def to_python(self, value):
        return value

    def value_to_string(self, obj):
        return json.dumps(self.value_from_object(obj), cls=DjangoJSONEncoder)
