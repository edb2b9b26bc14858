"""The answer about the qualification: from paper by the centre, on screen by the head of the office that was asked."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cistor.desk import replies as desk
from cistor.documents import files
from cistor.documents.models import Document
from cistor.journal.models import Reading
from cistor.notices.models import IncomingLetter, Letter
from participants.actions import end_programme, pass_to_main
from participants.models import QualificationReply
from tests.factories import make_participant, make_programme, make_user
from tests.notices.making import make_letter, make_signed, mopr, send

SIGNED, MONDAY, TODAY = date(2026, 2, 16), date(2026, 3, 9), date(2026, 3, 11)
REQUEST = Letter.Kind.QUALIFICATION_REQUEST
YES = {"token": "t", "answer": "yes"}
NO = {"token": "t", "answer": "no", "note": "Znaczna poprawa sytuacji."}


@pytest.fixture
def programme(centre):
    programme = make_signed(centre, SIGNED)
    programme.office = mopr(centre)
    programme.save()
    return programme


@pytest.fixture
def request_letter(programme):
    return make_letter(programme, REQUEST, status="signed", on=MONDAY, text="Punktualna i sumienna.")


@pytest.fixture
def asked(programme, request_letter):
    """The programme about which the office was sent the request."""
    send(request_letter, MONDAY)
    return programme


@pytest.fixture
def head(centre):
    return make_user(None, "welfare_head", office=mopr(centre))


@pytest.fixture
def stranger(centre):
    """Heads another office of the same centre."""
    other = centre.offices.create(kind="welfare", name="Drugi ośrodek", short_name="OPS 2")
    return make_user(None, "welfare_head", office=other)


def on_screen(programme) -> str:
    return reverse("notices:qualify", args=[programme.pk])


def from_paper(programme) -> str:
    return reverse("notices:record_reply", args=[programme.pk])


def test_the_head_sees_what_was_asked_and_answers(as_user, asked, request_letter, head):
    client = as_user(head, TODAY)
    page = client.get(on_screen(asked)).content.decode()
    assert str(asked.participant) in page
    assert "Punktualna i sumienna." in page
    assert "15.03.2026" in page or "15 marca 2026" in page
    assert reverse("documents:download", args=[request_letter.document_id]) in page
    client.post(on_screen(asked), YES)
    reply = asked.qualification_replies.get()
    assert (reply.is_qualified, reply.way, reply.by, reply.received_on) == (True, "screen", head, TODAY)
    assert reply.due_on == date(2026, 3, 15)


def test_a_refusal_says_why(as_user, asked, head):
    client = as_user(head, TODAY)
    assert client.post(on_screen(asked), {"token": "t", "answer": "no"}).status_code == 422
    client.post(on_screen(asked), {**NO, "confirmed": "1"})
    asked.refresh_from_db()
    assert asked.end_kind == "not_qualified"


def test_a_refusal_is_asked_once_more_under_the_persons_name(as_user, asked, head):
    client = as_user(head, TODAY)
    page = client.post(on_screen(asked), NO)
    assert f"Zapisać brak kwalifikacji: {asked.participant}?" in page.content.decode()
    assert "Program zakończy się 15 marca 2026: to ostatni płatny dzień." in page.context["consequences"]
    back = client.post(on_screen(asked), {**NO, "back": "1"})
    assert (back.context["form"]["note"].value(), back.context["form"].errors) == (NO["note"], {})
    assert not QualificationReply.objects.exists()


def test_until_the_last_day_the_head_may_take_a_refusal_back(as_user, asked, head):
    client = as_user(head, TODAY)
    client.post(on_screen(asked), {**NO, "confirmed": "1"})
    page = client.post(on_screen(asked), {**NO, "token": "u"})
    assert (page.status_code, "niczego już nie zmienia" in page.content.decode()) == (422, True)
    client.post(on_screen(asked), {**YES, "token": "v"})
    asked.refresh_from_db()
    assert (asked.ended_on, asked.qualification_replies.count()) == (None, 2)


def test_from_paper_a_refusal_is_asked_once_more_too(as_user, asked, social_worker):
    client, given = as_user(social_worker, TODAY), {**NO, "received_on": f"{TODAY}", "way": "fax"}
    page = client.post(from_paper(asked), {**given, "received_on": "2026-03-12"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["received_on"])
    assert client.post(from_paper(asked), given).templates[0].name == "notices/reply_confirm.html"
    assert not QualificationReply.objects.exists()
    client.post(from_paper(asked), {**given, "confirmed": "1"})
    assert asked.qualification_replies.get().note == NO["note"]


def test_a_period_begun_provisionally_is_answered_about_after_its_end(as_user, asked, director, social_worker):
    pass_to_main(asked, provisional_reason="Urząd zapowiedział odpowiedź.", by=director, on=TODAY)
    end_programme(asked, ended_on=TODAY, kind="job", reason="", by=director, on=TODAY)
    client, day = as_user(social_worker, date(2026, 3, 20)), "2026-03-20"
    assert from_paper(asked) in client.get(f"/uczestnicy/{asked.participant_id}/program/").content.decode()
    client.post(from_paper(asked), {**YES, "received_on": day, "way": "fax"})
    assert asked.qualification_replies.get().is_qualified


def test_a_request_that_was_not_sent_is_not_found(as_user, programme, request_letter, head):
    client = as_user(head, TODAY)
    assert client.get(on_screen(programme)).status_code == 404
    assert client.post(on_screen(programme), YES).status_code == 404


def test_another_office_does_not_find_it(as_user, asked, stranger):
    client = as_user(stranger, TODAY)
    assert client.get(on_screen(asked)).status_code == 404
    assert client.post(on_screen(asked), YES).status_code == 404
    assert not QualificationReply.objects.exists()


def test_a_copy_is_no_request(as_user, programme, request_letter, centre, stranger):
    copied = {"way": "paper", "sent_on": MONDAY, "recorded_on": MONDAY, "is_copy": True}
    request_letter.document.dispatches.create(office=stranger.office, **copied)
    assert as_user(stranger, TODAY).get(on_screen(programme)).status_code == 404


@pytest.mark.parametrize("role", ["social_worker", "director"])
def test_the_centre_does_not_answer_on_screen_nor_does_a_worker_of_the_office(as_user, centre, asked, role):
    for user in (make_user(centre, role), make_user(None, "welfare_worker", office=mopr(centre))):
        assert as_user(user, TODAY).get(on_screen(asked)).status_code == 403


def test_the_head_is_told_until_the_answer_is_given(as_user, asked, head, stranger):
    (told,) = desk.for_the_office(head, TODAY)
    assert (told.url, told.due, told.kind) == (on_screen(asked), date(2026, 3, 15), "info")
    assert list(desk.for_the_office(stranger, TODAY)) == []
    as_user(head, TODAY).post(on_screen(asked), YES)
    assert list(desk.for_the_office(head, TODAY)) == []


def test_the_desk_of_the_head_asks_no_more_for_many_requests_than_for_one(asked, centre, head):
    with CaptureQueriesContext(connection) as one:
        list(desk.for_the_office(head, TODAY))
    for _ in range(3):
        send(make_letter(make_signed(centre, SIGNED), REQUEST, status="signed", on=MONDAY), MONDAY)
    with CaptureQueriesContext(connection) as many:
        told = list(desk.for_the_office(head, TODAY))
    assert ([matter.due for matter in told], len(many)) == ([date(2026, 3, 15)] * 4, len(one))


def test_the_office_has_the_request_that_was_sent_to_it_and_nothing_else(
    as_user, settings, tmp_path, centre, head, stranger, social_worker
):
    settings.MEDIA_ROOT = tmp_path
    programme = make_programme(make_participant(centre), start_on=SIGNED, main=False, by=social_worker)
    sha256, about = files.store(b"%PDF-1.7"), {"issued_on": MONDAY, "size": 8, "context": {}, "title": "Wniosek"}
    whose = {"centre": centre, "participant": programme.participant, "kind": REQUEST, "sha256": sha256}
    paper, kept = (Document.objects.create(number=f"WK/{n}/2026", **whose, **about) for n in (1, 2))
    paper.dispatches.create(office=head.office, way="email", sent_on=MONDAY, recorded_on=MONDAY)
    client = as_user(head, TODAY)
    assert client.get(reverse("documents:download", args=[paper.pk])).status_code == 200
    assert Reading.objects.filter(participant=programme.participant, by=head, what=REQUEST).count() == 1
    assert client.get(reverse("documents:download", args=[kept.pk])).status_code == 403
    assert as_user(stranger, TODAY).get(reverse("documents:download", args=[paper.pk])).status_code == 403


def test_from_paper_the_answer_is_registered_as_a_letter_too(as_user, asked, social_worker):
    client = as_user(social_worker, TODAY)
    given = {**YES, "received_on": f"{TODAY}", "way": "fax", "note": "Pismo DP.1"}
    assert client.post(from_paper(asked), given).url == reverse("participants:programme", args=[asked.participant_id])
    letter = IncomingLetter.objects.get()
    assert (letter.kind, letter.office, letter.reply.way) == ("qualification", mopr(asked.participant.centre), "fax")
    assert letter.reply.due_on == date(2026, 3, 15)


def test_where_nobody_is_asked_there_is_nothing_to_answer(as_user, other_centre, outsider):
    programme = make_signed(other_centre, SIGNED)
    assert as_user(outsider, TODAY).get(from_paper(programme)).status_code == 404
