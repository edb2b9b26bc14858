"""The month of a group as a person works in it; every click and every key is counted."""

from datetime import date

from playwright.sync_api import Page, expect

from participants.models import Group, Programme


class MonthGrid:
    def __init__(self, page: Page, group: Group, month: str = "2026-03"):
        self.page, self.count = page, 0
        self.url = f"/obecnosc/grupa/{group.pk}/miesiac/?miesiac={month}"

    def open(self) -> "MonthGrid":
        self.page.goto(self.url)
        return self

    def cell(self, programme: Programme, day: date):
        return self.page.locator(f"#c-{programme.pk}-{day}")

    def click(self, programme: Programme, day: date, **options) -> "MonthGrid":
        self.count += 1
        self.cell(programme, day).click(**options)
        return self

    def press(self, *keys: str) -> "MonthGrid":
        """Each key; of "Control+s" both."""
        for key in keys:
            self.count += len(key.split("+"))
            self.page.keyboard.press(key)
        return self

    def button(self, name: str):
        return self.page.locator("main").get_by_role("button", name=name, exact=True)

    def letters(self, programme: Programme, *days: date) -> list[str]:
        return [" ".join(self.cell(programme, day).locator(".code").all_inner_texts()) for day in days]

    def pending(self, number: int) -> None:
        expect(self.page.locator("[data-count]")).to_have_text(f"Niezapisane zmiany: {number}" if number else "")
        expect(self.page.locator("td.pending")).to_have_count(number)

    def saved(self, text: str) -> None:
        expect(self.page.locator("[data-count]")).to_contain_text(f"Zapisano {text}, ")

    def focused(self) -> str:
        return self.page.evaluate("document.activeElement.id")

    @property
    def told(self):
        return self.page.locator("[data-live]")
