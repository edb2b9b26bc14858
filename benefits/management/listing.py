"""What the computing commands share: a JSON list in, a JSON list out in the same order, no database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class ListCommand(BaseCommand):
    """Computes every entry of a file; one with an `error` makes the exit status 1 and stops no other.

    A file that cannot be read, or holds no list, is one line on standard error and the exit status 2.
    """

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="plik JSON z listą")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        results = [self.compute(entry) for entry in read_list(file)]
        self.stdout.write(json.dumps(results, ensure_ascii=False, indent=2))
        if any("error" in result for result in results):
            sys.exit(1)

    def compute(self, entry: Any) -> dict[str, Any]:
        """The result of one entry, or its `error` in Polish."""
        raise NotImplementedError


def read_list(file: Path) -> list[Any]:
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Nie można odczytać pliku {file}: {error.strerror}.", returncode=2) from None
    except (ValueError, RecursionError):
        raise CommandError(f"Plik {file} nie jest poprawnym plikiem JSON.", returncode=2) from None
    if not isinstance(entries, list):
        raise CommandError(f"Plik {file} nie zawiera listy.", returncode=2)
    return entries
