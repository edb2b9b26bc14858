from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cistor.documents.models import Letterhead
from tests.factories import login

pytestmark = pytest.mark.django_db
PAPER = {
    "token": "p",
    "in_force_from": "2026-05-01",
    "name": "Centrum Wymyślone",
    "body": "",
    "address": "ul. Cicha 1",
    "contact": "",
    "place": "Toruń",
}


def picture(mode: str = "RGB") -> SimpleUploadedFile:
    data = BytesIO()
    Image.new(mode, (4, 4)).save(data, "JPEG" if mode == "CMYK" else "PNG")
    return SimpleUploadedFile("logo.png", data.getvalue())


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def adopt(client, **over):
    return client.post(reverse("documents:letterhead"), {**PAPER, **over})


def test_the_director_adopts_a_letterhead_with_a_logo_from_a_day_on(client, centre, director):
    login(client, director)
    assert adopt(client, logo=picture()).status_code == 302
    assert Letterhead.objects.in_force(centre, date(2026, 4, 30)) is None
    assert Letterhead.objects.in_force(centre, date(2026, 5, 1)).logo_mime == "image/png"


def test_the_next_letterhead_begins_with_what_stands_on_the_present_one(client, director):
    login(client, director)
    adopt(client)
    assert 'value="ul. Cicha 1"' in client.get(reverse("documents:letterhead")).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"in_force_from": "wkrótce"},
        {"name": ""},
        {"name": "x" * 500},
        {"address": "a\x00b"},
        {"logo": SimpleUploadedFile("logo.png", b"to nie obraz")},
        {"logo": SimpleUploadedFile("logo.png", b"x" * 500_001)},
        {"logo": picture("CMYK")},
        {"token": ""},
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, director, wrong):
    login(client, director)
    response = adopt(client, **wrong)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert "Toruń" in response.content.decode()
    assert not Letterhead.objects.exists()


def test_one_letterhead_a_day(client, director):
    login(client, director)
    adopt(client)
    response = adopt(client, token="q")
    assert response.status_code == 422
    assert Letterhead.objects.count() == 1
