"""Which kinds of letters a centre has is said where they wait and where their preparation is seen."""

from datetime import date

import pytest
from django.urls import reverse

from cistor.centres.models import DeadlineLength
from cistor.notices import prepared

ON = date(2026, 3, 11)
ALONE = "Porozumienia z urzędem nie ma, dlatego przygotowuje się tylko informację o ubezpieczeniu zdrowotnym."


@pytest.fixture
def alone(centre):
    """Without an agreement and without terms."""
    DeadlineLength.objects.filter(centre=centre).delete()
    for office in centre.offices.all():
        office.agreements.all().delete()
    return centre


def test_with_all_its_terms_a_centre_needs_no_explanation(centre):
    assert prepared.only_some(centre, ON) == ""


def test_without_an_agreement_the_rooms_say_what_is_prepared(as_user, alone, director):
    for page in ("notices:to_sign", "notices:runs"):
        assert ALONE in as_user(director, ON).get(reverse(page)).content.decode()


def test_an_agreement_that_leaves_kinds_out_names_those_that_are_prepared(centre):
    DeadlineLength.objects.filter(centre=centre, code__in=["early_end_info", "not_qualified_letter"]).delete()
    told = prepared.only_some(centre, ON)
    assert told.startswith("Porozumienie z urzędem nie mówi o innych pismach, dlatego przygotowuje się tylko listę")
    assert told.endswith("informację o ubezpieczeniu zdrowotnym i wniosek o kwalifikację.")
