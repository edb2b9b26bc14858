"""Every paper of the referrals as a file: filled in from data, and behind it the empty form."""

import re
from datetime import date

import pytest
from pypdf import PdfReader

from cistor.documents.actions import working_copies
from cistor.documents.kinds import KINDS
from referrals import documents
from referrals.documents import PAPERS
from tests.pdf import validator
from tests.referrals.making import make_application, make_candidacy, make_round
from tests.referrals.papers import make_letterhead

ON = date(2026, 3, 11)


@pytest.fixture
def subjects(other_centre):
    """Kind → what its paper is about: a candidate with everything known, or the round of points."""
    make_letterhead(other_centre)
    in_round = make_round(other_centre)
    application = make_application(other_centre, office_state="referred")
    make_candidacy(in_round, state="qualified", application=application)
    return {kind: in_round if kind == "ranking" else application for kind in PAPERS}


@pytest.fixture
def files(subjects, tmp_path):
    """Kind → its file."""
    paths = {kind: tmp_path / f"{kind}.pdf" for kind in subjects}
    for kind, subject in subjects.items():
        contexts = [documents.context(kind, subject, ON), documents.empty(kind, subject.centre, ON)]
        data = working_copies(kind=kind, centre=subject.centre, contexts=contexts, on=ON)
        paths[kind].write_bytes(data)
    return paths


def test_every_paper_is_fit_for_archives_and_screen_readers_and_short(files):
    broken = validator.broken_rules(list(files.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    assert len(broken) == len(PAPERS) * len(validator.FLAVOURS)
    for kind, file in files.items():
        for page in PdfReader(file).pages:
            words = " ".join(page.extract_text().split())
            assert re.search(r"strona [12] z [12]\b", words), kind
            assert KINDS[kind].basis.split(";")[0][:40] in words, kind
