"""A programme's life by hand, from the signature to the certificate; each chapter belongs to one role."""

from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from cistor.notices.actions.prepare import prepare
from cistor.notices.models import Letter
from participants import actions
from participants.actions.plan import add_goal, start_plan
from participants.models import Programme
from tests.browser.hands import Mouse
from tests.browser.referral import ReferralPlace
from tests.browser.steps import says, title
from tests.factories import make_participant

# The trial lasts to 1 March 2026, a Sunday; its last week begins on 23 February.
SIGNED, ASKED = date(2026, 2, 2), date(2026, 2, 23)


class LifePlace(ReferralPlace):
    """With somebody whose plan is written and not signed yet."""

    def __init__(self):
        super().__init__()
        self.person = make_participant(self.centre, group=self.group, last_name="Poziomka")
        plan = start_plan(self.person, by=self.social_worker, on=SIGNED)
        add_goal(plan, area="vocational", what="Pierwszy własny stół.", by=self.social_worker, on=SIGNED)

    @property
    def programme(self) -> Programme:
        return Programme.objects.get(participant=self.person)

    def letter(self, kind: str) -> Letter:
        return Letter.objects.get(kind=kind, people__programme=self.programme)

    def write_letters(self, on: date) -> None:
        """As the worker does after each act."""
        prepare(self.centre, on=on)


def begin(place: LifePlace) -> None:
    """What the chapters before lead to, by acts."""
    sign = {"signed_on": SIGNED, "start_on": SIGNED, "despite": "Teczkę prowadzono na papierze."}
    programme = actions.sign_programme(place.person, by=place.director, on=SIGNED, **sign)
    answer = {"is_qualified": True, "received_on": ASKED, "way": "email"}
    actions.record_reply(programme, by=place.social_worker, on=ASKED, **answer)
    actions.pass_to_main(programme, by=place.director, on=ASKED)


def open_page(hand: Mouse, name: str, pk: int) -> None:
    hand.page.goto(reverse(name, args=[pk]))


# The beginning --------------------------------------------------------------------------------------------------------


def sign_the_programme(director: Mouse, place: LifePlace) -> None:
    open_page(director, "participants:sign", place.person.pk)
    for label in ("Dzień podpisania IPZS", "Pierwszy dzień okresu próbnego"):
        director.write(director.page.get_by_label(label), SIGNED.isoformat())
    director.write(director.page.get_by_label("Powód rozpoczęcia"), "Teczkę prowadzono dotąd na papierze.")
    director.button("Zapisz IPZS")
    says(director.page, "IPZS jest zapisany")
    assert place.programme.plan.goals.count() == 1


def see_the_drafts(social_worker: Mouse) -> None:
    social_worker.page.goto(reverse("notices:to_sign"))
    drafts = social_worker.page.get_by_role("region", name="Do podpisu")
    expect(drafts).to_contain_text("Lista osób przyjętych")
    expect(drafts).to_contain_text("Informacja o ubezpieczeniu zdrowotnym")


def sign_letter(director: Mouse, place: LifePlace, kind: str) -> None:
    open_page(director, "notices:letter", place.letter(kind).pk)
    director.button("Podpisz")
    says(director.page, "Pismo jest podpisane, numer")


def send_letter(social_worker: Mouse, place: LifePlace, kind: str, way: str) -> None:
    open_page(social_worker, "notices:dispatch", place.letter(kind).document_id)
    social_worker.answer("Jak", way)
    social_worker.button("Zapisz wysłanie")
    says(social_worker.page, "Wysłanie jest zapisane.")
    assert place.letter(kind).document.dispatches.count() == 1


# The trial ------------------------------------------------------------------------------------------------------------


def assess(hand: Mouse, place: LifePlace) -> None:
    open_page(hand, "participants:assess_trial", place.programme.pk)
    hand.answer("Ocena", "pozytywnie: przemawia za przejściem")
    hand.write(hand.page.get_by_label("Przebieg okresu próbnego"), "Punktualna, chętna do pracy.")
    hand.button("Zapisz ocenę")
    says(hand.page, "Ocena jest zapisana.")


