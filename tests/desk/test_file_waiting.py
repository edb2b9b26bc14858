"""Papers of the personal file that end wait on the desk of those who keep the file."""

from datetime import date

import pytest

from cistor.desk import waiting
from tests.factories import make_participant, make_programme, make_user
from tests.participants.papers import make_paper

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 11)


def waits(user) -> list[tuple[str, str]]:
    return [(row.kind, row.text) for row in waiting.matters(user, on=ON) if "ważność" in row.text]


def test_a_paper_that_ends_waits_for_who_keeps_the_file_and_for_nobody_else(centre, director):
    person = make_participant(centre)
    make_programme(person, start_on=date(2026, 1, 5), by=director)
    make_paper(person, "safety_card", valid_until=date(2026, 3, 10))
    make_paper(person, valid_until=date(2026, 4, 10))
    expected = [
        ("late", f"{person}: karta szkolenia BHP, ważność upłynęła 10.03.2026"),
        ("soon", f"{person}: zaświadczenie lekarskie, ważność upływa 10.04.2026"),
    ]
    assert waits(make_user(centre, "social_worker")) == waits(director) == expected
    for role in ("payroll", "instructor", "psychologist"):
        assert waits(make_user(centre, role)) == []
    assert waits(make_user(None, "welfare_worker", office=centre.offices.first())) == []
