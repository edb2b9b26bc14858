"""The days of a settlement, cut wherever something else begins to hold."""

from datetime import date
from typing import NamedTuple

from benefits.rules.programme import PaidSpan, Programme
from benefits.rules.rulebook import FullRate, Rulebook, Terms
from benefits.rules.settings import Settings


class Stretch(NamedTuple):
    """Days on end of one period under one version of the regulations and one unemployment benefit."""

    start_on: date
    end_on: date
    period: str
    terms: Terms
    rate: FullRate

    @property
    def settings(self) -> Settings:
        return self.terms.version.settings


def stretches(programme: Programme, span: PaidSpan, book: Rulebook) -> list[Stretch]:
    """The covered days in order; MissingStatutoryRate where the unemployment benefit of one is not known."""
    return [
        Stretch(start, end, period, terms, terms.full_rate(period) or _missing(book, start))
        for period, part in programme.parts(span.covered)
        for start, end, terms in book.terms_between(*part)
    ]


def _missing(book: Rulebook, day: date) -> FullRate:
    raise book.statute.missing("unemployment_benefit", day)
