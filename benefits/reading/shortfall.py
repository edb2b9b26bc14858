"""By how much a benefit falls short of the statute: the same facts, settled under the rulebook that the law asks for.

Only what takes from the participant is raised (`below_right`: 120 % of the unemployment benefit, 21 sick days); what a
centre may lawfully keep below a maximum stays as it is. How a trial is settled is no such departure, so spans stay too.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from benefits import rules
from cistor.centres import statute
from cistor.centres.models import Centre, Regulations
from cistor.dates import ONE_DAY
from cistor.money import NOTHING

# A version with its last day, and where it gives less than the statute.
Below = tuple[rules.Version, date, list[statute.Departure]]


def raised(centre: Centre, book: rules.Rulebook) -> rules.Rulebook | None:
    """The rulebook with every `below_right` setting at the value of the statute, on the days of the departure.

    None where no version gives less. The caches of the engine tell versions apart by identity: made once for many
    settlements, in two queries.
    """
    found = list(_below(centre, book))
    if not any(departures for *_, departures in found):
        return None
    versions = [piece for below in found for piece in _pieces(*below)]
    return rules.Rulebook(versions, book.statute, book.calendar)


def shortfall(inputs: rules.Inputs, settled: rules.Settlement, raised_book: rules.Rulebook) -> Decimal:
    """What the statute gives beyond the settled benefit, in złoty; 0 where it gives no more."""
    lawful = rules.settle(replace(inputs, rulebook=raised_book))
    return max(lawful.benefit - settled.benefit, NOTHING)


def _below(centre: Centre, book: rules.Rulebook) -> Iterator[Below]:
    rows = {row.in_force_from: row for row in Regulations.objects.adopted().filter(centre=centre)}
    law = statute.Statute.load()
    ends = [later.from_on - ONE_DAY for later in book.versions[1:]]
    for version, end in zip(book.versions, [*ends, date.max], strict=False):
        yield version, end, statute.below_right(rows[version.from_on], version.from_on, end, law)


def _pieces(version: rules.Version, end: date, departures: list[statute.Departure]) -> Iterator[rules.Version]:
    """The version cut wherever a departure begins or ends."""
    over = {departure.end_on + ONE_DAY for departure in departures if departure.end_on < end}
    for start in sorted({version.from_on, *over, *(departure.start_on for departure in departures)}):
        lawful = {found.setting: found.value for found in departures if found.start_on <= start <= found.end_on}
        yield replace(version, from_on=start, settings=replace(version.settings, **lawful))
