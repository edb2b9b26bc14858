"""What static/js/cistor.js adds, and that an ended session is met calmly."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.place import Place
from tests.browser.steps import button, choice, end_every_session, says, title, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def day(place, browse):
    """The page of a day that the instructor is about to mark."""
    page = browse(place.instructor)
    page.goto(f"/obecnosc/grupa/{place.group.pk}/")
    return page


def test_a_form_is_sent_once_however_often_the_button_is_pressed(day):
    sent = []

    def hold(route):
        return sent.append(route) if route.request.method == "POST" else route.fallback()

    day.route("**/obecnosc/**", hold)
    with day.expect_request(lambda request: request.method == "POST"):
        assert button(day, "Zapisz obecność").evaluate(PRESS_THREE_TIMES) == ["true", "true"]
    # The route hears of a request a moment after the page has sent it; a second one would have come by then too.
    wait_until(day, lambda: sent)
    day.wait_for_timeout(500)
    assert len(sent) == 1
    sent[0].continue_()
    says(day, "Obecność jest zapisana.")


# In tasks of their own: within one, the browser itself keeps only the last.
PRESS_THREE_TIMES = """async (button) => {
  for (let i = 0; i < 3; i++) {
    button.click();
    await new Promise((done) => setTimeout(done, 50));
  }
  return [button.ariaBusy, button.ariaDisabled];
}"""


def test_going_back_finds_the_form_ready_again(day):
    button(day, "Zapisz obecność").click()
    says(day, "Obecność jest zapisana.")
    day.go_back()
    save = button(day, "Zapisz obecność")
    expect(save).not_to_have_attribute("aria-disabled", "true")
    save.click()
    says(day, "Obecność jest zapisana.")


def test_a_slash_leads_to_the_search_and_is_a_letter_inside_of_it(browse, place):
    page = browse(place.social_worker)
    page.goto("/uczestnicy/")
    search = page.get_by_role("searchbox")
    page.keyboard.press("/")
    expect(search).to_be_focused()
    page.keyboard.type("a/?b")
    expect(search).to_have_value("a/?b")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_slash_leads_from_any_page_to_the_field_and_a_single_hit_to_its_card(browse, place):
    wanted = place.people[0]
    page = browse(place.social_worker)
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Szukaj osoby po nazwisku albo numerze PESEL")).to_be_focused()
    page.keyboard.type(wanted.last_name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(str(wanted))
    assert wanted.last_name.lower() not in page.url.lower()


def test_on_a_phone_a_sign_leads_to_the_field_without_any_script(browse, place):
    page = browse(place.social_worker, width=360, scripts=False)
    page.goto("/")
    page.get_by_role("link", name="Szukaj osoby").click()
    page.get_by_role("searchbox").fill(place.people[1].last_name)
    page.get_by_role("button", name="Szukaj").click()
    expect(page.get_by_role("rowheader")).to_have_text(str(place.people[1]))


def test_a_question_mark_opens_the_help_and_escape_closes_it(day):
    day.keyboard.press("?")
    expect(day.get_by_role("dialog", name="Skróty klawiszowe")).to_be_visible()
    day.keyboard.press("Escape")
    expect(day.get_by_role("dialog")).to_have_count(0)


def test_single_keys_can_be_turned_off(day):
    button(day, "Skróty klawiszowe").click()
    day.get_by_label("Skróty jednoklawiszowe są włączone").uncheck()
    button(day, "Zamknij").click()
    day.reload()
    day.keyboard.press("?")
    expect(day.get_by_role("dialog")).to_have_count(0)


def test_a_success_vanishes_by_itself_and_a_failure_stays(browse, place, day):
    button(day, "Zapisz obecność").click()
    says(day, "Obecność jest zapisana.")
    let_time_pass(day)
    expect(day.locator(".toasts .message")).to_be_hidden()
    other = browse(place.social_worker)
    other.goto(day.url)
    for page, code in ((other, "unexcused"), (day, "present")):
        choice(page, place.people[0], place.letters(code)).check()
        button(page, "Zapisz obecność").click()
        expect(page.locator(".toasts .message, main [data-error-summary]")).to_be_visible()
    let_time_pass(day)
    expect(day.get_by_role("alert")).to_be_visible()


def let_time_pass(page):
    """Every animation to its end, the seven seconds of a message too."""
    page.evaluate("document.getAnimations().forEach((animation) => animation.finish())")


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(browse, place):
    page = browse(place.social_worker)
    page.goto(f"/uczestnicy/{place.people[0].pk}/dane/")
    page.get_by_label("Nazwisko").fill("")
    button(page, "Zapisz").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name="Nazwisko: ").click()
    expect(page.get_by_label("Nazwisko")).to_be_focused()


def test_a_menu_closes_with_escape_and_by_pressing_elsewhere(day):
    summary, entry = day.locator(".user-menu summary"), day.get_by_role("link", name="Moje konto")
    summary.click()
    expect(entry).to_be_visible()
    day.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    title(day).click()
    expect(entry).to_be_hidden()


# After idleness -------------------------------------------------------------------------------------------------------


def test_an_ended_session_leads_to_the_login_which_says_why_and_leads_back(day, place):
    here = day.url
    end_every_session()
    day.reload()
    expect(title(day)).to_have_text("Zaloguj się")
    expect(day.get_by_role("alert")).to_contain_text("sesja wygasła")
    day.get_by_label("Login").fill(place.instructor.username)
    day.get_by_label("Hasło").fill("haslo-testowe-1")
    button(day, "Zaloguj się").click()
    expect(day).to_have_url(here)


def test_what_was_sent_too_late_is_said_to_be_lost(browse):
    place = Place()
    page = browse(place.social_worker)
    page.goto(reverse("participants:edit", args=[place.people[0].pk]))
    end_every_session()
    button(page, "Zapisz").click()
    expect(title(page)).to_have_text("Zaloguj się")
    expect(page.get_by_role("alert")).to_contain_text("Ostatnia zmiana nie została zapisana.")
