"""How a paper went out: by post, fax or hand as somebody writes it down, by e-mail as the program sends it."""

from datetime import UTC, date, datetime

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from cistor.documents.models import Document
from cistor.notices.models import Letter, Mail
from participants.models import Delivery
from tests.factories import make_participant
from tests.notices.making import make_document, make_letter, make_reminder, make_signed, mopr, send

FRIDAY, TODAY = date(2026, 3, 6), date(2026, 3, 11)
PAPER = {"token": "t", "way": "paper", "sent_on": f"{TODAY}", "proof": "R 123"}


@pytest.fixture
def programme(centre):
    return make_signed(centre, FRIDAY)


@pytest.fixture
def letter(programme):
    return make_letter(programme, status="signed", on=FRIDAY)


@pytest.fixture
def mailbox(centre):
    office = mopr(centre)
    office.email = "urzad@example.pl"
    office.save()
    return office.email


def page_of(document) -> str:
    return reverse("notices:dispatch", args=[document.pk])


def ways(answer) -> list[str]:
    return [code for code, _ in answer.context["form"].fields["way"].choices]


def test_today_and_on_paper_unless_said_otherwise(as_user, letter, social_worker):
    form = as_user(social_worker, TODAY).get(page_of(letter.document)).context["form"]
    assert (form.initial["sent_on"], form.initial["way"]) == (TODAY, "paper")


def test_what_was_sent_stands_with_its_way_and_proof(as_user, letter, social_worker):
    client = as_user(social_worker, TODAY)
    page = client.post(page_of(letter.document), PAPER, follow=True).content.decode()
    sent = letter.document.dispatches.get()
    assert (sent.office, sent.way, sent.sent_on, sent.by) == (letter.office, "paper", TODAY, social_worker)
    assert "R 123" in page
    assert "bez dalszych czynności" in page


@pytest.mark.parametrize("wrong", [{"sent_on": "2026-03-12"}, {"sent_on": "2026-03-05"}, {"way": "gołąb"}])
def test_nothing_typed_is_lost_on_an_error(as_user, letter, social_worker, wrong):
    page = as_user(social_worker, TODAY).post(page_of(letter.document), {**PAPER, **wrong})
    assert page.status_code == 422
    assert "R 123" in page.content.decode()
    assert not letter.document.dispatches.exists()


def test_a_mail_is_offered_where_the_office_has_an_address(as_user, letter, social_worker):
    assert "email" not in ways(as_user(social_worker, TODAY).get(page_of(letter.document)))


def test_the_program_sends_the_mail_itself_and_says_how_far_it_is(as_user, mailbox, letter, social_worker):
    client = as_user(social_worker, TODAY)
    page = client.post(page_of(letter.document), {**PAPER, "way": "email"}, follow=True).content.decode()
    assert Mail.objects.get().to == mailbox
    assert "czeka na wysłanie" in page
    assert not letter.document.dispatches.exists()


def test_a_mail_given_up_is_tried_again_at_a_press(as_user, mailbox, letter, social_worker):
    client = as_user(social_worker, TODAY)
    client.post(page_of(letter.document), {**PAPER, "way": "email"})
    Mail.objects.update(given_up_at=Now(), attempts=9, error="Serwer poczty nie odpowiada.")
    page = client.get(page_of(letter.document)).content.decode()
    assert "Serwer poczty nie odpowiada." in page
    assert "Spróbuj ponownie" in page
    client.post(reverse("notices:mail_again", args=[Mail.objects.get().pk]))
    assert (Mail.objects.get().given_up_at, Mail.objects.get().attempts) == (None, 0)


def test_a_mail_that_went_and_stands_in_no_register_is_said_so_and_written_down(
    as_user, mailbox, letter, social_worker
):
    client = as_user(social_worker, TODAY)
    client.post(page_of(letter.document), {**PAPER, "way": "email"})
    Mail.objects.update(sent_at=datetime(2026, 3, 10, 8, 0, tzinfo=UTC))
    answer = client.get(page_of(letter.document))
    assert "wyszedł, wysłania nie wpisano" in answer.content.decode()
    proposed = answer.context["form"].initial
    assert (proposed["way"], proposed["sent_on"]) == ("email", date(2026, 3, 10))
    given = {**PAPER, **proposed, "sent_on": "2026-03-10", "token": "u"}
    page = client.post(page_of(letter.document), given, follow=True).content.decode()
    assert "Wysłanie jest zapisane." in page
    assert "nie wpisano" not in page
    sent = letter.document.dispatches.get()
    assert (sent.way, sent.by, mailbox in sent.proof) == ("email", social_worker, True)


