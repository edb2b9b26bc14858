"""The signing room and the page of one letter."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from cistor.centres.models import Office
from cistor.journal.models import Reading
from cistor.notices.actions import letters as acts
from cistor.notices.models import Letter
from tests.notices.making import make_letter, make_reminder, make_reply, make_signed
from tests.referrals.papers import make_letterhead

FRIDAY, TODAY = date(2026, 3, 6), date(2026, 3, 11)
ROOM = reverse("notices:to_sign")
REQUEST = Letter.Kind.QUALIFICATION_REQUEST


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def programme(centre):
    make_letterhead(centre)
    return make_signed(centre, FRIDAY, last_name="Zmyślona-Pierwsza")


@pytest.fixture
def letter(programme):
    return make_letter(programme, REQUEST, on=FRIDAY)


def page_of(letter, name="letter") -> str:
    return reverse(f"notices:{name}", args=[letter.pk])


def read(client, letter) -> dict:
    return {"seen": client.get(page_of(letter)).context["seen"]}


def text(answer) -> str:
    return answer.content.decode()


def test_the_most_urgent_stands_first_and_what_is_late_says_so(as_user, centre, letter, director):
    late = make_letter(make_signed(centre, FRIDAY), due_on=date(2026, 3, 10))
    someday = make_letter(make_signed(centre, FRIDAY), due_on=None)
    page = as_user(director, TODAY).get(ROOM)
    assert [row.letter for row in page.context["rows"]] == [late, letter, someday]
    assert [row.term for row in page.context["rows"]] == [
        ("late", "po terminie, 10.03.2026"),
        ("soon", "do 13.03.2026"),
        None,
    ]


def test_the_room_takes_the_same_number_of_queries_for_any_number_of_letters(as_user, centre, letter, director):
    client = as_user(director, TODAY)
    client.get(ROOM)
    with CaptureQueriesContext(connection) as one:
        client.get(ROOM)
    for _ in range(3):
        make_letter(make_signed(centre, FRIDAY))
    with CaptureQueriesContext(connection) as four:
        client.get(ROOM)
    assert len(one) == len(four)


def test_the_social_worker_prepares_and_does_not_sign(as_user, letter, social_worker):
    client = as_user(social_worker, TODAY)
    assert "Podpisz" not in text(client.get(ROOM))
    assert client.post(page_of(letter, "sign")).status_code == 403


def test_a_letter_is_signed_and_then_waits_to_be_sent(as_user, letter, director):
    client = as_user(director, TODAY)
    assert "zmieniło się" in text(client.post(page_of(letter, "sign"), follow=True))
    answer = client.post(page_of(letter, "sign"), read(client, letter), follow=True)
    letter.refresh_from_db()
    assert letter.signed_by == director
    assert f"numer {letter.document}" in text(answer)
    assert "podpisane, do wysłania" in text(answer)
    assert [row.letter for row in client.get(ROOM).context["unsent"]] == [letter]


def test_what_stands_in_the_box_is_saved_with_the_signature(as_user, letter, director):
    client = as_user(director, TODAY)
    given = {"token": "a", "text": "Punktualna,\r\nsumienna."}
    page = client.post(page_of(letter, "sign"), {**given, "seen": "old"})
    assert page.status_code == 422
    assert "zmieniło się" in text(page)
    assert "sumienna." in text(page)
    client.post(page_of(letter, "sign"), {**given, **read(client, letter)})
    letter.refresh_from_db()
    assert (letter.text, letter.document.context["text"]) == (given["text"], given["text"])


def test_an_untouched_box_is_no_change_of_the_text(as_user, letter, director):
    client = as_user(director, TODAY)
    client.post(page_of(letter, "sign"), {"token": "a", "text": "", **read(client, letter)})
    letter.refresh_from_db()
    assert (letter.status, letter.text_saved) == ("signed", False)


@pytest.mark.parametrize("kind", Letter.Kind.values)
def test_the_letter_is_read_beside_the_signature(as_user, programme, director, kind):
    letter = make_letter(programme, kind, on=FRIDAY)
    client = as_user(director, TODAY)
    words = client.get(page_of(letter)).context["words"]
    assert "okres próbny" in words.lower() or "program" in words
    assert not any(tag in words for tag in ("<html", "<h1", 'class="rule"'))
    assert "Czytaj" in text(client.get(ROOM))


def test_an_office_without_a_street_is_named_before_the_signature(as_user, letter, director):
    office = letter.office
    Office.objects.filter(pk=office.pk).update(street="", postal_code="", city="Toruń")
    page = page_of(letter)
    warning = f"W adresie urzędu {office} brakuje ulicy i kodu pocztowego."
    client = as_user(director, TODAY)
    assert warning in text(client.get(page))
    assert "brakuje ulicy i kodu pocztowego" in text(client.get(reverse("centres:offices")))
    Office.objects.filter(pk=office.pk).update(street="Próbna 1", postal_code="87-100")
    assert warning not in text(client.get(page))


def test_without_a_letterhead_the_page_still_opens(as_user, centre, director):
    letter = make_letter(make_signed(centre, FRIDAY), on=FRIDAY)
    assert as_user(director, TODAY).get(page_of(letter)).context["words"] == ""


def test_the_room_counts_papers_of_other_rooms_that_wait(as_user, centre, director):
    make_reminder(centre, director, on=FRIDAY)
    page = text(as_user(director, TODAY).get(ROOM))
    assert "1 inne pismo" in page
    assert f"{reverse('notices:register')}?stan=niewyslane" in page


def test_a_second_press_is_refused_in_words(as_user, letter, director):
    client = as_user(director, TODAY)
    client.post(page_of(letter, "sign"), read(client, letter))
    assert "Obecny stan: podpisane" in text(client.post(page_of(letter, "sign"), follow=True))


def test_sent_back_it_shows_the_remark_is_put_right_and_waits_again(as_user, letter, director, social_worker):
    as_user(director, TODAY).post(page_of(letter, "return"), {"token": "a", "remark": "Dopisz spóźnienia."})
    client = as_user(social_worker, TODAY)
    page = text(client.get(page_of(letter)))
    assert "Dopisz spóźnienia." in page
    assert "oddaj do podpisu" in page
    client.post(page_of(letter, "save_text"), {"token": "b", "text": "Dwa spóźnienia.", "hand_in": "1"})
    letter.refresh_from_db()
    assert (letter.status, letter.text) == ("draft", "Dwa spóźnienia.")


def test_a_letter_goes_back_only_with_words(as_user, letter, director):
    page = as_user(director, TODAY).post(page_of(letter, "return"), {"token": "a", "remark": ""})
    assert page.status_code == 422
    letter.refresh_from_db()
    assert letter.status == "draft"


def test_a_needless_letter_says_why(as_user, letter, director):
    client = as_user(director, TODAY)
    client.post(page_of(letter, "void"), {"token": "a", "reason": "Wysłano z papieru."})
    assert "Wysłano z papieru." in text(client.get(page_of(letter)))
    assert client.get(page_of(letter, "letter_pdf")).status_code == 404


def test_the_text_begins_with_what_the_team_has_said(as_user, letter, social_worker):
    said = {"is_positive": True, "assessed_on": TODAY, "by": social_worker}
    letter.people.get().programme.assessments.create(text="Sumienna i punktualna.", **said)
    assert "Sumienna i punktualna." in text(as_user(social_worker, TODAY).get(page_of(letter)))


def test_a_text_that_comes_too_late_is_kept_on_the_page(as_user, letter, director, social_worker):
    acts.sign(letter, by=director, on=TODAY)
    page = as_user(social_worker, TODAY).post(page_of(letter, "save_text"), {"token": "a", "text": "Jeszcze jedno."})
    assert page.status_code == 422
    assert "Treści nie można już zmienić" in text(page)
    assert "Jeszcze jedno." in text(page)


def test_the_draft_is_a_paper_without_a_number_and_taking_it_is_a_reading(as_user, letter, social_worker):
    answer = as_user(social_worker, TODAY).get(page_of(letter, "letter_pdf"))
    assert answer["Content-Disposition"].startswith('attachment; filename="projekt-')
    assert "Zmyślona-Pierwsza" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert Reading.objects.filter(what=REQUEST, by=social_worker, participant=letter.participant).count() == 1


def test_a_list_asks_for_whom_it_is_needless(as_user, centre, letter, director):
    listed = make_letter(make_signed(centre, FRIDAY), on=FRIDAY)
    second = make_signed(centre, FRIDAY)
    stays = listed.people.create(programme=second, kind=listed.kind, office=listed.office, due_on=listed.due_on)
    client = as_user(director, TODAY)
    assert str(second.participant) in text(client.get(page_of(listed, "void")))
    assert client.post(page_of(listed, "void"), {"token": "a", "reason": "Odmówiła."}).status_code == 422
    gone = listed.people.exclude(pk=stays.pk).get()
    client.post(page_of(listed, "void"), {"token": "b", "reason": "Odmówiła.", "people": [gone.pk]})
    assert (list(listed.people.all()), Letter.objects.get(status="void").people.get()) == ([stays], gone)


def test_a_signed_letter_overtaken_by_facts_is_withheld(as_user, programme, director):
    letter = make_letter(programme, REQUEST, on=FRIDAY, status="signed")
    make_reply(programme, TODAY)
    client = as_user(director, TODAY)
    assert "To pismo jest już zbędne. Odpowiedź ośrodka już jest." in text(client.get(page_of(letter)))
    answer = client.post(page_of(letter, "withhold"), {"token": "a", "reason": "Jest odpowiedź."}, follow=True)
    assert "niewysłane" in text(answer)
    assert "Jest odpowiedź." in text(answer)
    assert client.get(ROOM).context["unsent"] == []
