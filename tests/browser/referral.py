"""The way of one person to a programme by hand; each chapter belongs to one role, with the mouse or the keyboard."""

from functools import cached_property

from playwright.sync_api import expect

from cistor.accounts.models import User
from cistor.centres.models import Office
from participants.models import Participant
from referrals.models import Application, Round
from tests.browser.hands import Mouse
from tests.browser.place import Place
from tests.browser.steps import opens, says
from tests.factories import make_user
from tests.participants.papers import fill_file

NAME = ("Poziomka", "Lena")
PESEL = "90020212347"
ROUND = "Nabór marcowy"


class ReferralPlace(Place):
    """With the welfare office and a recruiter who is no social worker."""

    @cached_property
    def office(self) -> Office:
        return self.centre.offices.get(kind="welfare")

    @cached_property
    def welfare_worker(self) -> User:
        return make_user(None, "welfare_worker", office=self.office)

    @cached_property
    def welfare_head(self) -> User:
        return make_user(None, "welfare_head", office=self.office)

    @cached_property
    def psychologist(self) -> User:
        return self._member("psychologist")


def person() -> Participant:
    return Participant.objects.get(last_name=NAME[0])


def application() -> Application:
    return Application.objects.get()


def open_case(hand: Mouse) -> None:
    """From the board of referrals."""
    hand.go_to("Skierowania")
    hand.main_link(str(person()))
    opens(hand.page, str(person()))


# The application ------------------------------------------------------------------------------------------------------


def look_for_the_person(hand: Mouse) -> None:
    """Nobody knows her yet, so her card and the draft are made in one go."""
    hand.go_to("Skierowania")
    hand.link("Nowy wniosek")
    hand.write(hand.page.get_by_label("Nazwisko"), NAME[0])
    hand.write(hand.page.get_by_label("Imię"), NAME[1])
    hand.write(hand.page.get_by_label("PESEL", exact=True), PESEL)
    hand.button("Sprawdź kartotekę")
    opens(hand.page, "Nowa osoba")
    expect(hand.page.get_by_label("Nazwisko")).to_have_value(NAME[0])
    hand.button("Załóż kartę i szkic wniosku")
    says(hand.page, "Karta i szkic wniosku są założone.")


def write_the_application(hand: Mouse, place: ReferralPlace) -> None:
    """Submitted without its reason, it says what is missing and where; so the same form is open twice."""
    hand.tick(hand.page.get_by_label("sama osoba"))
    hand.answer("Główna kategoria", "osoby długotrwale bezrobotne")
    hand.answer("Zarejestrowana", "tak")
    hand.write(hand.page.get_by_label("Cel skierowania"), "Stała praca.")
    hand.write(hand.page.get_by_label("Adres pobytu"), "ul. Zmyślona 2, Toruń")
    hand.pick(hand.page.get_by_label("Urząd, który opiniuje"), str(place.office))
    hand.button("Zapisz i przejdź do złożenia")
    opens(hand.page, "Złożenie wniosku")
    hand.link("Napisz uzasadnienie.")
    opens(hand.page, "Wniosek o skierowanie")
    hand.write(hand.page.get_by_label("Uzasadnienie"), "Bez pracy od trzech lat.")
    hand.button("Zapisz i przejdź do złożenia")
    opens(hand.page, "Złożenie wniosku")
    hand.button("Złóż wniosek")
    says(hand.page, "Wniosek jest złożony i ma numer.")


def ask_about_exclusions(hand: Mouse) -> None:
    hand.link("Zapisz oświadczenie")
    hand.tick(hand.page.get_by_label("nie ma żadnego z tych praw"))
    hand.button("Zapisz oświadczenie")
    says(hand.page, "świadczenie")


def apply(hand: Mouse, place: ReferralPlace) -> None:
    hand.log_in(place.social_worker)
    look_for_the_person(hand)
    write_the_application(hand, place)
    open_case(hand)
    ask_about_exclusions(hand)
    open_case(hand)
    hand.link("Wyślij do urzędu")
    hand.button("Zapisz wysłanie")
    says(hand.page, "Wysłanie jest zapisane.")


# The office -----------------------------------------------------------------------------------------------------------


def opine(hand: Mouse, place: ReferralPlace) -> None:
    """By the office's worker, from the own desk."""
    hand.log_in(place.welfare_worker)
    hand.main_link(str(person()))
    opens(hand.page, str(person()))
    hand.link("Potwierdź wpływ")
    hand.button("Zapisz dzień wpływu")
    says(hand.page, "Dzień wpływu jest zapisany.")
    hand.link("Napisz opinię")
    hand.write_day(hand.page.get_by_label("Dzień wywiadu środowiskowego"), 3, 2026)
    hand.tick(hand.page.get_by_label("pozytywna", exact=True))
    hand.write(hand.page.get_by_label("Treść opinii"), "Osoba chce wrócić do pracy.")
    hand.button("Zapisz opinię")
    says(hand.page, "Opinia jest zapisana.")


def refer(hand: Mouse) -> None:
    hand.link("Skieruj do centrum")
    hand.button("Zapisz skierowanie")
    says(hand.page, "Skierowanie jest zapisane.")
    assert application().office_state == "referred"


def consent(hand: Mouse, place: ReferralPlace) -> None:
    """By the office's head; a refusal without its reason is not taken."""
    hand.log_in(place.welfare_head)
    hand.main_link(str(person()))
    opens(hand.page, str(person()))
    hand.link("Rozstrzygnij o zgodzie")
    hand.tick(hand.page.get_by_label("nie wyrażam zgody"))
    hand.button("Zapisz rozstrzygnięcie")
    expect(hand.page.get_by_role("alert")).to_contain_text("Brak zgody wymaga uzasadnienia.")
    hand.tick(hand.page.get_by_label("wyrażam zgodę", exact=True))
    hand.button("Zapisz rozstrzygnięcie")
    says(hand.page, "Rozstrzygnięcie jest zapisane.")
    assert application().office_state == "consented"


