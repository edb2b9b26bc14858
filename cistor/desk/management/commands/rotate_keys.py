from django.core.management.base import BaseCommand

from cistor.desk import keys


class Command(BaseCommand):
    help = (
        "Przepisuje wszystkie zaszyfrowane kolumny, także w historii, pierwszym z kluczy CISTOR_FIELD_KEYS "
        "i odnawia klucze wyszukiwania. Przerwane można uruchomić ponownie."
    )

    def handle(self, **options):
        done = keys.rotate()
        for table, count in done.items():
            self.stdout.write(f"{table}: {count}")
        self.stdout.write(f"Gotowe. Przepisano wierszy: {sum(done.values())}.")
