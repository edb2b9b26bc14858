from datetime import date

import pytest

from participants.models import Membership, Programme
from tests.factories import make_group, make_participant, make_programme, make_reply, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(centre):
    return make_participant(centre)


def trial_of(person, start_on=date(2026, 11, 2)):
    """Already qualified by the office."""
    programme = make_programme(person, start_on=start_on, main=False)
    make_reply(programme, received_on=start_on)
    return programme


def sign(client, person, **over):
    despite = "Teczka jest na papierze."
    data = {"token": "a", "signed_on": "2026-11-23", "start_on": "2026-11-24", "despite": despite, **over}
    return client.post(f"/uczestnicy/{person.pk}/program/nowy/", data)


def test_the_director_signs_and_lands_on_the_programme(as_user, director, person):
    answer = sign(as_user(director), person)
    assert answer.url == f"/uczestnicy/{person.pk}/program/"
    assert str(person.programmes.get().planned_end_on) == "2026-12-23"


def test_a_deputy_signs_on_the_days_of_the_stand_in_only(as_user, director, social_worker, person):
    assert sign(as_user(social_worker), person).status_code == 403
    director.stand_ins.create(deputy=social_worker, start_on=date(2026, 11, 23), end_on=date(2026, 11, 23))
    client = as_user(make_deputy(social_worker))
    assert sign(client, person).status_code == 302
    assert person.programmes.get().signed_by == social_worker


@pytest.mark.parametrize("role", ["instructor", "admin"])
def test_a_deputy_decides_a_trial_by_clicks_from_the_desk_to_a_page_that_opens(as_user, centre, director, role):
    """Whatever the own roles open: an instructor of no group, an administrator who sees nobody."""
    trial, other = (trial_of(make_participant(centre), start_on=date(2026, 10, 26)) for _ in range(2))
    deputy = make_user(centre, role)
    director.stand_ins.create(deputy=deputy, start_on=date(2026, 11, 23), end_on=date(2026, 11, 23))
    client = as_user(make_deputy(deputy) if role == "instructor" else deputy)
    page = f"/uczestnicy/{trial.participant_id}/program/"
    assert page in client.get("/").content.decode()
    passing, ending = f"/uczestnicy/programy/{trial.pk}/okres-wlasciwy/", f"/uczestnicy/programy/{other.pk}/koniec/"
    shown = client.get(page)
    assert passing in shown.content.decode()
    for tab in shown.context["tabs"]:
        assert client.get(tab["url"]).status_code == 200, tab["label"]
    assert client.get(passing).status_code == 200
    done = client.post(passing, {"token": "a", "months": "11"}, follow=True)
    assert (done.status_code, done.redirect_chain[-1][0]) == (200, page)
    data = {"token": "b", "ended_on": "2026-11-23", "kind": "declaration", "through_fault": "no"}
    data |= {"reason": "", "confirmed": "1"}
    assert client.post(ending, data, follow=True).status_code == 200
    assert Programme.objects.get(pk=other.pk).ended_on


def test_what_a_deputy_decides_is_marked_as_such_on_the_tab(as_user, centre, director, social_worker):
    day, person, other = date(2026, 11, 23), make_participant(centre), make_participant(centre)
    trial, ending = trial_of(person, date(2026, 10, 26)), trial_of(other)
    director.stand_ins.create(deputy=social_worker, start_on=day, end_on=day)
    client = as_user(make_deputy(social_worker))
    pass_on(client, trial)
    end(client, ending, confirmed="1")
    main, ended = trial.stages.get(kind="main"), Programme.objects.get(pk=ending.pk)
    assert (main.decided_by, main.decided_for) == (social_worker, director)
    assert (ended.end_decided_by, ended.end_decided_for) == (social_worker, director)
    said = f"{social_worker}, w zastępstwie ({director})"
    for one in (person, other):
        assert said in client.get(f"/uczestnicy/{one.pk}/program/").content.decode()


def test_what_the_director_decides_names_no_absent_one(as_user, director, person):
    trial = trial_of(person, date(2026, 10, 26))
    pass_on(as_user(director), trial)
    main = trial.stages.get(kind="main")
    assert (main.decided_by, main.decided_for) == (director, None)


