from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cistor.demo import centres, making
from cistor.errors import Refused


class Command(BaseCommand):
    help = "Zakłada dane pokazowe dwóch centrów z ponad rokiem historii. Powtórzone niczego nie zmienia."

    def add_arguments(self, parser):
        parser.add_argument("--on", type=date.fromisoformat, help="dzień pokazu RRRR-MM-DD; bez niego dziś")

    def handle(self, *, on: date | None, verbosity: int, **options):
        if settings.ENV not in ("demo", "test"):
            raise CommandError("Dane pokazowe zakłada się tylko w demonstracji (CISTOR_ENV=demo).")
        try:
            made = making.make(centres.plans(on or timezone.localdate()))
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        if verbosity:
            self.stdout.write("Gotowe." if made else "Dane pokazowe już są.")
