"""Papers about absences, by the keyboard alone and with a finger on a small phone: a note, a free day, a morning."""

from collections.abc import Callable
from datetime import date, time

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attendance.actions.incidents import record_incident
from attendance.models import Absence, Day, LeaveRequest, MeasureTaken, SickNote
from tests.browser.hands import FITS, PHONE, Finger, Keyboard, Mouse
from tests.browser.payroll import row_of
from tests.browser.place import YESTERDAY, Place
from tests.browser.steps import button, chip, opens, says, tile
from tests.browser.story import marks
from tests.factories import mark_present
from tests.referrals.papers import make_letterhead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# A Tuesday further ahead than the seven days that the regulations ask for; typed alike in every order.
FREE = date(2026, 5, 5)


@pytest.fixture
def place():
    return Place()


@pytest.fixture(params=["by the keyboard alone", "with a finger"])
def hand_of(request, browse) -> Callable[..., Mouse]:
    """Of somebody signed in; the same test is done by both hands."""
    if request.param == "with a finger":
        return lambda user: Finger(browse(user, **PHONE))
    return lambda user: Keyboard(browse(user))


@pytest.fixture
def check(barriers):
    """Nothing stands in anybody's way, and nothing is too wide."""

    def look(page) -> None:
        assert barriers(page) == ""
        assert page.evaluate(FITS)

    return look


def open_room(hand: Mouse, person, room: str) -> None:
    """Of attendance, from the card of a person."""
    hand.page.goto(reverse("participants:card", args=[person.pk]))
    hand.main_link("Obecność")
    hand.main_link(room)
    expect(hand.page.get_by_role("navigation", name="Obecność osoby").locator("[aria-current]")).to_have_text(room)


def open_request(hand: Mouse, person) -> None:
    """From the list of the centre."""
    hand.page.goto(reverse("attendance:leave"))
    hand.press(row_of(hand.page, person).get_by_role("link"))
    opens(hand.page, "Wniosek o dni wolne")


def has_free_days(hand: Mouse, person, *, granted: int, left: int) -> None:
    """As the leave card of the person counts them."""
    open_room(hand, person, "Dni wolne")
    for term, days in (("Przyznano", granted), ("Zostało", left)):
        expect(hand.page.locator(".facts div", has_text=term).locator("dd")).to_have_text(str(days))


def test_a_sick_note_is_entered_and_the_day_stands(hand_of, place, today, check):
    hand, sick = hand_of(place.social_worker), place.people[0]
    page = hand.page
    mark_present(place.programmes[0], YESTERDAY, YESTERDAY, by=place.instructor)
    open_room(hand, sick, "Zwolnienia")
    hand.link("Wpisz zwolnienie")
    # Days that have the number of their month are typed alike in every order.
    for label, day in (("Pierwszy dzień", 3), ("Ostatni dzień", 4), ("Wystawiono", 3), ("Doręczono", 3)):
        hand.write_day(page.get_by_label(label), day, 2026)
    hand.write(page.get_by_label("Seria i numer"), "ZZ 0000001")
    hand.button("Pokaż, co się zmieni")
    preview = page.get_by_role("status", name="Co się zmieni")
    expect(preview).to_contain_text("W tych dniach oznaczono obecność: 10 marca.")
    expect(preview).to_contain_text("0 → 24 z 14, ponad limit")
    assert not SickNote.objects.exists()
    check(page)
    hand.tick(page.get_by_label("Wpisz mimo oznaczonej obecności: 10 marca"))
    hand.button("Zapisz zwolnienie")
    says(page, "Zwolnienie jest wpisane.")
    expect(page.get_by_role("region", name="Fakty")).to_contain_text("ZZ 0000001")
    check(page)
    page.goto(reverse("attendance:today", args=[place.group.pk]))
    expect(chip(page, sick)).to_have_text(place.letters("sick"))
    expect(page.get_by_text("Nieoznaczone: 2 z 3.")).to_be_visible()
    hand.press(tile(page, sick))
    check(page)
    hand.press(page.get_by_role("group", name=str(sick)).get_by_role("link", name="zwolnienie do 04.04"))
    expect(page.get_by_role("row", name="3 marca – 4 kwietnia 2026")).to_contain_text("doręczone")
    assert marks(today) == {sick.pk: "sick"}


