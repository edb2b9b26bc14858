"""Marks made without a network, or after the session ended, wait in the browser and are sent when they may be."""

import json
from urllib.parse import parse_qs, urlencode

import pytest
from playwright.sync_api import expect

from attendance.models import Day
from cistor.centres.models import DayCode
from cistor.dates import day_text
from cistor.journal.models import UsedToken
from participants.models import GroupLead
from tests.browser.place import YESTERDAY, Place
from tests.browser.steps import button, chip, choice, end_every_session, log_in, open_day, says, title, wait_until
from tests.browser.story import marks
from tests.factories import mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    return Place()


STORED = """() => new Promise((resolve) => {
  indexedDB.open("cistor").onsuccess = ({ target }) => {
    const asked = target.result.transaction("saves").objectStore("saves").getAll();
    asked.onsuccess = () => { target.result.close(); resolve(asked.result); };
  };
})"""


def stored(page) -> list[dict]:
    """What waits in the browser, whoever it belongs to."""
    return page.evaluate(STORED)


def save_offline(page, person, letters):
    page.context.set_offline(True)
    choice(page, person, letters).check()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("Nie ma połączenia. W tej przeglądarce 1 zapis obecności czeka")


def test_marks_without_a_network_wait_without_names_and_go_out_in_order(browse, place, today):
    page, (first, second, _) = open_day(browse, place), place.people
    save_offline(page, first, "NN")
    expect(page.get_by_text("Niezapisane zmiany")).to_be_hidden()
    choice(page, first, "O").check()
    choice(page, second, "NU").check()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("2 zapisy obecności czekają")
    kept = stored(page)
    assert {row["user"] for row in kept} == {str(place.instructor.pk)}
    assert not any(person.last_name in json.dumps(kept, ensure_ascii=False) for person in place.people)
    page.context.set_offline(False)
    says(page, "Zapisano ")
    assert stored(page) == []
    assert marks(today) == {first.pk: "present", second.pk: "excused"}
    assert UsedToken.objects.count() == 2