# The round ------------------------------------------------------------------------------------------------------------


def open_round(hand: Mouse) -> None:
    """By the social worker, who is logged in, with the person as its candidate."""
    hand.go_to("Skierowania")
    hand.main_link("Nabory")
    hand.main_link("Otwórz nabór")
    hand.write(hand.page.get_by_label("Nazwa"), ROUND)
    hand.write(hand.page.get_by_label("Liczba miejsc"), "1")
    hand.button("Otwórz nabór")
    hand.tick(hand.page.get_by_label(str(person())))
    hand.button("Dodaj zaznaczonych")
    expect(hand.page.get_by_role("link", name=str(person()))).to_be_visible()


def open_candidate(hand: Mouse) -> None:
    hand.page.goto(f"/skierowania/nabory/{Round.objects.get().pk}/")
    hand.link(str(person()))
    opens(hand.page, str(person()))


def check_formally(hand: Mouse) -> None:
    open_candidate(hand)
    hand.link("Ocena formalna")
    hand.tick(hand.page.get_by_label("spełnia", exact=True))
    hand.button("Zapisz ocenę formalną")
    says(hand.page, "Ocena formalna jest zapisana.")


def talk(hand: Mouse) -> None:
    hand.link("Zapisz rozmowę")
    hand.write(hand.page.get_by_label("Notatka"), "Szuka pracy w kuchni.")
    hand.button("Zapisz rozmowę")
    says(hand.page, "Rozmowa jest zapisana.")


def score(hand: Mouse, marks: dict[str, int]) -> None:
    """On the page of the candidate."""
    hand.link("Oceń")
    for criterion, mark in marks.items():
        hand.answer(criterion, str(mark))
    hand.button("Zapisz ocenę")
    says(hand.page, "Twoja ocena jest zapisana.")


def score_blind(hand: Mouse, place: ReferralPlace) -> None:
    """The psychologist sees that a colleague has scored, and nothing of the marks."""
    hand.page.goto("/")
    open_candidate(hand)
    expect(hand.page.get_by_text(f"Ocenili: {place.social_worker}.")).to_be_visible()
    expect(hand.page.get_by_text("motywacja 5")).to_have_count(0)
    score(hand, {"Motywacja": 3, "Potencjał": 4, "Rokowanie": 4})
    expect(hand.page.get_by_text("motywacja 3")).to_be_visible()


def close_scoring(hand: Mouse, deed: str = "Zamknij oceny") -> None:
    open_candidate(hand)
    hand.link(deed)
    hand.button(deed)
    says(hand.page, "zamknięte")


def count_points(hand: Mouse) -> None:
    """An income under the threshold and three years without work: 5 + 3."""
    hand.link("Dochód i czas bez pracy")
    hand.write(hand.page.get_by_label("Dochód na osobę"), "480")
    hand.tick(hand.page.get_by_label("oświadczenie kandydata"))
    hand.write_day(hand.page.get_by_label("Bez pracy od"), 2, 2023)
    hand.button("Zapisz")
    says(hand.page, "Dochód i czas bez pracy są zapisane.")
    close_scoring(hand, "Zamknij punkty")
    expect(hand.page.get_by_role("region", name="Punkty")).to_contain_text("5 pkt")
    expect(hand.page.get_by_role("region", name="Punkty")).to_contain_text("3 pkt")


def close_round(hand: Mouse) -> None:
    """By the director, who reads the ranking first; six lists come of it."""
    hand.page.goto(f"/skierowania/nabory/{Round.objects.get().pk}/ranking/")
    expect(hand.page.get_by_text("w granicy miejsc")).to_be_visible()
    hand.link("Zamknij nabór")
    expect(hand.page.get_by_text("Tego nie da się cofnąć.")).to_be_visible()
    hand.button("Zamknij nabór")
    expect(hand.page.get_by_role("region", name="Listy").get_by_role("listitem")).to_have_count(6)
    assert application().recruitment_state == "qualified"


# The admission --------------------------------------------------------------------------------------------------------


def tell(hand: Mouse) -> None:
    """By the social worker."""
    open_case(hand)
    hand.link("Powiadom")
    hand.tick(hand.page.get_by_label("telefonicznie"))
    hand.button("Zapisz powiadomienie")
    says(hand.page, "owiadom")


def fill_the_file(hand: Mouse, place: ReferralPlace) -> None:
    """The certificate by hand, with the day until which it holds; the rest was brought as well."""
    hand.page.goto(f"/uczestnicy/{person().pk}/teczka/")
    hand.link("Dodaj dokument")
    hand.pick(hand.page.get_by_role("combobox", name="Dokument"), "zaświadczenie lek")
    hand.button("Dodaj do teczki")
    expect(hand.page.get_by_role("alert")).to_contain_text("traci ważność")
    hand.write_day(hand.page.get_by_label("Ważny do"), 3, 2027)
    hand.button("Dodaj do teczki")
    expect(hand.page.get_by_role("row", name="zaświadczenie lek")).to_contain_text("jest")
    fill_file(person(), but=("medical_certificate",), by=place.social_worker)


def admit(hand: Mouse) -> None:
    """By the director: the programme begins, and nothing was typed again."""
    open_case(hand)
    hand.link("Przyjmij")
    hand.write_day(hand.page.get_by_label("Pierwszy dzień zajęć"), 4, 2026)
    hand.button("Przyjmij i zapisz IPZS")
    says(hand.page, "Osoba jest przyjęta")
    admitted = application()
    assert (admitted.status, str(admitted.programme.start_on)) == ("admitted", "2026-04-04")
