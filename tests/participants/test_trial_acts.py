"""The team's assessment, the office's reply, and the step that waits for it."""

from datetime import date

import pytest

from cistor.centres.models import Agreement, Office
from cistor.journal.models import Entry
from participants import actions, qualification
from participants.models import Programme
from tests.documents.brought import make_upload
from tests.factories import make_group, make_participant, make_programme, make_reply, make_user
from tests.participants.refusals import refusal

pytestmark = pytest.mark.django_db

START, TRIAL_END = date(2026, 3, 1), date(2026, 3, 31)
LATE = "Urząd zapowiedział odpowiedź na jutro."


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=START, main=False)


@pytest.fixture
def office(centre):
    return centre.offices.get(kind="welfare")


@pytest.fixture
def head(office):
    return make_user(None, "welfare_head", office=office)


def reply(programme, by, *, is_qualified=True, received_on=TRIAL_END, way="email", on=TRIAL_END, **more):
    fields = {"is_qualified": is_qualified, "received_on": received_on, "way": way, **more}
    return actions.record_reply(programme, **fields, by=by, on=on)


def pass_on(programme, by, *, on=TRIAL_END, **more):
    return actions.pass_to_main(programme, by=by, on=on, **more)


def ended(programme):
    row = Programme.objects.get(pk=programme.pk)
    return row.end_kind, row.ended_on


# The team ------------------------------------------------------------------------------------------------------------


def assess(programme, by, *, is_positive=True, text="Obecny, chętny do pracy.", on=TRIAL_END):
    return actions.assess_trial(programme, is_positive=is_positive, text=text, by=by, on=on)


def test_each_of_the_team_says_their_own_and_may_say_it_again(programme, social_worker, director):
    assess(programme, social_worker)
    assess(programme, director, is_positive=False, text="Spóźnienia.")
    assess(programme, social_worker, is_positive=False, text="Po rozmowie: spóźnienia.")
    rows = {(row.by, row.is_positive, row.text) for row in programme.assessments.all()}
    assert rows == {(social_worker, False, "Po rozmowie: spóźnienia."), (director, False, "Spóźnienia.")}
    assert Entry.objects.filter(verb="trial_assessed").count() == 3


def test_an_instructor_assesses_the_own_group_only(programme, centre, instructor):
    assert "zespół" in refusal(assess, programme, instructor)[1]
    group = make_group(centre, instructor)
    actions.join_group(programme.participant, group=group, start_on=START, by=instructor, on=START)
    assert assess(programme, instructor).pk


@pytest.mark.parametrize("role", ["payroll", "admin"])
def test_who_does_not_work_with_the_person_assesses_nothing(programme, centre, role):
    assert "zespół" in refusal(assess, programme, make_user(centre, role))[1]


def test_an_assessment_says_how_the_trial_went_and_not_before_it_began(programme, social_worker):
    assert refusal(assess, programme, social_worker, text=" ")[0] == "text"
    assert "zaczyna się 01.03.2026" in refusal(assess, programme, social_worker, on=date(2026, 2, 27))[1]


def test_after_the_decision_nobody_assesses(programme, social_worker, director):
    make_reply(programme)
    pass_on(programme, director)
    assert "od 01.04.2026" in refusal(assess, programme, social_worker)[1]


# The reply -----------------------------------------------------------------------------------------------------------


def test_what_came_on_paper_is_entered_by_the_centre(programme, social_worker):
    row = reply(programme, social_worker, note="Bez uwag.", due_on=TRIAL_END, due_source="Procedura")
    assert (row.by, row.way, row.recorded_on, row.due_on) == (social_worker, "email", TRIAL_END, TRIAL_END)
    entry = Entry.objects.get(verb="qualification_given")
    assert entry.data == {"received_on": "2026-03-31", "way": "email"}
    assert ended(programme) == ("", None)


def test_on_screen_answers_the_head_of_the_persons_own_office(programme, centre, office, head, social_worker):
    assert reply(programme, head, way="screen").by == head
    other = Office.objects.create(centre=centre, kind="welfare", name="OPS", short_name="OPS")
    programme.office = office
    programme.save()
    stranger, worker = make_user(None, "welfare_head", office=other), make_user(None, "welfare_worker", office=office)
    for who in (stranger, worker):
        assert "kierownik ośrodka" in refusal(reply, programme, who, way="screen")[1]


def test_the_way_says_who_has_written_it(programme, head, social_worker):
    assert refusal(reply, programme, social_worker, way="screen")[0] == "way"
    assert refusal(reply, programme, head, way="email")[0] == "way"
    assert refusal(reply, programme, social_worker, way="gołąb")[0] == "way"


@pytest.mark.parametrize("role", ["instructor", "payroll", "psychologist"])
def test_others_of_the_centre_enter_no_reply(programme, centre, role):
    assert "pracownik socjalny albo dyrektor" in refusal(reply, programme, make_user(centre, role))[1]


