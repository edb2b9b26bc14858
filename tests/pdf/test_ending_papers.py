"""The papers of the end as files, as they are issued."""

from datetime import date

import pytest
from pypdf import PdfReader

from cistor.documents import files
from participants import actions
from tests.factories import make_participant, make_programme
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

ON = date(2026, 5, 20)
GROUND = {"letter": "b", "text": "opuszczanie zajęć bez usprawiedliwienia", "source": "§6 cz. I pkt 1"}


@pytest.fixture
def papers(centre, social_worker, director, tmp_path):
    """Kind → file, of a programme that was ended for persistent breach."""
    make_letterhead(centre)
    programme = make_programme(make_participant(centre), start_on=date(2026, 3, 2))
    days = [{"on": f"2026-05-{day:02}", "meaning": "unexcused", "letters": "NN"} for day in (11, 12, 13)]
    found = {"grounds": [GROUND], "days": days, "facts": "Trzy dni nieobecności, dwie rozmowy bez skutku."}
    row = actions.propose_termination(
        programme,
        kind="breach",
        **found,
        last_on=date(2026, 5, 19),
        through_fault=True,
        reason="Nieobecności powtarzają się mimo aneksu do programu.",
        by=social_worker,
        on=ON,
    )
    row = actions.decide_termination(row, granted=True, note="", by=director, on=ON)
    certificate = actions.issue_certificate(programme, skills="Obsługa pilarki.\nMurowanie.", by=director, on=ON)
    return {paper.kind: _file(paper, tmp_path) for paper in (row.document, certificate.document)}


def _file(paper, folder):
    path = folder / f"{paper.kind}.pdf"
    path.write_bytes(files.read(paper.sha256))
    return path


def words(path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def test_both_are_fit_for_archives_and_screen_readers_and_say_what_they_must(papers):
    broken = validator.broken_rules(list(papers.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    decision, certificate = words(papers["termination_decision"]), words(papers["certificate"])
    for said in ("art. 13 ust. 4 pkt 1", "§6 cz. I pkt 1 lit. b", "12 maja 2026", "sądu administracyjnego", "30 dni"):
        assert said in decision
    for said in ("od 2 marca 2026", "do 19 maja 2026", "Obsługa pilarki."):
        assert said in certificate
    assert "naruszanie" not in certificate
