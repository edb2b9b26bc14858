"""A round from its opening to its closing."""

from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from django.db import IntegrityError
from pypdf import PdfReader

from cistor.documents.files import read
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals.actions import (
    change_round,
    close_round,
    close_scoring,
    enter_all,
    enter_round,
    leave_round,
    open_round,
    save_project,
    withdraw,
)
from referrals.models import Candidacy, Offer, Project, Round
from tests.factories import make_centre, make_user
from tests.referrals.making import SUBMITTED, make_application, make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def centre(centre):
    make_letterhead(centre)
    return centre


@pytest.fixture
def by_points(director):
    centre = make_centre("rzyszczewo")
    make_letterhead(centre)
    return make_round(centre, places=2)


def opened(director, **over):
    said = {"name": "Nabór wiosenny", "places": 2, "by": director, "on": ON}
    return open_round(director.centre, **{**said, **over})


def scored(in_round, *marks, **over):
    """A candidate whose scoring is closed; `marks`: each recruiter's, the same for every criterion."""
    row = make_candidacy(in_round, state="scored", **over)
    for mark in marks:
        recruiter = make_user(in_round.centre, "psychologist")
        make_score(row, recruiter, motivation=mark, potential=mark, prognosis=mark)
    return row


def state(candidacy) -> str:
    candidacy.application.refresh_from_db()
    return candidacy.application.recruitment_state


# Opening


def test_the_method_is_that_of_the_regulations_of_the_day(director):
    row = opened(director)
    assert (row.method, row.regulations.centre_id, row.is_open) == ("scores", director.centre_id, True)


def test_points_where_the_regulations_say_points():
    director = make_user(make_centre("rzyszczewo"), "director")
    assert opened(director).method == "points"


def test_regulations_without_a_method_open_no_round():
    director = make_user(make_centre("statute"), "director")
    with pytest.raises(Refused, match="nie mówi, jak wybiera się kandydatów"):
        opened(director)


def test_a_day_without_regulations_opens_no_round(director):
    with pytest.raises(Refused, match="centrum nie ma regulaminu"):
        opened(director, on=date(2010, 1, 4))


def test_a_method_that_lacks_its_settings_opens_no_round(director):
    director.centre.regulations.update(score_scale=None)
    with pytest.raises(Refused, match="nie podaje ustawienia: ocena kryterium od 1 do"):
        opened(director)


def test_one_name_is_given_once(director):
    opened(director)
    with pytest.raises(Refused, match="Taki nabór już jest"):
        opened(director)


def test_a_round_has_a_place_at_least(director):
    with pytest.raises(Refused) as refusal:
        opened(director, places=0)
    assert refusal.value.field == "places"


def test_two_who_correct_a_project_keep_what_the_other_said(director):
    by = {"by": director, "on": ON}
    project = save_project(director.centre, name="Razem", start_on=ON, planned_women=40, **by)
    stale = Project.objects.get(pk=project.pk)
    save_project(director.centre, project, planned_women=50, **by)
    save_project(director.centre, stale, name="Razem w pracy", **by)
    project.refresh_from_db()
    assert (project.name, project.planned_women) == ("Razem w pracy", 50)


def test_a_project_is_told_nothing_it_does_not_know(director):
    with pytest.raises(TypeError):
        save_project(director.centre, name="Razem", start_on=ON, centre_id=1, by=director, on=ON)


def test_a_project_of_another_centre_is_refused(director, other_centre):
    project = save_project(other_centre, name="Projekt", start_on=ON, by=director, on=ON)
    with pytest.raises(Refused) as refusal:
        opened(director, project=project)
    assert refusal.value.field == "project"


def test_places_may_be_corrected_until_the_closing(director):
    row = opened(director)
    change_round(row, places=5, by=director, on=ON)
    row.refresh_from_db()
    assert row.places == 5
    with pytest.raises(Refused, match="zamknięto"):
        change_round(make_round(director.centre, closed_on=ON), places=5, by=director, on=ON)


def test_classes_do_not_start_before_the_round_is_opened(director):
    day_before = date(2026, 3, 10)
    with pytest.raises(Refused, match="przed otwarciem naboru") as refusal:
        opened(director, classes_on=day_before)
    assert refusal.value.field == "classes_on"
    with pytest.raises(Refused, match="przed otwarciem naboru"):
        change_round(opened(director, classes_on=ON), classes_on=day_before, by=director, on=ON)


def test_a_round_with_an_early_day_of_classes_may_be_corrected_otherwise(director):
    early = date(2026, 2, 1)
    row = change_round(make_round(director.centre, classes_on=early), places=5, classes_on=early, by=director, on=ON)
    assert (row.places, row.classes_on) == (5, early)