def test_the_staff_of_another_centre_enters_none(programme, outsider):
    assert "pracownik socjalny albo dyrektor" in refusal(reply, programme, outsider)[1]


@pytest.mark.parametrize(
    "received_on, says", [(date(2026, 4, 1), "z przyszłości"), (date(2026, 2, 28), "01.03.2026"), (date(1, 1, 1), "")]
)
def test_a_reply_comes_between_the_first_day_and_today(programme, social_worker, received_on, says):
    field, message = refusal(reply, programme, social_worker, received_on=received_on)
    assert (field, says in message) == ("received_on", True)


def test_the_scan_belongs_to_the_person(programme, centre, social_worker):
    foreign = make_upload(make_participant(centre), by=social_worker)
    assert refusal(reply, programme, social_worker, scan=foreign)[0] == "scan"
    own = make_upload(programme.participant, by=social_worker)
    assert reply(programme, social_worker, scan=own).scan == own


def test_a_second_reply_follows_the_first_and_counts(programme, social_worker):
    first = reply(programme, social_worker)
    second = reply(programme, social_worker, is_qualified=False, note="Pomyłka w piśmie.")
    assert list(programme.qualification_replies.all()) == [second, first]
    assert ended(programme) == ("not_qualified", TRIAL_END)


@pytest.mark.parametrize("received_on", [date(2026, 3, 26), TRIAL_END, date(2026, 4, 3)])
def test_a_negative_reply_ends_the_trial_with_its_last_day(programme, social_worker, received_on):
    reply(programme, social_worker, is_qualified=False, received_on=received_on, on=date(2026, 4, 3))
    assert ended(programme) == ("not_qualified", TRIAL_END)
    assert list(Entry.objects.values_list("verb", flat=True)) == ["end_programme", "qualification_denied"]


def test_after_the_last_day_no_reply_is_entered(programme, social_worker):
    reply(programme, social_worker, is_qualified=False)
    assert "zakończył się 31.03.2026" in refusal(reply, programme, social_worker, on=date(2026, 4, 1))[1]


def test_until_the_last_day_has_passed_a_newer_positive_reply_takes_the_end_back(programme, centre, social_worker):
    person = programme.participant
    actions.join_group(person, group=make_group(centre), start_on=START, by=social_worker, on=START)
    reply(programme, social_worker, is_qualified=False, received_on=date(2026, 3, 27), on=date(2026, 3, 27))
    assert person.memberships.get().end_on == TRIAL_END
    reply(programme, social_worker, note="Pomyłka w piśmie.")
    assert ended(programme) == ("", None)
    assert person.memberships.get().end_on is None
    entry = Entry.objects.get(verb="end_taken_back")
    assert (entry.by, entry.data) == (social_worker, {"ended_on": "2026-03-31"})


def test_only_an_end_by_the_office_is_taken_back(programme, director, social_worker):
    given = {"ended_on": TRIAL_END, "kind": "trial_failed", "reason": "Nieobecności."}
    actions.end_programme(programme, **given, by=director, on=date(2026, 3, 27))
    assert "niczego już nie zmienia" in refusal(reply, programme, social_worker)[1]
    assert ended(programme) == ("trial_failed", TRIAL_END)


def test_a_second_refusal_changes_nothing(programme, social_worker):
    reply(programme, social_worker, is_qualified=False)
    assert "niczego już nie zmienia" in refusal(reply, programme, social_worker, is_qualified=False)[1]


def test_nothing_is_taken_back_once_another_programme_is_signed(programme, director, social_worker):
    reply(programme, social_worker, is_qualified=False, received_on=date(2026, 3, 27), on=date(2026, 3, 27))
    make_programme(programme.participant, start_on=date(2026, 4, 1), main=False)
    assert "nowy IPZS" in refusal(reply, programme, social_worker)[1]
    assert programme.qualification_replies.count() == 1


def test_after_a_final_decision_no_reply_is_entered(programme, social_worker, director):
    reply(programme, social_worker)
    pass_on(programme, director)
    assert "już rozstrzygnięto" in refusal(reply, programme, social_worker, is_qualified=False)[1]


# The step ------------------------------------------------------------------------------------------------------------


def test_without_the_reply_nobody_passes_without_a_reason(programme, director):
    for reason in ("", "tak", "bo tak"):
        assert refusal(pass_on, programme, director, provisional_reason=reason)[0] == "provisional_reason"


def test_while_the_reply_is_late_the_director_passes_provisionally(programme, director):
    stage = pass_on(programme, director, provisional_reason=LATE)
    assert (stage.provisional_reason, qualification.is_provisional(programme)) == (LATE, True)
    assert Entry.objects.get(verb="pass_provisionally").data == {"start_on": "2026-04-01", "end_on": "2027-02-28"}


def test_a_positive_reply_makes_it_final(programme, director, social_worker):
    pass_on(programme, director, provisional_reason=LATE)
    reply(programme, social_worker, received_on=date(2026, 4, 8), on=date(2026, 4, 8))
    assert not qualification.is_provisional(programme)
    assert programme.stages.get(kind="main").provisional_reason == LATE


