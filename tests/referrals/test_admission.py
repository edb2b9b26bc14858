"""Who has both tracks behind them, and no right that excludes, is admitted; the file may wait for a reason."""

from datetime import date

import pytest

from cistor.centres.models import Agreement, Regulations
from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import FilePaper, Programme
from referrals import readiness
from referrals.actions import admit, missing
from referrals.models import Application, Consent, Opinion, Referral
from tests.factories import make_programme
from tests.referrals.making import SUBMITTED, make_application
from tests.referrals.ready import CLOSED, TODAY, declare, fill_file, make_qualified, make_ready
from tests.referrals.test_places import make_offer

MONDAY = date(2026, 3, 16)


def sign(application, by, *, signed_on=TODAY, start_on=MONDAY, on=TODAY, despite="") -> Programme:
    return admit(application, signed_on=signed_on, start_on=start_on, despite=despite, by=by, on=on)


def test_the_admitted_have_a_programme_with_its_trial(centre, director):
    application = make_ready(centre)
    programme = sign(application, director)
    application.refresh_from_db()
    assert (application.status, application.programme, application.admitted_despite) == ("admitted", programme, "")
    assert (programme.participant, programme.signed_on, programme.signed_by) == (
        application.participant,
        TODAY,
        director,
    )
    (trial,) = programme.stages.all()
    assert (trial.kind, trial.start_on) == ("trial", MONDAY)
    entry = Entry.objects.get(verb="application_admitted")
    assert (entry.by, entry.participant, entry.data["programme"]) == (director, application.participant, programme.pk)


@pytest.mark.parametrize("state", [state for state in Application.Recruitment.values if state != "qualified"])
def test_the_recruitment_is_never_skipped(centre, director, state):
    application = make_ready(centre, state=state) if state != "waiting" else _waiting(centre)
    with pytest.raises(Refused, match="nie jest zakwalifikowana"):
        sign(application, director, despite="Dyrektor tak chce.")
    assert not Programme.objects.exists()


def _waiting(centre):
    application = make_application(centre, office_state="referred")
    declare(application)
    fill_file(application)
    return application


@pytest.mark.parametrize("state", [state for state in Application.Office.values if state != "referred"])
def test_the_office_is_never_skipped(centre, director, state):
    application = make_ready(centre, office_state=state)
    with pytest.raises(Refused, match=r"^Urząd"):
        sign(application, director, despite="Dyrektor tak chce.")
    assert not Programme.objects.exists()


def test_where_no_referral_is_asked_for_the_consent_is_the_last_word(other_centre):
    application = make_ready(other_centre, office_state="consented")
    assert missing(application, TODAY) == []
    assert missing(make_ready(other_centre, office_state="opined"), TODAY) == [
        "Urząd: brakuje jeszcze „zgoda kierownika”."
    ]


@pytest.mark.parametrize("status", ["draft", "withdrawn", "refused"])
def test_only_an_application_under_way_is_admitted(centre, director, status):
    application = make_application(centre, status=status, recruitment_state="qualified")
    with pytest.raises(Refused, match="w toku"):
        sign(application, director)


def test_nobody_is_admitted_twice(centre, director):
    application = make_ready(centre)
    sign(application, director)
    with pytest.raises(Refused, match="przyjęty"):
        sign(application, director)


def test_the_exclusions_are_never_skipped(centre, director):
    application = make_ready(centre)
    other = make_application(centre, office_state="referred", recruitment_state="qualified")
    fill_file(other)
    with pytest.raises(Refused, match="Brak oświadczenia"):
        sign(other, director, despite="Dyrektor tak chce.")
    declare(application, on=date(2026, 3, 10), rights=["old_age_pension"])
    with pytest.raises(Refused, match="10 marca 2026, że ma prawo"):
        sign(application, director, despite="Dyrektor tak chce.")


def test_a_statement_is_fresh_as_long_as_the_regulations_say(centre, director):
    Regulations.objects.filter(centre=centre).update(exclusions_days=9)
    application = make_ready(centre)
    with pytest.raises(Refused, match="z 2 marca 2026: może mieć najwyżej 9 dni"):
        sign(application, director, signed_on=date(2026, 3, 12), on=date(2026, 3, 12))
    assert sign(application, director)


def test_a_statement_never_ages_where_the_regulations_say_nothing(centre):
    Regulations.objects.filter(centre=centre).update(exclusions_days=None)
    assert missing(make_ready(centre), date(2027, 3, 1)) == []


def test_the_newest_statement_counts(centre, director):
    application = make_ready(centre)
    declare(application, on=date(2026, 3, 4), rights=["old_age_pension"])
    declare(application, on=date(2026, 3, 9))
    assert sign(application, director)


# The personal file ---------------------------------------------------------------------------------------------------


