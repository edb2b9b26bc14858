from datetime import date, timedelta

import pytest

from cistor.centres.models import Office, Regulations
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals import actions, steps
from referrals.models import Consent, Opinion
from tests.factories import make_centre, make_participant, make_user
from tests.referrals.making import make_application, welfare_office

MONDAY = date(2026, 3, 2)
TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=n) for n in (1, 2, 3))
ON = date(2026, 3, 11)


@pytest.fixture
def office(centre):
    return welfare_office(centre)


@pytest.fixture
def worker(office):
    return make_user(None, "welfare_worker", office=office)


@pytest.fixture
def head(office):
    return make_user(None, "welfare_head", office=office)


@pytest.fixture
def consenting(centre):
    """The centre's office is asked for a consent, not for a referral."""
    welfare_office(centre).agreements.update(office_steps=["opinion", "consent"])


def case(centre, state, **over):
    return make_application(centre, office=welfare_office(centre), office_state=state, on=MONDAY, **over)


def opine(application, *, by, on=ON, **over):
    said = {"interview_on": TUESDAY, "done_on": on, "is_positive": True, "text": "Zna osobę.", "from_paper": False}
    return actions.record_opinion(application, **{**said, **over}, by=by, on=on)


def test_the_whole_way_of_the_office_on_screen(centre, office, worker, social_worker):
    application = case(centre, "to_send")
    actions.send(application, office=office, sent_on=MONDAY, by=social_worker, on=ON)
    actions.confirm_receipt(application, received_on=TUESDAY, by=worker, on=ON)
    opinion = opine(application, by=worker)
    actions.record_referral(application, done_on=ON, reference="DP.1", from_paper=False, by=worker, on=ON)
    application.refresh_from_db()
    assert application.office_state == "referred"
    assert steps.is_office_done(application, ON)
    assert opinion.author == str(worker)
    assert opinion.due_on == date(2026, 3, 17)
    assert opinion.due_source.startswith("Procedura CISTOR–MOPR")
    assert (application.receipt_due_on, application.receipt_due_source) == (date(2026, 3, 5), "ustawienie centrum")
    verbs = Entry.objects.filter(participant=application.participant).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["application_sent", "receipt_confirmed", "opinion_recorded", "referral_recorded"]


def test_the_centre_enters_the_papers_of_an_office_without_accounts(centre, social_worker):
    application = case(centre, "received")
    opine(application, by=social_worker, done_on=THURSDAY, author="Iga Testowa", from_paper=True)
    paper = {"author": "Iga Testowa", "from_paper": True, "by": social_worker, "on": ON}
    referral = actions.record_referral(application, done_on=THURSDAY, **paper)
    assert (referral.author, referral.by, referral.recorded_on) == ("Iga Testowa", social_worker, ON)


def test_what_came_on_paper_names_who_signed_it(centre, social_worker):
    with pytest.raises(Refused):
        opine(case(centre, "received"), by=social_worker, done_on=THURSDAY, from_paper=True)


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"done_on": ON + timedelta(days=1)}, "done_on"),
        ({"done_on": MONDAY}, "done_on"),
        ({"interview_on": ON + timedelta(days=1)}, "interview_on"),
        ({"interview_on": THURSDAY, "done_on": WEDNESDAY}, None),
        ({"interview_on": date(2025, 9, 1)}, "interview_on"),
        ({"text": "  "}, "text"),
    ],
)
def test_an_opinion_on_a_day_that_cannot_be_or_without_words_is_refused(centre, social_worker, changes, field):
    application = case(centre, "received")
    said = {"author": "Iga Testowa", "from_paper": True, "done_on": THURSDAY, **changes}
    with pytest.raises(Refused) as refusal:
        opine(application, by=social_worker, **said)
    assert refusal.value.field == field
    application.refresh_from_db()
    assert application.office_state == "received"


def test_an_interview_of_half_a_year_before_the_application_still_counts(centre, social_worker):
    paper = {"author": "Iga Testowa", "from_paper": True, "done_on": THURSDAY}
    half_a_year = date(2025, 9, 2)
    opinion = opine(case(centre, "received"), by=social_worker, interview_on=half_a_year, **paper)
    assert opinion.interview_on == half_a_year


def test_nothing_is_received_before_it_was_sent(centre, worker):
    with pytest.raises(Refused) as refusal:
        actions.confirm_receipt(case(centre, "sent"), received_on=date(2026, 3, 1), by=worker, on=ON)
    assert refusal.value.field == "received_on"


