"""Three ways of using a page: with the mouse, with the keyboard alone, and with a finger on a small phone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from cistor.accounts.models import User
from tests.browser.steps import code_field, code_of, log_in, title
from tests.factories import PASSWORD

# More stops than any page has before what is looked for.
STOPS = 150
PHONE = {"width": 360, "height": 740, "touch": True}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
FOCUSED = "element => element === document.activeElement"
# Any button of the group will do: from there the arrows lead on.
FOCUSED_IN_GROUP = "element => document.activeElement.name === element.name && document.activeElement.type === 'radio'"


class Mouse:
    def __init__(self, page: Page):
        self.page = page

    def log_in(self, user: User) -> None:
        log_in(self.page, user)

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def write_day(self, target: Locator, day: int, year: int) -> None:
        """The month has the number of the day."""
        target.fill(f"{year}-{day:02}-{day:02}")

    def tick(self, target: Locator) -> None:
        target.check()

    def pick(self, target: Locator, label: str) -> None:
        """By the first letters of what it is called."""
        expect(target).to_be_visible()
        labels = target.locator("option").all_text_contents()
        target.select_option(label=next(text for text in labels if text.startswith(label)))

    # What is found by its role and name

    def link(self, name: str, **how: bool) -> None:
        self.press(self.page.get_by_role("link", name=name, **how).first)

    def main_link(self, name: str) -> None:
        """Not of the navigation."""
        self.press(self.page.locator("main").get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name))

    def go_to(self, entry: str) -> None:
        self.press(self.page.get_by_role("navigation", name="Główna").get_by_role("link", name=entry))

    def answer(self, question: str, answer: str) -> None:
        self.tick(self.page.get_by_role("group", name=question).get_by_label(answer, exact=True))


class Finger(Mouse):
    """Taps; what is written comes from the keys on the screen."""

    def press(self, target: Locator) -> None:
        target.tap()

    def write(self, target: Locator, text: str) -> None:
        target.tap()
        super().write(target, text)

    def tick(self, target: Locator) -> None:
        target.tap()
        expect(target).to_be_checked()


class Keyboard(Mouse):
    """Tab until there, then a key; nothing is clicked."""

    def log_in(self, user: User) -> None:
        self.page.goto("/konto/logowanie/")
        self._type(user.username)
        self.page.keyboard.press("Tab")
        self._type(PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda url: "/konto/logowanie/" not in url)
        if "/konto/drugi-krok/" in self.page.url:
            self.write(code_field(self.page), code_of(user))
            self.page.keyboard.press("Enter")
        expect(title(self.page)).to_contain_text("Dzień dobry")

    def reach(self, target: Locator, is_there: str = FOCUSED) -> None:
        expect(target).to_be_visible()
        for _ in range(STOPS):
            if target.evaluate(is_there):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"not reached by the keyboard: {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self._type(text)

    def write_day(self, target: Locator, day: int, year: int) -> None:
        """The same in every order of day and month."""
        self.reach(target)
        self._type(f"{day:02}{day:02}{year}")
        expect(target).to_have_value(f"{year}-{day:02}-{day:02}")

    def tick(self, target: Locator) -> None:
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
        else:
            self.reach(target, FOCUSED_IN_GROUP)
            self.page.keyboard.press("Space")
            for _ in range(STOPS):
                if target.is_checked():
                    break
                self.page.keyboard.press("ArrowDown")
        expect(target).to_be_checked()

    def pick(self, target: Locator, label: str) -> None:
        self.reach(target)
        self._type(label)
        expect(target.locator("option:checked")).to_contain_text(label)

    def _type(self, text: str) -> None:
        self.page.keyboard.type(text)
