"""Every paper of the referrals, from data and as a form to fill in by hand."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from cistor.documents import actions
from cistor.documents.kinds import KINDS
from cistor.documents.models import Letterhead
from referrals import documents
from referrals.documents import PAPERS
from tests.referrals.making import make_application, make_round

ON = date(2026, 3, 11)


def shown(kind, context, centre):
    """The paper as HTML; an undefined variable stops it."""
    return render_to_string(
        f"documents/{kind}.html", actions._with_logo(actions._stored(kind, centre, context, number="", on=ON))
    )


@pytest.fixture(autouse=True)
def letterhead(centre):
    return make_letterhead(centre)


def make_letterhead(centre):
    return Letterhead.objects.create(
        centre=centre,
        in_force_from=date(2014, 1, 1),
        name="Centrum „Wymyślone”",
        address="ul. Zmyślona 1",
        place="Toruń",
    )


def subject_of(kind, centre):
    return make_round(centre) if kind == "ranking" else make_application(centre, office_state="referred")


@pytest.mark.parametrize("kind", PAPERS)
def test_a_paper_is_filled_from_data(kind, centre):
    page = shown(kind, documents.context(kind, subject_of(kind, centre), ON), centre)
    assert KINDS[kind].title in page
    assert "None" not in page


@pytest.mark.parametrize("kind", PAPERS)
def test_an_empty_form_has_no_leftovers(kind, centre):
    page = shown(kind, documents.empty(kind, centre, ON), centre)
    assert KINDS[kind].title in page
    assert "None" not in page