def test_nothing_is_sent_before_it_was_written_or_to_somebody_elses_office(centre, office, social_worker):
    application, elsewhere = case(centre, "to_send"), welfare_office(make_centre("rzyszczewo"))
    for chosen, sent_on, field in ((office, date(2026, 3, 1), "sent_on"), (elsewhere, MONDAY, "office")):
        with pytest.raises(Refused) as refusal:
            actions.send(application, office=chosen, sent_on=sent_on, by=social_worker, on=ON)
        assert refusal.value.field == field


def test_what_is_written_on_screen_bears_the_day_of_writing(centre, worker):
    with pytest.raises(Refused, match="dzisiejszą datę"):
        opine(case(centre, "received"), by=worker, done_on=THURSDAY)


def test_only_the_head_consents(centre, consenting, worker, head):
    application = case(centre, "opined")
    answer = {"is_granted": True, "done_on": ON, "from_paper": False, "on": ON}
    with pytest.raises(Refused, match="kierownik urzędu"):
        actions.record_consent(application, **answer, by=worker)
    actions.record_consent(application, **answer, by=head)
    application.refresh_from_db()
    assert steps.is_office_done(application, ON)


def test_no_consent_needs_a_reason_and_ends_the_offices_part(centre, consenting, head):
    application = case(centre, "opined")
    refusal = {"is_granted": False, "done_on": ON, "from_paper": False, "by": head, "on": ON}
    with pytest.raises(Refused) as refused:
        actions.record_consent(application, **refusal)
    assert refused.value.field == "reason"
    actions.record_consent(application, **refusal, reason="Nie mieszka w mieście.")
    application.refresh_from_db()
    assert application.office_state == "no_consent"
    assert not steps.is_office_done(application, ON)
    assert steps.next_step(application, ON) is None


def test_a_step_that_nobody_asks_for_is_not_taken(centre, office, head, worker):
    with pytest.raises(Refused, match="nie potrzeba: zgoda kierownika"):
        actions.record_consent(
            case(centre, "opined"), is_granted=False, reason="Nie.", done_on=ON, from_paper=False, by=head, on=ON
        )
    office.agreements.update(office_steps=["opinion", "consent"])
    with pytest.raises(Refused, match="nie potrzeba: skierowanie"):
        actions.record_referral(case(centre, "consented"), done_on=ON, from_paper=False, by=worker, on=ON)


def test_no_referral_before_a_consent_that_is_needed(centre, office, worker):
    office.agreements.update(office_steps=["opinion", "consent", "referral"])
    with pytest.raises(Refused, match="zgoda kierownika"):
        actions.record_referral(case(centre, "opined"), done_on=ON, from_paper=False, by=worker, on=ON)


