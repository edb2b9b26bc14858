"""Every paper of the referrals, from data and as a form to fill in by hand."""

import re
from datetime import date
from html import unescape

import pytest
from django.template.loader import render_to_string

from cistor.documents import actions
from cistor.documents.kinds import KINDS
from referrals import documents
from referrals.documents import PAPERS
from referrals.models import ExclusionStatement, Project
from tests.factories import make_group, make_participant
from tests.referrals.making import make_application, make_candidacy, make_round
from tests.referrals.papers import make_letterhead

ON = date(2026, 3, 11)
FORMS = [kind for kind in PAPERS if not KINDS[kind].numbered]
# What a filled paper never holds: code that leaked, and signs that are no Polish typography.
LEFTOVERS = re.compile(r"None|True|False|\{[{%#]|\.\.\.|(?<!\d)\s-\s|\"")


@pytest.fixture
def house(centre):
    """CISTOR; its regulations name the questionnaire, the doctor, the cameras and the safety card."""
    make_letterhead(centre)
    return centre


@pytest.fixture
def rural(other_centre):
    """Rzyszczewo, whose regulations have annexes and points."""
    make_letterhead(other_centre)
    return other_centre


def shown(kind, context, centre) -> str:
    """The paper as HTML; an undefined variable stops it."""
    stored = actions._stored(kind, centre, context, number="", on=ON)
    return render_to_string(f"documents/{kind}.html", actions._with_logo(stored))


def words(page: str) -> str:
    body = page[page.index("<body") :]
    body = body[body.index(">") + 1 :]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def filled(kind, subject, **more) -> str:
    return words(shown(kind, documents.context(kind, subject, ON, **more), subject.centre))


def empty(kind, centre) -> str:
    return words(shown(kind, documents.empty(kind, centre, ON), centre))


def ticked(page: str) -> list[str]:
    return [label.strip() for label in re.findall(r'<span class="box">×</span>\s*<span>([^<]*)', page)]


@pytest.fixture
def somebody(rural):
    return make_participant(rural, first_name="Kalina", last_name="Żółć-Wymyślona", phone="600111222")


@pytest.fixture
def candidate(somebody):
    """Whose application and place in a round hold everything that the papers can say."""
    application = make_application(somebody.centre, participant=somebody, office_state="referred")
    make_candidacy(make_round(somebody.centre), state="qualified", application=application)
    return application


def test_every_paper_about_a_person_names_them_and_leaves_no_code_behind(candidate):
    for kind in PAPERS:
        text = filled(kind, candidate.candidacies.get().round if kind == "ranking" else candidate)
        assert not LEFTOVERS.search(text), (kind, LEFTOVERS.search(text))
        assert kind == "ranking" or "Żółć-Wymyślona" in text, kind


def test_an_empty_form_names_nobody_and_leaves_room_for_ink(candidate):
    for kind in PAPERS:
        page = shown(kind, documents.empty(kind, candidate.centre, ON), candidate.centre)
        assert not LEFTOVERS.search(words(page)), (kind, LEFTOVERS.search(words(page)))
        assert "Żółć" not in page
        assert re.search(r'class="(dots|rule|field|box|line)', page), kind
        assert not ticked(page), kind
        assert "2026" not in words(page).split(KINDS[kind].title.split()[0])[0], kind


def test_the_person_is_not_typed_again(candidate, somebody):
    page = shown("registration", documents.context("registration", candidate, ON), candidate.centre)
    digits = "".join(re.findall(r'<span class="box">(\d)</span>', page))
    assert digits.startswith(somebody.pesel)
    text = words(page)
    for fact in ("600111222", somebody.street, somebody.city, "46"):
        assert fact in text
    assert ticked(page) == ["kobieta", "w ewidencji powiatowego urzędu pracy", "osoby długotrwale bezrobotne"]


def test_the_categories_stand_in_the_words_of_the_day_of_the_application(candidate):
    candidate.applied_on = date(2020, 3, 2)
    text = filled("registration", candidate)
    assert "osoby chore psychicznie" in text
    assert "osoby z zaburzeniami psychicznymi" not in text


