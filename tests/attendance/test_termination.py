"""The proposal to end a programme: its days from the attendance, its grounds from the regulations of the day."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions.breaches import record_breach, take_measure
from attendance.actions.incidents import record_incident, withdraw_incident
from attendance.reading.termination import Case
from attendance.reading.termination import near_threshold as missed
from cistor.accounts.models import StandIn
from cistor.centres.models import ClosedDay
from cistor.desk.endings import near_threshold
from cistor.journal.models import Reading
from participants.models import Programme, Termination
from tests.factories import make_participant, make_programme, make_user, mark

pytestmark = pytest.mark.django_db

START, TODAY = date(2026, 9, 1), date(2026, 11, 23)
FACTS = {"facts": "Rozmowa z 12 listopada bez skutku.", "reason": "Nieobecności się powtarzają."}
PROPOSAL = {"token": "a", "kind": "breach", **FACTS, "last_on": "2026-11-20", "through_fault": "yes"}


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=START)


def absent(programme, count, meaning="unexcused"):
    """On so many class days from Monday 5 October on."""
    days = [date(2026, 10, 5) + timedelta(days=n) for n in range(40)]
    mark(programme, dict.fromkeys([day for day in days if day.weekday() < 5][:count], meaning))


def propose(client, programme, **over):
    return client.post(f"/obecnosc/rozwiazanie/{programme.pk}/", {**PROPOSAL, **over})


def case(programme):
    return Case(programme, on=TODAY)


def test_only_days_without_taking_part_are_offered_and_none_is_chosen(as_user, social_worker, programme):
    kinds = ["unexcused", "late", "sick", "suspended", "excused", "present", "free_day", "care"]
    mark(programme, {date(2026, 10, 5) + timedelta(days=n): kind for n, kind in enumerate(kinds[:5])})
    mark(programme, {date(2026, 10, 12) + timedelta(days=n): kind for n, kind in enumerate(kinds[5:])})
    form = as_user(social_worker, TODAY).get(f"/obecnosc/rozwiazanie/{programme.pk}/").context["form"]
    assert [day for day, _ in form.fields["days"].choices] == [
        "2026-10-05", "2026-10-07", "2026-10-09", "2026-10-13", "2026-10-14"
    ]  # fmt: skip
    assert not form["days"].value()
    assert not form["grounds"].value()


def test_what_is_chosen_is_frozen_with_the_words_of_the_regulations(as_user, social_worker, programme):
    absent(programme, 3)
    answer = propose(as_user(social_worker, TODAY), programme, grounds=["b"], days=["2026-10-06", "2026-10-05"])
    row = Termination.objects.get()
    assert answer.url == f"/uczestnicy/rozwiazania/{row.pk}/"
    kept = {"meaning": "unexcused", "letters": "NN", "name": "nieobecność nieusprawiedliwiona"}
    assert row.days == [{"on": f"2026-10-0{n}", **kept} for n in (5, 6)]
    assert [(ground["letter"], ground["source"]) for ground in row.grounds] == [("b", "§6 cz. I pkt 1")]
    programme.days.all().delete()
    row.refresh_from_db()
    assert len(row.days) == 2


@pytest.mark.parametrize("count, is_over", [(14, False), (15, True)])
@pytest.mark.parametrize("meaning", ["unexcused", "sick"])
def test_the_ground_of_the_threshold_exists_from_the_fifteenth_day_whatever_the_reason(
    programme, count, is_over, meaning
):
    absent(programme, count, meaning)
    assert (case(programme).counted, case(programme).is_over) == (count, is_over)
    assert case(programme).count_text == f"{count} dni, próg regulaminu 14{', próg przekroczony' if is_over else ''}"


@pytest.mark.parametrize(
    "count, says", [(9, None), (10, "10 dni"), (14, "od 15. jest podstawa"), (15, "jest podstawa")]
)
def test_the_desk_warns_from_the_tenth_day_who_may_propose(programme, social_worker, director, instructor, count, says):
    absent(programme, count, "sick")
    mark(programme, {date(2026, 11, 21): "sick"})
    for user in (social_worker, director):
        told = list(near_threshold(user, TODAY))
        assert [says in matter.text for matter in told] == ([True] if says else [])
        sheet = f"/obecnosc/uczestnik/{programme.participant_id}/program/"
        proposal = f"/obecnosc/rozwiazanie/{programme.pk}/"
        assert {matter.url for matter in told} <= {proposal if count > 14 else sheet}
    assert not list(near_threshold(instructor, TODAY))


def test_who_stands_in_for_the_director_is_led_only_where_they_may_go(as_user, programme, centre, director):
    absent(programme, 12)
    deputy = make_user(centre, "admin")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=TODAY, end_on=TODAY)
    (warned,) = near_threshold(deputy, TODAY)
    assert warned.url == "/obecnosc/prog/"
    client = as_user(deputy, TODAY)
    for url in (warned.url, f"/obecnosc/rozwiazanie/{programme.pk}/"):
        page = client.get(url).content.decode()
        assert str(programme.participant) in page
        assert "/obecnosc/uczestnik/" not in page


def test_beyond_the_threshold_its_ground_and_every_day_are_ticked_and_nothing_else(as_user, social_worker, programme):
    absent(programme, 14)
    client = as_user(social_worker, TODAY)

    def ticked() -> tuple:
        page = client.get(f"/obecnosc/rozwiazanie/{programme.pk}/")
        form = page.context["form"]
        told = "jest już zaznaczone" in page.content.decode()
        return form["grounds"].value(), len(form["days"].value() or []), form["kind"].value(), told

    assert ticked() == (None, 0, None, False)
    mark(programme, {date(2026, 11, 16): "sick"})
    assert ticked() == (["c"], 15, None, True)
    programme.days.filter(on=date(2026, 10, 5)).update(provisional=True)
    assert ticked() == (None, 0, None, False)


def test_what_was_unticked_stays_so(as_user, social_worker, programme):
    absent(programme, 15)
    client = as_user(social_worker, TODAY)
    answer = propose(client, programme, grounds=["b"], days=["2026-10-06"], reason="")
    form = answer.context["form"]
    assert (answer.status_code, form["grounds"].value(), form["days"].value()) == (422, ["b"], ["2026-10-06"])


def test_the_desk_asks_the_database_no_more_often_and_is_silent_once_somebody_has_proposed(
    as_user, centre, programme, social_worker
):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            told = list(near_threshold(social_worker, TODAY))
        return len(told), len(captured)

    absent(programme, 15)
    asked()
    first, queries = asked()
    for _ in range(3):
        absent(make_programme(make_participant(centre), start_on=START), 12)
    assert (first, asked()) == (1, (4, queries))
    propose(as_user(social_worker, TODAY), programme, grounds=["b"], days=["2026-10-06"])
    assert asked()[0] == 3


def test_a_day_without_classes_does_not_count_to_the_threshold_and_is_not_offered(programme, centre):
    absent(programme, 3, "sick")
    ClosedDay.objects.create(centre=centre, on=date(2026, 10, 6), reason="Awaria")
    mark(programme, {date(2026, 10, 10): "sick"})
    assert [day.on.day for day in case(programme).days] == [5, 7]
    assert case(programme).counted == 2


def test_a_provisional_day_is_told_and_not_offered(as_user, social_worker, programme):
    absent(programme, 3, "sick")
    programme.days.filter(on=date(2026, 10, 6)).update(provisional=True)
    client = as_user(social_worker, TODAY)
    page = client.get(f"/obecnosc/rozwiazanie/{programme.pk}/")
    assert [day for day, _ in page.context["form"].fields["days"].choices] == ["2026-10-05", "2026-10-07"]
    told = dict(page.context["facts"])
    assert told["Dni jeszcze tymczasowe"] == "6 października – nie są podstawą, póki ktoś ich nie rozstrzygnie"
    assert propose(client, programme, grounds=["b"], days=["2026-10-06"]).status_code == 422
    assert not Termination.objects.exists()


def test_rzyszczewo_has_its_own_grounds_and_no_threshold(other_centre):
    found = case(make_programme(make_participant(other_centre), start_on=START))
    assert "".join(ground.letter for ground in found.grounds) == "abcdefghij"
    assert {ground.source for ground in found.grounds} == {"§11 cz. I pkt 1"}
    assert (found.threshold, found.count_text, found.is_over) == (None, "", False)


def test_what_happened_against_the_order_is_offered_and_what_is_chosen_joins_the_findings(
    as_user, social_worker, programme
):
    by = {"by": social_worker, "on": TODAY}
    told = {"at": time(7, 40), "substance": "alcohol", "suspicion": "-", "outcome": "admitted", "talk_on": TODAY}
    record_incident(programme, on_day=date(2026, 11, 2), **told, **by)
    withdraw_incident(record_incident(programme, on_day=date(2026, 11, 3), **told, **by).incident, **by)
    letter_e = case(programme).regulations.breachs.get(letter="e")
    row = record_breach(programme, breach=letter_e, on_day=date(2026, 11, 4), text="Krzyki w stolarni.", **by)
    take_measure(row, kind="talk", **by)
    client = as_user(social_worker, TODAY)
    form = client.get(f"/obecnosc/rozwiazanie/{programme.pk}/").context["form"]
    assert [text for _, text in form.fields["events"].choices] == [
        "2 listopada 2026: alkohol – uczestnik potwierdził, odsunięto od zajęć",
        f"4 listopada 2026: lit. e: {letter_e.text}. Krzyki w stolarni. Zastosowano: rozmowa 23 listopada 2026",
    ]
    first = form.fields["events"].choices[0][0]
    assert propose(client, programme, kind="left", events=[first, "breach-0"]).status_code == 422
    propose(client, programme, kind="left", events=[first])
    assert Termination.objects.get().facts == (
        "Rozmowa z 12 listopada bez skutku.\n2 listopada 2026: alkohol – uczestnik potwierdził, odsunięto od zajęć"
    )
    assert not Case(programme, on=TODAY).events


def test_from_the_fifteenth_day_the_page_lists_the_days_and_leads_to_the_proposal(as_user, social_worker, centre):
    near, over = (make_programme(make_participant(centre), start_on=START) for _ in range(2))
    absent(near, 14)
    absent(over, 15, "sick")
    page = as_user(social_worker, TODAY).get("/obecnosc/prog/").content.decode()
    read = Reading.objects.filter(what="attendance", by=social_worker)
    assert set(read.values_list("participant", flat=True)) == {near.participant_id, over.participant_id}
    assert f"/obecnosc/rozwiazanie/{over.pk}/" in page
    assert "05.10.2026" in page
    assert f"/obecnosc/rozwiazanie/{near.pk}/" not in page
    assert [(row.days, row.dates[0]) for row in missed(centre, on=TODAY)] == [
        (15, date(2026, 10, 5)), (14, date(2026, 10, 5))
    ]  # fmt: skip


def test_provisional_days_warn_and_are_no_ground(as_user, social_worker, programme):
    absent(programme, 16, "sick")
    programme.days.filter(on__gte=date(2026, 10, 23)).update(provisional=True)
    (row,) = missed(programme.participant.centre, on=TODAY)
    assert (row.days_text, row.is_ground, case(programme).counted) == ("14 dni i 2 tymczasowe", False, 14)
    page = as_user(social_worker, TODAY).get("/obecnosc/prog/").content.decode()
    assert "14 + 2 tymczasowo" in page
    assert "/obecnosc/rozwiazanie/" not in page


def test_a_centre_without_a_threshold_says_so_and_an_ended_programme_is_not_proposed_again(
    as_user, social_worker, programme, outsider
):
    end = {"ended_on": date(2026, 11, 20), "end_kind": "job", "end_reason": "Praca."}
    decided = {"end_decided_on": TODAY, "end_decided_by": social_worker}
    Programme.objects.filter(pk=programme.pk).update(**end, **decided)
    answer = as_user(social_worker, TODAY).get(f"/obecnosc/rozwiazanie/{programme.pk}/")
    assert answer.url == f"/uczestnicy/{programme.participant_id}/program/"
    page = as_user(outsider, TODAY).get("/obecnosc/prog/")
    assert "nie ma progu" in page.content.decode()


def test_the_room_of_the_threshold_is_shown_only_where_the_regulations_have_one(as_user, social_worker, outsider):
    shown = [as_user(user, TODAY).get("/obecnosc/nieobecnosci/").context["tabs"] for user in (social_worker, outsider)]
    assert [any(tab["label"] == "Próg" for tab in tabs) for tabs in shown] == [True, False]


WRONG = [
    ({"kind": ""}, "kind"),
    ({"kind": "job"}, "kind"),
    ({}, "grounds"),
    ({"grounds": ["z"]}, "grounds"),
    ({"grounds": ["b"], "days": ["2026-10-10"]}, "days"),
    ({"grounds": ["b"], "facts": ""}, "facts"),
    ({"grounds": ["b"], "reason": " "}, "reason"),
    ({"grounds": ["b"], "last_on": "2026-08-31"}, "last_on"),
    ({"grounds": ["b"], "through_fault": ""}, "through_fault"),
]


@pytest.mark.parametrize("over, field", WRONG)
def test_what_is_missing_is_told_beside_its_field(as_user, social_worker, programme, over, field):
    absent(programme, 1)
    answer = propose(as_user(social_worker, TODAY), programme, **over)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Termination.objects.exists()


def test_a_second_proposal_leads_to_the_first(as_user, social_worker, programme):
    client = as_user(social_worker, TODAY)
    propose(client, programme, kind="left")
    row = Termination.objects.get()
    assert client.get(f"/obecnosc/rozwiazanie/{programme.pk}/").url == f"/uczestnicy/rozwiazania/{row.pk}/"
    assert propose(client, programme, kind="left").url == "/uczestnicy/rozwiazania/"


def test_the_desk_names_five_and_the_page_everybody_the_most_days_first(as_user, centre, social_worker):
    people = [make_participant(centre) for _ in range(6)]
    for count, person in enumerate(people, start=10):
        absent(make_programme(person, start_on=START), count, "sick")
    told = list(near_threshold(social_worker, TODAY))
    assert [matter.text.split(":")[0] for matter in told[:5]] == [str(person) for person in people[:0:-1]]
    assert (told[5].text, told[5].url) == (
        "i jeszcze 1 osoba blisko progu nieobecności albo ponad nim",
        "/obecnosc/prog/",
    )
    page = as_user(social_worker, TODAY).get("/obecnosc/prog/").content.decode()
    assert [page.index(str(person)) for person in people] == sorted((page.index(str(p)) for p in people), reverse=True)
