from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from cistor.centres import actions
from cistor.centres.models import DepartureReason
from cistor.errors import Refused
from cistor.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def give(version, by, text=" Rada nadzorcza utrzymała stawki do końca roku. "):
    return actions.give_reason(version, text=text, by=by, on=TODAY)


def test_a_reason_is_given_once_a_version_and_journalled(centre, director):
    version = centre.regulations.get()
    reason = give(version, director)
    assert (reason.text, reason.given_by, reason.given_on) == (
        "Rada nadzorcza utrzymała stawki do końca roku.",
        director,
        TODAY,
    )
    assert Entry.objects.get(verb="reason_given").object_id == version.pk
    with pytest.raises(Refused, match="już podane"):
        give(version, director)


def test_a_sealed_version_still_takes_its_reason(centre, director):
    version = centre.regulations.get()
    actions.seal(version, by=director, on=TODAY)
    assert give(version, director).regulations == version


def test_an_empty_reason_is_none(centre, director):
    with pytest.raises(ValidationError):
        give(centre.regulations.get(), director, "  ")


def test_a_draft_needs_no_reason(centre, director):
    centre.regulations.update(is_draft=True)
    with pytest.raises(Refused, match="Projekt"):
        give(centre.regulations.get(), director)


def test_a_given_reason_never_changes(centre, director):
    give(centre.regulations.get(), director)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        DepartureReason.objects.update(text="inne")


@pytest.mark.parametrize("text", ["", "  \n"])
def test_the_database_takes_no_empty_reason(centre, director, text):
    with pytest.raises(IntegrityError, match="departure_reason_said"):
        DepartureReason.objects.create(
            regulations=centre.regulations.get(), text=text, given_by=director, given_on=TODAY
        )


def test_a_draft_is_never_sealed(centre):
    with pytest.raises(IntegrityError, match="regulations_draft_not_sealed"):
        centre.regulations.update(is_draft=True, sealed_on=TODAY)
