"""The application from its draft to its end."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cistor.centres.models import Office
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals import actions, completeness, wording
from referrals.models import STATUS_MOVES, Application
from tests.documents.brought import make_upload
from tests.factories import make_centre, make_participant, make_user
from tests.referrals.making import make_application
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)
WHOLE = {
    "applied_on": TODAY,
    "applicant": "person",
    "category": "long_term_unemployed",
    "registered_at_pup": True,
    "reason": "Bez pracy od trzech lat.",
    "aim": "Powrót do pracy.",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def worker():
    return make_user(make_centre(), "social_worker")


@pytest.fixture
def done(worker):
    return {"by": worker, "on": TODAY}


@pytest.fixture
def draft(worker, done):
    return actions.begin(make_participant(worker.centre), **done)


@pytest.fixture
def open_one(draft, done):
    return actions.submit(actions.save_draft(draft, **WHOLE, **done), **done)


def verbs(application) -> list[str]:
    entries = Entry.objects.filter(object_kind="referrals.application", object_id=application.pk)
    return list(entries.order_by("pk").values_list("verb", flat=True))


def test_an_application_begins_as_a_draft_of_today_without_a_number(draft):
    assert (draft.status, draft.number, draft.applied_on, draft.begun_on) == ("draft", "", TODAY, TODAY)
    assert verbs(draft) == ["application_begun"]


@pytest.mark.parametrize("status", ["draft", "open"])
def test_a_second_open_application_is_refused_with_the_first(worker, done, status):
    first = make_application(worker.centre, status=status)
    with pytest.raises(actions.AlreadyOpen) as refusal:
        actions.begin(first.participant, **done)
    assert refusal.value.existing == first


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_who_was_closed_may_apply_again(worker, done, status):
    first = make_application(worker.centre, status=status)
    assert actions.begin(first.participant, **done).status == "draft"


def test_a_draft_is_saved_with_whatever_it_has(draft, done):
    saved = actions.save_draft(draft, reason="  Bezdomność. ", applied_on=None, **done)
    saved.refresh_from_db()
    assert (saved.reason, saved.applied_on, saved.aim) == ("Bezdomność.", None, "")


def test_what_is_the_same_is_not_written_down(draft, done):
    actions.save_draft(draft, reason="Bezdomność.", **done)
    actions.save_draft(draft, reason="Bezdomność.", **done)
    assert verbs(draft) == ["application_begun", "application_saved"]


def test_the_journal_names_columns_and_says_nothing_of_their_words(draft, done):
    actions.save_draft(draft, reason="Bezdomność.", aim="Praca.", **done)
    assert Entry.objects.get(verb="application_saved").data == {"changed": ["reason", "aim"]}


IMPOSSIBLE = [
    ({"applied_on": TODAY + timedelta(days=1)}, "applied_on"),
    ({"applied_on": date(1, 1, 1)}, "applied_on"),
    ({"consent_on": TODAY + timedelta(days=1)}, "consent_on"),
    ({"category": "homeless", "further_categories": ["drugs", "homeless"]}, "further_categories"),
    ({"applicant": "pup", "category": "homeless"}, "applicant"),
    ({"applicant": "nobody"}, "applicant"),
]


@pytest.mark.parametrize("said, field", IMPOSSIBLE)
def test_what_cannot_be_is_refused_even_in_a_draft(draft, done, said, field):
    with pytest.raises(Refused) as refusal:
        actions.save_draft(draft, **said, **done)
    assert refusal.value.field == field
    assert Application.objects.get().reason == ""


def test_the_day_of_an_application_is_not_moved_past_its_sending(worker, done):
    sent_on = TODAY - timedelta(days=2)
    application = make_application(worker.centre, office_state="sent", on=sent_on)
    with pytest.raises(Refused, match=f"wysłano do urzędu {sent_on:%d.%m.%Y}") as refusal:
        actions.save_draft(application, applied_on=TODAY, **done)
    assert refusal.value.field == "applied_on"
    assert actions.save_draft(application, applied_on=sent_on, **done).applied_on == sent_on


def test_the_labour_office_may_refer_who_is_without_work_for_long_among_other_things(draft, done):
    said = {"applicant": "pup", "category": "homeless", "further_categories": ["long_term_unemployed"]}
    assert actions.save_draft(draft, **said, **done).applicant == "pup"


LACKING = [
    ({"applied_on": None}, {"applied_on"}),
    ({"applicant": ""}, {"applicant"}),
    ({"applicant": "representative"}, {"applicant_name"}),
    ({"applicant": "ngo"}, {"applicant_name", "consent_on"}),
    ({"applicant": "ngo", "applicant_name": "Fundacja", "consent_on": TODAY}, set()),
    ({"category": ""}, {"category"}),
    ({"registered_at_pup": None}, {"registered_at_pup"}),
    ({"registered_at_pup": False}, set()),
    ({"reason": "", "aim": ""}, {"reason", "aim"}),
]


@pytest.mark.parametrize("over, missing", LACKING)
def test_an_application_is_submitted_only_when_nothing_is_missing(draft, done, over, missing):
    saved = actions.save_draft(draft, **{**WHOLE, **over}, **done)
    assert set(completeness.lacking(saved)) == missing
    if missing:
        with pytest.raises(Refused) as refusal:
            actions.submit(saved, **done)
        assert refusal.value.field in missing
    else:
        assert actions.submit(saved, **done).status == "open"


def test_who_has_no_home_is_reached_where_they_stay(draft, done):
    person = draft.participant
    type(person).objects.filter(pk=person.pk).update(street="", postal_code="", city="")
    saved = actions.save_draft(draft, **WHOLE, **done)
    assert set(completeness.lacking(saved)) == {"stay_address"}
    assert not completeness.lacking(actions.save_draft(saved, stay_address="Schronisko, Toruń", **done))


def test_submitting_gives_the_next_number_of_the_year(worker, done):
    centre, numbers = worker.centre, []
    for _ in range(2):
        draft = actions.begin(make_participant(centre), **done)
        submitted = actions.submit(actions.save_draft(draft, **WHOLE, **done), **done)
        numbers.append(submitted.number)
        assert (submitted.submitted_on, submitted.submitted_by) == (TODAY, worker)
    assert numbers == ["W/1/2026", "W/2/2026"]


def test_an_application_is_submitted_once(open_one, done):
    with pytest.raises(Refused, match="w toku"):
        actions.submit(open_one, **done)


def test_an_open_application_is_corrected_and_stays_complete(open_one, done):
    actions.save_draft(open_one, aim="Samodzielne mieszkanie.", **done)
    with pytest.raises(Refused) as refusal:
        actions.save_draft(open_one, aim="", **done)
    assert refusal.value.field == "aim"
    assert verbs(open_one)[-1] == "application_corrected"


def test_the_office_is_not_changed_after_the_application_was_sent(worker, done):
    sent = make_application(worker.centre, office_state="sent")
    another = Office.objects.create(centre=worker.centre, kind="cus", name="Inny urząd", short_name="CUS")
    with pytest.raises(Refused) as refusal:
        actions.save_draft(sent, office=another, **done)
    assert refusal.value.field == "office"


def test_nothing_of_another_centre_or_person_gets_into_an_application(draft, done):
    foreign = Office.objects.create(centre=make_centre("rzyszczewo"), kind="cus", name="Obcy", short_name="CUS")
    with pytest.raises(ValueError, match="another centre"):
        actions.save_draft(draft, office=foreign, **done)
    upload = make_upload(make_participant(draft.centre), kind="application_scan", by=done["by"])
    with pytest.raises(ValueError, match="somebody else"):
        actions.attach_scan(draft, upload, **done)


def test_statements_are_added_and_earlier_ones_stay(open_one, done):
    actions.declare_exclusions(open_one, declared_on=date(2026, 1, 5), rights=[], **done)
    newest = actions.declare_exclusions(
        open_one, declared_on=TODAY, rights=["old_age_pension", "structural_pension"], **done
    )
    assert open_one.exclusion_statements.count() == 2
    assert open_one.exclusion_statements.first() == newest
    assert wording.exclusion_texts(newest) == ["renta strukturalna", "emerytura"]
    assert [words for _, words in wording.statements(open_one)] == [["renta strukturalna", "emerytura"], []]


def test_a_right_is_asked_for_in_the_words_of_its_day(open_one, done):
    """Teachers' compensation came in 2009."""
    with pytest.raises(Refused) as refusal:
        actions.declare_exclusions(open_one, declared_on=date(2008, 1, 7), rights=["teachers_compensation"], **done)
    assert refusal.value.field == "rights"


