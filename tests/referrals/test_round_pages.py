"""Rounds and candidates on screen."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.accounts.models import StandIn
from cistor.journal.models import Reading
from participants.models import Participant
from referrals.actions import close_round, decline, save_project
from referrals.models import Application, Offer, Project, Round
from tests.factories import make_centre, make_participant, make_user
from tests.referrals.making import make_application, make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def url(name, obj=None, *more):
    return reverse(f"referrals:{name}", args=[obj.pk, *more] if obj else [])


def text(answer) -> str:
    return answer.content.decode()


def finished(centre, *, project=None, women=1, men=1, places=5):
    """A round in which everybody is scored, closed by the director."""
    make_letterhead(centre)
    in_round = make_round(centre, places=places, project=project)
    recruiter = make_user(centre, "psychologist")
    for sex in ["woman"] * women + ["man"] * men:
        application = make_application(centre, participant=make_participant(centre, sex=sex))
        make_score(make_candidacy(in_round, state="scored", application=application), recruiter)
    return in_round


# The round


def test_a_round_is_opened_with_its_project(as_user, social_worker):
    project = save_project(social_worker.centre, name="Razem", start_on=ON, by=social_worker, on=ON)
    data = {"token": "a", "name": "I edycja", "places": "26", "project": project.pk, "classes_on": "2026-04-01"}
    answer = as_user(social_worker, ON).post(url("new_round"), data)
    row = Round.objects.get()
    assert answer.url == url("enter_round", row)
    assert (row.places, row.project, row.method) == (26, project, "scores")


def test_regulations_without_a_method_say_so_before_anything_is_typed(as_user):
    social_worker = make_user(make_centre("statute"), "social_worker")
    answer = as_user(social_worker, ON).get(url("new_round"))
    assert "nie mówi, jak wybiera się kandydatów" in text(answer)
    assert 'name="places"' not in text(answer)


def test_a_project_keeps_what_it_has_promised(as_user, social_worker):
    said = {"name": "Razem", "start_on": "2026-01-01", "planned_women": "40", "planned_men": "38"}
    as_user(social_worker, ON).post(url("new_project"), {"token": "a", **said})
    project = Project.objects.get()
    assert (project.planned_women, project.planned_men, project.end_on) == (40, 38, None)


def test_nobody_is_chosen_beforehand(as_user, centre, social_worker):
    in_round, waiting = make_round(centre), make_application(centre)
    page = as_user(social_worker, ON).get(url("enter_round", in_round))
    assert f'value="{waiting.pk}"' in text(page)
    assert "checked" not in text(page).split("<main")[1]


def test_only_who_may_enter_is_offered(as_user, centre, social_worker):
    in_round = make_round(centre)
    offered = [make_application(centre, recruitment_state=state) for state in ("waiting", "reserve", "declined")]
    make_application(centre, recruitment_state="qualified")
    make_application(centre, status="withdrawn")
    make_candidacy(in_round)
    page = as_user(social_worker, ON).get(url("enter_round", in_round))
    assert [row for row, _ in page.context["rows"]] == offered


def test_those_chosen_enter(as_user, centre, social_worker):
    in_round, waiting = make_round(centre), [make_application(centre) for _ in range(3)]
    client = as_user(social_worker, ON)
    client.post(url("enter_round", in_round), {"token": "a", "applications": [row.pk for row in waiting[:2]]})
    assert set(in_round.candidacies.values_list("application", flat=True)) == {row.pk for row in waiting[:2]}
    assert client.post(url("enter_round", in_round), {"token": "b"}).status_code == 422


def test_the_round_counts_its_people_by_state(as_user, centre, instructor):
    in_round = make_round(centre)
    for state in ("entered", "checked", "checked"):
        make_candidacy(in_round, state=state)
    page = as_user(instructor, ON).get(url("round", in_round))
    assert page.context["counts"] == [("plain", "w naborze", 1), ("plain", "spełnia kryteria", 2)]


def test_the_round_sorts_by_state_in_the_order_of_the_way(as_user, centre, instructor):
    in_round = make_round(centre)
    for state in ("scored", "entered", "interviewed", "checked"):
        make_candidacy(in_round, state=state)
    rows = as_user(instructor, ON).get(f"{url('round', in_round)}?porzadek=stan").context["candidates"]
    states = [row.application.recruitment_state for row, _ in rows]
    assert states == ["entered", "checked", "interviewed", "scored"]


def queries_of(client, address) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["round", "ranking", "close_round", "enter_round"])
def test_a_round_of_many_takes_as_many_queries(as_user, centre, director, name):
    in_round, client = make_round(centre), as_user(director, ON)

    def people():
        make_score(make_candidacy(in_round, state="scored"), director)
        make_candidacy(in_round, state="checked")
        make_application(centre)

    people()
    client.get(url(name, in_round))
    few = queries_of(client, url(name, in_round))
    for _ in range(8):
        people()
    assert queries_of(client, url(name, in_round)) == few


# The candidate


def test_recruiters_read_neither_the_number_nor_the_health_of_a_candidate(as_user, centre, instructor):
    row = make_candidacy(
        make_round(centre), state="interviewed", consultation_on=ON, consultation_note="Poradnia.", formal_note="Tajne."
    )
    page = text(as_user(instructor, ON).get(url("candidate", row)))
    person, application = row.application.participant, row.application
    for secret in (person.pesel, person.street, person.phone, application.reason, "Konsultacja", "Poradnia", "Tajne."):
        assert secret not in page
    assert "długotrwale" not in page


def test_a_consultation_is_read_by_who_sees_the_diagnosis(as_user, centre):
    row = make_candidacy(make_round(centre), state="checked", consultation_on=ON, consultation_note="Poradnia.")
    page = text(as_user(make_user(centre, "psychologist"), ON).get(url("candidate", row)))
    assert "poproszono 11 marca 2026" in page
    assert "Poradnia." in page


def ask(client, row, **said):
    return client.post(url("consultation", row), {"token": "a", "note": "Poradnia.", **said}, follow=True)


def test_an_emptied_day_takes_no_consultation_back(as_user, centre):
    row = make_candidacy(make_round(centre), state="checked", consultation_on=ON, consultation_note="Poradnia.")
    answer = ask(as_user(make_user(centre, "psychologist"), ON), row, asked_on="")
    assert (answer.status_code, "Żeby cofnąć prośbę, zaznacz to niżej." in text(answer)) == (422, True)
    row.refresh_from_db()
    assert (row.consultation_on, row.consultation_note) == (ON, "Poradnia.")


def test_a_consultation_ticked_away_is_taken_back(as_user, centre):
    row = make_candidacy(make_round(centre), state="checked", consultation_on=ON, consultation_note="Poradnia.")
    answer = ask(as_user(make_user(centre, "psychologist"), ON), row, asked_on="2026-03-11", is_taken_back="on")
    assert "jej dzień i notatka zostają w historii" in text(answer)
    row.refresh_from_db()
    assert (row.consultation_on, row.consultation_note) == (None, "")


def test_nothing_is_taken_back_that_was_not_asked_for(as_user, centre):
    row = make_candidacy(make_round(centre), state="checked")
    answer = ask(as_user(make_user(centre, "psychologist"), ON), row, asked_on="", is_taken_back="on")
    assert (answer.status_code, "Podaj dzień." in text(answer)) == (422, True)
    assert "is_taken_back" not in answer.context["form"].fields


def test_a_wrong_application_is_told_in_polish(as_user, centre, director):
    answer = as_user(director, ON).post(url("enter_round", make_round(centre)), {"token": "a", "applications": "x"})
    assert answer.status_code == 422
    assert "Applications" not in text(answer)


def test_reading_a_candidate_is_written_down(as_user, centre, instructor):
    row = make_candidacy(make_round(centre))
    as_user(instructor, ON).get(url("candidate", row))
    assert Reading.objects.get().what == "candidate"


def test_the_deeds_follow_the_state_and_the_rights(as_user, centre, instructor, social_worker):
    row = make_candidacy(make_round(centre), state="interviewed")
    shown = as_user(social_worker, ON).get(url("candidate", row)).context
    assert [deed.label for deed in shown["deeds"]] == ["Oceń", "Zamknij oceny", "Konsultacja psychiatryczna"]
    assert [deed.label for deed in shown["ways_back"]] == ["Cofnij rozmowę", "Skreśl kandydata", "Wycofaj z naboru"]
    shown = as_user(instructor, ON).get(url("candidate", row)).context
    assert ([deed.label for deed in shown["deeds"]], shown["ways_back"]) == (["Oceń"], [])


def test_a_closed_round_leaves_nothing_to_be_done(as_user, centre, director):
    in_round = finished(centre)
    close_round(in_round, by=director, on=ON)
    shown = as_user(director, ON).get(url("candidate", in_round.candidacies.first())).context
    assert shown["deeds"] == []
    assert [deed.label for deed in shown["ways_back"]] == ["Skreśl kandydata"]


def test_criteria_not_met_are_written_on_the_page(as_user, centre, social_worker):
    row = make_candidacy(make_round(centre))
    data = {"token": "a", "is_met": "no", "note": "Inny powiat."}
    as_user(social_worker, ON).post(url("formal_check", row), data)
    row.refresh_from_db()
    assert (row.is_formally_met, row.decline_reason) == (False, "Inny powiat.")


def test_need_is_typed_as_people_write_it(as_user, centre, social_worker):
    row = make_candidacy(make_round(centre, method="points"), state="checked")
    data = {"token": "a", "income_per_head": "1 513,99", "income_proof": "certificate", "jobless_since": "2024-01-15"}
    client = as_user(social_worker, ON)
    client.post(url("need", row), data)
    row.refresh_from_db()
    assert (str(row.income_per_head), row.jobless_since) == ("1513.99", date(2024, 1, 15))
    assert 'value="1513,99"' in text(client.get(url("need", row)))


@pytest.mark.parametrize(
    "step, state, after",
    [
        ("ocena-formalna", "checked", "entered"),
        ("rozmowa", "interviewed", "checked"),
        ("oceny", "scored", "interviewed"),
        ("skreslenie", "checked", "declined"),
        ("wycofanie", "checked", "waiting"),
    ],
)
def test_each_way_back_asks_and_does(as_user, centre, social_worker, step, state, after):
    row = make_candidacy(make_round(centre), state=state)
    client = as_user(social_worker, ON)
    assert client.get(url("step_back", row, step)).status_code == 200
    client.post(url("step_back", row, step), {"token": "a", "reason": "Tak."})
    assert Application.objects.get(pk=row.application_id).recruitment_state == after


def test_a_decline_is_taken_back_on_its_page(as_user, centre, social_worker):
    row = make_candidacy(make_round(centre), state="declined", declined_on=ON)
    as_user(social_worker, ON).post(url("step_back", row, "skreslenie-cofniecie"), {"token": "a"})
    assert Application.objects.get(pk=row.application_id).recruitment_state == "interviewed"


def test_a_step_nobody_knows_is_not_there(as_user, centre, social_worker):
    assert as_user(social_worker, ON).get(url("step_back", make_candidacy(make_round(centre)), "x")).status_code == 404


# Ranking and closing


def test_the_ranking_explains_every_point(as_user, centre, instructor):
    row = make_candidacy(make_round(centre), state="scored")
    make_score(row, instructor, motivation=5, potential=3, prognosis=4)
    page = text(as_user(instructor, ON).get(url("ranking", row.round)))
    assert "<strong>12 pkt</strong>" in page
    assert "Potencjał: ocena 3 (w skali od 1 do 5) × waga 1." in page
    assert "ustawienie centrum" in page


def test_a_tie_at_the_line_is_explained(as_user, centre, instructor):
    in_round = make_round(centre, places=1)
    for day in (date(2026, 3, 3), date(2026, 3, 2)):
        application = make_application(centre, on=day)
        make_score(make_candidacy(in_round, state="scored", application=application), instructor)
    page = as_user(instructor, ON).get(url("ranking", in_round))
    ((first, *_), (second, *_)) = page.context["rows"]
    assert (first.is_within, second.is_within) == (True, False)
    assert "o kolejności decyduje kolejność zgłoszeń" in text(page)


def test_who_is_still_out_of_the_ranking_is_named(as_user, centre, instructor):
    row = make_candidacy(make_round(centre), state="checked")
    page = as_user(instructor, ON).get(url("ranking", row.round))
    assert page.context["unfinished"] == [row]


def test_the_closing_names_the_round_and_counts(as_user, centre, director):
    in_round = finished(centre, places=1)
    page = as_user(director, ON).get(url("close_round", in_round))
    assert f"Zamknąć nabór „{in_round.name}”?" in text(page)
    facts = dict(page.context["facts"])
    assert (facts["Zakwalifikowani"], facts["Lista rezerwowa"], facts["Bez rozstrzygnięcia"]) == (1, 1, 0)


def test_the_director_closes_and_the_lists_hang_below(as_user, centre, director):
    in_round = finished(centre)
    page = as_user(director, ON).post(url("close_round", in_round), {"token": "a"}, follow=True)
    assert text(page).count("/dokumenty/") == 6
    assert "bez nazwisk" in text(page)
    assert url("reserve", in_round) in text(page)


def test_while_somebody_is_undecided_there_is_nothing_to_close_with(as_user, centre, director):
    row = make_candidacy(make_round(centre), state="checked")
    client = as_user(director, ON)
    assert "Najpierw trzeba rozstrzygnąć o" in text(client.get(url("close_round", row.round)))
    answer = client.post(url("close_round", row.round), {"token": "a"})
    assert answer.status_code == 422
    assert "Nie wszyscy są ocenieni" in text(answer)


def test_the_deputy_of_the_director_closes(as_user, centre, director):
    deputy, in_round = make_user(centre, "payroll"), finished(centre)
    StandIn.objects.create(absent=director, deputy=deputy, start_on=ON, end_on=ON)
    as_user(deputy, ON).post(url("close_round", in_round), {"token": "a"})
    assert Round.objects.get(pk=in_round.pk).closed_by == deputy


def test_women_and_men_reached_stand_beside_the_planned(as_user, centre, director):
    project = save_project(centre, name="Razem", start_on=ON, planned_women=40, planned_men=38, by=director, on=ON)
    in_round = finished(centre, project=project, women=2, men=1)
    close_round(in_round, by=director, on=ON)
    reached = as_user(director, ON).get(url("project", project)).context["reached"]
    assert (reached.women, reached.men, reached.places, reached.planned) == (2, 1, 5, 78)


def test_who_was_taken_from_the_reserve_list_is_reached_too(as_user, centre, director):
    project = save_project(centre, name="Razem", start_on=ON, by=director, on=ON)
    earlier = make_candidacy(make_round(centre, project=project, closed_on=ON), state="reserve", place=1)
    taken = {"offered_on": ON, "offered_by": director, "way": "phone", "answer_due_on": ON}
    Offer.objects.create(candidacy=earlier, answered_on=ON, is_accepted=True, answer_by=director, **taken)
    Application.objects.filter(pk=earlier.application_id).update(recruitment_state="qualified")
    reached = as_user(director, ON).get(url("project", project)).context["reached"]
    assert (reached.women, reached.men) == (1, 0)


def test_who_gave_the_place_back_is_reached_no_more(as_user, centre, director):
    project = save_project(centre, name="Razem", start_on=ON, by=director, on=ON)
    in_round = finished(centre, project=project)
    close_round(in_round, by=director, on=ON)
    decline(in_round.candidacies.get(application__participant__sex="man"), reason="Praca.", by=director, on=ON)
    reached = as_user(director, ON).get(url("project", project)).context["reached"]
    assert (reached.women, reached.men) == (1, 0)


def test_the_place_of_an_erased_person_stands_without_its_reasons(as_user, centre, director):
    in_round = finished(centre, women=1, men=0)
    close_round(in_round, by=director, on=ON)
    Participant.objects.update(erased_on=ON)
    page = text(as_user(director, ON).get(url("ranking", in_round)))
    assert "Dane tej osoby usunięto; punkty pozostały." in page
    assert "<strong>9 pkt</strong>" in page
    assert "Motywacja" not in page


def test_the_case_shows_its_rounds_and_what_is_next(as_user, centre, social_worker):
    row = make_candidacy(make_round(centre), state="checked")
    page = as_user(social_worker, ON).get(url("case", row.application))
    assert [deed.label for deed in page.context["recruitment"]["deeds"]] == [
        "Zapisz rozmowę",
        "Oceń",
        "Konsultacja psychiatryczna",
    ]
    assert row.round.name in text(page)
