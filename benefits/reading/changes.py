"""Which approved spans owe another amount on the facts of today.

Every span of the last three years is computed again and compared with the sums of its stored lines; only where they
differ is anything stored decrypted. So whatever changed – a mark, an end, a rate, a limit that now bites in a later
month – is found, and nothing has to remember to ask for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import OperationalError
from django.db.models import Exists, OuterRef, Sum

from attendance.inputs import Facts, gather
from benefits import rules
from benefits.models import Line, PaymentList, Settlement
from benefits.reading.bonuses import granted
from benefits.rules.differences import NAMES, sums
from cistor.centres.models import Centre
from cistor.dates import month_start
from participants.models import Programme

# Claims to periodic payments lapse after three years (art. 118 Kodeksu cywilnego).
YEARS = 3


@dataclass(frozen=True)
class Chain:
    """What approved lists pay for one span of a programme: a settlement, and those that correct it, as one sum."""

    programme_id: int
    span: str
    start_on: date
    end_on: date
    # That of the first settlement: what is owed is owed on that day.
    payday: date
    # Granted by now; without any request, what was paid stands.
    bonus: Decimal
    # The settlement that a next one corrects.
    last_id: int
    # By code of the lines, without what comes to nothing.
    sums: dict[str, Decimal]


@dataclass(frozen=True)
class Change:
    """A span that owes another amount, and the facts that say so."""

    chain: Chain
    inputs: rules.Inputs
    # The last day of the span as it stands now.
    end_on: date


@dataclass
class Changes:
    by_programme: dict[int, list[Change]] = field(default_factory=dict)
    # Programmes that could not be computed again: why not.
    errors: dict[int, Exception] = field(default_factory=dict)

    @property
    def programmes(self) -> set[int]:
        return self.by_programme.keys() | self.errors.keys()

    @property
    def last_ids(self) -> list[int]:
        return [change.chain.last_id for changed in self.by_programme.values() for change in changed]


def changes(centre: Centre, *, until: date, on: date, but: PaymentList | None = None) -> Changes:
    """The changed spans that end by `until`, in order of time; those of a programme that another open list corrects
    wait for that list. A fixed number of queries."""
    found = Changes()
    chains = _chains(centre, until=until, since=_three_years_before(on), but=but)
    programmes = Programme.objects.filter(pk__in=chains).only("ended_on")
    facts = gather(centre, programmes, until)
    for pk, of_programme in chains.items():
        try:
            changed = list(_changed(of_programme, facts[pk], until))
        except OperationalError:  # a cut connection is nobody's failure
            raise
        except Exception as error:  # that of one person stops nobody else; whoever counts the list says so
            found.errors[pk] = error
        else:
            found.by_programme |= {pk: changed} if changed else {}
    return found


def _changed(chains: Iterable[Chain], facts: Facts, until: date) -> Iterator[Change]:
    spans = {span.key: span.covered.end_on for span in rules.spans(facts.programme, facts.rulebook, until)}
    for chain in chains:
        last = spans.get(chain.span, chain.end_on)
        if last > until:  # a trial extended since: its later days are the business of a later list
            continue
        inputs = rules.Inputs(
            facts.rulebook,
            facts.programme,
            chain.span,
            {day: kind for day, kind in facts.marks.items() if day <= last},
            approved_bonus=chain.bonus,
            payday=chain.payday,
        )
        owed = rules.owed(inputs)
        if sums(owed.lines if owed else ()) != chain.sums:
            yield Change(chain, inputs, last)


def _chains(centre: Centre, *, until: date, since: date, but: PaymentList | None) -> dict[int, list[Chain]]:
    """By programme, in order of time. Plain columns only: nothing is decrypted."""
    columns = "programme_id", "span", "start_on", "end_on", "bonus", "corrects_id", "payment_list__payday"
    settlements = _paid(centre, until=until, since=since, but=but).select_related("payment_list").only(*columns)
    # Asked for by number: a subquery here is joined anew for each line where the tables have no statistics yet.
    by_code = _sums([row.pk for row in settlements])
    rows: dict[tuple[int, str], list[Settlement]] = defaultdict(list)
    for row in settlements:
        rows[row.programme_id, row.span].append(row)
    bonuses = granted({programme for programme, _ in rows})
    chains: dict[int, list[Chain]] = defaultdict(list)
    for (programme, span), links in rows.items():
        chain = _chain(links, by_code[programme, span], bonuses.get((programme, span)))
        chains[programme].append(chain)
    return chains


def _paid(centre: Centre, *, until: date, since: date, but: PaymentList | None):
    """The approved settlements of spans that end in time; an erased person is owed nothing any more.

    The first settlement says when a span ends, and all that correct it come along, whatever days they end on.
    """
    others = Settlement.objects.exclude(payment_list__status=PaymentList.Status.APPROVED).filter(corrects__isnull=False)
    if but is not None:
        others = others.exclude(payment_list=but)
    firsts = Settlement.objects.original().filter(programme=OuterRef("programme"), span=OuterRef("span"))
    return (
        Settlement.objects.approved()
        .filter(Exists(firsts.filter(end_on__range=(since, until))), payment_list__centre=centre)
        .filter(programme__participant__erased_on__isnull=True)
        .exclude(programme__in=others.values("programme"))
        .order_by("programme", "start_on", "pk")
    )


def _sums(settlements: list[int]) -> dict[tuple[int, str], dict[str, Decimal]]:
    """By programme and span: what the lines of each code come to."""
    rows = Line.objects.filter(settlement__in=settlements, code__in=NAMES).order_by()
    rows = rows.values_list("settlement__programme", "settlement__span", "code").annotate(sum=Sum("amount"))
    found: dict[tuple[int, str], dict[str, Decimal]] = defaultdict(dict)
    for programme, span, code, amount in rows.exclude(sum=0):
        found[programme, span][code] = amount
    return found


def _chain(links: list[Settlement], by_code: dict[str, Decimal], bonus: Decimal | None) -> Chain:
    corrected = {row.corrects_id for row in links}
    first = next(row for row in links if row.corrects_id is None)
    last = next(row for row in links if row.pk not in corrected)
    return Chain(
        programme_id=first.programme_id,
        span=first.span,
        start_on=first.start_on,
        end_on=max(row.end_on for row in links),
        payday=first.payment_list.payday,
        bonus=first.bonus if bonus is None else bonus,
        last_id=last.pk,
        sums=by_code,
    )


def _three_years_before(on: date) -> date:
    return month_start(on).replace(year=on.year - YEARS)