def test_a_statement_of_tomorrow_is_refused(open_one, done):
    with pytest.raises(Refused) as refusal:
        actions.declare_exclusions(open_one, declared_on=TODAY + timedelta(days=1), rights=[], **done)
    assert refusal.value.field == "declared_on"


@pytest.mark.parametrize(
    "day, text", [(date(2021, 6, 1), "osoby chore psychicznie"), (TODAY, "osoby z zaburzeniami psychicznymi")]
)
def test_a_category_is_said_in_the_words_of_the_day_of_the_application(worker, day, text):
    application = make_application(
        worker.centre, applied_on=day, category="mental_disorder", further_categories=["disabled"]
    )
    assert wording.category_texts(application) == [text, "osoby niepełnosprawne"]


def test_a_draft_is_given_up_and_an_application_withdrawn(draft, done):
    assert actions.withdraw(draft, **done).status == "withdrawn"
    assert (draft.number, Application.objects.get().closed_on) == ("", TODAY)


def test_a_refusal_says_why_and_issues_the_letter(open_one, done):
    make_letterhead(open_one.centre)
    letter = actions.refuse(open_one, reason="Przysługuje emerytura.", **done)
    open_one.refresh_from_db()
    assert (open_one.status, open_one.close_reason) == ("refused", "Przysługuje emerytura.")
    assert (letter.kind, letter.participant, letter.context["reason"]) == (
        "refusal_letter",
        open_one.participant,
        "Przysługuje emerytura.",
    )


