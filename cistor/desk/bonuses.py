"""What waits of the bonuses: an opinion, a decision, and for payroll those granted when their list was approved."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benefits.actions.bonuses import may_decide
from benefits.models import Bonus
from benefits.reading import bonuses
from cistor.accounts.models import User
from cistor.centres.models import Regulations
from cistor.dates import month_end, month_text
from cistor.desk.matters import Matter
from cistor.money import zloty
from cistor.templatetags.cistor import plural


def to_opine(user: User, on: date) -> Iterator[Matter]:
    """A sentence a month: requests that lack a positive opinion, which the regulations ask for, and the user's own."""
    if not user.may("opine_bonus", on=on):
        return
    for month, rows in _open(user, on).items():
        if not _needs_opinion(user, month):
            continue
        n = sum(not _is_opined(row, user) for row in rows)
        if n:
            waits = plural(n, "wniosek czeka,wnioski czekają,wniosków czeka")
            yield Matter("soon", "opinia", f"Premie za {month_text(month)}: {n} {waits} na Twoją opinię", _table(month))


def to_decide(user: User, on: date) -> Iterator[Matter]:
    """A sentence a month: requests that the user may decide on, with the opinion that they need."""
    if not user.may("decide_bonus", on=on):
        return
    for month, rows in _open(user, on).items():
        needs = _needs_opinion(user, month)
        n = sum(may_decide(row, by=user) and (not needs or bonuses.is_supported(row.opinions.all())) for row in rows)
        if n:
            waits = plural(n, "wniosek czeka,wnioski czekają,wniosków czeka")
            yield Matter("soon", "decyzja", f"Premie za {month_text(month)}: {n} {waits} na decyzję", _table(month))


def granted_late(user: User, on: date) -> Iterator[Matter]:
    """Granted after the list of the month was approved: the next one pays it."""
    if not user.may("run_month", on=on):
        return
    rows = bonuses.late(Bonus.objects.visible_to(user, on=on)).select_related("programme__participant")
    for row in rows.defer("reason", "note").order_by("month", "pk"):
        granted = f"premia {zloty(row.amount)} za {month_text(row.month)}"
        text = f"{row.programme.participant}: {granted}, wypłata z następną listą"
        yield Matter("info", "premia", text, reverse("benefits:bonus", args=[row.pk]))


def _open(user: User, on: date) -> dict[date, list[Bonus]]:
    """By month, the oldest first."""
    rows = Bonus.objects.visible_to(user, on=on).open().select_related("programme__participant__centre")
    found: dict[date, list[Bonus]] = defaultdict(list)
    for row in rows.defer("reason", "note").prefetch_related("opinions").order_by("month", "pk"):
        found[row.month].append(row)
    return found


def _needs_opinion(user: User, month: date) -> bool:
    version = Regulations.objects.version(user.home_centre, month_end(month))
    return version is None or version.bonus_needs_opinion


def _is_opined(row: Bonus, user: User) -> bool:
    """Whether the user has nothing to say any more, or may not."""
    opinions = row.opinions.all()
    own = row.asked_by_id == user.pk and not user.home_centre.single_handed
    return own or bonuses.is_supported(opinions) or any(opinion.by_id == user.pk for opinion in opinions)


def _table(month: date) -> str:
    return f"{reverse('benefits:bonuses')}?miesiac={month:%Y-%m}"
