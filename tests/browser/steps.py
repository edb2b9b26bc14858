"""What a person does by hand; each step takes the page it is done on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Error, Page, expect

from cistor.accounts.models import User
from tests.factories import PASSWORD


def code_of(user: User) -> str:
    """What the telephone shows now."""
    device = TOTPDevice.objects.get(user=user, confirmed=True)
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):06}"


def title(page: Page):
    return page.get_by_role("heading", level=1)


def opens(page: Page, heading: str) -> None:
    """The page of that heading, whole: nothing on it moves any more when it is acted on."""
    expect(title(page)).to_have_text(heading)
    page.wait_for_load_state()


def code_field(page: Page):
    return page.get_by_role("textbox", name="Kod")


def enter_password(page: Page, user: User, password: str = PASSWORD) -> None:
    page.goto("/konto/logowanie/")
    page.get_by_label("Login").fill(user.username)
    page.get_by_label("Hasło").fill(password)
    page.get_by_role("button", name="Zaloguj się").click()


def enter_code(page: Page, code: str) -> None:
    code_field(page).fill(code)
    page.get_by_role("button", name="Dalej").click()


def log_in(page: Page, user: User) -> None:
    """Both steps, where the role asks for two."""
    enter_password(page, user)
    page.wait_for_url(lambda url: "/konto/logowanie/" not in url)
    if "/konto/drugi-krok/" in page.url:
        enter_code(page, code_of(user))
    expect(title(page)).to_contain_text("Dzień dobry")


def end_every_session() -> None:
    """Long ago: a page under way that began before a session ends would prolong one that ends just now."""
    Session.objects.update(expire_date=timezone.now() - timedelta(hours=1))


def go_to(page: Page, entry: str) -> None:
    """By the navigation: the rail, or the bar at the bottom of a phone."""
    page.get_by_role("navigation", name="Główna").get_by_role("link", name=entry).click()


def open_day(browse, place, user=None, **options) -> Page:
    """The page of today of the place's group, by default the instructor's."""
    page = browse(user or place.instructor, **options)
    page.goto(f"/obecnosc/grupa/{place.group.pk}/")
    return page


def tile(page: Page, person):
    """A person on the page of a day."""
    return page.locator("details.person", has=page.get_by_text(str(person), exact=True)).locator("summary")


def chip(page: Page, person):
    """The mark that a person's tile shows."""
    return tile(page, person).locator(".chip:visible")


def choice(page: Page, person, letters: str):
    """The button of a code on the page of a day, in the person's open panel."""
    if not tile(page, person).evaluate("summary => summary.parentElement.open"):
        tile(page, person).click()
    return page.get_by_role("group", name=str(person)).get_by_role("radio", name=f"{letters} – ")


def button(page: Page, name: str):
    return page.get_by_role("button", name=name)


def wait_until(page: Page, is_so: Callable[[], object]) -> None:
    """For what no page says: a request that was held, what a browser keeps."""
    for _ in range(100):
        # A page that is just leaving answers nothing.
        with suppress(Error):
            if is_so():
                return
        page.wait_for_timeout(100)
    pytest.fail("waited in vain")


def says(page: Page, text: str) -> None:
    """The quiet word after something went well."""
    expect(page.locator(".toasts")).to_contain_text(text)
