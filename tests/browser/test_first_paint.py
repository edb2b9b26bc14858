import pytest
from django.conf import settings
from django.urls import reverse

from benchmarks.attendance import signed_in
from benchmarks.first_paint import SCRIPTS_GOAL, Visit, measured
from tests.browser.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("page", ["today", "month"])
def test_the_pages_of_attendance_load_little_script(chromium, live_server, page):
    place = Place()
    cookie = signed_in(place).cookies[settings.SESSION_COOKIE_NAME].value
    path = reverse(f"attendance:{page}", args=[place.group.pk])
    figures = measured(chromium, live_server.url, Visit(page, path, cookie))
    assert figures["paint"] > 0
    assert 0 < figures["scripts"] <= SCRIPTS_GOAL