# Entering


def test_those_who_wait_enter_together(centre, social_worker):
    in_round = make_round(centre)
    waiting = [make_application(centre) for _ in range(3)]
    entered = enter_all(in_round, waiting, by=social_worker, on=ON)
    assert [state(row) for row in entered] == ["entered"] * 3


def test_all_enter_or_none(centre, social_worker):
    in_round = make_round(centre)
    waiting, withdrawn = make_application(centre), make_application(centre, status="withdrawn")
    with pytest.raises(Refused):
        enter_all(in_round, [waiting, withdrawn], by=social_worker, on=ON)
    assert not in_round.candidacies.exists()


def test_nobody_chosen(centre, social_worker):
    with pytest.raises(Refused, match="Zaznacz"):
        enter_all(make_round(centre), [], by=social_worker, on=ON)


def test_nobody_enters_twice(centre, social_worker):
    row = make_candidacy(make_round(centre))
    with pytest.raises(Refused, match="jest już w tym naborze"):
        enter_round(row.application, row.round, by=social_worker, on=ON)


def test_nobody_enters_a_closed_round(centre, social_worker):
    with pytest.raises(Refused, match="zamknięto"):
        enter_round(make_application(centre), make_round(centre, closed_on=ON), by=social_worker, on=ON)


def test_the_reserve_of_an_earlier_round_may_enter_a_new_one_and_come_back(centre, social_worker):
    earlier = make_candidacy(make_round(centre, closed_on=SUBMITTED), state="reserve", place=3)
    row = enter_round(earlier.application, make_round(centre), by=social_worker, on=ON)
    assert state(row) == "entered"
    leave_round(row, by=social_worker, on=ON)
    assert state(row) == "reserve"


def test_who_is_offered_a_place_answers_first(centre, social_worker):
    earlier = make_candidacy(make_round(centre, closed_on=SUBMITTED), state="reserve")
    Offer.objects.create(
        candidacy=earlier, offered_on=ON, offered_by=social_worker, way="phone", answer_due_on=date(2026, 3, 20)
    )
    with pytest.raises(Refused, match="zaproponowano miejsce"):
        enter_round(earlier.application, make_round(centre), by=social_worker, on=ON)


# Closing


def test_the_best_are_qualified_and_the_rest_waits(centre, director):
    in_round = make_round(centre, places=1)
    worse, better = scored(in_round, 3, 3), scored(in_round, 5, 4)
    close_round(in_round, by=director, on=ON)
    worse.refresh_from_db()
    better.refresh_from_db()
    assert (better.place, better.points, better.outcome) == (1, Fraction(27, 2), "qualified")
    assert (worse.place, worse.points, worse.outcome) == (2, Fraction(9), "reserve")
    assert (state(better), state(worse)) == ("qualified", "reserve")


def test_equal_points_go_by_the_order_of_application(by_points, director):
    later = scored(by_points, application=make_application(by_points.centre, on=date(2026, 3, 9)))
    earlier = scored(by_points, application=make_application(by_points.centre, on=date(2026, 3, 4)))
    close_round(by_points, by=director, on=ON)
    assert list(by_points.candidacies.order_by("place").values_list("pk", flat=True)) == [earlier.pk, later.pk]


def test_who_does_not_meet_the_criteria_is_on_neither_list(centre, director):
    in_round = make_round(centre)
    scored(in_round, 4)
    out = make_candidacy(in_round, state="declined", is_formally_met=False)
    close_round(in_round, by=director, on=ON)
    out.refresh_from_db()
    assert (out.outcome, out.place, state(out)) == ("not_met", None, "declined")


def test_who_has_left_or_was_closed_stands_nowhere(centre, director):
    in_round = make_round(centre)
    scored(in_round, 4)
    left = scored(in_round, 5)
    leave_round(left, by=director, on=ON)
    withdrawn = scored(in_round, 5)
    withdraw(withdrawn.application, by=director, on=ON)
    close_round(in_round, by=director, on=ON)
    assert in_round.candidacies.exclude(outcome="").count() == 1


@pytest.mark.parametrize("unfinished", ["entered", "checked", "interviewed"])
def test_a_round_is_not_closed_over_somebody_undecided(centre, director, unfinished):
    in_round = make_round(centre)
    scored(in_round, 4)
    row = make_candidacy(in_round, state=unfinished)
    with pytest.raises(Refused, match=row.application.number):
        close_round(in_round, by=director, on=ON)


