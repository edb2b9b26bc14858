"""The two steps of the login as a person takes them."""

from base64 import b32decode

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from tests.browser.steps import button, code_field, code_of, enter_code, enter_password, log_in, title
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stranger_sees_the_login_page_and_comes_back_to_what_was_asked_for(browse, instructor):
    page = browse()
    page.goto("/konto/haslo/")
    expect(page).to_have_title("Logowanie – Cistor")
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.get_by_label("Login").fill(instructor.username)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Zmiana hasła")


def test_after_the_log_out_going_back_shows_nothing(browse, instructor):
    page = browse()
    log_in(page, instructor)
    page.locator(".user-menu summary").click()
    button(page, "Wyloguj się").click()
    expect(title(page)).to_have_text("Zaloguj się")
    page.go_back()
    expect(title(page)).to_have_text("Zaloguj się")


def test_a_wrong_password_is_refused_and_the_login_stays_typed(browse, instructor):
    page = browse()
    enter_password(page, instructor, "inne-haslo-1")
    expect(page.get_by_role("alert")).to_contain_text("Login albo hasło się nie zgadza")
    expect(page.get_by_label("Login")).to_have_value(instructor.username)


def test_the_director_gets_in_with_the_code_of_the_telephone(browse, director):
    page = browse()
    enter_password(page, director)
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(code_field(page)).to_be_focused()
    enter_code(page, f"{(int(code_of(director)) + 1) % 10**6:06}")
    expect(page.get_by_role("alert")).to_contain_text("niewłaściwy albo już użyty")
    page.wait_for_timeout(1100)  # after a wrong code the next one waits a second
    enter_code(page, code_of(director))
    expect(title(page)).to_contain_text("Dzień dobry")


def test_the_second_step_is_set_up_from_the_page_and_a_recovery_code_opens_once(browse, payroll):
    payroll.totpdevice_set.all().delete()
    page = browse()
    enter_password(page, payroll)
    expect(title(page)).to_have_text("Ustaw drugi krok logowania")
    expect(page.get_by_role("img", name="Kod QR").locator("svg")).to_be_visible()
    code_field(page).fill(shown_by_telephone(page.locator("code").inner_text()))
    button(page, "Ustaw drugi krok").click()
    shown = page.get_by_role("region", name="Kody zapasowe").locator("code")
    expect(shown).to_have_count(10)
    code = shown.first.inner_text()
    page.get_by_role("link", name="Kody są schowane, dalej").click()
    expect(title(page)).to_contain_text("Dzień dobry")
    first, second = browse(), browse()
    try_to_enter(first, payroll, code)
    expect(title(first)).to_contain_text("Dzień dobry")
    try_to_enter(second, payroll, code)
    expect(second.get_by_role("alert")).to_contain_text("niewłaściwy albo już użyty")


def shown_by_telephone(secret: str) -> str:
    return f"{totp(b32decode(secret.replace(' ', ''))):06}"


def try_to_enter(page, user, code: str) -> None:
    enter_password(page, user)
    enter_code(page, code)
