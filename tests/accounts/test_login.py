"""Two steps, a lock after failed tries, the way back to the page that was asked for."""

import re
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from cistor.accounts import second_step
from tests.factories import PASSWORD, login, make_user

LOGIN = "/konto/logowanie/"
SECOND = "/konto/drugi-krok/"
SET_UP = "/konto/drugi-krok/ustaw/"


def enter(client, user, password=PASSWORD, way_back=""):
    return client.post(LOGIN + way_back, {"username": user.username, "password": password})


def code_of(user) -> str:
    return second_step.demo_code(TOTPDevice.objects.get(user=user))


def wrong_code_of(user) -> str:
    return f"{(int(code_of(user)) + 1) % 10**6:06}"


def test_a_stranger_is_asked_to_log_in_and_comes_back_to_the_page(client, instructor):
    asked = client.get("/konto/haslo/")
    assert asked.url == f"{LOGIN}?next=%2Fkonto%2Fhaslo%2F"
    assert enter(client, instructor, way_back="?next=/konto/haslo/").url == "/konto/haslo/"


def test_an_instructor_needs_the_password_alone(client, instructor):
    assert enter(client, instructor).url == "/"
    assert client.get("/konto/").status_code == 200


def test_the_login_is_the_same_in_capital_letters(client, instructor):
    answer = client.post(LOGIN, {"username": instructor.username.upper(), "password": PASSWORD})
    assert answer.status_code == 302


def test_a_wrong_password_says_so_and_keeps_the_login(client, instructor):
    answer = enter(client, instructor, "inne-haslo-1")
    assert "Login albo hasło się nie zgadza" in answer.content.decode()
    assert f'value="{instructor.username}"' in answer.content.decode()


def test_the_password_is_stored_as_argon2(instructor):
    assert instructor.password.startswith("argon2$argon2id$")


def test_a_deactivated_account_does_not_open_and_its_session_ends(client, instructor):
    login(client, instructor)
    instructor.is_active = False
    instructor.save()
    assert client.get("/konto/").status_code == 302
    assert "nie zgadza" in enter(client, instructor).content.decode()


def test_five_failures_lock_the_login_from_this_address_only(client, instructor, director):
    for _ in range(4):
        assert enter(client, instructor, "zgaduje").status_code == 200
    assert enter(client, instructor, "zgaduje").status_code == 429
    locked = enter(client, instructor)
    assert locked.status_code == 429
    assert "wstrzymane" in locked.content.decode()
    assert client.get("/konto/").status_code == 302
    assert enter(client, director).status_code == 302
    elsewhere = {"REMOTE_ADDR": "10.0.0.7"}
    assert client.post(LOGIN, {"username": instructor.username, "password": PASSWORD}, **elsewhere).status_code == 302


