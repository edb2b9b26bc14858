import secrets

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Wypisuje świeży komplet kluczy do środowiska nowej instalacji."
    requires_system_checks = []

    def handle(self, **options):
        self.stdout.write(f"CISTOR_SECRET_KEY={secrets.token_urlsafe(64)}")
        self.stdout.write(f"CISTOR_FIELD_KEYS={Fernet.generate_key().decode()}")
        self.stdout.write(f"CISTOR_SEARCH_KEY={secrets.token_urlsafe(48)}")
