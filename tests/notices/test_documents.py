"""What the letters say, and what they do not."""

from datetime import date

import pytest
from pypdf import PdfReader

from cistor.accounts.models import StandIn
from cistor.notices import documents
from cistor.notices.actions import letters
from cistor.notices.forms.letters import TextForm
from participants.models import TrialAssessment
from tests.factories import end, make_participant, make_programme, make_user
from tests.notices.letters import ON, SIGNED, make_letter, welfare_office
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead


@pytest.fixture
def office(centre):
    return welfare_office(centre)


def in_trial(centre, **over):
    return make_programme(make_participant(centre, **over), start_on=SIGNED, main=False)


def test_the_list_names_everybody_by_the_day_of_signing_and_the_days_it_spans(centre, office):
    later = make_programme(make_participant(centre, last_name="Adamczyk"), start_on=date(2026, 2, 16), main=False)
    letter = make_letter(centre, "admission_list", later, in_trial(centre, last_name="Żuk"), office=office)
    said = documents.context(letter, ON)
    assert [row["name"] for row in said["people"]] == ["Kalina Żuk", "Kalina Adamczyk"]
    assert said["period"] == {"start_on": SIGNED, "end_on": date(2026, 2, 16)}
    assert said["addressee"][0] == office.name
    assert said["agreement"] == "Procedura współpracy CISTOR i MOPR w Toruniu"


def test_a_letter_that_may_travel_by_mail_carries_no_pesel_and_no_address_of_its_people(centre, office):
    programme = in_trial(centre)
    for kind in ("admission_list", "qualification_request", "early_end_info"):
        said = str(documents.context(make_letter(centre, kind, programme, office=office), ON))
        assert programme.participant.pesel not in said
        assert programme.participant.street not in said


def test_begun_on_the_first_of_march_the_duty_to_insure_arises_on_the_first_of_april(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 3, 1), main=False)
    said = documents.context(make_letter(centre, "insurance_told", programme), date(2026, 3, 1))
    assert said["person"]["insured_from"] == date(2026, 4, 1)
    assert said["office"][0] == welfare_office(centre).name


def test_where_the_office_is_not_known_the_letter_names_none(centre):
    centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="Drugi")
    assert documents.context(make_letter(centre, "insurance_told"), ON)["office"] == []


def test_a_participant_is_written_to_where_the_application_says(centre):
    programme = in_trial(centre)
    letter = make_letter(centre, "insurance_told", programme)
    home = ["Pani", "Kalina " + programme.participant.last_name, programme.participant.street, "87-100 Toruń"]
    assert documents.context(letter, ON)["addressee"] == home
    make_application(centre, participant=programme.participant, correspondence_address="ul. Listowa 3\n87-100 Toruń")
    assert documents.context(letter, ON)["addressee"][2:] == ["ul. Listowa 3", "87-100 Toruń"]


def assessed(programme, by, text, *, is_positive=True):
    TrialAssessment.objects.create(programme=programme, is_positive=is_positive, text=text, by=by, assessed_on=ON)


def test_the_course_of_the_trial_begins_with_what_those_who_led_it_have_said(centre, office):
    programme = in_trial(centre)
    letter = make_letter(centre, "qualification_request", programme, office=office)
    assert documents.default_text(letter) == ""
    assessed(programme, make_user(centre, "instructor"), "Pracuje starannie.")
    assessed(programme, make_user(centre, "social_worker"), "Chce zostać.")
    team = "Instruktor reintegracji zawodowej: Pracuje starannie.\n\nPracownik socjalny CIS: Chce zostać."
    assert documents.default_text(letter) == team
    assert documents.context(letter, ON)["text"] == team
    letter.text = "Własny opis."
    assert documents.context(letter, ON)["text"] == "Własny opis."


@pytest.mark.parametrize(
    "roles", [("therapist",), ("psychologist",), ("psychologist", "instructor"), ("career_adviser",), ("director",)]
)
def test_what_was_said_in_confidence_enters_no_letter_by_itself(centre, office, roles):
    programme = in_trial(centre)
    assessed(programme, make_user(centre, *roles), "Mówi o leczeniu.")
    letter = make_letter(centre, "qualification_request", programme, office=office)
    assert documents.default_text(letter) == ""