@pytest.mark.parametrize(
    "received_on, last", [(date(2026, 3, 30), TRIAL_END), (TRIAL_END, TRIAL_END), (date(2026, 4, 8), date(2026, 4, 8))]
)
def test_a_negative_reply_ends_a_provisional_main_period_with_its_day(programme, director, head, received_on, last):
    pass_on(programme, director, provisional_reason=LATE)
    reply(programme, head, way="screen", is_qualified=False, received_on=received_on, on=date(2026, 4, 8))
    assert ended(programme) == ("not_qualified", last)
    assert Programme.objects.get(pk=programme.pk).phase_on(date(2026, 4, 9)) != "main"


def test_a_provisional_main_period_is_answered_about_after_its_end_too(programme, director, social_worker):
    pass_on(programme, director, provisional_reason=LATE)
    last, later = date(2026, 4, 10), date(2026, 4, 20)
    actions.end_programme(programme, ended_on=last, kind="job", reason="", by=director, on=last)
    assert qualification.is_provisional(programme)
    reply(programme, social_worker, is_qualified=False, received_on=later, on=later)
    assert not qualification.is_provisional(programme)
    assert ended(programme) == ("job", last)


def test_a_negative_reply_brings_an_end_still_to_come_forward(programme, director, social_worker):
    pass_on(programme, director, provisional_reason=LATE)
    end = {"ended_on": date(2026, 5, 29), "kind": "job", "reason": ""}
    actions.end_programme(programme, **end, by=director, on=date(2026, 4, 8))
    reply(programme, social_worker, is_qualified=False, received_on=date(2026, 4, 9), on=date(2026, 4, 9))
    assert ended(programme) == ("not_qualified", date(2026, 4, 9))


def test_with_the_reply_a_reason_is_not_kept(programme, director):
    make_reply(programme)
    stage = pass_on(programme, director, provisional_reason=LATE)
    assert (stage.provisional_reason, qualification.is_provisional(programme)) == ("", False)


def test_nobody_passes_whom_the_office_has_refused(programme, director):
    make_reply(programme, is_qualified=False)
    assert "nie zakwalifikował" in refusal(pass_on, programme, director, provisional_reason=LATE)[1]


def test_where_nobody_is_asked_the_head_qualifies(other_centre, outsider):
    programme = make_programme(make_participant(other_centre), start_on=START, main=False)
    assert "rozstrzyga kierujący centrum" in refusal(reply, programme, outsider)[1]
    stage = pass_on(programme, outsider, provisional_reason=LATE)
    assert (stage.provisional_reason, qualification.is_provisional(programme)) == ("", False)


@pytest.mark.parametrize("until, is_awaited", [(date(2026, 3, 24), False), (date(2026, 3, 25), True)])
def test_the_agreement_of_the_trials_last_week_says_whether_anybody_is_asked(programme, until, is_awaited):
    Agreement.objects.update(end_on=until)
    assert qualification.is_awaited(programme) is is_awaited


# Several offices -----------------------------------------------------------------------------------------------------


@pytest.fixture
def second(centre, office):
    """Another office that could be asked; the programme names neither."""
    return Office.objects.create(centre=centre, kind="cus", name="CUS", short_name="CUS")


def test_where_several_could_be_asked_somebody_says_which(programme, office, second, director, social_worker):
    assert qualification.lacks_office(programme)
    assert "Wybierz ośrodek" in refusal(pass_on, programme, director, provisional_reason=LATE)[1]
    actions.set_office(programme, office=office, by=social_worker, on=TRIAL_END)
    assert "odpowiedzi ośrodka" in refusal(pass_on, programme, director)[1]
    assert Entry.objects.get(verb="programme_office_set").data == {"office": office.pk}


def test_the_office_is_set_once_and_is_a_welfare_office_of_the_centre(
    programme, centre, other_centre, office, second, social_worker, instructor
):
    foreign = Office.objects.create(centre=other_centre, kind="welfare", name="OPS", short_name="OPS")
    pup = Office.objects.create(centre=centre, kind="pup", name="PUP drugi", short_name="PUP 2")
    for wrong in (foreign, pup):
        assert refusal(actions.set_office, programme, office=wrong, by=social_worker, on=TRIAL_END)[0] == "office"
    assert "pracownik" in refusal(actions.set_office, programme, office=office, by=instructor, on=TRIAL_END)[1]
    actions.set_office(programme, office=second, by=social_worker, on=TRIAL_END)
    assert "już wskazany" in refusal(actions.set_office, programme, office=office, by=social_worker, on=TRIAL_END)[1]


def test_a_reply_to_a_provisional_period_is_taken_whoever_is_asked_by_now(programme, centre, director, social_worker):
    pass_on(programme, director, provisional_reason=LATE)
    Office.objects.create(centre=centre, kind="cus", name="CUS", short_name="CUS")
    Agreement.objects.all().delete()
    assert reply(programme, social_worker).is_qualified