def test_a_free_day_is_asked_for_opined_granted_and_cancelled(hand_of, place, check):
    person = place.people[0]
    instructor, social_worker, director = map(hand_of, (place.instructor, place.social_worker, place.director))
    open_room(instructor, person, "Dni wolne")
    instructor.link("Wpisz wniosek")
    instructor.write_day(instructor.page.get_by_label("Pierwszy dzień"), FREE.day, FREE.year)
    instructor.write(instructor.page.get_by_label("Powód"), "Wesele w rodzinie.")
    check(instructor.page)
    instructor.button("Wpisz wniosek")
    expect(instructor.page.get_by_role("region", name="Fakty")).to_contain_text("05.05.2026")

    for hand in (instructor, social_worker):
        open_request(hand, person)
        hand.write(hand.page.get_by_label("Opinia"), "Zasłużyła.")
        check(hand.page)
        hand.button("Opinia pozytywna")
        says(hand.page, "Opinia jest zapisana.")

    open_request(director, person)
    check(director.page)
    director.button("Przyznaj dni wolne")
    says(director.page, "Dni wolne są przyznane.")
    has_free_days(director, person, granted=1, left=3)
    check(director.page)
    assert Day.objects.get().meaning == "free_day"

    open_request(instructor, person)
    instructor.link("Odwołaj dni wolne")
    opens(instructor.page, "Odwołanie dni wolnych")
    check(instructor.page)
    instructor.button("Odwołaj dni wolne")
    says(instructor.page, "Dni wolne są odwołane i wracają do puli.")
    check(instructor.page)
    has_free_days(instructor, person, granted=0, left=4)
    assert LeaveRequest.objects.get().cancelled_by == place.instructor
    assert not Day.objects.exists()


def test_the_keyboard_alone_follows_up_an_absence_of_the_morning(browse, place, today, check):
    absent, page = place.people[0], browse(place.instructor)
    hand = Keyboard(page)

    def step(name: str, submit: str, answers: dict[str, str]) -> None:
        """From the page of the absence and back to it."""
        hand.link(name)
        for question, answer in answers.items():
            hand.answer(question, answer)
        check(page)
        hand.button(submit)
        opens(page, "Nieobecność")

    mark_present(place.programmes[0], today, today, but={today: "unexcused"}, by=place.instructor)
    page.goto(reverse("attendance:morning"))
    check(page)
    hand.button(f"Zgłoś nieobecność: {absent}")
    says(page, "Nieobecność jest zgłoszona.")
    step("Wpisz rozmowę", "Wpisz rozmowę", {"Jak": "telefon", "Z kim": "rodzina", "Wynik": "bez skutku"})
    expect(page.get_by_role("region", name="Próby kontaktu i rozmowy")).to_contain_text("bez skutku")
    step("Wpisz przyczynę", "Zapisz przyczynę", {"Przyczyna": "dojazd"})
    step("Zakończ sprawę", "Zakończ sprawę", {"Ustalenia": "rozmowa"})
    check(page)
    page.goto(reverse("attendance:morning"))
    expect(page.get_by_text("Nikt z oznaczonych nie jest nieobecny bez przyczyny.")).to_be_visible()
    closed = Absence.objects.get()
    assert (closed.reason_kind, closed.arrangement, closed.closed_on) == ("travel", "talk", today)


def test_the_working_copy_of_a_reprimand_leaves_the_form_as_it_is(browse, place, today):
    make_letterhead(place.centre)
    told = {"at": time(7, 40), "substance": "alcohol", "suspicion": "Woń.", "outcome": "admitted", "talk_on": today}
    made = record_incident(place.programmes[0], on_day=today, **told, by=place.social_worker, on=today)
    page = browse(place.director)
    page.goto(reverse("attendance:take_measure_of_incident", args=[made.incident.pk]))
    page.get_by_label("pisemna nagana").check()
    page.get_by_label("Uzasadnienie").fill("Po raz trzeci.")
    with page.expect_download():
        button(page, "Wydruk roboczy nagany").click()
    expect(page.get_by_label("Uzasadnienie")).to_have_value("Po raz trzeci.")
    button(page, "Zapisz środek").click()
    says(page, "Środek jest zapisany.")
    assert MeasureTaken.objects.get().document.number == "NG/1/2026"
