from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cistor.accounts.models import User
from cistor.desk.erasure import erase
from cistor.errors import Refused
from participants.models import Participant


class Command(BaseCommand):
    help = "Usuwa dane osoby: anonimizuje je wszędzie, także w historii; kwoty zostają. Tego nie da się cofnąć."

    def add_arguments(self, parser):
        parser.add_argument("participant", type=int, help="numer karty uczestnika (z adresu strony)")
        parser.add_argument("--by", required=True, help="login osoby, która o tym rozstrzygnęła")
        parser.add_argument("--yes", action="store_true", help="bez pytania")

    def handle(self, *, participant: int, by: str, yes: bool, **options):
        try:
            person = Participant.objects.get(pk=participant)
            user = User.objects.of_centre(person.centre_id).get(username=by)
        except (Participant.DoesNotExist, User.DoesNotExist) as error:
            raise CommandError("W tym centrum nie ma takiego uczestnika albo takiego konta.") from error
        if not yes and input(f"Usunąć na zawsze dane: karta {person.pk} ({person.centre})? Wpisz tak: ") != "tak":
            raise CommandError("Niczego nie usunięto.")
        try:
            erase(person, by=user, on=timezone.localdate())
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("Dane usunięto.")
