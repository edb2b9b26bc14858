from datetime import date

from django.core.management.base import BaseCommand, CommandError

from cistor.centres import presets
from cistor.centres.models import Centre
from cistor.journal.history import acting


class Command(BaseCommand):
    help = (
        "Wczytuje wartości ustawowe, a na życzenie także gotowe centra (cistor, rzyszczewo) "
        "albo gotowy regulamin dla podanego centrum. Powtórzone niczego nie zmienia."
    )

    def add_arguments(self, parser):
        parser.add_argument("presets", nargs="*", choices=[*presets.NAMES, []], metavar="cistor|rzyszczewo|statute")
        parser.add_argument("--centre", help="nazwa skrócona centrum, które ma przyjąć regulamin")
        parser.add_argument("--from", dest="in_force_from", type=date.fromisoformat, help="od dnia RRRR-MM-DD")

    def handle(self, *, presets: list[str], centre: str | None, in_force_from: date | None, **options):
        with acting("load_presets"):
            load(presets, _centre(centre) if centre else None, in_force_from)
        self.stdout.write("Gotowe.")


def _centre(short_name: str) -> Centre:
    try:
        return Centre.objects.get(short_name=short_name)
    except Centre.DoesNotExist as error:
        raise CommandError(f"Nie ma centrum o nazwie {short_name}.") from error


def load(names: list[str], centre: Centre | None, in_force_from: date | None) -> None:
    presets.load_statute()
    for name in names:
        if centre:
            presets.load_regulations(name, centre, in_force_from=in_force_from)
        elif presets.read(name)["centre"] is None:
            raise CommandError(f"„{name}” to sam regulamin: podaj centrum (--centre).")
        else:
            presets.load_centre(name)
