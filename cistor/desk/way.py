"""The whole way of one person: referral, programmes, absences, decisions and letters, each with its day.

Days and what happened alone, no reasons: those stand behind the links, for whom they are.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from attendance.models import Day
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import ONE_DAY, span_text
from cistor.drawings import Drawing, Lane, Stretch, lanes
from cistor.notices.models import Dispatch, IncomingLetter, Letter, LetterPerson
from participants.models import (
    Annex,
    Certificate,
    Extension,
    Participant,
    Programme,
    QualificationReply,
    Termination,
)
from referrals.models import Application

# In the order of the drawing. Excused and unexcused absence are lanes of their own: colour does not speak alone.
REFERRAL, PROGRAMME, AWAY, UNEXCUSED, LEAVE = (
    "Skierowanie",
    "Program",
    "Nieobecności",
    "Nieusprawiedliwione",
    "Dni wolne",
)
DECISIONS, LETTERS = "Rozstrzygnięcia", "Pisma"
ORDER = (REFERRAL, PROGRAMME, AWAY, UNEXCUSED, LEAVE, DECISIONS, LETTERS)
LANE_OF = {
    Meaning.SICK: AWAY,
    Meaning.CARE: AWAY,
    Meaning.EXCUSED: AWAY,
    Meaning.UNEXCUSED: UNEXCUSED,
    Meaning.FREE_DAY: LEAVE,
}
KIND_OF = {AWAY: "away", UNEXCUSED: "less", LEAVE: "bonus"}


@dataclass(frozen=True)
class Event:
    """`kind` is a class of the drawing; without `end_on` it is a single day, drawn as a dot."""

    lane: str
    kind: str
    start_on: date
    what: str
    end_on: date | None = None
    url: str = ""

    @property
    def when(self) -> str:
        if self.end_on is None or self.end_on == self.start_on:
            return f"{self.start_on:%d.%m.%Y}"
        return f"{self.start_on:%d.%m.%Y} – {self.end_on:%d.%m.%Y}"

    @property
    def drawn(self) -> Stretch:
        last = self.end_on or self.start_on
        return Stretch(self.kind, f"{self.what}, {span_text(self.start_on, last)}", self.start_on, last)


class Way:
    """As far as the user may know it: absences for who sees attendance, the referral for who sees candidates.

    As many queries for one programme as for several.
    """

    def __init__(self, participant: Participant, programmes: Sequence[Programme], *, user: User, today: date) -> None:
        self.participant, self.programmes, self.user, self.today = participant, programmes, user, today
        self.ids = [programme.pk for programme in programmes]

    def events(self) -> list[Event]:
        """Oldest first; those of one day in the order of the lanes."""
        parts = [self._stages(), self._decisions(), self._requests(), self._deliveries(), self._letters()]
        if self._open("see_candidates"):
            parts.append(self._referral())
        if self._open("see_attendance"):
            parts.append(self._absences())
        if self._open("prepare_letter"):
            parts.append(self._incoming())
        found = (event for part in parts for event in part)
        return sorted(found, key=lambda event: (event.start_on, ORDER.index(event.lane)))

    def _open(self, right: str) -> bool:
        return self.participant.open_to(self.user, right, on=self.today)

    @property
    def _tab(self) -> str:
        return reverse("participants:programme", args=[self.participant.pk])

    # The referral -----------------------------------------------------------------------------------------------------

    def _referral(self) -> Iterator[Event]:
        rows = Application.objects.filter(participant=self.participant).exclude(submitted_on=None)
        rows = rows.select_related("programme").prefetch_related("opinions", "consents", "referrals")
        may_enter = self._open("enter_application")
        for row in rows:
            url = reverse("referrals:case", args=[row.pk]) if may_enter else ""
            yield from _of_application(row, url, self.today)

    # The programmes ---------------------------------------------------------------------------------------------------

    def _stages(self) -> Iterator[Event]:
        """As planned, or cut off by an earlier end."""
        for programme in self.programmes:
            for stage in programme.stages.all():
                last = min(stage.end_on, programme.ended_on or stage.end_on)
                if stage.start_on <= last:
                    yield Event(PROGRAMME, stage.kind, stage.start_on, stage.get_kind_display(), last, self._tab)

    def _decisions(self) -> Iterator[Event]:
        for programme in self.programmes:
            yield Event(DECISIONS, "done", programme.signed_on, "podpisano IPZS", url=self._tab)
            for stage in programme.stages.all():
                if stage.kind == stage.Kind.MAIN:
                    what = "przejście warunkowe do okresu właściwego" if stage.provisional_reason else PASSED
                    yield Event(DECISIONS, "done", stage.decided_on, what, url=self._tab)
            if programme.ended_on:
                what = f"zakończenie z dniem {programme.ended_on:%d.%m.%Y}: {programme.get_end_kind_display()}"
                yield Event(DECISIONS, "less", programme.end_decided_on, what, url=self._tab)

    def _requests(self) -> Iterator[Event]:
        for annex in Annex.objects.filter(programme__in=self.ids).exclude(signed_on=None):
            yield Event(DECISIONS, "done", annex.signed_on, f"podpisano aneks nr {annex.number}", url=self._tab)
        for extension in Extension.objects.filter(programme__in=self.ids):
            yield Event(DECISIONS, "plain", extension.asked_on, "wniosek o przedłużenie", url=self._tab)
            if extension.decided_on:
                what = "przedłużenie przyznane" if extension.granted else "odmowa przedłużenia"
                yield Event(DECISIONS, _kind(extension.granted), extension.decided_on, what, url=self._tab)
        for certificate in Certificate.objects.filter(programme__in=self.ids):
            yield Event(DECISIONS, "done", certificate.recorded_on, "zaświadczenie o uczestnictwie", url=self._tab)

    def _deliveries(self) -> Iterator[Event]:
        for row in Termination.objects.filter(programme__in=self.ids, granted=True).select_related("delivery"):
            if delivery := getattr(row, "delivery", None):
                what = f"decyzja o rozwiązaniu doręczona ({delivery.get_way_display()})"
                yield Event(DECISIONS, "less", delivery.delivered_on, what, url=self._tab)

    # Days -------------------------------------------------------------------------------------------------------------

    def _absences(self) -> Iterator[Event]:
        """Runs of marked days with one meaning; days without classes between them do not break a run."""
        marks = Day.objects.filter(programme__in=self.ids).order_by("on").values_list("on", "programme", "meaning")
        tab, terms = reverse("attendance:person", args=[self.participant.pk]), Terms(self.participant.centre)
        for (_, meaning), run in groupby(marks, key=lambda mark: mark[1:]):
            if lane := LANE_OF.get(meaning):
                days = [day for day, _, _ in run]
                url = f"{tab}?miesiac={days[0]:%Y-%m}"
                yield Event(lane, KIND_OF[lane], days[0], terms.name(days[0], meaning), days[-1], url)

    # Letters ----------------------------------------------------------------------------------------------------------

    def _letters(self) -> Iterator[Event]:
        rows = LetterPerson.objects.filter(programme__in=self.ids).exclude(letter__status=Letter.Status.VOID)
        rows = rows.select_related("letter").prefetch_related("letter__document__dispatches__office")
        may_read = self._open("prepare_letter")
        for row in rows:
            url = reverse("notices:letter", args=[row.letter_id]) if may_read else ""
            yield from _of_letter(row.letter, url)
        for reply in QualificationReply.objects.filter(programme__in=self.ids):
            what = "odpowiedź urzędu: kwalifikacja" if reply.is_qualified else "odpowiedź urzędu: brak kwalifikacji"
            yield Event(LETTERS, _kind(reply.is_qualified), reply.received_on, what, url=self._tab)

    def _incoming(self) -> Iterator[Event]:
        rows = IncomingLetter.objects.filter(participant=self.participant, reply=None)
        for row in rows:
            yield Event(LETTERS, "plain", row.received_on, f"wpłynęło: {row.get_kind_display()}")


PASSED = "przejście do okresu właściwego"


def _kind(is_good: bool | None) -> str:
    return "done" if is_good else "less"


def _of_application(row: Application, url: str, today: date) -> Iterator[Event]:
    """What the opinion says is read in the case."""
    last = row.closed_on or (row.programme.signed_on - ONE_DAY if row.programme else today)
    if last > row.submitted_on:
        yield Event(REFERRAL, "referral", row.submitted_on, "wniosek o skierowanie", last, url)
    days = [(row.submitted_on, "wniosek złożony"), (row.sent_on, "wniosek wysłany do urzędu")]
    days += [(row.received_on, "wniosek wpłynął do urzędu"), (row.closed_on, f"wniosek: {row.get_status_display()}")]
    deeds = (
        (row.opinions, "opinia urzędu"),
        (row.consents, "rozstrzygnięcie o zgodzie"),
        (row.referrals, "skierowanie"),
    )
    days += [(deed.done_on, what) for rows, what in deeds for deed in rows.all() if deed.taken_back_on is None]
    yield from (Event(REFERRAL, "plain", day, what, url=url) for day, what in days if day)


def _of_letter(letter: Letter, url: str) -> Iterator[Event]:
    name = letter.get_kind_display()
    sent: Iterable[Dispatch] = letter.document.dispatches.all() if letter.document else ()
    for dispatch in sent:
        to = str(dispatch.office) if dispatch.office else "uczestnik"
        copy = ", do wiadomości" if dispatch.is_copy else ""
        yield Event(LETTERS, "done", dispatch.sent_on, f"{name} – {to}{copy} ({dispatch.get_way_display()})", url=url)
    if not sent:
        day = letter.signed_on or letter.prepared_on
        yield Event(LETTERS, "plain", day, f"{name} – {letter.get_status_display()}", url=url)


DESC = (
    "Kolejne wiersze: {lanes}. Odcinki to okresy, kropki to pojedyncze dni. Te same wydarzenia z datami są w tabeli "
    "poniżej."
)


def drawn(events: Sequence[Event], *, today: date) -> Drawing:
    rows = []
    for name in ORDER:
        own = [event for event in events if event.lane == name]
        if own:
            dots = [event.drawn for event in own if event.end_on is None]
            rows.append(Lane(name, [event.drawn for event in own if event.end_on], dots))
    said = DESC.format(lanes=", ".join(row.label.lower() for row in rows))
    return lanes(rows, today=today, name="way", title="Przebieg: skierowanie, program, decyzje i pisma", desc=said)
