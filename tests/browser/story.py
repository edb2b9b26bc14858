"""The main job by hand, from a marked day to a printed list; each chapter belongs to one role."""

from datetime import date

from playwright.sync_api import Page, expect

from attendance.models import Day
from benefits.models import PaymentList
from tests.benefits.people import REASON
from tests.browser.place import Place
from tests.browser.steps import button, choice, go_to, log_in, says, title


def open_today(page: Page, place: Place) -> None:
    go_to(page, "Obecność")
    page.get_by_role("link", name=place.group.name, exact=True).click()


def mark_today(page: Page, place: Place, today: date) -> None:
    """All present, then the exceptions."""
    sick, absent, present = place.people
    log_in(page, place.instructor)
    open_today(page, place)
    button(page, "Pozostali obecni").click()
    choice(page, sick, place.letters("sick")).check()
    choice(page, absent, place.letters("unexcused")).check()
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 3 osoby, ")
    assert marks(today) == {sick.pk: "sick", absent.pk: "unexcused", present.pk: "present"}


def marks(day: date) -> dict[int, str]:
    """Participant → what stands."""
    return dict(Day.objects.filter(on=day).values_list("programme__participant", "meaning"))


def run_last_month(page: Page, place: Place) -> None:
    log_in(page, place.payroll)
    go_to(page, "Świadczenia")
    expect(page.get_by_role("combobox", name="Miesiąc")).to_have_value("2026-02-01")
    button(page, "Policz miesiąc").click()
    says(page, "Lista jest policzona.")
    expect(title(page)).to_contain_text("luty 2026")
    for person in place.people:
        expect(page.get_by_role("rowheader", name=str(person)).first).to_be_visible()


def read_explanation(page: Page, place: Place) -> None:
    """Of the first person, from the list that is open."""
    person = place.people[0]
    page.get_by_role("rowheader", name=str(person)).last.get_by_role("link").click()
    expect(title(page)).to_have_text(str(person))
    expect(page.get_by_role("region", name="Z czego wynika kwota")).to_contain_text("Do wypłaty")


def open_last_month(page: Page) -> None:
    go_to(page, "Świadczenia")
    page.get_by_role("link", name="luty 2026").first.click()


def hand_over_last_month(page: Page) -> None:
    """By payroll, who is logged in."""
    open_last_month(page)
    page.get_by_role("link", name="Przekaż do zatwierdzenia").click()
    button(page, "Przekaż do zatwierdzenia").click()
    says(page, "Lista czeka na zatwierdzenie.")


def approve_last_month(page: Page, place: Place) -> None:
    """With the reason for paying less than the statute, asked for once a version."""
    log_in(page, place.director)
    open_last_month(page)
    page.get_by_role("link", name="Zatwierdź listę").click()
    expect(page.get_by_text("Tego nie da się cofnąć.")).to_be_visible()
    page.get_by_label("Dlaczego centrum płaci mniej, niż daje ustawa").fill(REASON)
    button(page, "Zatwierdź listę").click()
    says(page, "Lista jest zatwierdzona.")


def pay_last_month(page: Page, place: Place) -> None:
    """By payroll, who is logged in; then the bank sends one transfer back."""
    open_last_month(page)
    page.get_by_role("link", name="Zapisz wypłatę").click()
    button(page, "Zapisz wypłatę").click()
    says(page, "Wypłata jest zapisana.")
    expect(page.get_by_text("Wypłacona", exact=True)).to_be_visible()
    page.get_by_role("link", name="Wypłaty", exact=True).click()
    person = page.get_by_role("row", name=f"{place.people[0]} luty 2026")
    expect(person).to_contain_text("Wypłacono")
    person.get_by_role("link", name="Zapisz zwrot").click()
    page.get_by_label("Dzień zwrotu").fill("2026-03-11")
    button(page, "Zapisz zwrot").click()
    says(page, "Zwrot jest zapisany.")
    expect(person).to_contain_text("Zwrócono")


def print_list(page: Page, today: date) -> bytes:
    """The numbered paper, from the page of the approved list."""
    number = f"LW/1/{today.year}"
    with page.expect_download() as download:
        page.get_by_role("link", name=number).click()
    assert PaymentList.objects.get().document.number == number
    return download.value.path().read_bytes()