def make_deputy(user):
    """Acting for a director takes the second step too."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    TOTPDevice.objects.create(user=user, name="telefon", confirmed=True)
    return type(user).objects.get(pk=user.pk)


WRONG = [
    ({"signed_on": "2026-11-24"}, "signed_on"),
    ({"start_on": "2026-11-22"}, "start_on"),
    ({"start_on": "9999-12-31"}, "start_on"),
    ({"signed_on": "0001-01-01", "start_on": "0001-01-01"}, "signed_on"),
    ({"start_on": "2026-02-30"}, "start_on"),
    ({"start_on": "jutro"}, "start_on"),
    ({"start_on": "2026-11-24\0"}, "start_on"),
    ({"signed_on": ""}, "signed_on"),
]


@pytest.mark.parametrize("over, field", WRONG)
def test_wrong_days_are_told_beside_their_field_and_kept(as_user, director, person, over, field):
    answer = sign(as_user(director), person, **over)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == over[field]
    assert not Programme.objects.exists()


def test_a_second_open_programme_is_refused_above_the_form(as_user, director, person):
    trial_of(person)
    answer = sign(as_user(director), person)
    assert "otwarty program" in answer.context["form"].non_field_errors()[0]


# The main period -----------------------------------------------------------------------------------------------------


def pass_on(client, programme, months="11"):
    return client.post(f"/uczestnicy/programy/{programme.pk}/okres-wlasciwy/", {"token": "a", "months": months})


def test_the_director_passes_a_trial_that_ends_this_week(as_user, director, person):
    programme = trial_of(person, date(2026, 10, 26))
    client = as_user(director)
    page = client.get(f"/uczestnicy/programy/{programme.pk}/okres-wlasciwy/").content.decode()
    assert "zaczyna się 26 listopada 2026" in page
    assert pass_on(client, programme).url == f"/uczestnicy/{person.pk}/program/"
    assert str(programme.stages.get(kind="main").end_on) == "2027-10-25"


def test_a_form_sent_twice_passes_once(as_user, director, person):
    programme, client = trial_of(person, date(2026, 10, 26)), as_user(director)
    assert pass_on(client, programme).status_code == 302
    assert pass_on(client, programme).status_code == 302
    assert programme.stages.count() == 2


@pytest.mark.parametrize("months", ["0", "12", "-1", "9" * 400, "rok", "1.5", "", "1\0"])
def test_months_that_cannot_be_are_told_beside_their_field(as_user, director, person, months):
    answer = pass_on(as_user(director), trial_of(person, date(2026, 10, 26)), months)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["months"]


def test_the_deed_is_offered_from_the_trials_last_week_on(as_user, director, person):
    programme = trial_of(person)
    url = f"/uczestnicy/programy/{programme.pk}/okres-wlasciwy/"
    page = as_user(director).get(f"/uczestnicy/{person.pk}/program/").content.decode()
    assert url not in page
    assert "rozstrzyga się od 25.11.2026" in page


# The end -------------------------------------------------------------------------------------------------------------

END = {"ended_on": "2026-11-20", "kind": "other", "through_fault": "yes", "reason": "Trzy upomnienia bez skutku."}


def end(client, programme, **over):
    return client.post(f"/uczestnicy/programy/{programme.pk}/koniec/", {**END, **over})


def test_an_end_is_asked_once_more_under_the_persons_name(as_user, director, person):
    programme = trial_of(person)
    answer = end(as_user(director), programme)
    page = answer.content.decode()
    assert f"Zakończyć program: {person}?" in page
    assert "Tego nie da się cofnąć" in page
    assert "Jeśli za dni po tym dniu już zapłacono, różnicę rozliczy najbliższa lista miesięczna." in page
    assert "Trzy upomnienia bez skutku." in page
    programme.refresh_from_db()
    assert programme.ended_on is None


def test_a_confirmed_end_is_done_and_ends_the_membership(as_user, director, centre):
    person = make_participant(centre, group=make_group(centre))
    programme = trial_of(person)
    assert end(as_user(director), programme, confirmed="1").status_code == 302
    programme.refresh_from_db()
    assert (programme.ended_on, programme.end_reason) == (date(2026, 11, 20), END["reason"])
    assert Membership.objects.get().end_on == date(2026, 11, 20)


def test_going_back_from_the_question_keeps_what_was_typed(as_user, director, person):
    form = end(as_user(director), trial_of(person), back="1").context["form"]
    assert form["reason"].value() == END["reason"]
    assert not form.errors


WRONG_ENDS = [
    ({"ended_on": "2026-11-01"}, "ended_on"),
    ({"ended_on": "9999-12-31"}, "ended_on"),
    ({"ended_on": "dziś"}, "ended_on"),
    ({"kind": "period"}, "kind"),
    ({"kind": "99"}, "kind"),
    ({"kind": "breach"}, "kind"),
    ({"kind": "left"}, "kind"),
    ({"kind": "not_qualified"}, "kind"),
    ({"kind": ""}, "kind"),
    ({"learned_on": "2026-11-24"}, "learned_on"),
    ({"learned_on": "2026-11-01"}, "learned_on"),
    ({"through_fault": "może"}, "through_fault"),
    ({"reason": ""}, "reason"),
    ({"reason": "a" * 10_000}, "reason"),
    ({"reason": "\0"}, "reason"),
]


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
@pytest.mark.parametrize("over, field", WRONG_ENDS)
def test_a_wrong_end_is_told_beside_its_field_before_and_after_the_question(
    as_user, director, person, over, field, confirmed
):
    programme = trial_of(person)
    answer = end(as_user(director), programme, **over, **confirmed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    programme.refresh_from_db()
    assert programme.ended_on is None


# Groups --------------------------------------------------------------------------------------------------------------


def test_a_group_is_founded_led_and_filled(as_user, social_worker, instructor, person):
    client = as_user(social_worker)
    group_url = client.post("/uczestnicy/grupy/nowa/", {"token": "a", "name": "Ogród", "start_on": "2026-11-02"}).url
    pk = int(group_url.split("/")[-2])
    client.post(group_url, {"token": "b", "instructor": instructor.pk, "start_on": "2026-11-02"})
    client.post(f"/uczestnicy/{person.pk}/grupa/przyjmij/", {"token": "c", "group": pk, "start_on": "2026-11-09"})
    page = client.get(group_url).content.decode()
    assert str(instructor) in page
    assert str(person) in page
    row = client.get("/uczestnicy/grupy/").context["groups"].get(pk=pk)
    assert (row.people, [lead.instructor for lead in row.leads_today]) == (1, [instructor])


def test_a_lead_and_a_membership_are_ended_on_their_last_day(as_user, social_worker, instructor, centre):
    group = make_group(centre, instructor)
    person = make_participant(centre, group=group)
    client = as_user(social_worker)
    client.post(f"/uczestnicy/grupy/prowadzacy/{group.leads.get().pk}/koniec/", {"end_on": "2026-11-30"})
    client.post(f"/uczestnicy/{person.pk}/grupa/wypisz/", {"end_on": "2026-11-29"})
    assert (group.leads.get().end_on, group.memberships.get().end_on) == (date(2026, 11, 30), date(2026, 11, 29))


def test_foreign_ids_are_no_choices(as_user, social_worker, outsider, other_centre, centre, person):
    client = as_user(social_worker)
    group = make_group(centre)
    lead = {"token": "a", "instructor": outsider.pk, "start_on": "2026-11-02"}
    assert client.post(f"/uczestnicy/grupy/{group.pk}/", lead).status_code == 422
    strange = {"token": "b", "group": make_group(other_centre).pk, "start_on": "2026-11-02"}
    answer = client.post(f"/uczestnicy/{person.pk}/grupa/przyjmij/", strange)
    assert list(answer.context["form"].errors) == ["group"]
    assert not group.leads.exists()
    assert not person.memberships.exists()


NONSENSE = ["", "abc", "-1", "9" * 400, "\0", "a" * 10_000]


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_in_group_forms_is_told_and_saves_nothing(as_user, social_worker, centre, person, typed):
    client, group = as_user(social_worker), make_group(centre)
    forms = [
        (f"/uczestnicy/grupy/{group.pk}/", {"instructor": typed, "start_on": typed, "end_on": typed}),
        (f"/uczestnicy/{person.pk}/grupa/przyjmij/", {"group": typed, "start_on": typed}),
        (f"/uczestnicy/{person.pk}/grupa/wypisz/", {"end_on": typed}),
        ("/uczestnicy/grupy/nowa/", {"name": "Ogród", "start_on": typed}),
    ]
    assert [client.post(url, {"token": "a", **data}).status_code for url, data in forms] == [422] * 4


@pytest.mark.parametrize("name", ["", " ", "a" * 81, "Ogr\0ód"])
def test_a_group_needs_a_name(as_user, social_worker, name):
    data = {"token": "a", "name": name, "start_on": "2026-11-02"}
    answer = as_user(social_worker).post("/uczestnicy/grupy/nowa/", data)
    assert list(answer.context["form"].errors) == ["name"]


def test_only_instructors_of_the_centre_are_offered(as_user, social_worker, instructor, centre, outsider):
    make_user(centre, "payroll")
    field = (
        as_user(social_worker).get(f"/uczestnicy/grupy/{make_group(centre).pk}/").context["form"].fields["instructor"]
    )
    assert list(field.queryset) == [instructor]
