"""Accessible and whole at every width: each page once, each kind of page in all its clothes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.pages import every_page, pages_of, too_wide, world_to_see
from tests.browser.place import Place
from tests.browser.steps import button, enter_password, opens, says
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, TABLET, DESKTOP = (360, 740), (820, 1100), (1280, 900)
# Desk, list, card, grid, form, decision, explanation, drawings, regulations, board, case; the paper is no page.
KINDS = {
    "desk:desk",
    "participants:list",
    "participants:card",
    "attendance:month",
    "attendance:today",
    "attendance:person",
    "attendance:day",
    "attendance:range",
    "attendance:closing",
    "participants:edit",
    "benefits:approve",
    "benefits:list",
    "benefits:payments",
    "benefits:settlement",
    "benefits:what_if",
    "benefits:year",
    "centres:regulations",
    "notices:calendar",
    "participants:file",
    "referrals:admit",
    "referrals:case",
    "referrals:list",
    "referrals:office_case",
    "referrals:ranking",
    "referrals:reserve",
    "referrals:score",
    "referrals:way",
}


def size(page, to):
    page.set_viewport_size({"width": to[0], "height": to[1]})


def dressed(page, sizes=(PHONE, TABLET, DESKTOP)):
    """At each width in the light, then in the dark."""
    for to in sizes:
        size(page, to)
        yield
    page.emulate_media(color_scheme="dark")
    yield
    page.emulate_media(color_scheme="light")


@pytest.fixture
def found(barriers):
    """Looks at the open page: a list of what is wrong with it."""
    return lambda page: [fault for fault in (barriers(page), too_wide(page)) if fault]


# In parts, for the processes to share; what a page shows may come from the rows of others.
@pytest.mark.parametrize("part", [slice(first, None, 4) for first in range(4)], ids=lambda part: f"from_{part.start}")
def test_every_page_is_accessible_and_fits_a_phone(browse, barriers, part):
    faults = []
    for _, page in pages_of(every_page(world_to_see())[part], browse):
        faults.append(barriers(page))
        size(page, PHONE)
        faults.append(too_wide(page))
        size(page, DESKTOP)
    assert "\n".join(filter(None, faults)) == ""


@pytest.mark.parametrize("part", [slice(first, None, 4) for first in range(4)], ids=lambda part: f"from_{part.start}")
def test_each_kind_of_page_is_accessible_at_every_width_and_in_the_dark(browse, found, part):
    visits = [one for one in every_page(world_to_see()) if one.name in KINDS]
    assert {one.name for one in visits} == KINDS
    faults = []
    for _, page in pages_of(visits[part], browse):
        for _ in dressed(page):
            faults += found(page)
    assert "\n".join(faults) == ""


def test_what_a_form_says_of_errors_is_accessible(browse, found):
    world = world_to_see()
    page, faults = browse(world.people["social_worker"]), []
    person = {"pk": world.participant.pk}
    for name, deed in (("participants:edit", "Zapisz"), ("participants:check", "Sprawdź kartotekę")):
        page.goto(reverse(name, kwargs=person if name == "participants:edit" else None))
        page.locator("main form input:visible").evaluate_all("fields => fields.forEach(one => one.value = '')")
        button(page, deed).click()
        expect(page.locator("[data-error-summary]")).to_be_visible()
        for _ in dressed(page, [PHONE]):
            faults += found(page)
    assert "\n".join(faults) == ""


def test_a_draft_with_problems_and_the_decision_over_it_are_accessible(browse, found):
    place = Place()
    page = browse(place.payroll)
    page.goto("/swiadczenia/")
    faults = [fault for _ in dressed(page, [PHONE, DESKTOP]) for fault in found(page)]
    button(page, "Policz miesiąc").click()
    expect(page.get_by_role("heading", name="Przeszkody")).to_be_visible()
    faults += [fault for _ in dressed(page, [PHONE, DESKTOP]) for fault in found(page)]
    place.mark_until_yesterday()
    button(page, "Policz ponownie").click()
    says(page, "Lista jest policzona.")
    page.get_by_role("link", name="Przekaż do zatwierdzenia").click()
    opens(page, "Przekazanie do zatwierdzenia")
    faults += [fault for _ in dressed(page, [PHONE, DESKTOP]) for fault in found(page)]
    button(page, "Przekaż do zatwierdzenia").click()
    says(page, "Lista czeka na zatwierdzenie.")
    director = browse(place.director)
    director.goto(page.url)
    faults += found(director)
    director.get_by_role("link", name="Zwróć do poprawy").click()
    opens(director, "Zwrot do poprawy")
    faults += [fault for _ in dressed(director, [PHONE, DESKTOP]) for fault in found(director)]
    director.go_back()
    director.get_by_role("link", name="Zatwierdź listę").click()
    opens(director, "Zatwierdzenie listy")
    faults += [fault for _ in dressed(director, [PHONE, DESKTOP]) for fault in found(director)]
    assert "\n".join(faults) == ""


def test_the_pages_before_the_login_are_accessible(browse, found, director, payroll):
    payroll.totpdevice_set.all().delete()
    page, faults = browse(), []
    doors = {None: "Zaloguj się", director: "Drugi krok logowania", payroll: "Ustaw drugi krok logowania"}
    for user, heading in doors.items():
        page.context.clear_cookies()
        if user:
            enter_password(page, user)
        else:
            page.goto("/konto/logowanie/")
        opens(page, heading)
        for _ in dressed(page, [PHONE, DESKTOP]):
            faults += found(page)
    assert "\n".join(faults) == ""


def test_the_pages_of_what_goes_wrong_are_accessible(browse, found, instructor, monkeypatch, settings):
    page, faults = browse(instructor), []
    monkeypatch.setattr("cistor.desk.waiting.matters", lambda user, on: 1 / 0)
    for name, go in WRONG.items():
        go(page)
        opens(page, name)
        for _ in dressed(page, [PHONE]):
            faults += found(page)
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    enter_password(page, instructor)
    opens(page, "Nie rozumiemy tego żądania")
    assert "\n".join(faults + found(page)) == ""


def post_without_token(page):
    page.goto("/konto/haslo/")
    page.locator("main [name=csrfmiddlewaretoken]").evaluate("field => field.value = 'inny'")
    button(page, "Zmień hasło").click()


def guess_passwords(page):
    page.context.clear_cookies()
    page.goto("/konto/logowanie/")
    for _ in range(5):
        page.get_by_label("Login").fill("ktokolwiek")
        page.get_by_label("Hasło").fill("zgaduje")
        with page.expect_event("load"):
            button(page, "Zaloguj się").click()


WRONG = {
    "Ta czynność nie należy do Twojej roli": lambda page: page.goto("/konto/osoby/"),
    "Nie ma takiej strony": lambda page: page.goto("/nie-ma/"),
    "Coś się zepsuło po naszej stronie": lambda page: page.goto("/"),
    "Formularz stracił ważność": post_without_token,
    "Logowanie jest na chwilę wstrzymane": guess_passwords,
}


def test_the_way_of_the_administrator_to_a_new_account_is_accessible(browse, found, centre, admin):
    make_user(centre, "director")
    page = browse(admin)
    page.goto("/konto/osoby/nowa/")
    page.get_by_label("Imię").fill("Lena")
    page.get_by_label("Nazwisko").fill("Nowiutka")
    page.get_by_role("textbox", name="Login").fill("lena.nowiutka")
    page.get_by_label("instruktor reintegracji zawodowej").check()
    button(page, "Załóż konto").click()
    opens(page, "Pierwsze hasło")
    assert found(page) == []
