"""What waits among the letters: signatures, corrections, sending; and whether the schedule that writes them lives."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse

from cistor.accounts.models import User
from cistor.dates import ONE_DAY, day_text
from cistor.desk.matters import Matter
from cistor.notices.models import Letter, Run
from cistor.templatetags.cistor import plural
from participants.models import Programme

# Of those sent back so many stand on the desk by name; the rest are found in the signing room.
MOST = 20


def to_sign(user: User, on: date) -> Iterator[Matter]:
    """A sentence for each kind, the most urgent first."""
    if not user.may("sign_letter", on=on):
        return
    rows = Letter.objects.visible_to(user, on=on).to_sign().order_by().values_list("kind")
    counted = [(kind, n, first) for kind, n, first in rows.annotate(n=Count("pk"), first=Min("due_on"))]
    for kind, n, first in sorted(counted, key=lambda row: (row[2] or date.max, row[0])):
        waits = f"{n} {plural(n, 'pismo czeka,pisma czekają,pism czeka')} na podpis"
        yield _matter(f"{waits}: {Letter.Kind(kind).label}{_first(n, first)}", "podpisz", first, on)


def to_send(user: User, on: date) -> Iterator[Matter]:
    """Signed, and sent nowhere yet: only the sending meets the term."""
    if user.is_of_office or not user.may("send_letter", on=on) or user.owners("send_letter", on=on) is not None:
        return
    rows = Letter.objects.visible_to(user, on=on).unsent().order_by()
    n, first = rows.aggregate(n=Count("pk", distinct=True), first=Min("people__due_on")).values()
    if n:
        waits = plural(n, "podpisane pismo czeka,podpisane pisma czekają,podpisanych pism czeka")
        yield _matter(f"{n} {waits} na wysłanie{_first(n, first)}", "wyślij", first, on)


def sent_back(user: User, on: date) -> Iterator[Matter]:
    """To be put right by somebody else than the one who sent them back."""
    if not user.may("prepare_letter", on=on):
        return
    rows = Letter.objects.visible_to(user, on=on).filter(status=Letter.Status.RETURNED).exclude(returned_by=user)
    for row in rows.select_related("participant", "office").defer("text", "remark", "void_reason")[:MOST]:
        text = f"Pismo zwrócono do poprawy: {row.get_kind_display()}, {row.participant or row.office}"
        yield _matter(text, "popraw", row.due_on, on, reverse("notices:letter", args=[row.pk]))


def schedule(user: User, on: date) -> Iterator[Matter]:
    """When the letters were last prepared and what came of it; silence would be the only sign of its death."""
    if not user.may("see_runs", on=on) or not user.home_centre_id:
        return
    runs = Run.objects.visible_to(user, on=on)
    daily, last = runs.filter(is_daily=True).first(), runs.first()
    url = reverse("notices:runs")
    if daily is None:
        if _is_missed(user, on):
            yield Matter("late", "nie działa", "Codzienne przygotowanie pism jeszcze nie działało", url)
    elif daily.on < on - ONE_DAY:
        yield Matter("late", "nie działa", f"Codzienne przygotowanie pism: ostatnio {day_text(daily.on)}", url)
    elif last.failure or last.failed:
        yield Matter("late", "błąd", f"Przygotowanie pism {day_text(last.on)}: {last.failure or _failed(last)}", url)
    else:
        yield Matter("info", f"{daily.on:%d.%m}", f"Codzienne przygotowanie pism: {_done(daily)}", url)


def _is_missed(user: User, on: date) -> bool:
    """Nobody misses it before the first programme."""
    return Programme.objects.filter(participant__centre=user.home_centre_id, signed_on__lt=on - ONE_DAY).exists()


def _failed(run: Run) -> str:
    return f"{run.failed} {plural(run.failed, 'pismo nie powstało,pisma nie powstały,pism nie powstało')}"


def _done(run: Run) -> str:
    done = [
        (run.prepared, plural(run.prepared, "nowe pismo,nowe pisma,nowych pism")),
        (run.joined, plural(run.joined, "osoba dopisana do listy,osoby dopisane do list,osób dopisanych do list")),
        (run.reminded, plural(run.reminded, "przypomnienie,przypomnienia,przypomnień")),
    ]
    return ", ".join(f"{n} {words}" for n, words in done if n) or "nic nie było potrzebne"


def _first(n: int, due: date | None) -> str:
    if due is None:
        return ""
    return f" (termin {day_text(due)})" if n == 1 else f" (najpilniejsze do {day_text(due)})"


def _matter(text: str, word: str, due: date | None, on: date, url: str = "") -> Matter:
    late = due is not None and due < on
    until = f"do {due:%d.%m}" if due else word
    return Matter("late" if late else "soon", "po terminie" if late else until, text, url or _room(), due)


def _room() -> str:
    return reverse("notices:to_sign")
