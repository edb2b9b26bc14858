from collections.abc import Iterable
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cistor.centres.models import Centre
from cistor.journal.history import acting
from cistor.notices import required
from cistor.notices.actions.prepare import prepare
from cistor.notices.deadlines import of_letters
from cistor.notices.escalation import steps_to_take
from cistor.notices.letter_terms import not_written
from cistor.notices.models import Letter, Run


class Command(BaseCommand):
    help = (
        "Przygotowuje pisma, o które proszą fakty z danego dnia, tak jak codzienne zadanie. Powtórzone nic nie "
        "zmienia. Dzień, który nie nadszedł, tylko z --dry-run: `prepare_notices --on 2026-12-23 --dry-run` pokazuje, "
        "co wtedy powstanie; od tego dnia działa też bez --dry-run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--on", help="dzień RRRR-MM-DD; bez niego dziś")
        parser.add_argument("--centre", help="skrócona nazwa centrum; bez niej wszystkie")
        parser.add_argument("--dry-run", action="store_true", help="tylko pokazuje, co powstanie")

    def handle(self, *, on: str | None, centre: str | None, dry_run: bool, **options):
        day = _day(on) if on else timezone.localdate()
        if day > timezone.localdate() and not dry_run:
            raise CommandError(
                f"Dzień {day:%d.%m.%Y} jeszcze nie nadszedł: pisma powstają z faktów, a tych nikt jeszcze nie zna. "
                "Dodaj --dry-run, żeby zobaczyć, co zapowiada się na ten dzień."
            )
        for row in _centres(centre):
            self.stdout.write(f"{row}, {day:%d.%m.%Y}")
            for line in _planned(row, day) if dry_run else _made(row, day):
                self.stdout.write(f"  {line}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"Nie ma dnia {text}. Podaj dzień jako RRRR-MM-DD, na przykład 2026-12-23.") from error


def _centres(name: str | None) -> Iterable[Centre]:
    rows = Centre.objects.filter(short_name=name) if name else Centre.objects.all()
    if not rows:
        raise CommandError(f"Nie ma centrum {name}." if name else "Nie ma jeszcze żadnego centrum.")
    return rows


def _planned(centre: Centre, on: date) -> Iterable[str]:
    """By numbers, not by names: what a terminal shows stays in its history."""
    needs = required.needs(centre, on)
    for need in needs:
        whom = need.office or "uczestnik"
        yield f"{Letter.Kind(need.kind).label}, do: {whom}, {_until(need.due_on, on)}, program {need.programme.pk}"
    reminders = steps_to_take([*of_letters(centre, on), *not_written(centre, on)], on)
    yield f"Przypomnienia: {len(reminders)}."
    yield f"Razem: {len(needs)}. Niczego nie zapisano."


def _until(due_on: date | None, on: date) -> str:
    if due_on is None:
        return "bez terminu"
    return f"do {due_on:%d.%m.%Y}{' (po terminie)' if due_on < on else ''}"


def _made(centre: Centre, on: date) -> Iterable[str]:
    with acting("prepare_notices"):
        run = prepare(centre, on=on)
    return _summary(run)


def _summary(run: Run) -> list[str]:
    told = [
        f"pisma: {run.prepared}",
        f"osoby dopisane do list: {run.joined}",
        f"przypomnienia: {run.reminded}",
        f"nieudane: {run.failed}",
    ]
    return [*told, *([run.failure] if run.failure else [])]