def qualify(head: Mouse, place: LifePlace) -> None:
    """On screen, by the head of the office."""
    open_page(head, "notices:qualify", place.programme.pk)
    head.answer("Rozstrzygnięcie", "kwalifikuję do dalszego uczestnictwa")
    head.button("Zapisz odpowiedź")
    says(head.page, "Odpowiedź jest zapisana.")


def pass_on(director: Mouse, place: LifePlace) -> None:
    open_page(director, "participants:pass_on", place.programme.pk)
    director.button("Zapisz przejście")
    says(director.page, "Okres właściwy jest zaplanowany.")


# More time and the end ------------------------------------------------------------------------------------------------


def ask_for_more(social_worker: Mouse, place: LifePlace) -> None:
    open_page(social_worker, "participants:ask_extension", place.programme.pk)
    social_worker.answer("Na podstawie", "wniosek uczestnika")
    social_worker.write(social_worker.page.get_by_label("O ile miesięcy"), "3")
    social_worker.write(social_worker.page.get_by_label("Uzasadnienie"), "Kończy kurs zawodu.")
    social_worker.button("Przekaż do rozstrzygnięcia")
    says(social_worker.page, "Prośba czeka na decyzję.")


def grant_more(director: Mouse, place: LifePlace) -> None:
    open_page(director, "participants:decide_extension", place.programme.extensions.get().pk)
    director.button("Przedłuż uczestnictwo")
    expect(director.page.get_by_text("Uczestnictwo jest przedłużone").first).to_be_visible()
    assert place.programme.planned_end_on == date(2027, 5, 1)


def end(director: Mouse, place: LifePlace) -> None:
    open_page(director, "participants:end", place.programme.pk)
    director.write(director.page.get_by_label("Ostatni dzień w programie"), "2027-05-01")
    director.tick(director.page.get_by_label("upłynął okres uczestnictwa"))
    director.page.locator("main form button[type=submit]").first.click()
    director.button(f"Zakończ program: {place.person}")
    says(director.page, "Program jest zakończony.")


def certify(director: Mouse, place: LifePlace) -> None:
    open_page(director, "participants:certificate", place.programme.pk)
    director.write(director.page.get_by_label("Nabyte umiejętności"), "Stolarstwo, praca w zespole.")
    director.button("Wystaw i podpisz zaświadczenie")
    says(director.page, "Zaświadczenie jest wystawione.")


def read_the_way(hand: Mouse, place: LifePlace) -> None:
    open_page(hand, "desk:way", place.person.pk)
    expect(title(hand.page)).to_have_text(str(place.person))
    for what in ("Podpisano IPZS", "Odpowiedź urzędu: kwalifikacja", "Przedłużenie przyznane"):
        expect(hand.page.get_by_role("table").get_by_text(what)).to_be_visible()


# A termination --------------------------------------------------------------------------------------------------------


def propose(social_worker: Mouse, programme: Programme, days: list[date]) -> None:
    open_page(social_worker, "attendance:propose_termination", programme.pk)
    page = social_worker.page
    social_worker.answer("Powód", "uporczywe naruszanie postanowień programu")
    page.get_by_role("group", name="Podstawy z regulaminu").get_by_role("checkbox").first.check()
    for day in days:
        page.get_by_label(f"{day:%d.%m.%Y}").check()
    social_worker.write(page.get_by_label("Ustalenia"), "Trzy dni bez wiadomości, dwie rozmowy bez skutku.")
    social_worker.write(page.get_by_label("Uzasadnienie"), "Program nie może być dalej realizowany.")
    social_worker.answer("Z winy uczestnika", "tak")
    social_worker.button("Przekaż do decyzji")
    says(page, "Wniosek czeka na decyzję.")


def terminate(director: Mouse, programme: Programme) -> None:
    open_page(director, "participants:termination", programme.terminations.get().pk)
    director.button("Dalej: sprawdź i potwierdź")
    director.button(f"Rozwiąż IPZS: {programme.participant}")
    says(director.page, "Program jest zakończony, decyzja wystawiona.")


def deliver(social_worker: Mouse, programme: Programme) -> None:
    open_page(social_worker, "participants:delivery", programme.terminations.get().pk)
    social_worker.answer("Jak", "wręczono")
    social_worker.page.locator("main form button[type=submit]").first.click()
    says(social_worker.page, "Doręczenie jest zapisane.")
