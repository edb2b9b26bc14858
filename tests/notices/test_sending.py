"""That a paper went out meets its deadline; the term of that day is kept."""

from datetime import date

import pytest

from cistor.centres.models import PublicHoliday
from cistor.errors import Refused
from cistor.journal.models import Entry
from cistor.notices.actions.sending import dispatch
from cistor.notices.models import Letter
from tests.factories import make_user
from tests.notices.making import SIGNED, Kind, make_document, make_letter, make_signed, mopr, pup

SENT = date(2026, 12, 29)
SOURCE = "Procedura CISTOR–MOPR cz. II ust. 1"


@pytest.fixture
def letter(centre):
    return make_letter(make_signed(centre), status="signed")


def sending(letter, by, **over):
    given = {"office": letter.office, "way": "paper", "sent_on": SENT, "proof": "R 123", "by": by, "on": SENT, **over}
    return dispatch(letter.document, **given)


def test_the_sending_keeps_the_way_the_proof_and_the_term_that_it_met(letter, social_worker):
    sent = sending(letter, social_worker)
    sent.refresh_from_db()
    assert (sent.office, sent.way, sent.sent_on, sent.proof) == (letter.office, "paper", SENT, "R 123")
    assert (sent.due_on, sent.due_source, sent.by, sent.recorded_on) == (date(2027, 1, 4), SOURCE, social_worker, SENT)
    assert not Letter.objects.unsent().exists()
    assert Entry.objects.get(verb="document_sent").participant == letter.participant


def test_a_holiday_added_after_the_sending_no_longer_moves_the_term(letter, social_worker):
    PublicHoliday.objects.create(on=date(2026, 12, 30), name="Dzień ustanowiony przed wysłaniem")
    sent = sending(letter, social_worker)
    PublicHoliday.objects.create(on=date(2026, 12, 31), name="Dzień ustanowiony po wysłaniu")
    sent.refresh_from_db()
    assert sent.due_on == date(2027, 1, 5)


def test_a_copy_meets_no_deadline(letter, centre, social_worker):
    copy = sending(letter, social_worker, office=pup(centre), is_copy=True)
    assert (copy.due_on, copy.due_source) == (None, "")


def test_a_letter_to_the_participant_goes_to_no_office(centre, social_worker):
    letter = make_letter(make_signed(centre), Kind.INSURANCE_TOLD, status="signed")
    assert sending(letter, social_worker, way="handed").due_on == SIGNED
    with pytest.raises(Refused, match="uczestnik"):
        sending(letter, social_worker, office=mopr(centre))


def test_a_paper_that_is_no_letter_is_sent_without_a_term(centre, social_worker):
    document = make_document(make_signed(centre), "refusal_letter", on=SIGNED, by=social_worker)
    sent = dispatch(document, way="paper", sent_on=SENT, by=social_worker, on=SENT)
    assert (sent.office, sent.due_on) == (None, None)


@pytest.mark.parametrize(
    "over, field",
    [
        ({"sent_on": date(2026, 12, 30)}, "sent_on"),  # still to come
        ({"sent_on": date(2026, 12, 22)}, "sent_on"),  # before it was signed
        ({"sent_on": date(1026, 12, 29)}, "sent_on"),
        ({"way": "pigeon"}, "way"),
        ({"office": None}, "office"),
    ],
)
def test_what_cannot_have_been_is_refused(letter, social_worker, over, field):
    with pytest.raises(Refused) as refused:
        sending(letter, social_worker, **over)
    assert refused.value.field == field


def test_an_office_of_another_centre_is_refused(letter, other_centre, social_worker):
    with pytest.raises(Refused, match="ze spisu centrum"):
        sending(letter, social_worker, office=pup(other_centre), is_copy=True)


def test_the_same_sending_is_recorded_once(letter, social_worker):
    sending(letter, social_worker)
    with pytest.raises(Refused, match="już wpisano"):
        sending(letter, social_worker)


def test_the_mail_server_may_be_the_one_who_sent_it(letter):
    assert sending(letter, None, way="email").by is None


@pytest.mark.parametrize("role, may", [("social_worker", True), ("director", True), ("instructor", False)])
def test_who_sends_letters_of_the_centre(letter, centre, role, may):
    user = make_user(centre, role)
    if may:
        assert sending(letter, user).by == user
    else:
        with pytest.raises(Refused, match="Wysłanie wpisuje"):
            sending(letter, user)


def test_payroll_sends_its_own_papers_only(letter, centre, payroll, outsider):
    own = make_document(make_signed(centre), "payments_certificate", on=SIGNED, by=payroll)
    assert dispatch(own, way="paper", sent_on=SENT, by=payroll, on=SENT).by == payroll
    for user in (payroll, outsider):
        with pytest.raises(Refused, match="Wysłanie wpisuje"):
            sending(letter, user)
