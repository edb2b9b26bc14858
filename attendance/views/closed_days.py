"""Closed days that a request asks about: what stands there, who has paid for them, and what a yes makes of them."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from attendance.actions.holding import is_closed
from attendance.consequences import change_text, exchange, gained
from attendance.models import Day, Source
from attendance.reading import history
from attendance.reading.corrections import NOT_MARKED, paid_by, wording
from attendance.rehearsals import rehearsed, standing
from attendance.terms import Terms
from cistor.dates import day_text, days_text
from participants.models import Programme


class AskedDays:
    """Of the days of a request what its page says before the decision, as far as the reader may know it.

    `meaning` is what a yes makes of them; `deed` says yes in the reader's name, None where somebody else decides.
    """

    def __init__(
        self,
        request,
        programme: Programme,
        days: Collection[date],
        meaning: str,
        deed: Callable[[], object] | None = None,
    ) -> None:
        self.request, self.programme, self.meaning, self.deed = request, programme, meaning, deed
        self.days = sorted(days)
        self.closed = [day for day in self.days if is_closed(programme, day)]
        self.person = programme.participant

    @cached_property
    def terms(self) -> Terms:
        return Terms(self.person.centre)

    @cached_property
    def standing(self) -> dict[date, Day]:
        return standing(self.programme, self.days)

    @cached_property
    def _marked(self) -> dict[tuple[int, date], history.Marked]:
        return history.marked_days(self.standing.values())

    # What stands -----------------------------------------------------------------------------------------------------

    @property
    def facts(self) -> list[tuple[str, object]]:
        """The closed ones, each with its mark, whose word that is, and by whom it was closed."""
        if not self.closed:
            return []
        lines = format_html_join("", "{}<br>", ((self._line(day),) for day in self.closed))
        return [("Dzień zamknięty" if len(self.closed) == 1 else "Dni zamknięte", lines)]

    def _line(self, day: date) -> str:
        return format_html("{}: {}; {}", self._linked(day), self.mark(day), self._closing(day))

    def _linked(self, day: date) -> str:
        if not self.person.open_to(self.request.user, "see_attendance", on=self.request.today):
            return day_text(day)
        url = f"{reverse('attendance:day', args=[self.person.pk])}?dzien={day}"
        return format_html('<a href="{}">{}</a>', url, day_text(day))

    def mark(self, day: date) -> str:
        """ "NN – nieobecność nieusprawiedliwiona, z korekty (Jan Nowak, 10.07.2026)"."""
        row = self.standing.get(day)
        if row is None:
            return NOT_MARKED
        words = wording(self.terms, day, row.meaning, provisional=row.provisional)
        corrected = ", z korekty" if row.source == Source.CORRECTION else ""
        who = self._marked[row.programme_id, day]
        return f"{words}{corrected} ({who.by}, {localtime(who.at):%d.%m.%Y})"

    def _closing(self, day: date) -> str:
        row = next(row for row in self.programme.closings.all() if row.start_on <= day <= row.end_on)
        return f"zamknięto {day_text(row.closed_on)} ({row.closed_by})"

    @property
    def caution(self) -> str:
        """ "Dzień zamknięty we wniosku: 13 lipca (NN). Zgoda zmieni go i jego rozliczenie."; "" without one."""
        if not self.changing:
            return ""
        stand = {day: self.standing[day].code if day in self.standing else NOT_MARKED for day in self.changing}
        named = ", ".join(f"{days_text([day])} ({code})" for day, code in stand.items())
        if len(self.changing) == 1:
            return f"Dzień zamknięty we wniosku: {named}. Zgoda zmieni go i jego rozliczenie."
        return f"Dni zamknięte we wniosku: {named}. Zgoda zmieni je i ich rozliczenie."

    # What a yes does -------------------------------------------------------------------------------------------------

    @cached_property
    def changing(self) -> list[date]:
        """The closed days that say something else than a yes would."""
        return [day for day in self.closed if self.differs(day)]

    def differs(self, day: date) -> bool:
        return self._says(day) != self.meaning

    def _says(self, day: date) -> str:
        return self.standing[day].meaning if day in self.standing else ""

    @property
    def sentences(self) -> list[str]:
        """What becomes of the closed days, of the benefit, of the lists that have paid; none without closed days."""
        if not self.changing:
            return []
        at_once, later = self._parted
        told = [self._told("Zgoda zmieni od razu", at_once), self._told("Dopiero osobna korekta zmieni", later)]
        if self._after is None:
            told = [self._told("Zgoda zmieni od razu albo dopiero po osobnej korekcie", self.changing)]
        when = "" if at_once or self._after is None else "Po korekcie "
        return [*filter(None, told), *self.money(self.changing, when), *self._paid()]

    @cached_property
    def _after(self) -> dict[date, str] | None:
        return rehearsed(self.deed, self.programme, self.changing) if self.deed else None

    @property
    def _parted(self) -> tuple[list[date], list[date]]:
        """Those that a yes changes at once, and those that it leaves."""
        after = self._after or {}
        at_once = [day for day in self.changing if after.get(day) == self.meaning]
        return at_once, [day for day in self.changing if day not in at_once]

    def _told(self, words: str, days: list[date]) -> str:
        named = "dzień zamknięty" if len(days) == 1 else "dni zamknięte"
        return f"{words} {named}: {self.exchanged(days)}." if days else ""

    def exchanged(self, days: Collection[date]) -> str:
        """ "13 i 14 lipca (NN → UW)"."""
        found: dict[str, list[date]] = {}
        for day in days:
            found.setdefault(self.exchange(day), []).append(day)
        return "; ".join(f"{days_text(rows)} ({how})" for how, rows in found.items())

    def exchange(self, day: date) -> str:
        """ "NN → UW"."""
        codes = self.terms.codes(day)
        return " → ".join(codes[word].letters if word in codes else "–" for word in (self._says(day), self.meaning))

    def money(self, days: list[date], when: str = "") -> list[str]:
        """What the benefit gains or loses, of one day with its reasons; none where the reader may not know it."""
        if not self.person.open_to(self.request.user, "see_consequence", on=self.request.today):
            return []
        if len(days) > 1:
            change = gained(self.programme, dict.fromkeys(days, self.meaning))
            return [] if change is None else [_change(change, when)]
        (day,) = days
        costs = exchange(self.programme, day, self._says(day), self.meaning, terms=self.terms)
        if not costs:
            return []
        before, after = costs
        said = (_change(after.amount - before.amount, when), before.sentence, after.sentence)
        return [format_html('{}<br><span class="soft">Teraz: {}<br>Po zmianie: {}</span>', *said)]

    def _paid(self) -> list[str]:
        lists = {pk: (title, days) for day in self.changing for title, pk, days in paid_by(self.programme, day)}
        if lists:
            return [self._of_list(pk, *found) for pk, found in lists.items()]
        one = "tego dnia: policzy się go według tego, co w nim stoi"
        many = "tych dni: policzy się je według tego, co w nich stoi"
        return [f"Żadna zatwierdzona lista wypłat nie obejmuje jeszcze {one if len(self.changing) == 1 else many}."]

    def _of_list(self, pk: int, title: str, days: str) -> str:
        shown = title
        if self.request.user.may("see_lists", on=self.request.today):
            shown = format_html('<a href="{}">{}</a>', reverse("benefits:list", args=[pk]), title)
        return format_html(
            "Za {} płaci już {} ({}), zatwierdzona. Lista pozostaje taka, jak ją wydano; "
            "różnicę rozliczy najbliższa lista miesięczna.",
            "ten dzień" if len(self.changing) == 1 else "zamknięte dni",
            shown,
            days,
        )


def _change(amount: Decimal, when: str) -> str:
    text = change_text(amount)
    return f"{when}{text[0].lower()}{text[1:]}" if when else text
