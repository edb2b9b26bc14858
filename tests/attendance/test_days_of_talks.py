"""For which day a talk is set, after an incident and after an absence, and who owes none."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from attendance.actions.absences import plan_talk as plan_talk_after_absence
from attendance.actions.incidents import RegisterLine, add_test, plan_talk, record_incident
from attendance.models import Absence
from attendance.reading.order import doubts
from cistor.centres.models import Regulations
from cistor.desk import order as desk
from cistor.errors import Refused
from participants.models import Programme
from tests.factories import make_group, make_participant, make_programme, mark

pytestmark = pytest.mark.django_db
TODAY, TALK, SUNDAY, LAST = date(2026, 3, 11), date(2026, 3, 13), date(2026, 3, 15), date(2027, 1, 4)
FORM = {"on_day": "2026-03-11", "at": "07:40", "substance": "alcohol", "suspicion": "Woń.", "outcome": "admitted"}


@pytest.fixture
def programme(centre, instructor):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5))


@pytest.fixture
def incident(programme, social_worker):
    def recorded(**over):
        given = {"on_day": TODAY, "at": time(7, 40), "substance": "alcohol", "suspicion": "Woń alkoholu."}
        given |= {"outcome": "admitted", "talk_on": TALK, "by": social_worker, "on": TODAY}
        given |= over
        return record_incident(programme, **given, despite=doubts(programme, given["on_day"])).incident

    return recorded


@pytest.fixture
def absence(programme):
    mark(programme, {TODAY: "unexcused"})
    return Absence.objects.create(programme=programme, start_on=TODAY)


def line(*, positive: bool) -> RegisterLine:
    at = datetime(2026, 3, 11, 7, 55, tzinfo=ZoneInfo("Europe/Warsaw"))
    return RegisterLine(at=at, device="alkomat", result="0,00", is_positive=positive, is_signed=True)


def test_who_is_cleared_at_once_owes_no_talk(incident, social_worker):
    assert incident(outcome="tested", test=line(positive=False)).talk_on is None
    assert not list(desk.talks(social_worker, TALK))


def test_the_page_of_who_was_cleared_says_that_no_talk_is_needed(as_user, incident, instructor):
    row, client = incident(outcome="tested", test=line(positive=False)), as_user(instructor, TODAY)
    page = client.get(f"/obecnosc/incydenty/{row.pk}/").content.decode()
    assert ("Rozmowa nie jest potrzebna" in page, "Spotkanie z pracownikami" in page) == (True, False)


def test_nor_does_who_was_not_sent_away_and_is_cleared_later(incident, social_worker):
    row = incident(outcome="tested", sent_away=False)
    assert row.talk_on == TALK
    assert add_test(row, test=line(positive=False), by=social_worker, on=TODAY).incident.talk_on is None
    assert not list(desk.talks(social_worker, TALK))


@pytest.mark.parametrize("day", [date(2027, 1, 5), date(2031, 11, 25), date(9999, 12, 31)])
def test_no_talk_is_set_after_the_programme(incident, absence, social_worker, day):
    row, by = incident(talk_on=LAST), {"by": social_worker, "on": TODAY}
    acts = (
        lambda: incident(talk_on=day),
        lambda: plan_talk(row, talk_on=day, **by),
        lambda: plan_talk_after_absence(absence, talk_on=day, **by),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.field == "talk_on"
    assert plan_talk_after_absence(absence, talk_on=LAST, **by).talk_on == LAST


def test_in_a_trial_without_a_decision_the_talk_may_be_after_its_last_day(programme, incident, social_worker):
    programme.stages.filter(kind="main").delete()
    told = {"on_day": date(2026, 2, 3), "on": date(2026, 2, 4)}
    assert incident(**told, talk_on=date(2026, 2, 6)).talk_on == date(2026, 2, 6)
    Regulations.objects.update(main_months=6)
    with pytest.raises(Refused, match="4 sierpnia 2026"):
        incident(**told, talk_on=date(2026, 8, 5))


def test_once_the_programme_is_over_an_incident_is_recorded_without_a_talk(incident, director):
    ended = {"ended_on": TODAY, "end_kind": "left", "end_decided_on": TODAY, "end_decided_by": director}
    Programme.objects.update(**ended)
    assert incident(talk_on=None, on=TALK).sent_away


def despite_all(programme) -> dict:
    """What else is written of the day is ticked as read."""
    return {"despite": list(doubts(programme, TODAY))}


def test_a_day_without_classes_is_taken_and_said(as_user, incident, absence, programme, social_worker):
    client, row = as_user(social_worker, TODAY), incident()
    about = {"token": "a", "talk_on": SUNDAY}
    for url, data in (
        (f"/obecnosc/incydenty/nowy/{programme.pk}/", {**FORM, **about}),
        (f"/obecnosc/incydenty/{row.pk}/rozmowa/", {**about, "token": "b"}),
        (f"/obecnosc/nieobecnosci/{absence.pk}/przyczyna/", {**about, "token": "c", "kind": "sick"}),
    ):
        page = client.post(url, {**data, **despite_all(programme)}, follow=True).content.decode()
        assert "w dzień bez zajęć: niedziela, 15 marca 2026" in page
        again = {**data, "token": f"{data['token']}2", "talk_on": TALK, **despite_all(programme)}
        assert "w dzień bez zajęć" not in client.post(url, again, follow=True).content.decode()
