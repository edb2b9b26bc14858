"""Papers of the attendance to be filled in by hand: of nobody, on one sheet, from the page where they are made."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import make_group, make_participant, make_programme

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 11)
NOTE = ["Notatka służbowa o nieobecności", "Próby kontaktu", "nie udało się ustalić", "wniosek o rozwiązanie IPZS"]
REPRIMAND = ["Nagana pisemna", "Udzielam Pani/Panu", "Uzasadnienie", "Otrzymałam/Otrzymałem", "dyrektor"]
CERTIFICATE = ["Zaświadczenie o obecności na zajęciach", "w okresie od", "Razem, dni", "Wystawienie"]
PAPERS = {"empty_absence_note": NOTE, "empty_reprimand": REPRIMAND, "empty_certificate": CERTIFICATE}


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_paper_is_one_sheet_about_nobody_and_no_working_copy(
    as_user, programme, letterhead, social_worker, name
):
    answer = as_user(social_worker, TODAY).get(reverse(f"attendance:{name}"))
    assert answer["Content-Type"] == "application/pdf"
    (page,) = PdfReader(BytesIO(answer.getvalue())).pages
    text = " ".join(page.extract_text().split())
    assert [words for words in PAPERS[name] if words not in text] == []
    for words in ("wydruk roboczy", "None", programme.participant.last_name, str(social_worker)):
        assert words not in text


@pytest.mark.parametrize("name", PAPERS)
def test_without_a_letterhead_no_empty_paper_is_made_and_that_is_said(as_user, centre, social_worker, name):
    page = as_user(social_worker, TODAY).get(reverse(f"attendance:{name}"), follow=True).content.decode()
    assert "Centrum nie ma papieru firmowego" in page


def test_each_empty_paper_is_a_click_from_where_it_is_made(as_user, programme, social_worker):
    client = as_user(social_worker, TODAY)
    places = {
        "empty_absence_note": reverse("attendance:absences"),
        "empty_reprimand": reverse("attendance:order"),
        "empty_certificate": reverse("attendance:certificate", args=[programme.pk]),
    }
    for name, place in places.items():
        assert f'href="{reverse(f"attendance:{name}")}"' in client.get(place).content.decode()
