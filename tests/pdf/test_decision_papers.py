"""The papers about more months, as files."""

from datetime import date

import pytest
from pypdf import PdfReader

from cistor.documents.actions import working_copies
from participants.documents import decisions
from participants.models import Extension, Stage
from tests.factories import make_participant, make_programme, make_user
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

ON = date(2027, 2, 8)


@pytest.fixture
def extension(centre):
    """Asked for by the participant, for three months; granted for four, as the files say."""
    make_letterhead(centre)
    programme = make_programme(make_participant(centre), start_on=date(2026, 3, 1))
    asked = {"origin": "participant", "months": 3, "reason": "Egzamin zawodowy w maju."}
    row = Extension(programme=programme, **asked, asked_by=make_user(centre, "social_worker"), asked_on=ON)
    row.save()
    return row


def decided(extension, *, granted):
    extension.granted, extension.note = granted, "Cele programu wymagają jeszcze czasu."
    first, last = date(2027, 3, 1), date(2027, 6, 30)
    extension.stage = Stage(kind="extension", start_on=first, end_on=last) if granted else None
    extension.granted_months = 4 if granted else None
    return decisions.extension_decision(extension, on=ON)


def contexts(extension):
    centre = extension.programme.participant.centre
    return {
        "extension_request": [decisions.extension_request(centre, asked, on=ON) for asked in (extension, None)],
        "extension_decision": [decided(extension, granted=granted) for granted in (True, False)],
    }


def test_the_papers_of_extensions_are_fit_for_archives_and_say_what_was_decided(extension, centre, tmp_path):
    files = {}
    for kind, papers in contexts(extension).items():
        files[kind] = tmp_path / f"{kind}.pdf"
        files[kind].write_bytes(working_copies(kind=kind, centre=centre, contexts=papers, on=ON))
    broken = validator.broken_rules(list(files.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    texts = {kind: [_text(page) for page in PdfReader(file).pages] for kind, file in files.items()}
    assert {kind: len(pages) for kind, pages in texts.items()} == dict.fromkeys(texts, 2)
    filled, empty = texts["extension_request"]
    assert "Egzamin zawodowy w maju." in filled
    assert extension.programme.participant.last_name not in empty
    granted, refused = texts["extension_decision"]
    assert "o 4 miesiące, od 1 marca 2027 r. do 30 czerwca 2027 r." in granted
    assert "Nie przedłużam" in refused
    assert "upływa 28 lutego 2027 r." in refused


@pytest.mark.parametrize("asked, tells", [(3, False), (4, False), (5, True)])
def test_the_paper_says_that_the_rest_is_not_granted(extension, centre, tmp_path, asked, tells):
    extension.months = asked
    context, paper = decided(extension, granted=True), tmp_path / "paper.pdf"
    paper.write_bytes(working_copies(kind="extension_decision", centre=centre, contexts=[context], on=ON))
    told = _text(PdfReader(paper).pages[0])
    assert ("W pozostałej części wniosku nie uwzględniam" in told) is tells
    assert "Cele programu wymagają jeszcze czasu." in told


def _text(page) -> str:
    return " ".join(page.extract_text().split())