def test_an_empty_round_is_not_closed(centre, director):
    with pytest.raises(Refused, match="nikogo nie ma"):
        close_round(make_round(centre), by=director, on=ON)


def test_a_round_is_closed_once(centre, director):
    in_round = make_round(centre)
    scored(in_round, 4)
    close_round(in_round, by=director, on=ON)
    with pytest.raises(Refused, match="zamknięto 11 marca 2026"):
        close_round(in_round, by=director, on=ON)
    assert Entry.objects.filter(verb="round_closed").count() == 1


def test_the_file_of_each_list_bears_its_own_name(centre, director):
    in_round = make_round(centre)
    scored(in_round, 5)
    close_round(in_round, by=director, on=ON)
    papers = in_round.papers.select_related("document")
    titles = {(one.kind, one.is_public): file_title(one.document).split("nr")[0].strip() for one in papers}
    assert titles["qualified", False] == "Lista osób zakwalifikowanych"
    assert titles["reserve", True] == "Lista rezerwowa (bez nazwisk)"
    assert titles["ranking", False] == "Lista rankingowa"


def file_title(document: Document) -> str:
    return PdfReader(BytesIO(read(document.sha256))).metadata.title


def test_three_lists_are_issued_each_with_names_and_without(centre, director):
    in_round = make_round(centre, places=1)
    first, second = scored(in_round, 5), scored(in_round, 3)
    close_round(in_round, by=director, on=ON)
    papers = {(paper.kind, paper.is_public): paper.document for paper in in_round.papers.all()}
    assert set(papers) == {(kind, public) for kind in ("ranking", "qualified", "reserve") for public in (True, False)}
    assert len({document.number for document in papers.values()}) == 6
    ids = [row.application.participant_id for row in (first, second)]
    assert papers["ranking", False].people == sorted(ids)
    assert papers["qualified", False].people == [ids[0]]
    assert papers["reserve", False].people == [ids[1]]


def test_the_public_copy_bears_no_name_and_no_reason(centre, director):
    in_round = make_round(centre)
    row = scored(in_round, 5)
    close_round(in_round, by=director, on=ON)
    for paper in in_round.papers.filter(is_public=True).select_related("document"):
        said = str(paper.document.context)
        assert row.application.participant.last_name not in said
        assert "Motywacja" not in said
        assert paper.document.people == []
    assert row.application.number in str(in_round.papers.get(kind="ranking", is_public=True).document.context)


def test_a_failed_paper_leaves_the_round_open(director, centre):
    in_round = make_round(centre)
    row = scored(in_round, 5)
    centre.letterheads.all().delete()
    with pytest.raises(Refused, match="papieru firmowego"):
        close_round(in_round, by=director, on=ON)
    in_round.refresh_from_db()
    row.refresh_from_db()
    assert (in_round.is_open, row.outcome, Document.objects.count()) == (True, "", 0)


def test_the_regulations_of_a_closed_round_never_change(centre, director):
    in_round = make_round(centre)
    scored(in_round, 5)
    close_round(in_round, by=director, on=ON)
    in_round.regulations.refresh_from_db()
    assert in_round.regulations.sealed_on == ON


# What the database holds fast


@pytest.fixture
def closed(centre, director):
    in_round = make_round(centre, places=1)
    scored(in_round, 5)
    return close_round(in_round, by=director, on=ON)


@pytest.mark.parametrize("change", [{"points": 1}, {"place": 7}, {"outcome": "reserve"}, {"is_formally_met": False}])
def test_the_result_of_a_candidate_stands(closed, change):
    with pytest.raises(IntegrityError, match="issued, never changes"):
        Candidacy.objects.filter(round=closed).update(**change)


def test_telling_and_declining_go_on(closed, director):
    Candidacy.objects.filter(round=closed).update(told_on=ON, declined_on=ON)
    assert closed.candidacies.get().told_on == ON


@pytest.mark.parametrize("change", [{"places": 9}, {"closed_on": None, "closed_by": None}, {"name": "Inny"}])
def test_a_closed_round_stands(closed, change):
    with pytest.raises(IntegrityError, match="issued, never changes"):
        Round.objects.filter(pk=closed.pk).update(**change)


def test_the_scores_behind_a_result_stand(closed):
    with pytest.raises(IntegrityError, match="issued, never changes"):
        closed.candidacies.get().scores.update(motivation=1)


def test_points_close_without_an_interview(by_points, director):
    row = make_candidacy(by_points, state="checked")
    close_scoring(row, by=director, on=ON)
    assert state(row) == "scored"
