"""Letters on the desk: what is to be signed, put right and sent, and whether the schedule lives."""

from datetime import UTC, date, datetime

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from cistor.accounts.models import StandIn, User
from cistor.desk import letters
from cistor.notices.models import Dispatch, Mail, Run
from tests.factories import login, make_user
from tests.notices.making import SIGNED, Kind, make_letter, make_reminder, make_reply, make_signed, mopr, send

ON = date(2026, 12, 28)


def told(question, user, on=ON) -> list[tuple[str, str, str]]:
    return [(matter.kind, matter.word, matter.text) for matter in question(user, on)]


def test_what_waits_for_a_signature_is_counted_by_kind_the_most_urgent_first(centre, director):
    make_letter(make_signed(centre), due_on=date(2027, 1, 4))
    for due_on in (date(2026, 12, 30), SIGNED):
        make_letter(make_signed(centre), Kind.INSURANCE_TOLD, due_on=due_on)
    assert told(letters.to_sign, director) == [
        (
            "late",
            "po terminie",
            "2 pisma czekają na podpis: informacja o ubezpieczeniu zdrowotnym (najpilniejsze do 23 grudnia 2026)",
        ),
        ("soon", "do 04.01", "1 pismo czeka na podpis: lista osób przyjętych (termin 4 stycznia 2027)"),
    ]


def test_signatures_wait_for_the_stand_in_and_for_nobody_else(centre, director, social_worker, outsider):
    make_letter(make_signed(centre))
    deputy = make_user(centre, "instructor")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=ON, end_on=ON)
    assert len(told(letters.to_sign, User.objects.get(pk=deputy.pk))) == 1
    assert [told(letters.to_sign, user) for user in (social_worker, outsider)] == [[], []]


def test_what_is_signed_waits_for_its_sending(centre, social_worker, payroll):
    first, second = (make_letter(make_signed(centre), status="signed", due_on=date(2027, 1, 4)) for _ in range(2))
    text = "2 podpisane pisma czekają na wysłanie (najpilniejsze do 4 stycznia 2027)"
    assert told(letters.to_send, social_worker) == [("soon", "do 04.01", text)]
    assert told(letters.to_send, payroll) == []
    send(first, ON)
    send(second, ON)
    assert told(letters.to_send, social_worker) == []


def test_papers_of_other_rooms_are_counted_with_a_way_to_them(centre, social_worker, payroll):
    make_reminder(centre, social_worker, on=ON)
    [matter] = letters.others_to_send(social_worker, ON)
    assert (matter.text, matter.url) == (
        "1 inne pismo z ostatnich 60 dni bez wpisanego wysłania",
        f"{reverse('notices:register')}?stan=niewyslane",
    )
    assert told(letters.others_to_send, payroll) == []


def test_what_was_sent_back_waits_for_the_one_who_puts_it_right(centre, director, social_worker):
    letter = make_letter(make_signed(centre), status="returned", returned_by=director, returned_on=ON)
    [matter] = letters.sent_back(social_worker, ON)
    assert matter.text == f"Pismo zwrócono do poprawy: lista osób przyjętych, {letter.participant}"
    assert matter.url == reverse("notices:letter", args=[letter.pk])
    assert told(letters.sent_back, director) == []


def run(centre, on, **over):
    return Run.objects.create(centre=centre, on=on, **{"is_daily": True, **over})


def test_the_last_daily_run_says_what_it_did(centre, director, admin, social_worker):
    assert told(letters.schedule, director) == []
    run(centre, ON, prepared=3, joined=1)
    text = "Codzienne przygotowanie pism: 3 nowe pisma, 1 osoba dopisana do listy"
    assert told(letters.schedule, director) == told(letters.schedule, admin) == [("info", "28.12", text)]
    assert told(letters.schedule, social_worker) == []


@pytest.mark.parametrize(
    "runs, text",
    [
        ([], "Codzienne przygotowanie pism jeszcze nie działało"),
        ([{"on": date(2026, 12, 26)}], "Codzienne przygotowanie pism: ostatnio 26 grudnia 2026"),
        ([{"on": ON, "failure": "Przerwał błąd."}], "Przygotowanie pism 28 grudnia 2026: Przerwał błąd."),
        (
            [{"on": ON, "failure": "Przerwał błąd."}, {"on": ON, "is_daily": False}],
            "Przygotowanie pism 28 grudnia 2026: Przerwał błąd.",
        ),
        (
            [{"on": ON}, {"on": ON, "is_daily": False, "failed": 2}],
            "Przygotowanie pism 28 grudnia 2026: 2 pisma nie powstały",
        ),
    ],
)
def test_a_schedule_that_is_dead_or_failed_is_red(centre, director, runs, text):
    make_signed(centre)
    for row in runs:
        run(centre, **row)
    [(kind, _, shown)] = told(letters.schedule, director)
    assert (kind, shown) == ("late", text)


