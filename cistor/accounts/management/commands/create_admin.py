from getpass import getpass

from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cistor.accounts import actions
from cistor.accounts.roles import Role
from cistor.journal.history import acting


class Command(BaseCommand):
    help = "Zakłada konto pierwszego administratora centrum; o hasło pyta na ekranie."

    def add_arguments(self, parser):
        parser.add_argument("centre", help="nazwa skrócona centrum")
        parser.add_argument("username", help="login")
        parser.add_argument("first_name", help="imię")
        parser.add_argument("last_name", help="nazwisko")

    def handle(self, *, centre, username, first_name, last_name, **options):
        centres = apps.get_model("centres.Centre").objects
        password = getpass("Hasło: ")
        try:
            validate_password(password)
            with acting("create_admin"):
                actions.create_user(
                    username=username,
                    first_name=first_name,
                    last_name=last_name,
                    roles=[Role.ADMIN],
                    password=password,
                    centre=centres.get(short_name=centre),
                    by=None,
                    on=timezone.localdate(),
                )
        except centres.model.DoesNotExist:
            raise CommandError(f"Nie ma centrum „{centre}”.") from None
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write("Konto założone. Drugi krok ustawia się przy pierwszym logowaniu.")
