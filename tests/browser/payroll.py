"""The run of a month by hand, in a centre where February has everything; each chapter belongs to one role."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Locator, Page, expect

from benefits import running
from benefits.actions import slips
from cistor.jobs import actions as jobs
from cistor.jobs.models import Job
from participants.models import Participant
from tests.benefits.people import REASON
from tests.browser.place import FIRST, YESTERDAY, Place
from tests.browser.steps import button, go_to, says, title
from tests.factories import make_participant, make_programme, mark_present

TENTH = date(2026, 2, 10)
# 1/20 and 1/40 of 1 721,90 zł: what stood, what stands, the difference.
DIFFERENCE = {
    "Nieobecność nieusprawiedliwiona": ["−86,10 zł", "0,00 zł", "86,10 zł"],
    "Choroba ze zwolnieniem": ["0,00 zł", "−43,05 zł", "−43,05 zł"],
    "Razem": ["1 635,80 zł", "1 678,85 zł", "43,05 zł"],
}
LOST = dict.fromkeys([date(2026, 2, day) for day in (16, 17, 18, 19)], "unexcused")
TRIAL_FIRST = date(2026, 2, 11)
TRIALS = "Lista wypłat za okresy próbne na 11 marca 2026"
WORK = {running.KIND: running.carry_out, slips.KIND: slips.make_slips}


class BusyPlace(Place):
    """One of the three lacks a note for a day, one has lost the benefit; somebody else's trial ended yesterday."""

    def __init__(self, preset: str):
        super().__init__(preset)
        self.without_note, self.without_benefit, self.present = self.people
        for programme, but in zip(self.programmes, ({TENTH: "unexcused"}, LOST, {}), strict=True):
            mark_present(programme, FIRST, YESTERDAY, but=but, by=self.instructor)
        self.newcomer = make_participant(self.centre, group=self.group, last_name="Poziomka")
        programme = make_programme(self.newcomer, start_on=TRIAL_FIRST, main=False, by=self.director)
        mark_present(programme, TRIAL_FIRST, YESTERDAY, by=self.instructor)


def work() -> None:
    """What a worker does with everything that waits in the queue."""
    for job in Job.objects.filter(finished_at=None):
        jobs.carry_out(job.pk, WORK[job.kind])


# Pieces ---------------------------------------------------------------------------------------------------------------


def link(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("link", name=name)


def row_of(page: Page, person: Participant, period: str = "") -> Locator:
    """The row of a person, in the table of the page."""
    rows = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=str(person)))
    return rows.filter(has=page.get_by_role("cell", name=period, exact=True)).first if period else rows.first


def open_list(page: Page, name: str = "Lista wypłat za luty 2026") -> None:
    go_to(page, "Świadczenia")
    page.get_by_role("link", name=name, exact=True).click()


def open_settlement(page: Page, person: Participant, period: str = "luty 2026") -> None:
    """From the list that is open."""
    link(row_of(page, person, period), str(person)).click()
    expect(title(page)).to_have_text(str(person))


def download(page: Page, name: str) -> bytes:
    with page.expect_download() as taken:
        link(page, name).first.click()
    return taken.value.path().read_bytes()


def workbook(page: Page, name: str) -> Workbook:
    return load_workbook(BytesIO(download(page, name)))


# Counting and looking -------------------------------------------------------------------------------------------------


def count_last_month(page: Page) -> None:
    """The page may be left: the count goes on, and the list tells when somebody comes back."""
    page.goto("/")
    link(page, "Nie policzono jeszcze świadczeń za luty 2026").click()
    expect(page.get_by_role("combobox", name="Miesiąc")).to_have_value("2026-02-01")
    button(page, "Policz miesiąc").click()
    expect(page.get_by_role("progressbar", name="Liczenie:")).to_be_visible()
    link(page, "Listy wypłat").click()
    expect(page.get_by_text("Liczenie: czeka na swoją kolej")).to_be_visible()
    work()
    open_list(page)
    says(page, "Lista jest policzona.")
    expect(page.get_by_role("progressbar")).to_have_count(0)


def look_at_what_is_unusual(page: Page, place: BusyPlace) -> None:
    """Who is paid nothing stands first; the table narrows to them and widens again."""
    first = page.get_by_role("region", name="Nietypowe").get_by_role("listitem").first
    expect(first).to_contain_text(str(place.without_benefit))
    expect(first).to_contain_text("nic do wypłaty")
    page.get_by_label("Kogo pokazać").select_option("zero")
    button(page, "Pokaż").click()
    expect(row_of(page, place.without_benefit)).to_be_visible()
    expect(row_of(page, place.present)).to_have_count(0)
    link(page, "Pokaż wszystkich").click()
    expect(row_of(page, place.present)).to_be_visible()