def test_a_recruitment_by_points_asks_for_the_income_and_the_time_without_work(candidate, house):
    text = filled("income", candidate)
    assert "400,00 zł" in text
    assert "514,00 zł" in text
    assert "bez zatrudnienia od dnia 23 grudnia 2023" in text
    by_scores = empty("income", house)
    assert "514" not in by_scores
    assert "bez zatrudnienia" not in by_scores


@pytest.mark.parametrize(
    "rights, said",
    [
        (None, []),
        ([], ["nie mam prawa do żadnego z nich"]),
        (["old_age_pension"], ["mam prawo do:", "emerytura"]),
    ],
)
def test_the_rights_that_exclude_are_ticked_as_declared_last(candidate, rights, said):
    if rights is not None:
        ExclusionStatement.objects.create(
            application=candidate, declared_on=ON, rights=rights, recorded_by=candidate.begun_by
        )
    assert ticked(shown("statements", documents.context("statements", candidate, ON), candidate.centre)) == said


def test_a_project_gives_its_name_and_its_statement_on_double_financing(rural):
    assert "projek" not in empty("statements", rural)
    Project.objects.create(centre=rural, name="Nowy początek", start_on=date(2025, 1, 1), end_on=ON)
    text = empty("statements", rural)
    assert "projekcie „Nowy początek”" in text
    assert "nie jest finansowany dwa razy" in text
    assert "Nowy początek" in empty("image_consent", rural)


def test_of_two_projects_a_candidate_is_in_that_of_the_round(candidate, rural):
    Project.objects.create(centre=rural, name="Nowy początek", start_on=date(2025, 6, 1))
    older = Project.objects.create(centre=rural, name="Dawny początek", start_on=date(2025, 1, 1))
    assert "Nowy początek" in filled("statements", candidate)
    rural.rounds.update(project=older)
    assert "Dawny początek" in filled("statements", candidate)


def test_a_letter_to_the_qualified_names_the_project_of_their_round(candidate, rural):
    Project.objects.create(centre=rural, name="Nowy początek", start_on=date(2025, 6, 1))
    older = Project.objects.create(centre=rural, name="Dawny początek", start_on=date(2025, 1, 1))
    rural.rounds.update(project=older)
    assert documents.context("qualified_letter", candidate, ON)["project"] == "Dawny początek"


def test_the_term_after_the_end_is_the_one_of_the_centre(rural, house):
    assert "w ciągu 4 tygodni od zakończenia" in empty("followup_consent", rural)
    assert "w ciągu dni od zakończenia" in empty("followup_consent", house)


def test_the_consent_to_the_image_stands_alone_and_can_be_withdrawn(candidate):
    page = shown("image_consent", documents.context("image_consent", candidate, ON), candidate.centre)
    assert "Zgodę można w każdej chwili cofnąć" in words(page)
    assert "Cofam zgodę" in words(page)
    assert not ticked(page)
    for kind in set(FORMS) - {"image_consent"}:
        assert "wizerunk" not in filled(kind, candidate), kind


def test_a_paper_bears_the_basis_and_the_head_of_its_centre(rural, house):
    assert "załącznik nr 3" in shown("income", documents.empty("income", rural, ON), rural)
    assert "§2 ust. 2" in shown("safety_card", documents.empty("safety_card", house, ON), house)
    assert "podpis i pieczęć: kierownik" in empty("safety_card", rural)
    assert "podpis i pieczęć: dyrektor" in empty("safety_card", house)


def test_the_doctor_and_the_trainer_are_told_the_workshop(candidate, somebody):
    group = make_group(candidate.centre, name="Pracownia zieleni")
    somebody.memberships.create(group=group, start_on=ON)
    for kind in ("medical_referral", "safety_card"):
        assert "Pracownia zieleni" in filled(kind, candidate)


def test_what_the_talk_found_stands_in_the_questionnaire(candidate):
    candidate.candidacies.update(interview_note="Chce pracować w ogrodzie.", consultation_on=ON)
    page = shown("interview", documents.context("interview", candidate, ON), candidate.centre)
    assert "Chce pracować w ogrodzie." in words(page)
    assert "potrzebna konsultacja psychiatryczna" in ticked(page)
    assert "Bez pracy od trzech lat." in words(page)
