"""Candidates out of a table: all of them, or none."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Centre, StatutoryWording
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import create_participant
from referrals.actions.intake import begin
from referrals.importing import parse
from referrals.matching import Match, matches


@transaction.atomic
def import_candidates(table: Sequence[Sequence[str]], *, centre: Centre, by: User, on: date) -> int:
    """Put into the register whoever is new, and begin a draft for each; gives how many drafts were begun.

    Who has an open application or is in a programme is left as they are, so the same table changes nothing a second
    time. One row that is wrong refuses the whole table.
    """
    # What the preview showed may have changed since, and two may send the same file.
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    found = read(table, centre=centre, on=on)
    faulty = [match.candidate.line for match in found if match.candidate.faults]
    if faulty:
        raise Refused(f"Niczego nie wpisano: popraw najpierw wiersz {faulty[0]}.")
    written = [_write(match, centre=centre, by=by, on=on) for match in found if match.outcome.is_written]
    if written:
        record(centre, "candidates_imported", by=by, drafts=len(written), left=len(found) - len(written))
    return len(written)


def read(table: Sequence[Sequence[str]], *, centre: Centre, on: date) -> list[Match]:
    """The candidates beside the register; Refused when the table as a whole cannot be read."""
    parsed = parse(table, on=on, categories=StatutoryWording.objects.in_force(StatutoryWording.Kind.CATEGORY, on))
    if parsed.problems:
        raise Refused(" ".join(parsed.problems))
    return matches(parsed.candidates, centre=centre, on=on)


def _write(match: Match, *, centre: Centre, by: User, on: date) -> int:
    person = match.person or create_participant(centre=centre, by=by, on=on, **match.candidate.person)
    return begin(person, by=by, on=on, **match.candidate.application).pk