@pytest.mark.parametrize("from_paper", [True, False])
def test_another_office_and_another_centre_write_nothing(centre, other_centre, from_paper):
    application = case(centre, "received")
    second = Office.objects.create(centre=centre, kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    strangers = [
        make_user(None, "welfare_head", office=second),
        make_user(None, "welfare_head", office=welfare_office(other_centre)),
        make_user(other_centre, "social_worker", "director"),
        make_user(centre, "instructor", "payroll"),
    ]
    for stranger in strangers:
        with pytest.raises(Refused):
            opine(application, by=stranger, author="Iga Testowa", from_paper=from_paper)
        with pytest.raises(Refused):
            actions.confirm_receipt(case(centre, "sent"), received_on=TUESDAY, by=stranger, on=ON)
    assert not Opinion.objects.filter(application=application).exists()


def test_the_offices_staff_do_not_write_as_if_from_paper_nor_the_centres_as_if_on_screen(centre, worker, social_worker):
    application = case(centre, "received")
    for by, from_paper in ((worker, True), (social_worker, False)):
        with pytest.raises(Refused):
            opine(application, by=by, author="Iga Testowa", from_paper=from_paper)


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_a_closed_case_moves_no_more(centre, worker, status):
    with pytest.raises(Refused, match="w toku"):
        opine(case(centre, "received", status=status), by=worker)


def test_each_step_is_taken_back_with_a_reason_and_what_was_written_stays(centre, worker, social_worker):
    application = case(centre, "received")
    opine(application, by=worker)
    actions.record_referral(application, done_on=ON, from_paper=False, by=worker, on=ON)
    with pytest.raises(Refused) as refusal:
        actions.take_back(application, reason=" ", by=worker, on=ON)
    assert refusal.value.field == "reason"
    stood = []
    for by in (worker, worker, worker, social_worker):
        actions.take_back(application, reason="Pomyłka.", by=by, on=ON)
        application.refresh_from_db()
        stood.append(application.office_state)
    assert stood == ["opined", "received", "sent", "to_send"]
    opinion = application.opinions.get()
    assert (opinion.taken_back_on, opinion.taken_back_by, opinion.taken_back_reason) == (ON, worker, "Pomyłka.")
    assert (application.sent_on, application.received_on) == (None, None)
    assert (application.receipt_due_on, application.receipt_due_source) == (None, "")
    taken = Entry.objects.filter(verb="office_step_taken_back")
    assert {entry.data["reason"] for entry in taken} == {"Pomyłka."}


def test_a_referral_taken_back_leaves_the_consent_standing(centre, office, worker, social_worker):
    office.agreements.update(office_steps=["opinion", "consent", "referral"])
    application = case(centre, "consented")
    actions.record_referral(application, done_on=ON, from_paper=False, by=worker, on=ON)
    actions.take_back(application, reason="Pomyłka.", by=worker, on=ON)
    application.refresh_from_db()
    assert application.office_state == "consented"
    actions.take_back(application, reason="Pomyłka.", by=social_worker, on=ON)
    assert Consent.objects.get().taken_back_on == ON


def test_an_opinion_can_be_written_again_after_the_way_back(centre, worker):
    application = case(centre, "received")
    opine(application, by=worker)
    actions.take_back(application, reason="Nie ta osoba.", by=worker, on=ON)
    opine(application, by=worker, text="Tym razem o niej.")
    assert application.opinions.count() == 2
    assert application.opinions.get(taken_back_on=None).text == "Tym razem o niej."


def test_each_side_takes_back_its_own_word_only(centre, worker, social_worker):
    application = case(centre, "received")
    opine(application, by=worker)
    with pytest.raises(Refused, match="na ekranie"):
        actions.take_back(application, reason="Pomyłka.", by=social_worker, on=ON)
    with pytest.raises(Refused, match="cofa centrum"):
        actions.take_back(case(centre, "opined"), reason="Pomyłka.", by=worker, on=ON)


def test_a_letter_reminds_of_what_is_still_owed_once_a_day(centre, letterhead, social_worker):
    application = case(centre, "received")
    reminder = actions.remind(application, about="opinion_written", by=social_worker, on=date(2026, 3, 20))
    assert reminder.due_on == date(2026, 3, 17)
    assert reminder.document.kind == "office_reminder"
    assert reminder.document.participant == application.participant
    with pytest.raises(Refused, match="już dziś"):
        actions.remind(application, about="opinion_written", by=social_worker, on=date(2026, 3, 20))
    with pytest.raises(Refused, match="nie zalega"):
        actions.remind(application, about="receipt_confirmation", by=social_worker, on=date(2026, 3, 20))


@pytest.fixture
def letterhead(centre):
    from cistor.documents.actions import adopt_letterhead

    head = {"name": "Centrum", "address": "ul. Wymyślona 1, 87-100 Toruń", "place": "Toruń"}
    return adopt_letterhead(centre=centre, in_force_from=date(2014, 1, 1), **head, by=None)


# What is needed -------------------------------------------------------------------------------------------------------


def test_the_agreement_says_what_is_needed_and_the_regulations_without_one(centre, office):
    application = case(centre, "received")
    assert steps.needed(application, ON) == ["opinion", "referral"]
    office.agreements.update(office_steps=["consent"])
    assert steps.needed(application, ON) == ["opinion", "consent"]
    office.agreements.update(end_on=date(2026, 3, 10))
    Regulations.objects.filter(centre=centre).update(office_steps=["opinion"])
    assert steps.needed(application, ON) == ["opinion"]


def test_the_second_centre_ends_with_the_consent(other_centre):
    assert steps.needed(case(other_centre, "received"), ON) == ["opinion", "consent"]
    assert steps.is_office_done(case(other_centre, "consented"), ON)
    assert steps.next_step(case(other_centre, "opined"), ON) == "consent"


def test_a_referral_is_the_last_word_even_where_a_consent_came_to_be_asked_for(centre, office):
    application = case(centre, "referred")
    office.agreements.update(office_steps=["opinion", "consent", "referral"])
    assert steps.is_office_done(application, ON)


def test_where_the_office_is_asked_for_nothing_it_has_done_its_part(other_centre):
    Regulations.objects.filter(centre=other_centre).update(office_steps=[])
    assert steps.is_office_done(case(other_centre, "to_send"), ON)


def test_what_many_cases_need_is_asked_in_two_queries(centre, django_assert_num_queries):
    rows = [case(centre, "received", participant=make_participant(centre)) for _ in range(5)]
    with django_assert_num_queries(2):
        assert len(steps.needed_of(rows, ON)) == 5
