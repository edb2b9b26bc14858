from datetime import date

import pytest

# This file is read before Django is ready, so what knows models is imported where it is used.


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def groups(centre, instructor, director):
    """Three groups of two people each, in the programme since January; the director leads none of them."""
    from cistor.documents.models import Letterhead
    from tests.factories import make_group, make_participant, make_programme

    Letterhead.objects.create(
        centre=centre, in_force_from=date(2014, 6, 1), name=centre.name, address="ul. Wymyślona 1", place="Toruń"
    )
    groups = [make_group(centre, instructor, name=f"Pracownia {letter}") for letter in "ABC"]
    for group in groups:
        for _ in range(2):
            make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 1), by=director)
    return groups


@pytest.fixture
def ask(centre, groups, director):
    """`ask()` → the job of the sheets of all groups for February 2026, asked for by the director."""
    from attendance.actions.sheets import ask_for_sheets

    def asked(**over):
        given = {"centre": centre, "groups": groups, "month": date(2026, 2, 1), "filled": True, "by": director}
        return ask_for_sheets(**{**given, "on": date(2026, 3, 11), **over})

    return asked