def read_settlement(page: Page, place: BusyPlace) -> None:
    """Sentences, days, the drawing, the regulations it was counted by; then the slip, and back to the list."""
    open_settlement(page, place.without_note)
    lines = page.get_by_role("region", name="Z czego wynika kwota")
    expect(lines).to_contain_text("10 lutego")
    expect(lines).to_contain_text("1/20")
    days = page.get_by_role("region", name="Kalendarz rozliczenia")
    expect(days.get_by_role("cell", name=f"10 {place.letters('unexcused')}")).to_be_visible()
    drawn = page.get_by_role("region", name="Od podstawy do wypłaty")
    expect(drawn.locator("svg")).to_contain_text("Do wypłaty")
    versions = page.get_by_role("region", name="Sprawdzenie")
    expect(versions).to_contain_text(place.centre.regulations.get().title)
    assert download(page, "Pasek (PDF)").startswith(b"%PDF-")
    link(page, "Lista wypłat za luty 2026").click()


def read_sheet(page: Page, place: BusyPlace) -> None:
    """The table for a spreadsheet has the people of the page."""
    words = {cell.value for row in workbook(page, "Arkusz (XLSX)").worksheets[0].iter_rows() for cell in row}
    assert {str(person) for person in place.people} <= words


# Deciding -------------------------------------------------------------------------------------------------------------


def hand_over(page: Page) -> None:
    """The list that is open."""
    link(page, "Przekaż do zatwierdzenia").click()
    button(page, "Przekaż do zatwierdzenia").click()
    says(page, "Lista czeka na zatwierdzenie.")


def send_back(page: Page, why: str) -> None:
    """From the desk; without a reason nothing happens."""
    page.goto("/")
    link(page, "Lista wypłat za luty 2026: czeka na zatwierdzenie").click()
    link(page, "Zwróć do poprawy").click()
    button(page, "Zwróć do poprawy").click()
    expect(link(page.get_by_role("alert"), "Co poprawić")).to_be_visible()
    page.get_by_label("Co poprawić").fill(why)
    button(page, "Zwróć do poprawy").click()
    says(page, "Lista wróciła do kadr.")


def count_again(page: Page, why: str) -> None:
    """Payroll reads why on the list, counts anew and hands it over once more."""
    page.goto("/")
    link(page, "Lista wypłat za luty 2026: zwrócona do poprawy").click()
    expect(page.get_by_text(why)).to_be_visible()
    button(page, "Policz ponownie").click()
    expect(page.get_by_role("progressbar", name="Liczenie:")).to_be_visible()
    work()
    says(page, "Lista jest policzona.")
    hand_over(page)
    expect(page.get_by_text(why)).to_have_count(0)


def approve(page: Page, list_name: str = "Lista wypłat za luty 2026", *, asked: bool) -> None:
    """From the desk. The reason for paying less than the statute is asked for with a version's first list."""
    page.goto("/")
    link(page, f"{list_name}: czeka na zatwierdzenie").click()
    link(page, "Zatwierdź listę").click()
    expect(page.get_by_role("heading", name="Mniej, niż daje ustawa")).to_be_visible()
    reason = page.get_by_label("Dlaczego centrum płaci mniej, niż daje ustawa")
    if asked:
        button(page, "Zatwierdź listę").click()
        expect(link(page.get_by_role("alert"), "Dlaczego centrum płaci mniej")).to_be_visible()
        reason.fill(REASON)
    else:
        expect(reason).to_have_count(0)
        expect(page.get_by_text(REASON)).to_be_visible()
    button(page, "Zatwierdź listę").click()
    says(page, "Lista jest zatwierdzona.")


def settle_trials_apart(page: Page, place: BusyPlace) -> None:
    """The one that ended yesterday, on a list of its own."""
    go_to(page, "Świadczenia")
    button(page, "Sprawdź okresy próbne teraz").click()
    expect(title(page)).to_contain_text(TRIALS)
    expect(row_of(page, place.newcomer, "okres próbny 11 lutego – 10 marca 2026")).to_be_visible()
    hand_over(page)


def see_trial_with_the_month(page: Page, place: BusyPlace) -> None:
    """This centre pays a trial by calendar months: 861,00 zł × 13/20 of February."""
    go_to(page, "Świadczenia")
    expect(page.get_by_role("heading", name="Okresy próbne")).to_have_count(0)
    open_list(page)
    expect(row_of(page, place.newcomer, "11–28 lutego 2026")).to_contain_text("559,65 zł")


