"""Does everything still fit together: keys with columns, documents with files? Asked after a restore, and any time."""

from cryptography.fernet import InvalidToken

from cistor.crypto import EncryptedField
from cistor.desk.keys import encrypted_models
from cistor.documents import files
from cistor.documents.models import Document, Upload


def faults() -> list[str]:
    """Sentences without personal data; empty when all is well."""
    return [*_unreadable_columns(), *_missing_files()]


def _unreadable_columns() -> list[str]:
    return [
        f"Klucze nie otwierają danych: {model._meta.db_table}." for model in encrypted_models() if not _reads(model)
    ]


def _reads(model) -> bool:
    """Every row, since a rotation may have stopped half-way; reading a value decrypts it."""
    names = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
    try:
        for _ in model._base_manager.values_list(*names).iterator():
            pass
    except InvalidToken:
        return False
    return True


def _missing_files() -> list[str]:
    """Of papers that were issued and of what people brought; the file of an erased person is gone on purpose."""
    documents = Document.objects.exclude(sha256="").values_list("pk", "number", "sha256").iterator()
    brought = Upload.objects.exclude(sha256="").values_list("pk", "sha256").iterator()
    named = [(sha256, f"dokumentu {number} ({pk})") for pk, number, sha256 in documents]
    named += [(sha256, f"skanu {pk}") for pk, sha256 in brought]
    return [fault for sha256, what in named if (fault := _fault(sha256, what))]


def _fault(sha256: str, what: str) -> str:
    try:
        files.read(sha256)
    except FileNotFoundError:
        return f"Brak pliku {what}."
    except files.Damaged:
        return f"Plik {what} jest uszkodzony."
    return ""