def test_behind_the_proxy_the_lock_is_on_the_address_the_proxy_names(client, instructor, settings):
    settings.TRUSTED_PROXY = True

    def enter_from(address, password):
        data = {"username": instructor.username, "password": password}
        return client.post(LOGIN, data, headers={"X-Forwarded-For": address}).status_code

    assert [enter_from("198.51.100.7", "zgaduje") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert enter_from("203.0.113.5, 198.51.100.7", PASSWORD) == 429
    assert enter_from("203.0.113.5", PASSWORD) == 302


def test_without_a_trusted_proxy_nobody_leaves_the_lock_by_naming_another_address(client, instructor):
    data = {"username": instructor.username, "password": "zgaduje"}
    answers = [client.post(LOGIN, data, headers={"X-Forwarded-For": f"203.0.113.{n}"}) for n in range(5)]
    assert answers[-1].status_code == 429


def test_a_success_forgives_the_failures_before_it(client, instructor):
    for _ in range(2):
        for _ in range(4):
            enter(client, instructor, "zgaduje")
        assert enter(client, instructor).status_code == 302


def test_what_is_typed_as_a_login_is_kept_nowhere_in_plain(client, db):
    from axes.models import AccessAttempt

    client.post(LOGIN, {"username": "80010112345", "password": "moje-tajne"})
    attempt = AccessAttempt.objects.get()
    kept = " ".join(str(value) for value in vars(attempt).values())
    assert "80010112345" not in kept
    assert "moje-tajne" not in kept


@pytest.mark.parametrize("username", ["\0", "a\0b", "x" * 10_000, "", "ż", "' OR 1=1 --"])
def test_nonsense_for_a_login_is_refused_calmly(client, db, username):
    answer = client.post(LOGIN, {"username": username, "password": "x" * 10_000})
    assert answer.status_code == 200
    assert client.post(LOGIN, {"username": ["a", "b"], "password": "\0"}).status_code == 200


@pytest.mark.parametrize("role", ["director", "payroll", "admin"])
def test_who_moves_money_or_opens_doors_takes_a_second_step(client, centre, role):
    user = make_user(centre, role)
    enter(client, user)
    asked = client.get("/konto/haslo/")
    assert asked.url == f"{SECOND}?next=%2Fkonto%2Fhaslo%2F"
    answer = client.post(asked.url, {"code": code_of(user)})
    assert answer.url == "/konto/haslo/"
    assert client.get("/konto/haslo/").status_code == 200


def test_the_second_step_never_leads_to_another_site(client, director):
    enter(client, director)
    answer = client.post(f"{SECOND}?next=https://zle.example/", {"code": code_of(director)})
    assert answer.url == "/"


def test_a_code_works_once(client, director):
    code = code_of(director)
    enter(client, director)
    client.post(SECOND, {"code": code})
    client.post("/konto/wylogowanie/")
    enter(client, director)
    assert client.post(SECOND, {"code": code}).status_code == 422


def test_after_a_wrong_code_the_next_try_has_to_wait(client, director, settings):
    # A minute instead of a second, for a test that may be held up.
    settings.OTP_TOTP_THROTTLE_FACTOR = 60
    enter(client, director)
    assert "niewłaściwy" in client.post(SECOND, {"code": wrong_code_of(director)}).content.decode()
    waiting = client.post(SECOND, {"code": code_of(director)})
    assert re.search(r"Spróbuj ponownie o \d\d:\d\d:\d\d", waiting.content.decode())
    assert client.get("/konto/").url.startswith(SECOND)


@pytest.mark.parametrize("code", ["", "\0", "x" * 10_000, "٣٣٣٣٣٣", "-1", "123456.0", "nie-ma-1"])
def test_nonsense_for_a_code_is_refused_calmly(client, director, code):
    enter(client, director)
    assert client.post(SECOND, {"code": code}).status_code == 422


def test_who_has_no_telephone_yet_sets_one_up_and_sees_the_recovery_codes_once(client, director):
    second_step.forget(director)
    enter(client, director)
    assert client.get("/", follow=True).redirect_chain[-1][0] == SET_UP
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "style=" not in page[page.index("<main") :]
    answer = client.post(SET_UP, {"code": code_of(director)})
    codes = re.findall(r"<code>(\w{4}-\w{4})</code>", answer.content.decode())
    assert len(codes) == second_step.RECOVERY_CODES
    assert client.get("/konto/").status_code == 200
    assert codes[0] not in client.get("/konto/").content.decode()


def test_a_wrong_first_code_sets_nothing_up(client, director):
    second_step.forget(director)
    enter(client, director)
    client.get(SET_UP)
    assert client.post(SET_UP, {"code": wrong_code_of(director)}).status_code == 422
    assert second_step.telephone(director) is None


def test_the_password_alone_cannot_replace_the_telephone(client, director):
    enter(client, director)
    assert client.get(SET_UP).url == SECOND
    assert client.post(SET_UP, {"code": code_of(director)}).url == SECOND


def test_a_new_telephone_replaces_the_old_one_and_keeps_the_session(client, director):
    login(client, director)
    old = TOTPDevice.objects.get(user=director)
    client.get(SET_UP)
    waiting = TOTPDevice.objects.exclude(pk=old.pk).get(user=director)
    assert client.post(SET_UP, {"code": second_step.demo_code(waiting)}).status_code == 200
    assert list(TOTPDevice.objects.filter(user=director)) == [waiting]
    assert client.get("/konto/").status_code == 200


def test_a_recovery_code_opens_once_however_it_is_typed(client, director):
    code, other = second_step.new_recovery_codes(director)[:2]
    enter(client, director)
    assert client.post(SECOND, {"code": code.upper().replace("-", " ")}).url == "/"
    client.post("/konto/wylogowanie/")
    enter(client, director)
    assert client.post(SECOND, {"code": code}).status_code == 422
    assert second_step.recovery_codes_left(director) == second_step.RECOVERY_CODES - 1
    assert other


def test_recovery_codes_are_stored_as_hashes(director):
    codes = second_step.new_recovery_codes(director)
    stored = set(second_step.recovery(director).token_set.values_list("token", flat=True))
    assert not stored & {code.replace("-", "") for code in codes}


def test_recovery_codes_outlive_a_change_of_keys(director, settings):
    code = second_step.new_recovery_codes(director)[0]
    settings.SEARCH_KEY = settings.SECRET_KEY = "another-key-than-the-one-they-were-made-with"
    assert second_step.verify(director, code) == second_step.recovery(director)


def test_new_recovery_codes_end_the_old_ones(client, director):
    old = second_step.new_recovery_codes(director)[0]
    login(client, director)
    assert client.post("/konto/drugi-krok/kody/").status_code == 200
    client.post("/konto/wylogowanie/")
    enter(client, director)
    assert client.post(SECOND, {"code": old}).status_code == 422


def test_recovery_codes_are_not_given_out_on_the_password_alone(client, director):
    enter(client, director)
    answer = client.post("/konto/drugi-krok/kody/")
    assert answer.status_code == 302
    assert second_step.recovery_codes_left(director) == 0


def test_the_demonstration_shows_the_code_and_only_it_does(client, director, settings):
    enter(client, director)
    assert "wersja pokazowa" not in client.get(SECOND).content.decode()
    settings.DEMO = True
    # The code may change while the page is made.
    before, shown, after = code_of(director), client.get(SECOND).content.decode(), code_of(director)
    assert before in shown or after in shown
    assert client.post(SECOND, {"code": code_of(director)}).url == "/"


def test_the_demonstration_lets_in_twice_within_one_code(client, director, settings):
    settings.DEMO = True
    for _ in range(2):
        enter(client, director)
        assert client.post(SECOND, {"code": code_of(director)}).url == "/"
        client.post("/konto/wylogowanie/")


def test_who_stands_in_for_the_director_today_sets_up_a_telephone_first(client, director, instructor, monkeypatch):
    today = date(2026, 3, 11)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)
    instructor.deputising.create(absent=director, start_on=today, end_on=today)
    enter(client, instructor)
    assert client.get("/swiadczenia/", follow=True).redirect_chain[-1][0] == SET_UP
    assert client.post(SET_UP, {"code": code_of(instructor)}).status_code == 200
    assert client.get("/swiadczenia/").status_code == 200