@pytest.mark.parametrize("hour, kind", [(6, "info"), (7, "late")])
def test_yesterdays_run_will_do_until_seven(centre, director, monkeypatch, hour, kind):
    monkeypatch.setattr("django.utils.timezone.localtime", lambda *args: datetime(2026, 12, 29, hour, tzinfo=UTC))
    make_signed(centre)
    run(centre, ON)
    assert told(letters.schedule, director, date(2026, 12, 29))[0][0] == kind


@pytest.fixture
def failed(centre):
    """Somebody was told that they are not qualified; the office has no copy yet."""
    letter = make_letter(make_signed(centre), Kind.NOT_QUALIFIED, status="signed")
    send(letter, ON)
    return letter


def test_a_copy_that_has_not_gone_waits(centre, failed, social_worker, payroll):
    text = f"Odpis do wysłania: informacja o braku kwalifikacji, {failed.participant}"
    assert told(letters.copies, social_worker) == [("soon", "wyślij", text)]
    assert told(letters.copies, payroll) == []
    copy = {"office": mopr(centre), "is_copy": True, "way": "fax", "sent_on": ON, "recorded_on": ON}
    Dispatch.objects.create(document=failed.document, **copy)
    assert told(letters.copies, social_worker) == []


def test_a_mail_given_up_is_told_to_who_sends_and_to_the_administrator(centre, social_worker, admin):
    letter = make_letter(make_signed(centre), status="signed")
    mail = {"letter": letter, "office": letter.office, "to": "mopr@example.pl", "given_up_at": Now()}
    Mail.objects.create(centre=centre, key="letter:1", **mail)
    text = f"E-mail nie wyszedł: lista osób przyjętych, {letter.participant}"
    assert told(letters.lost_mails, social_worker) == [("late", "błąd", text)]
    assert told(letters.lost_mails, admin) == [("late", "błąd", "1 e-mail z pismem nie wyszedł")]
    send(letter, ON)
    assert [told(letters.lost_mails, user) for user in (social_worker, admin)] == [[], []]


def test_a_mail_taken_and_not_recorded_is_told_to_who_sees_the_runs(centre, director, admin, social_worker):
    letter = make_letter(make_signed(centre), status="signed")
    mail = {"letter": letter, "office": letter.office, "to": "mopr@example.pl", "sent_at": Now()}
    Mail.objects.create(centre=centre, key="letter:1", **mail)
    text = "1 e-mail z pismem wyszedł, a wysłania nie udało się wpisać do rejestru"
    assert told(letters.mails, director) == told(letters.mails, admin) == [("late", "błąd", text)]
    assert told(letters.mails, social_worker) == []
    send(letter, ON)
    assert told(letters.mails, director) == []


def test_a_morning_mail_given_up_is_told_for_two_days(centre, director, social_worker):
    for number in (1, 2):
        facts = {"key": f"morning:{number}:{ON}", "to": "iga@cis.example", "given_up_at": Now()}
        Mail.objects.create(centre=centre, **facts)
    text = "2 poranne e-maile o terminach nie wyszły"
    for day in (ON, date(2026, 12, 29)):
        assert told(letters.mails, director, day) == [("late", "błąd", text)]
    assert told(letters.mails, director, date(2026, 12, 30)) == told(letters.mails, social_worker) == []


def test_a_signed_question_that_became_idle_asks_the_director(centre, director, social_worker):
    programme = make_signed(centre)
    make_letter(programme, Kind.QUALIFICATION_REQUEST, status="signed")
    assert told(letters.idle, director) == []
    make_reply(programme, ON)
    [(_, _, text)] = told(letters.idle, director)
    assert text.endswith(f"{programme.participant}. Odpowiedź ośrodka już jest.")
    assert told(letters.idle, social_worker) == []


def test_the_runs_have_a_page(client, centre, admin):
    run(centre, ON, prepared=3)
    run(centre, ON, failure="Przygotowanie pism przerwał błąd (ValueError).")
    login(client, admin)
    page = client.get(reverse("notices:runs")).content.decode()
    assert "Przygotowanie pism przerwał błąd (ValueError)." in page
    assert "harmonogram" in page


def test_runs_that_did_nothing_are_a_number_and_days_without_a_daily_one_are_named(client, centre, admin, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 12, 30))
    run(centre, ON)
    for prepared in (0, 0, 1):
        run(centre, date(2026, 12, 29), is_daily=False, prepared=prepared)
    run(centre, date(2026, 12, 30))
    login(client, admin)
    page = client.get(reverse("notices:runs"))
    days = [(day.on.day, day.is_missed, len(day.runs), day.quiet) for day in page.context["days"]]
    assert days == [(30, False, 1, 0), (29, True, 1, 2), (28, False, 1, 0)]
    assert "Codziennego przygotowania pism nie było." in page.content.decode()
    assert "2 przygotowania po czynnościach: nic nie było potrzebne" in page.content.decode()
