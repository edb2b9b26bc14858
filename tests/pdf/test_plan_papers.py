"""The IPZS and its annex as files: filled in, to be signed on a day to come, and empty for ink."""

import json
import re
from datetime import date

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from pypdf import PdfReader

from cistor.documents.actions import working_copies, working_copy
from participants.actions import plan as plans
from participants.documents import plan as papers
from tests.factories import make_participant, make_programme
from tests.participants.plans import SIGNED, make_annex, make_draft, make_goal, make_signed
from tests.pdf import validator
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(centre, social_worker):
    make_letterhead(centre)
    return make_signed(make_participant(centre), by=social_worker)


def words(data_or_path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(data_or_path).pages).split())


def test_both_papers_are_fit_for_archives_and_screen_readers(programme, centre, social_worker, tmp_path):
    annex = make_annex(programme, by=social_worker)
    make_goal(annex, by=social_worker, until=date(2026, 9, 30))
    forms = [papers.ipzs(centre, programme.plan, on=SIGNED), papers.ipzs(centre, None, on=SIGNED)]
    files = {"ipzs": tmp_path / "ipzs.pdf", "annex": tmp_path / "annex.pdf"}
    files["ipzs"].write_bytes(working_copies(kind="ipzs", centre=centre, contexts=forms, on=SIGNED))
    context = papers.annex(centre, annex, on=SIGNED)
    files["annex"].write_bytes(working_copy(kind="annex", centre=centre, context=context, on=SIGNED))
    broken = validator.broken_rules(list(files.values()))
    assert {key: rules for key, rules in broken.items() if rules} == {}
    said = words(files["ipzs"])
    assert re.search(r"okres próbny: od 2 marca 2026 do 1 kwietnia 2026", said, re.IGNORECASE)
    assert re.search(r"Okres właściwy, 11 mies.: od 2 kwietnia 2026 do 1 marca 2027", said)
    assert "bez składania nowych podpisów" in said
    assert "Aneks nr 1 – wydruk roboczy" in words(files["annex"])


def test_before_the_signature_the_periods_are_those_of_the_day_asked_for(centre, social_worker):
    draft = make_draft(make_participant(centre), by=social_worker)
    trial, main = papers.ipzs(centre, draft, on=SIGNED, start_on=date(2026, 1, 31))["periods"]
    assert (trial["start_on"], trial["end_on"]) == (date(2026, 1, 31), date(2026, 2, 28))
    assert (main["start_on"], main["end_on"]) == (date(2026, 3, 1), date(2027, 1, 31))
    open_ones = papers.ipzs(centre, draft, on=SIGNED)["periods"]
    assert [(row["months"], row["start_on"], row["end_on"]) for row in open_ones] == [(1, "", ""), (11, "", "")]


def test_the_draft_for_a_signed_programme_has_the_periods_of_that_programme(centre, social_worker):
    person = make_participant(centre)
    programme = make_programme(person, start_on=date(2026, 2, 2))
    draft = make_draft(person, by=social_worker)
    found = papers.ipzs(centre, draft, on=SIGNED, start_on=date(2026, 5, 4))["periods"]
    assert found == papers.periods(programme)
    assert found[0]["start_on"] == date(2026, 2, 2)


def test_an_unfinished_draft_says_so_and_a_complete_one_does_not(centre, social_worker):
    plan = plans.start_plan(make_participant(centre), by=social_worker, on=SIGNED)
    assert papers.ipzs(centre, plan, on=SIGNED)["lacking"] == ["cele"]
    assert 'class="form unsigned"' in laid_out(centre, plan)
    make_goal(plan, by=social_worker)
    assert papers.ipzs(centre, plan, on=SIGNED)["lacking"] == []
    assert "unsigned" not in laid_out(centre, plan)


def laid_out(centre, plan) -> str:
    """The sheet before it becomes a file."""
    head = {"name": centre.name, "address": "ul. Próbna 1", "place": "Próbowo"}
    document = {"number": "", "draft": False, "title": "IPZS", "issued_on": f"{SIGNED}", "basis": ""}
    context = json.loads(json.dumps(papers.ipzs(centre, plan, on=SIGNED), cls=DjangoJSONEncoder))
    facts = {**context, "letterhead": {**head, "body": "", "contact": "", "logo": None}, "document": document}
    return render_to_string("documents/ipzs.html", {**facts, "logo_url": ""})


def test_where_no_office_is_asked_the_head_decides_on_the_main_period(centre, other_centre):
    assert "ośrodka" in papers.condition(centre, None, SIGNED)
    assert "decyzji kierującego" in papers.condition(other_centre, None, SIGNED)
