from django.core.management.base import BaseCommand, CommandError

from cistor.desk import contents


class Command(BaseCommand):
    help = "Sprawdza, czy klucze otwierają zaszyfrowane kolumny i czy każdy dokument ma swój niezmieniony plik."

    def handle(self, **options):
        faults = contents.faults()
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"Znaleziono usterek: {len(faults)}.")
        self.stdout.write("Klucze otwierają dane, dokumenty mają swoje pliki.")
