import pytest
from django.urls import reverse

from tests.factories import login

pytestmark = pytest.mark.django_db


def test_an_address_that_takes_forms_only_says_so_on_a_page_of_its_own(client, payroll):
    login(client, payroll)
    response = client.get(reverse("benefits:run"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "tylko wysłany formularz" in response.content.decode()


def test_after_an_expired_form_the_login_leads_back_to_its_page(client):
    page = "http://testserver/obecnosc/grupa/4/?dzien=2026-11-20"
    response = client.post(reverse("benefits:run"), headers={"referer": page})
    assert response.url == f"{reverse('accounts:login')}?next=%2Fobecnosc%2Fgrupa%2F4%2F%3Fdzien%3D2026-11-20"


def test_a_foreign_page_is_no_way_back(client):
    response = client.post(reverse("benefits:run"), headers={"referer": "http://evil.example/obecnosc/"})
    assert response.url == f"{reverse('accounts:login')}?next=%2F"
