from datetime import date

import pytest

# This file is read before Django is ready, so what knows models is imported where it is used.


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def letterhead(centre):
    return _letterhead(centre)


@pytest.fixture
def other_letterhead(other_centre):
    return _letterhead(other_centre)


def _letterhead(centre):
    from cistor.documents.models import Letterhead

    return Letterhead.objects.create(
        centre=centre,
        in_force_from=date(2014, 1, 1),
        name="Centrum Integracji Społecznej „Wymyślone”",
        address="ul. Zmyślona 1, 87-100 Toruń",
        place="Toruń",
    )