def see_none_of_it(page: Page, address: str) -> None:
    """Whoever marks the days or leads the case has no way to the money."""
    page.goto("/")
    menu = page.get_by_role("navigation", name="Główna")
    expect(link(menu, "Obecność")).to_be_visible()
    expect(link(menu, "Świadczenia")).to_have_count(0)
    page.goto(address)
    expect(title(page)).to_have_text("Ta czynność nie należy do Twojej roli")


# Paying ---------------------------------------------------------------------------------------------------------------


def pay(page: Page, list_name: str = "Lista wypłat za luty 2026") -> None:
    page.goto("/")
    link(page, f"{list_name}: do wypłaty").click()
    link(page, "Zapisz wypłatę").click()
    button(page, "Zapisz wypłatę").click()
    says(page, "Wypłata jest zapisana.")


def pay_again(page: Page, person: Participant) -> None:
    """One transfer comes back from the bank, waits on the desk, and goes out once more the day after."""
    open_list(page)
    page.get_by_role("link", name="Wypłaty", exact=True).click()
    transfer = row_of(page, person, "luty 2026")
    link(transfer, "Zapisz zwrot").click()
    page.get_by_label("Dzień zwrotu").fill("2026-03-12")
    page.get_by_label("Powód podany przez bank").fill("Rachunek zamknięty")
    button(page, "Zapisz zwrot").click()
    says(page, "Zwrot jest zapisany.")
    page.goto("/")
    link(page, f"{person}: wrócił przelew").click()
    expect(transfer).to_contain_text("Rachunek zamknięty")
    link(transfer, "Zapisz ponowną wypłatę").click()
    page.get_by_label("Dzień ponownej wypłaty").fill("2026-03-12")
    button(page, "Zapisz ponowną wypłatę").click()
    says(page, "Ponowna wypłata jest zapisana.")
    expect(transfer).to_contain_text("Wypłacono")


def print_slips(page: Page) -> None:
    """Everybody's, made in the background."""
    open_list(page)
    link(page, "Paski świadczeń").click()
    button(page, "Jeden plik do druku (PDF)").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work()
    assert download(page, "Pobierz").startswith(b"%PDF-")


def prove(page: Page, person: Participant) -> None:
    """Counted again from what is stored, the list and a settlement come out the same."""
    open_list(page)
    link(page, "Sprawdź obliczenia").click()
    expect(page.get_by_text("wynik ten sam")).to_be_visible()
    expect(page.get_by_text("suma kontrolna listy się zgadza")).to_be_visible()
    link(page, "Lista wypłat za luty 2026").click()
    open_settlement(page, person)
    link(page, "Policz ponownie z zapisanych danych").click()
    expect(page.get_by_text("wynik ten sam")).to_be_visible()


# Afterwards -----------------------------------------------------------------------------------------------------------


def ask_for_correction(page: Page, place: BusyPlace) -> None:
    """A note that came late."""
    page.goto(f"/obecnosc/korekta/{place.without_note.pk}/?dzien={TENTH}")
    page.get_by_label(f"{place.letters('sick')} – ").check()
    page.get_by_label("Powód").fill("Zwolnienie przyszło pocztą.")
    button(page, "Poproś o korektę").click()
    says(page, "Prośba czeka na decyzję.")


def grant_correction(page: Page) -> None:
    page.goto("/")
    link(page, "Korekta obecności czeka na decyzję").click()
    expect(page.get_by_text("różnicę rozliczy najbliższa lista miesięczna")).to_be_visible()
    button(page, "Zgódź się na korektę").click()
    says(page, "Dzień jest zmieniony.")


def count_difference(page: Page, place: BusyPlace) -> None:
    """A further list for February, with what was paid and what is owed side by side."""
    open_list(page)
    button(page, "Sporządź kolejną listę").click()
    expect(page.get_by_role("progressbar", name="Liczenie:")).to_be_visible()
    work()
    says(page, "Lista jest policzona.")
    open_settlement(page, place.without_note)
    compared = page.get_by_role("table", name="Wyliczenie poprzednie i nowe")
    for line, amounts in DIFFERENCE.items():
        expect(compared.get_by_role("rowgroup").filter(has_text=line).get_by_role("cell")).to_contain_text(amounts)
    link(page.get_by_role("listitem"), "Rozliczenie").click()
    expect(page.get_by_text("Świadczenie za luty 2026")).to_be_visible()
    page.go_back()
    link(page, "Lista wypłat za luty 2026 (nr 2)").click()


def open_year(page: Page) -> None:
    go_to(page, "Świadczenia")
    link(page, "Rok 2026").click()
    expect(title(page)).to_have_text("Świadczenia w 2026 roku")
    expect(page.get_by_role("region", name="Koszt według miesięcy")).to_be_visible()
    expect(page.get_by_role("region", name="Kto ile dostał")).to_be_visible()