def test_logging_out_is_a_deed_and_ends_the_session(client, instructor):
    login(client, instructor)
    assert client.get("/konto/wylogowanie/").status_code == 405
    assert client.post("/konto/wylogowanie/").url == LOGIN
    assert client.get("/konto/").status_code == 302


def test_an_expired_session_says_why_and_what_was_lost(client, instructor):
    def idle_too_long():
        login(client, instructor)
        assert client.get("/konto/").status_code == 200
        Session.objects.update(expire_date=timezone.now())

    idle_too_long()
    asked = client.get("/konto/", follow=True).content.decode()
    assert "sesja wygasła" in asked
    assert "nie została zapisana" not in asked
    idle_too_long()
    answer = client.post("/konto/haslo/", {}, headers={"Referer": "http://testserver/konto/haslo/?a=b"})
    assert answer.url == f"{LOGIN}?next=%2Fkonto%2Fhaslo%2F%3Fa%3Db"
    assert "nie została zapisana" in client.get(LOGIN).content.decode()


def test_an_expired_session_sends_htmx_to_the_login_page(client, db):
    answer = client.get(
        "/konto/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/konto/osoby/?strona=2"}
    )
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=%2Fkonto%2Fosoby%2F%3Fstrona%3D2"


def test_the_second_step_and_the_own_password_send_htmx_to_a_whole_page(client, director):
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/uczestnicy/"}
    enter(client, director)
    answer = client.post("/", headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, f"{SECOND}?next=%2Fuczestnicy%2F")
    director.must_change_password = True
    director.save()
    login(client, director)
    answer = client.get("/uczestnicy/", headers=htmx)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/konto/haslo/")


def test_pages_of_a_session_are_not_kept_by_the_browser(client, instructor):
    login(client, instructor)
    assert "no-store" in client.get("/konto/")["Cache-Control"]


def test_the_first_password_has_to_be_changed_before_anything_else(client, instructor):
    instructor.must_change_password = True
    instructor.save()
    enter(client, instructor)
    assert client.get("/konto/").url == "/konto/haslo/"
    new = "trawnik-przed-domem"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/konto/haslo/", fields).url == "/konto/"
    assert client.get("/konto/").status_code == 200


def test_a_changed_password_ends_the_sessions_elsewhere(client, instructor):
    from django.test import Client

    elsewhere = Client()
    login(elsewhere, instructor)
    login(client, instructor)
    new = "trawnik-przed-domem"
    client.post("/konto/haslo/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert client.get("/konto/").status_code == 200
    assert elsewhere.get("/konto/").status_code == 302


@pytest.mark.parametrize(
    "old, new, again",
    [
        ("zle-haslo", "trawnik-przed-domem", "trawnik-przed-domem"),
        (PASSWORD, "krótkie", "krótkie"),
        (PASSWORD, "123456789012345", "123456789012345"),
        (PASSWORD, "trawnik-przed-domem", "trawnik-za-domem"),
        (PASSWORD, "\0" * 12, "\0" * 12),
        ("", "", ""),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(client, instructor, old, new, again):
    login(client, instructor)
    answer = client.post("/konto/haslo/", {"old_password": old, "new_password1": new, "new_password2": again})
    assert answer.status_code == 422
    instructor.refresh_from_db()
    assert instructor.check_password(PASSWORD)