def test_a_tab_closed_and_opened_again_with_the_network_back_loses_nothing(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    save_offline(page, person, "NN")
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto("/")
    expect(again.get_by_role("status")).to_contain_text("Zapisy, które czekały, są wysłane.")
    assert marks(today) == {person.pk: "unexcused"}
    # The desk was made before: its lines know of the save after that.
    again.get_by_role("link", name="Odśwież stronę").click()
    expect(again.get_by_role("link", name="Odśwież stronę")).to_have_count(0)


def test_an_answer_lost_on_the_way_is_no_second_save(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    save_offline(page, person, "NN")
    lost = []
    page.route("**/obecnosc/grupa/**", lambda route: lose_answer(route, lost))
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_be_visible()
    wait_until(page, lambda: lost)
    assert marks(today) == {person.pk: "unexcused"}
    Day.objects.filter(on=today).update(meaning="present", code="O", marked_by=place.social_worker)
    page.unroute("**/obecnosc/grupa/**")
    page.reload()
    conflict = page.get_by_role("alert")
    expect(conflict).to_contain_text(f"{person}: Twój wybór to NN, a zapisano O, {place.social_worker}")
    assert marks(today) == {person.pk: "present"}
    assert UsedToken.objects.count() == 1


def lose_answer(route, lost):
    if route.request.method != "POST":
        return route.fallback()
    route.fetch()
    route.abort()
    return lost.append(route)


def conflicting(browse, place, today):
    """The instructor's page, back in the network: it says NN where the social worker has said present meanwhile."""
    page, (first, second, _) = open_day(browse, place), place.people
    page.context.set_offline(True)
    choice(page, second, "O").check()
    save_offline(page, first, "NN")
    mark(place.programmes[0], {today: "present"}, by=place.social_worker)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text(f"{first}: Twój wybór to NN, a zapisano O, {place.social_worker}")
    assert len(stored(page)) == 1
    return page


def test_an_answer_lost_while_the_network_comes_back_is_asked_for_again_soon(browse, place, today):
    page, person, lost = open_day(browse, place), place.people[0], []
    save_offline(page, person, "NN")
    page.route("**/obecnosc/grupa/**", lambda route: route.fallback() if lost else lose_answer(route, lost))
    page.context.set_offline(False)
    # Sooner than every half a minute: by then it would have come anyway.
    expect(page.locator(".toasts")).to_contain_text("Zapisano 1 osobę, ", timeout=20_000)
    assert (len(lost), marks(today), stored(page)) == (1, {person.pk: "unexcused"}, [])
    assert UsedToken.objects.count() == 1


def test_a_conflict_is_shown_and_the_choice_insisted_on(browse, place, today, check_accessible):
    page, (first, second, _) = conflicting(browse, place, today), place.people
    assert marks(today) == {first.pk: "present", second.pk: "present"}
    check_accessible(page)
    button(page, "Zastąp moim wyborem").press("Enter")
    says(page, "Zapisano 1 osobę, ")
    assert stored(page) == []
    assert marks(today) == {first.pk: "unexcused", second.pk: "present"}


def test_a_conflict_is_shown_and_what_stands_is_kept(browse, place, today):
    page, first = conflicting(browse, place, today), place.people[0]
    button(page, "Zostaw to, co stoi").click()
    expect(chip(page, first)).to_have_text("O")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert stored(page) == []
    assert marks(today)[first.pk] == "present"


def test_what_is_saved_behind_a_conflict_says_that_it_waits_and_leads_to_the_choice(browse, place, today):
    page, (first, second, third) = conflicting(browse, place, today), place.people
    box = page.locator("#main > [role=alert]")
    expect(box).to_contain_text("Reszta jest zapisana; wybierz jedno z dwojga.")
    expect(box).not_to_contain_text("Za nim")
    button(page, "Zapisz obecność").click()
    expect(box).to_be_focused()
    choice(page, third, "O").check()
    button(page, "Zapisz obecność").click()
    expect(box).to_contain_text("Za nim 1 zapis obecności czeka.")
    expect(box).to_be_focused()
    button(page, "Zastąp moim wyborem").click()
    says(page, "Zapisano 1 osobę, ")
    assert stored(page) == []
    assert marks(today) == {first.pk: "unexcused", second.pk: "present", third.pk: "present"}


def test_of_saves_sent_one_behind_the_other_the_last_says_how_many_meals_to_cook(browse, place, today):
    page, (first, *others) = open_day(browse, place), place.people
    for person in others:
        choice(page, person, "O").check()
    save_offline(page, first, "O")
    choice(page, first, "NN").check()
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("2 zapisy obecności czekają")
    page.context.set_offline(False)
    says(page, "Posiłków: 2")
    expect(page.get_by_text("Posiłków: ")).to_have_count(1)
    assert marks(today)[first.pk] == "unexcused"


def test_what_waited_through_an_ended_session_goes_out_under_the_same_login_alone(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    choice(page, person, "NN").check()
    end_every_session()
    button(page, "Zapisz obecność").click()
    words = page.locator("#main > [role=alert]")
    expect(words).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie: w tej przeglądarce 1 zapis")
    other = page.context.new_page()
    log_in(other, place.social_worker)
    button(page, "Zapisz obecność").click()
    expect(words).to_contain_text("zalogował się kto inny. Tu 1 zapis obecności czeka")
    assert not Day.objects.filter(on__gt=YESTERDAY).exists()
    other.locator(".user-menu summary").click()
    button(other, "Wyloguj się").click()
    expect(title(other)).to_have_text("Zaloguj się")
    assert len(stored(page)) == 1
    log_in(other, place.instructor)
    expect(other.get_by_role("status")).to_contain_text("Zapisy, które czekały, są wysłane.")
    assert marks(today) == {person.pk: "unexcused"}
    assert set(Day.objects.filter(on=today).values_list("marked_by", flat=True)) == {place.instructor.pk}


def test_logging_out_asks_and_leaves_nothing_behind(browse, place, today):
    page, questions = open_day(browse, place), []
    save_offline(page, place.people[0], "NN")
    page.route("**/obecnosc/grupa/**", lambda route: route.abort())
    page.context.set_offline(False)
    answers = iter(["dismiss", "accept"])
    page.on("dialog", lambda dialog: (questions.append(dialog.message), getattr(dialog, next(answers))()))
    page.locator(".user-menu summary").click()
    button(page, "Wyloguj się").click()
    wait_until(page, lambda: questions)
    assert len(stored(page)) == 1
    button(page, "Wyloguj się").click()
    expect(title(page)).to_have_text("Zaloguj się")
    assert "1 zapis obecności czeka na wysłanie" in questions[0]
    assert stored(page) == []
    assert not Day.objects.filter(on__gt=YESTERDAY).exists()


def test_logging_out_without_a_network_is_refused_and_throws_nothing_away(browse, place):
    page = open_day(browse, place)
    save_offline(page, place.people[0], "NN")
    page.locator(".user-menu summary").click()
    button(page, "Wyloguj się").click()
    expect(page.get_by_role("alert")).to_contain_text("Bez połączenia nie można się wylogować")
    assert len(stored(page)) == 1


# What the way to the server does to a save ----------------------------------------------------------------------------


def to_posts(page, act):
    """Whatever is sent to the page of a day meets `act(route)`; what is only asked goes through."""
    page.route("**/obecnosc/grupa/**", lambda route: act(route) if route.request.method == "POST" else route.fallback())


def test_a_first_save_that_is_lost_on_the_way_waits_like_any_other(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    to_posts(page, lambda route: route.abort())
    choice(page, person, "NN").check()
    button(page, "Zapisz obecność").click()
    expect(page.get_by_role("alert")).to_contain_text("Nie ma połączenia. W tej przeglądarce 1 zapis obecności czeka")
    page.unroute("**/obecnosc/grupa/**")
    page.reload()
    says(page, "Zapisano 1 osobę, ")
    assert marks(today) == {person.pk: "unexcused"}


def test_a_save_made_while_another_goes_out_goes_along(browse, place, today):
    page, (first, second, _), held = open_day(browse, place), place.people, []
    save_offline(page, first, "NN")
    to_posts(page, lambda route: route.fallback() if held else held.append(route))
    page.context.set_offline(False)
    wait_until(page, lambda: held)
    choice(page, second, "O").check()
    page.keyboard.press("Control+s")
    wait_until(page, lambda: len(stored(page)) == 2)
    held[0].continue_()
    says(page, "Zapisano 1 osobę, ")
    assert stored(page) == []
    assert marks(today) == {first.pk: "unexcused", second.pk: "present"}


def test_a_fault_of_the_server_is_said_and_the_save_tried_again(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    to_posts(page, lambda route: route.fulfill(status=500))
    choice(page, person, "NN").check()
    button(page, "Zapisz obecność").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Serwer nie przyjął zapisu z {day_text(today)}.")
    expect(button(page, "Odrzuć ten zapis")).to_have_count(0)
    page.unroute("**/obecnosc/grupa/**")
    try_again(page)
    says(page, "Zapisano 1 osobę, ")
    assert marks(today) == {person.pk: "unexcused"}


def try_again(page):
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def failures_of(page) -> list[int]:
    return [row.get("failures", 0) for row in stored(page)]


def test_what_the_server_fails_to_take_again_and_again_may_be_given_up_after_a_question(browse, place, today):
    page, questions = open_day(browse, place), []
    to_posts(page, lambda route: route.fulfill(status=500))
    choice(page, place.people[0], "NN").check()
    button(page, "Zapisz obecność").click()
    for failures in range(1, 5):
        wait_until(page, lambda: failures_of(page) == [failures])  # noqa: B023
        expect(button(page, "Odrzuć ten zapis")).to_have_count(0)
        # What comes while a try is being told of is passed over.
        page.wait_for_timeout(300)
        try_again(page)
    answers = iter(["dismiss", "accept"])
    page.on("dialog", lambda dialog: (questions.append(dialog.message), getattr(dialog, next(answers))()))
    button(page, "Odrzuć ten zapis").click()
    assert f"Odrzucić zapis obecności z {day_text(today)}?" in questions[0]
    assert len(stored(page)) == 1
    button(page, "Odrzuć ten zapis").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    wait_until(page, lambda: stored(page) == [])
    assert marks(today) == {}


def test_a_forged_or_worn_out_token_of_the_form_loses_no_save(browse, place, today):
    page, person, refused = open_day(browse, place), place.people[0], []
    page.on("response", lambda answer: refused.append(answer.headers.get("x-csrf-failure")))
    to_posts(page, with_a_wrong_token)
    choice(page, person, "NN").check()
    button(page, "Zapisz obecność").click()
    expect(page.get_by_role("alert")).to_contain_text(f"Serwer nie przyjął zapisu z {day_text(today)}.")
    assert any(refused)
    assert (len(stored(page)), marks(today)) == (1, {})
    page.unroute("**/obecnosc/grupa/**")
    try_again(page)
    says(page, "Zapisano 1 osobę, ")
    assert marks(today) == {person.pk: "unexcused"}


def with_a_wrong_token(route):
    fields = parse_qs(route.request.post_data, keep_blank_values=True)
    route.continue_(post_data=urlencode({**fields, "csrfmiddlewaretoken": "x" * 32}, doseq=True))


def test_of_two_tabs_one_sends_what_waits_and_both_say_so(browse, place, today):
    page, person, sent = open_day(browse, place), place.people[0], []
    other = page.context.new_page()
    other.goto("/")
    page.context.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    save_offline(page, person, "NN")
    sent.clear()
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.get_by_role("alert")).to_contain_text("W tej przeglądarce 1 zapis obecności czeka")
    page.context.set_offline(False)
    says(page, "Zapisano 1 osobę, ")
    expect(other.get_by_role("status")).to_contain_text("Zapisy, które czekały, są wysłane.")
    assert (stored(page), len(sent), UsedToken.objects.count()) == ([], 1, 1)
    assert marks(today) == {person.pk: "unexcused"}


def test_who_leads_the_group_no_more_is_told_and_may_give_the_save_up(browse, place, today):
    page = open_day(browse, place)
    save_offline(page, place.people[0], "NN")
    GroupLead.objects.all().delete()
    page.context.set_offline(False)
    page.goto("/")
    words = f"Nie możesz już zmieniać obecności grupy, której dotyczy zapis z {day_text(today)}."
    expect(page.get_by_role("alert")).to_contain_text(words)
    page.on("dialog", lambda dialog: dialog.accept())
    button(page, "Odrzuć ten zapis").press("Enter")
    expect(page.locator("#main")).to_be_focused()
    assert stored(page) == []
    assert marks(today) == {}


def test_one_faulty_mark_is_corrected_and_the_others_are_kept(browse, place, today):
    page, (first, second, _) = open_day(browse, place), place.people
    page.context.set_offline(True)
    choice(page, second, "O").check()
    save_offline(page, first, "NN")
    DayCode.objects.filter(meaning="unexcused").update(is_retired=True)
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_role("alert")).to_contain_text(f"{first} (NN): Wybierz jedno z oznaczeń.")
    button(page, "Popraw na stronie dnia").click()
    expect(page.get_by_role("alert")).to_be_focused()
    wait_until(page, lambda: stored(page) == [])
    choice(page, first, "NU").check()
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 2 osoby, ")
    assert marks(today) == {first.pk: "excused", second.pk: "present"}
