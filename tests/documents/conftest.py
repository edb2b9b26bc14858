from datetime import date

import pytest

# This file is read before Django is ready, so what knows models is imported where it is used.


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def centre(db):
    from tests.factories import make_centre

    return make_centre("cistor")


@pytest.fixture
def payroll(centre):
    from tests.factories import make_user

    return make_user(centre, "payroll")


@pytest.fixture
def letterhead(centre):
    from cistor.documents.actions import adopt_letterhead
    from tests.pdf import samples

    return adopt_letterhead(
        centre=centre,
        in_force_from=date(2026, 1, 1),
        name="Centrum Integracji Społecznej „Wymyślone”",
        address="ul. Zmyślona 1, 87-100 Toruń",
        place="Toruń",
        logo=samples.LOGO_BYTES,
        by=None,
    )
