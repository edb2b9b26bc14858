"""The application for the benefit and the answer to a bailiff, as files."""

from datetime import date

from pypdf import PdfReader

from benefits.documents.claim import benefit_application
from benefits.documents.enforcement import bailiff_answer
from benefits.models import Enforcement
from cistor.documents.actions import working_copies
from tests.factories import make_participant, make_programme
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

ON = date(2026, 7, 15)


def contexts(centre, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 7, 1))
    about = {"bailiff": "Komornik Sądowy Bez Nazwiska", "signature": "Km 12/26", "city": "Toruń"}
    letter = Enforcement(participant=programme.participant, **about, received_on=date(2026, 7, 10))
    asked = [benefit_application(centre, row, with_account=True, on=ON) for row in (programme, None)]
    return {"benefit_application": asked, "bailiff_answer": [bailiff_answer(letter, by=social_worker, on=ON)]}


def test_both_are_fit_for_archives_and_say_what_they_must(centre, social_worker, tmp_path):
    make_letterhead(centre)
    papers, files = contexts(centre, social_worker), {}
    for kind, of_kind in papers.items():
        files[kind] = tmp_path / f"{kind}.pdf"
        files[kind].write_bytes(working_copies(kind=kind, centre=centre, contexts=of_kind, on=ON))
    broken = validator.broken_rules(list(files.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    (filled, empty), [answer] = (
        [" ".join(page.extract_text().split()) for page in PdfReader(file).pages] for file in files.values()
    )
    name = papers["benefit_application"][0]["person"]["name"]
    assert name in filled
    assert name not in empty
    assert "w kasie banku" not in filled
    for said in ("Km 12/26", "Świadczenie integracyjne nie podlega egzekucji.", "Komornik Sądowy Bez Nazwiska"):
        assert said in answer