def test_the_request_proposes_the_longest_main_period_and_wants_the_answer_before_it(centre, office):
    said = documents.context(make_letter(centre, "qualification_request", office=office), ON)
    assert said["main"] == {"start_on": date(2026, 3, 12), "end_on": date(2027, 2, 11)}
    assert said["answer_by"] == date(2026, 3, 11)


def test_who_failed_the_trial_is_told_the_reasons_and_the_office_gets_a_copy(centre, office):
    programme = in_trial(centre)
    programme.end_reason = "Nie uczestniczył w zajęciach."
    end(programme, ended_on=date(2026, 3, 11), kind="trial_failed")
    letter = make_letter(centre, "not_qualified_letter", programme)
    assert documents.default_text(letter) == "Nie uczestniczył w zajęciach."
    assert documents.copy_to(letter) == office
    said = documents.context(letter, ON)
    assert (said["copy_to"], said["decided_by"]) == (office.name, "")


def test_who_was_not_qualified_is_told_by_which_office(centre, office):
    programme = end(in_trial(centre), ended_on=date(2026, 3, 11), kind="not_qualified")
    said = documents.context(make_letter(centre, "not_qualified_letter", programme), ON)
    assert said["decided_by"] == office.name


def test_nothing_of_the_team_is_told_to_the_participant_by_itself(centre):
    programme = in_trial(centre)
    assessed(programme, make_user(centre, "social_worker"), "Nieobecności.", is_positive=False)
    assert documents.default_text(make_letter(centre, "not_qualified_letter", programme)) == ""


@pytest.mark.parametrize(
    "ended_on, trial_end, was_insured",
    [
        (date(2026, 3, 4), date(2026, 3, 4), False),  # in the middle of the trial
        (date(2026, 3, 14), date(2026, 3, 11), False),
        (date(2026, 3, 15), date(2026, 3, 11), True),  # the day on which the duty arises
    ],
)
def test_a_trial_cut_short_and_an_insurance_that_never_arose_are_told_as_they_were(
    centre, office, ended_on, trial_end, was_insured
):
    programme = end(make_programme(make_participant(centre), start_on=SIGNED), ended_on=ended_on)
    for letter in (
        make_letter(centre, "not_qualified_letter", programme),
        make_letter(centre, "early_end_info", programme, office=office),
    ):
        said = documents.context(letter, ended_on)
        assert (said["person"]["trial"]["end_on"], said["was_insured"]) == (trial_end, was_insured)


@pytest.mark.parametrize("kind, completed", [("job", True), ("business", True), ("left", False), ("breach", False)])
def test_an_early_end_is_told_in_the_words_of_the_statute_and_without_its_reasons(centre, office, kind, completed):
    programme = in_trial(centre)
    programme.end_reason = "Szczegóły, które zostają w centrum."
    end(programme, ended_on=ON, kind=kind)
    letter = make_letter(centre, "early_end_info", programme, office=office)
    said = documents.context(letter, ON)
    assert (said["completed"], said["insures"], said["ended_on"]) == (completed, True, ON)
    assert "Szczegóły" not in str(said)
    assert documents.copy_to(letter) is None


def test_a_labour_office_is_told_of_the_end_and_nothing_of_its_ground_or_the_insurance(centre):
    labour = centre.offices.create(kind="pup", name="Powiatowy Urząd Pracy", short_name="PUP")
    ended = end(in_trial(centre), ended_on=ON, kind="breach")
    said = documents.context(make_letter(centre, "early_end_info", ended, office=labour), ON)
    assert (said["insures"], said["completed"], said["ground"]) == (False, False, "")


def test_the_note_to_an_early_end_asks_for_no_reasons(centre, office):
    field = TextForm(letter=make_letter(centre, "early_end_info", office=office), text="").fields["text"]
    assert field.label == "Dopisek"
    assert "zostają w aktach centrum" in field.help_text


def test_a_stand_in_signs_visibly_as_such(centre, office, director, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)
    deputy = make_user(centre, "social_worker", first_name="Obecny", last_name="Zastępca")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=SIGNED, end_on=ON)
    signed = letters.sign(make_letter(centre, "admission_list", office=office), by=deputy, on=ON)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    words = " ".join(PdfReader(file).pages[0].extract_text().split())
    assert "LP/1/2026" in words
    assert "wydruk roboczy" not in words
    assert f"Obecny Zastępca dyrektor, w zastępstwie ({director})" in words
    assert signed.document.people == [signed.people.get().programme.participant_id]
