"""Every paper of the referrals as a file: filled in from data, and empty."""

from datetime import date

import pytest
from pypdf import PdfReader

from cistor.documents.actions import working_copy
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
    for kind, subject in subjects.items():
        contexts = {"filled": documents.context(kind, subject, ON), "empty": documents.empty(kind, subject.centre, ON)}
        for name, context in contexts.items():
            data = working_copy(kind=kind, centre=subject.centre, context=context, on=ON)
            (tmp_path / f"{kind}-{name}.pdf").write_bytes(data)
    return sorted(tmp_path.glob("*.pdf"))


def test_every_paper_is_fit_for_archives_and_screen_readers_and_short(files):
    broken = validator.broken_rules(files)
    assert {key: rules for key, rules in broken.items() if rules} == {}
    assert len(broken) == 2 * 2 * len(PAPERS)
    for file in files:
        pages = PdfReader(file).pages
        assert len(pages) <= 2, file.name
        for number, page in enumerate(pages, 1):
            words = " ".join(page.extract_text().split())
            assert f"strona {number} z {len(pages)}" in words
            assert KINDS[file.stem.rsplit("-", 1)[0]].basis.split()[0] in words
