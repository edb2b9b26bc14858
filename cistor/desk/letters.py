"""What waits among the letters: signatures, corrections, sending; and whether the schedule that writes them lives."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse

from cistor.accounts.models import User
from cistor.dates import ONE_DAY, day_text
from cistor.desk.matters import Matter
from cistor.notices import addressees, register, required, runs
from cistor.notices.actions import mail
from cistor.notices.actions.letters import WITHHELD
from cistor.notices.models import Dispatch, Letter, Mail, Run
from cistor.templatetags.cistor import plural
from participants.models import Programme
from participants.qualification import WELFARE

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
    if not _sends(user, on):
        return
    rows = Letter.objects.visible_to(user, on=on).unsent().order_by()
    n, first = rows.aggregate(n=Count("pk", distinct=True), first=Min("people__due_on")).values()
    if n:
        waits = plural(n, "podpisane pismo czeka,podpisane pisma czekają,podpisanych pism czeka")
        yield _matter(f"{n} {waits} na wysłanie{_first(n, first)}", "wyślij", first, on)


def others_to_send(user: User, on: date) -> Iterator[Matter]:
    """Papers of other rooms of late that nobody says were sent; a decision to be delivered has its own line."""
    if not _sends(user, on):
        return
    n = register.others_unsent(user, on).exclude(kind=addressees.DELIVERED).count()
    if n:
        text = f"{n} {plural(n, 'inne pismo,inne pisma,innych pism')} z ostatnich 60 dni bez wpisanego wysłania"
        yield Matter("soon", "wyślij", text, f"{reverse('notices:register')}?stan={register.UNSENT}")


def _sends(user: User, on: date) -> bool:
    """For the whole centre, not the own letters alone."""
    return not user.is_of_office and user.may("send_letter", on=on) and user.owners("send_letter", on=on) is None


def copies(user: User, on: date) -> Iterator[Matter]:
    """Gone to the participant, and still to go to the office for information (S0 II.3)."""
    if not _sends(user, on):
        return
    went = Dispatch.objects.filter(document=OuterRef("document"))
    rows = Letter.objects.visible_to(user, on=on).filter(kind=Letter.Kind.NOT_QUALIFIED, status=Letter.Status.SIGNED)
    rows = rows.filter(Exists(went.filter(is_copy=False)), ~Exists(went.filter(is_copy=True)), withholding=None)
    if user.home_centre.offices.filter(kind__in=WELFARE).count() != 1:
        rows = rows.filter(people__programme__office__isnull=False)
    for row in _light(rows):
        yield _of_paper(row, "wyślij", f"Odpis do wysłania: {row.get_kind_display()}, {row.participant}", "soon")


def lost_mails(user: User, on: date) -> Iterator[Matter]:
    """Given up by the program, and gone by no other way: the letter lies where it lay."""
    sends = _sends(user, on)
    if not sends and not user.may("see_runs", on=on):
        return
    went = Dispatch.objects.filter(document=OuterRef("letter__document"), office=OuterRef("office"))
    rows = Mail.objects.visible_to(user, on=on).filter(letter__isnull=False, given_up_at__isnull=False, sent_at=None)
    rows = rows.filter(~Exists(went.filter(is_copy=OuterRef("is_copy")))).exclude(
        error__in=[mail.SENT_OTHERWISE, WITHHELD]
    )
    if not sends:
        if n := rows.count():
            lost = plural(n, "e-mail z pismem nie wyszedł,e-maile z pismami nie wyszły,e-maili z pismami nie wyszło")
            yield Matter("late", "błąd", f"{n} {lost}", reverse("notices:runs"))
        return
    for letter in _light(Letter.objects.filter(mails__in=rows).distinct()):
        about = letter.participant or letter.office
        yield _of_paper(letter, "błąd", f"E-mail nie wyszedł: {letter.get_kind_display()}, {about}", "late")


def mails(user: User, on: date) -> Iterator[Matter]:
    """Taken by the server and in no register; of yesterday's and today's morning mails those that were given up."""
    if not user.may("see_runs", on=on) or not user.home_centre_id:
        return
    if n := mail.unrecorded().filter(centre=user.home_centre_id).count():
        gone = plural(n, "e-mail z pismem wyszedł,e-maile z pismami wyszły,e-maili z pismami wyszło")
        unsent = f"{reverse('notices:register')}?stan={register.UNSENT}"
        text = f"{n} {gone}, a wysłania nie udało się wpisać do rejestru"
        yield Matter("late", "błąd", text, unsent if _sends(user, on) else reverse("notices:runs"))
    of_late = Q(key__startswith="morning:") & (Q(key__endswith=f":{on}") | Q(key__endswith=f":{on - ONE_DAY}"))
    if n := Mail.objects.filter(of_late, centre=user.home_centre_id, given_up_at__isnull=False).count():
        told = "poranny e-mail o terminach nie wyszedł,poranne e-maile o terminach nie wyszły,"
        lost = plural(n, f"{told}porannych e-maili o terminach nie wyszło")
        yield Matter("late", "błąd", f"{n} {lost}", reverse("notices:runs"))


def idle(user: User, on: date) -> Iterator[Matter]:
    """Signed, not sent, and overtaken by facts: somebody has to say that it is not sent."""
    if not user.may("sign_letter", on=on):
        return
    rows = Letter.objects.visible_to(user, on=on).unsent().filter(kind=Letter.Kind.QUALIFICATION_REQUEST)
    letters = {letter.participant_id: letter for letter in _light(rows)}
    asked = Programme.objects.filter(letters__letter__in=[letter.pk for letter in letters.values()])
    for programme in required.with_facts(asked, on) if letters else ():
        letter = letters[programme.participant_id]
        if why := required.needless(letter.kind, programme, on):
            text = f"Podpisane pismo jest już zbędne: {letter.get_kind_display()}, {letter.participant}. {why}"
            yield Matter("soon", "sprawdź", text, reverse("notices:letter", args=[letter.pk]))


def _light(rows):
    secret = ("text", "remark", "void_reason")
    return rows.select_related("participant", "office").defer(*secret)[:MOST]


def _of_paper(letter: Letter, word: str, text: str, kind: str) -> Matter:
    return Matter(kind, word, text, reverse("notices:dispatch", args=[letter.document_id]))


def sent_back(user: User, on: date) -> Iterator[Matter]:
    """To be put right by somebody else than the one who sent them back."""
    if not user.may("prepare_letter", on=on):
        return
    rows = Letter.objects.visible_to(user, on=on).filter(status=Letter.Status.RETURNED).exclude(returned_by=user)
    for row in _light(rows):
        text = f"Pismo zwrócono do poprawy: {row.get_kind_display()}, {row.participant or row.office}"
        yield _matter(text, "popraw", row.due_on, on, reverse("notices:letter", args=[row.pk]))


def schedule(user: User, on: date) -> Iterator[Matter]:
    """When the letters were last prepared and what came of it; silence would be the only sign of its death."""
    if not user.may("see_runs", on=on) or not user.home_centre_id:
        return
    rows = Run.objects.visible_to(user, on=on)
    daily, last = rows.filter(is_daily=True).first(), rows.first()
    # A good run after an act does not heal the daily one, which alone sees everybody's days.
    bad = next((row for row in (last, daily) if row and (row.failure or row.failed)), None)
    url = reverse("notices:runs")
    if daily is None:
        if _is_missed(user, on):
            yield Matter("late", "nie działa", "Codzienne przygotowanie pism jeszcze nie działało", url)
    elif daily.on < runs.owed_on(on):
        yield Matter("late", "nie działa", f"Codzienne przygotowanie pism: ostatnio {day_text(daily.on)}", url)
    elif bad:
        yield Matter("late", "błąd", f"Przygotowanie pism {day_text(bad.on)}: {bad.failure or _failed(bad)}", url)
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