def test_a_missing_paper_is_passed_over_for_a_reason_alone(centre, director):
    application = make_qualified(centre)
    fill_file(application, but="safety_card")
    assert missing(application, TODAY) == ["Teczka: karta szkolenia BHP"]
    with pytest.raises(Refused, match="BHP") as refusal:
        sign(application, director)
    assert refusal.value.field == "despite"
    application.refresh_from_db()
    assert (application.status, Programme.objects.count()) == ("open", 0)
    sign(application, director, despite=" Szkolenie pierwszego dnia zajęć. ")
    application.refresh_from_db()
    assert application.admitted_despite == "Szkolenie pierwszego dnia zajęć."


def test_a_certificate_has_to_hold_on_the_first_day(centre, director):
    application = make_ready(centre)
    FilePaper.objects.filter(code="medical_certificate").update(valid_until=date(2026, 3, 13))
    assert missing(application, TODAY) == []
    with pytest.raises(Refused, match="zaświadczenie lekarskie"):
        sign(application, director)
    assert sign(application, director, start_on=date(2026, 3, 13))


def test_a_reason_that_was_not_needed_is_not_kept(centre, director):
    application = make_ready(centre)
    sign(application, director, despite="Na wszelki wypadek.")
    application.refresh_from_db()
    assert application.admitted_despite == ""


# The days ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "days, field",
    [
        ({"signed_on": date(2026, 3, 1)}, "signed_on"),
        ({"signed_on": date(2026, 3, 12)}, "signed_on"),
        ({"start_on": date(2026, 3, 10)}, "start_on"),
        ({"start_on": date(2999, 3, 10)}, "start_on"),
    ],
)
def test_the_days_are_sensible(centre, director, days, field):
    application = make_ready(centre)
    with pytest.raises(Refused) as refusal:
        sign(application, director, **days)
    assert refusal.value.field == field


def refused_day(application, by, *, signed_on) -> str:
    with pytest.raises(Refused) as refusal:
        sign(application, by, signed_on=signed_on)
    assert refusal.value.field == "signed_on"
    return refusal.value.message


def test_nothing_is_signed_before_the_office_has_said_its_last_word(centre, director):
    application = make_ready(centre)
    told = refused_day(application, director, signed_on=date(2026, 3, 8))
    assert told == "IPZS można podpisać najwcześniej 9 marca 2026: z tego dnia jest skierowanie urzędu."
    assert sign(application, director, signed_on=date(2026, 3, 9))


def test_a_referral_taken_back_counts_no_more(centre, director):
    application = make_ready(centre)
    by = application.begun_by
    application.referrals.update(taken_back_on=TODAY, taken_back_by=by)
    Referral.objects.create(
        application=application, done_on=date(2026, 3, 10), author="Iga Testowa", by=by, recorded_on=TODAY
    )
    assert "10 marca 2026" in refused_day(application, director, signed_on=date(2026, 3, 9))


def test_nothing_is_signed_before_the_round_is_closed(other_centre):
    application = make_ready(other_centre, office_state="consented")
    Consent.objects.update(done_on=SUBMITTED)
    Opinion.objects.update(done_on=SUBMITTED, interview_on=SUBMITTED)
    assert readiness.first_signing_day(application) == (CLOSED, "tego dnia zamknięto nabór")


def test_nothing_is_signed_before_the_place_is_accepted(centre, director):
    application = make_ready(centre)
    (candidacy,) = application.candidacies.all()
    answered = {"is_accepted": True, "answered_on": date(2026, 3, 11), "answer_by": director}
    make_offer(candidacy, **answered)
    assert "tego dnia osoba przyjęła miejsce" in refused_day(application, director, signed_on=date(2026, 3, 10))


def test_nothing_is_signed_before_the_person_was_asked_of_the_exclusions(centre, director):
    application = make_ready(centre)
    declare(application, on=TODAY)
    told = refused_day(application, director, signed_on=date(2026, 3, 10))
    assert "11 marca 2026: z tego dnia jest oświadczenie" in told


def test_what_the_office_has_to_do_is_asked_of_the_day_of_the_act(centre, director):
    """A day before the agreement and the regulations began asks nothing of the office, and admits nobody."""
    application = make_ready(centre, office_state="received")
    Regulations.objects.filter(centre=centre).update(in_force_from=TODAY)
    Agreement.objects.filter(office__centre=centre).update(start_on=TODAY)
    with pytest.raises(Refused, match=r"^Urząd"):
        sign(application, director, signed_on=date(2026, 3, 10))


def test_who_is_in_a_programme_begins_no_second_one(centre, director):
    application = make_ready(centre)
    make_programme(application.participant, start_on=date(2026, 1, 5))
    with pytest.raises(Refused, match="otwarty program"):
        sign(application, director)
    application.refresh_from_db()
    assert application.status == "open"


def test_missing_says_everything_at_once(centre):
    application = make_application(centre)
    told = missing(application, TODAY)
    assert told[:3] == [
        "Urząd: brakuje jeszcze „opinia pracownika socjalnego”.",
        "Rekrutacja: osoba nie jest zakwalifikowana (stan: czeka na nabór).",
        "Brak oświadczenia o prawach, które wykluczają udział.",
    ]
    assert len(told) == 3 + 9
