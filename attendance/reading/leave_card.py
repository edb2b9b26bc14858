"""The leave card (karta dni wolnych) of a programme: each free day with where it comes from (S1 § 3 ust. 3 lit. d)."""

from datetime import date, timedelta
from typing import NamedTuple

from attendance.models import LeaveDay, LeaveRequest
from attendance.reading.history import with_makers
from attendance.reading.leave import Balance, Rules, balances, notes_over, without_request
from cistor.accounts.roles import Role
from cistor.centres.models import Regulations
from cistor.dates import day_text
from participants.models import Programme, Stage


class Line(NamedTuple):
    """A free day; `request` None: marked without one. `decided` says who granted it and when; `is_contested`: a sick
    note that is not certain yet lies over it."""

    on: date
    request: LeaveRequest | None
    decided: str
    is_pending: bool = False
    is_contested: bool = False


class Card:
    """One programme's card on a day; five queries."""

    def __init__(self, programme: Programme, rules: Rules, *, on: date) -> None:
        self.programme, self.on, self.version = programme, on, rules.version(on)
        self.balance: Balance = balances([programme], rules, on=on)[programme.pk]
        self.lines = sorted([*self._asked(), *self._by_hand()], key=lambda line: line.on)

    @property
    def keeper(self) -> str:
        """Who keeps the card by the regulations; "" where they do not say."""
        role = self.version.leave_card_role if self.version else ""
        return title_of(role, self.version) if role else ""

    @property
    def is_running(self) -> bool:
        return not self.programme.is_over(self.on)

    @property
    def has_contested(self) -> bool:
        return any(line.is_contested for line in self.lines)

    @property
    def used(self) -> int:
        """Granted days that are behind, but those on which the person may have been sick."""
        return sum(not line.is_pending and not line.is_contested and line.on <= self.on for line in self.lines)

    def _asked(self) -> list[Line]:
        rows = LeaveDay.objects.standing().filter(programme=self.programme)
        rows = rows.select_related("request__decided_by", "request__decided_for")
        rows = list(rows.defer("request__reason", "request__note", "request__waiver"))
        notes = notes_over(self.programme, [row.on for row in rows])
        over = {row.on for row in rows if any(note.start_on <= row.on <= note.end_on for note in notes)}
        return [Line(row.on, row.request, _decided(row.request), row.request.is_open, row.on in over) for row in rows]

    def _by_hand(self) -> list[Line]:
        rows = without_request([self.programme]).select_related("marked_by")
        return [Line(row.on, None, f"oznaczono bez wniosku: {who}") for row, who in with_makers(rows)]


def _decided(request: LeaveRequest) -> str:
    return (
        f"{request.decider}, {request.decided_on:%d.%m.%Y}"
        if request.decided_on
        else f"złożono {request.filed_on:%d.%m.%Y}"
    )


def title_of(role: str, version: Regulations) -> str:
    """The head of the centre is called as in its regulations."""
    return version.head_title if role == Role.DIRECTOR else Role(role).label


def rules_text(programme: Programme, rules: Rules, on: date) -> list[str]:
    """What the regulations of the day ask of a request filed on it, a sentence each."""
    version = rules.version(on)
    if version is None:
        return ["Centrum nie ma regulaminu na ten dzień."]
    found, trial = [], programme.stage(Stage.Kind.TRIAL)
    if version.leave_after_trial and trial:
        found.append(f"Prawo do dni wolnych nabywa się po okresie próbnym: od {day_text(_after(trial.end_on))}.")
    if version.leave_request_to:
        found.append(f"Wniosek przyjmuje: {title_of(version.leave_request_to, version)}.")
    if ahead := version.leave_notice_days:
        first = day_text(on + timedelta(days=ahead))
        found.append(f"Wniosek składa się {ahead} dni wcześniej: złożony dziś sięga dni od {first}.")
        found.append(f"Od tego terminu, i tylko od niego, może odstąpić {version.head_title}, podając powód.")
    if version.leave_opinions:
        asked = " i ".join(title_of(role, version) for role in version.leave_opinions)
        found.append(f"Przed decyzją opinię daje: {asked}.")
    return [*found, "Za dni wolne świadczenie przysługuje w pełnej wysokości."]


def _after(day: date) -> date:
    return day + timedelta(days=1)