def test_the_letter_to_who_has_no_home_goes_where_they_stay(open_one, done):
    make_letterhead(open_one.centre)
    type(open_one.participant).objects.update(street="", postal_code="", city="")
    type(open_one).objects.update(stay_address="Noclegownia, ul. Zmyślona 1\n87-100 Toruń")
    letter = actions.refuse(open_one, reason="Przysługuje emerytura.", **done)
    assert letter.context["addressee"][1:] == ["Noclegownia, ul. Zmyślona 1", "87-100 Toruń"]


def test_a_refusal_without_a_reason_is_none(open_one, done):
    with pytest.raises(Refused) as refusal:
        actions.refuse(open_one, reason="  ", **done)
    assert refusal.value.field == "reason"


def test_a_refusal_that_cannot_be_printed_is_not_written_either(open_one, done):
    with pytest.raises(Refused, match="papieru firmowego"):
        actions.refuse(open_one, reason="Przysługuje emerytura.", **done)
    assert Application.objects.get().status == "open"


def test_a_mistake_is_undone_and_the_tracks_stand_where_they_stood(worker, done):
    closed = make_application(worker.centre, status="refused", office_state="opined", recruitment_state="waiting")
    opened = actions.reopen(closed, **done)
    opened.refresh_from_db()
    assert (opened.status, opened.office_state, opened.closed_on, opened.close_reason) == ("open", "opined", None, "")
    assert verbs(closed) == ["application_reopened"]


def test_a_draft_that_was_given_up_is_not_reopened(draft, done):
    actions.withdraw(draft, **done)
    with pytest.raises(Refused, match="nie złożono"):
        actions.reopen(draft, **done)
    assert Application.objects.get().status == "withdrawn"


def test_what_is_closed_is_not_reopened_beside_a_newer_one(worker, done):
    closed = make_application(worker.centre, status="withdrawn")
    newer = actions.begin(closed.participant, **done)
    with pytest.raises(actions.AlreadyOpen) as refusal:
        actions.reopen(closed, **done)
    assert refusal.value.existing == newer


def test_closed_applications_take_no_corrections_and_no_statements(worker, done):
    closed = make_application(worker.centre, status="withdrawn")
    with pytest.raises(Refused):
        actions.save_draft(closed, aim="Inny.", **done)
    with pytest.raises(Refused):
        actions.declare_exclusions(closed, declared_on=TODAY, rights=[], **done)


ACTS = {
    "withdraw": actions.withdraw,
    "refuse": lambda application, **done: actions.refuse(application, reason="Powód.", **done),
    "reopen": actions.reopen,
}


def is_done(act, application, **done) -> bool:
    """Tried, and undone again."""
    with transaction.atomic():
        try:
            act(application, **done)
        except Refused:
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("status", ["draft", "open", "withdrawn", "refused"])
def test_the_acts_follow_the_table_of_moves(worker, done, status):
    make_letterhead(worker.centre)
    application = make_application(worker.centre, status=status)
    possible = {verb for verb in ACTS if STATUS_MOVES.may(application, verb)}
    assert {verb for verb, act in ACTS.items() if is_done(act, application, **done)} == possible


def test_nothing_is_done_about_an_erased_person(worker, done):
    application = make_application(worker.centre, status="withdrawn")
    person = application.participant
    type(person).objects.filter(pk=person.pk).update(erased_on=TODAY)
    for act in (actions.reopen, actions.withdraw, actions.save_draft):
        with pytest.raises(Refused, match="usunięto"):
            act(application, **done)
    with pytest.raises(Refused, match="usunięto"):
        actions.begin(person, **done)


@given(
    said=st.fixed_dictionaries(
        {
            "applied_on": st.none() | st.just(TODAY),
            "applicant": st.sampled_from(["", *Application.Applicant.values]),
            "applicant_name": st.sampled_from(["", "Fundacja"]),
            "consent_on": st.none() | st.just(TODAY),
            "category": st.sampled_from(["", "homeless", "long_term_unemployed"]),
            "registered_at_pup": st.none() | st.booleans(),
            "reason": st.sampled_from(["", "Powód."]),
            "aim": st.sampled_from(["", "Cel."]),
            "stay_address": st.just("Schronisko"),
        }
    )
)
def test_filling_in_what_is_missing_makes_it_complete(said):
    """Whatever a draft has: each thing asked for is really missing, and nothing else is asked for afterwards."""
    application = Application(**said)
    missing = completeness.lacking(application)
    for name in missing:
        assert getattr(application, name) in (None, "")
        setattr(application, name, {**WHOLE, "applicant_name": "Fundacja", "consent_on": TODAY}[name])
    assert not completeness.lacking(application)
