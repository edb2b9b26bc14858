"""Every letter that a deadline asks for as a file: a draft says that it is one, and is fit for archives."""

import re

import pytest
from pypdf import PdfReader

from cistor.documents.actions import working_copy
from cistor.documents.kinds import KINDS
from cistor.notices import documents
from cistor.notices.models import Letter
from tests.factories import end, make_participant, make_programme
from tests.notices.letters import ON, SIGNED, make_letter, welfare_office
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

COURSE = "Pracownik socjalny: obecności bez uwag.\n\nInstruktor: narzędzia opanowane."
REASONS = "Ośrodek nie zakwalifikował do okresu właściwego (odpowiedź z 09.03.2026)."
# Ended before the duty to insure could arise.
NEVER_INSURED = "Obowiązek ubezpieczenia zdrowotnego z tytułu udziału w zajęciach nie powstał."


@pytest.fixture
def letters(centre):
    """Kind → a letter with everything in it."""
    make_letterhead(centre)
    office = welfare_office(centre)
    several = [make_programme(make_participant(centre), start_on=SIGNED) for _ in range(40)]
    ended = end(make_programme(make_participant(centre), start_on=SIGNED), ended_on=ON, kind="job")
    failed = make_programme(make_participant(centre), start_on=SIGNED, main=False)
    failed = end(failed, ended_on=ON, kind="not_qualified")
    return {
        "admission_list": make_letter(centre, "admission_list", *several, office=office),
        "insurance_told": make_letter(centre, "insurance_told"),
        "qualification_request": make_letter(centre, "qualification_request", office=office, text=COURSE),
        "not_qualified_letter": make_letter(centre, "not_qualified_letter", failed, text=REASONS),
        "early_end_info": make_letter(centre, "early_end_info", ended, office=office),
    }


@pytest.fixture
def files(letters, tmp_path):
    paths = {kind: tmp_path / f"{kind}.pdf" for kind in letters}
    for kind, letter in letters.items():
        data = working_copy(kind=kind, centre=letter.centre, context=documents.context(letter, ON), on=ON)
        paths[kind].write_bytes(data)
    return paths


def test_every_letter_is_fit_for_archives_and_a_draft_says_that_it_is_one(files):
    assert set(files) == set(Letter.Kind)
    broken = validator.broken_rules(list(files.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    assert len(broken) == len(files) * len(validator.FLAVOURS)
    for kind, file in files.items():
        pages = [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]
        assert len(pages) == (2 if kind == "admission_list" else 1), kind
        assert "wydruk roboczy" in pages[0], kind
        assert (NEVER_INSURED in pages[0]) == (kind in {"not_qualified_letter", "early_end_info"}), kind
        for words in pages:
            assert re.search(r"strona [12] z [12]\b", words), kind
            assert KINDS[kind].basis[:40] in words, kind