def test_the_office_gets_a_copy_of_what_the_participant_was_sent(as_user, programme, social_worker):
    letter = make_letter(programme, Letter.Kind.NOT_QUALIFIED, status="signed", on=FRIDAY)
    send(letter, TODAY)
    client = as_user(social_worker, TODAY)
    assert "Odpis do wiadomości" in client.get(page_of(letter.document)).content.decode()
    client.post(page_of(letter.document), PAPER)
    copy = letter.document.dispatches.get(is_copy=True)
    assert (copy.office, copy.due_on) == (mopr(programme.participant.centre), None)


@pytest.fixture
def refusal(centre, social_worker):
    about = {"title": "Odmowa", "issued_on": FRIDAY, "size": 1, "context": {}, "issued_by": social_worker}
    person = make_participant(centre)
    return Document.objects.create(
        centre=centre, participant=person, kind="refusal_letter", number="OS/1/2026", **about
    )


def test_a_paper_of_another_room_goes_to_whom_it_is_for_then_as_a_copy(as_user, centre, refusal, social_worker):
    client = as_user(social_worker, TODAY)
    assert "office" not in client.get(page_of(refusal)).context["form"].fields
    page = client.post(page_of(refusal), {**PAPER, "office": mopr(centre).pk}, follow=True)
    assert refusal.dispatches.get().office is None
    assert "bez dalszych czynności" in page.content.decode()
    client.post(page_of(refusal), {**PAPER, "token": "u", "office": mopr(centre).pk})
    assert refusal.dispatches.get(is_copy=True).office == mopr(centre)


def test_a_reminder_goes_to_the_office_it_reminds(as_user, centre, social_worker):
    client, reminder = as_user(social_worker, TODAY), make_reminder(centre, social_worker, on=FRIDAY)
    client.post(page_of(reminder), PAPER)
    assert reminder.dispatches.get().office == mopr(centre)
    client.post(page_of(reminder), {**PAPER, "token": "u", "office": ""})
    assert reminder.dispatches.get(is_copy=True).office is None


def test_an_email_of_another_room_was_sent_elsewhere_and_is_proved(as_user, refusal, social_worker):
    client, given = as_user(social_worker, TODAY), {**PAPER, "way": "email"}
    page = client.post(page_of(refusal), {**given, "proof": " "})
    assert page.status_code == 422
    assert "e-mail wysłany poza programem" in page.content.decode()
    assert not refusal.dispatches.exists()
    client.post(page_of(refusal), {**given, "proof": "Z 10.03.2026 na adres osoby."})
    assert refusal.dispatches.get().way == "email"
    assert not Mail.objects.exists()


def test_a_decision_is_delivered_where_it_was_proposed(as_user, centre, programme, director):
    paper = make_document(programme, "termination_decision", on=FRIDAY, by=director)
    facts = {
        "kind": "left",
        "facts": "Nie przychodzi.",
        "last_on": FRIDAY,
        "through_fault": True,
        "reason": "Opuszcza.",
    }
    decided = {"granted": True, "decided_by": director, "decided_on": FRIDAY, "document": paper}
    row = programme.terminations.create(**facts, asked_by=director, asked_on=FRIDAY, **decided)
    client = as_user(director, TODAY)
    answer = client.get(page_of(paper))
    assert answer.context["form"] is None
    assert reverse("participants:termination", args=[row.pk]) in answer.content.decode()
    assert client.post(page_of(paper), PAPER).status_code == 200
    assert not paper.dispatches.exists()
    Delivery.objects.create(termination=row, delivered_on=TODAY, way="refused", by=director, recorded_on=TODAY)
    page = client.get(page_of(paper)).content.decode()
    assert "odmowa przyjęcia" in page
    assert "nie wysłano" not in page


def test_papers_that_never_leave_the_centre_are_not_sent(as_user, centre, social_worker):
    inner = {"title": "Lista", "issued_on": FRIDAY, "size": 1, "context": {}, "kind": "payment_list"}
    paper = Document.objects.create(centre=centre, number="LW/1/2026", **inner)
    assert as_user(social_worker, TODAY).get(page_of(paper)).status_code == 404
