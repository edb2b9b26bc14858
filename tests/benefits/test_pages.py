from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Day
from benefits.actions import draft_trial_list, record_payments, recount, run_month
from benefits.models import Payment, PaymentList
from benefits.reading.explanation import PAYMENT, STEPS
from benefits.rules.reckoning import BENEFIT
from cistor.accounts.models import StandIn
from cistor.desk.erasure import erase
from cistor.journal.models import Reading
from tests.benefits.people import COUNTED, JULY, REASON, check_and_approve, checked, make_on_trial, make_settled_in
from tests.factories import end, login, make_user

SIXTH = date(2026, 7, 6)
ALL_WEEK = dict.fromkeys((SIXTH + timedelta(days=n) for n in range(4)), "unexcused")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


@pytest.fixture
def programme(centre):
    return make_settled_in(centre, but={SIXTH: "unexcused"}, last_name="Zmyślona", first_name="Kalina")


@pytest.fixture
def july(centre, programme, letterhead, payroll):
    return run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)


def as_(user) -> Client:
    client = Client()
    login(client, user)
    return client


def get(user, name, *args, **query):
    return as_(user).get(reverse(f"benefits:{name}", args=args), query)


def post(user, name, *args, **data):
    return as_(user).post(reverse(f"benefits:{name}", args=args), data, follow=True)


def text(answer) -> str:
    return " ".join(answer.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


# Counting -------------------------------------------------------------------------------------------------------------


def test_payroll_counts_the_month_before_and_lands_on_its_list(programme, payroll):
    page = get(payroll, "lists")
    assert page.context["form"]["month"].value() == "2026-07-01"
    assert '<h2 id="count-title">Policz miesiąc</h2>' in page.content.decode()
    answer = post(payroll, "run", month="2026-07-01", number="1")
    assert answer.redirect_chain == [(reverse("benefits:list", args=[PaymentList.objects.get().pk]), 302)]
    assert "Lista jest policzona." in text(answer)


def test_the_director_sees_the_lists_and_does_not_count(july, director):
    page = get(director, "lists")
    assert "Lista wypłat za lipiec 2026" in text(page)
    assert page.context["form"] is None
    assert "Policz ponownie" not in text(get(director, "list", july.pk))


@pytest.mark.parametrize("month", ["2026-13", "2026-07", "2099-01-01", "lipiec", "", "\0", "9" * 10_000])
def test_nonsense_for_a_month_is_answered_beside_the_field(programme, payroll, month):
    answer = post(payroll, "run", month=month, number="1")
    assert answer.status_code == 422
    assert answer.context["form"].errors["month"]
    assert not PaymentList.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "abc", "1e9", "\0", "9" * 5_000])
def test_nonsense_for_a_number_is_answered_too(programme, payroll, number):
    answer = post(payroll, "run", month="2026-07-01", number=number)
    assert answer.status_code == 422
    assert not PaymentList.objects.exists()


def test_a_refused_month_stays_chosen(payroll):
    answer = post(payroll, "run", month="2026-06-01", number="1")
    assert answer.status_code == 422
    assert "Za czerwiec 2026 nie ma nikogo do rozliczenia." in text(answer)
    assert answer.context["form"]["month"].value() == "2026-06-01"


@pytest.mark.parametrize("page", ["abc", "0", "-5", "99999999999999999999", "\0"])
def test_nonsense_for_a_page_shows_a_page(july, payroll, page):
    assert get(payroll, "lists", strona=page).status_code == 200
    assert get(payroll, "list", july.pk, strona=page).status_code == 200


def test_the_way_back_from_a_list_leads_to_no_order_that_is_none(july, payroll):
    client = as_(payroll)
    address = reverse("benefits:lists")
    client.get(address, {"porzadek": "-kwota"})
    assert client.get(address, {"porzadek": "bzdura"}).status_code == 404
    page = client.get(reverse("benefits:list", args=[july.pk])).content.decode()
    assert f'href="{address}?porzadek=-kwota"' in page


def test_what_the_page_does_not_read_is_not_remembered(july, payroll):
    client = as_(payroll)
    address = reverse("benefits:lists")
    client.get(address, {"miesiac": "99", "porzadek": "-kwota", "strona": "1"})
    page = client.get(reverse("benefits:list", args=[july.pk])).content.decode()
    assert f'href="{address}?porzadek=-kwota&amp;strona=1"' in page


@pytest.mark.parametrize("name", ["list", "approve", "verify_list", "settlement", "verify_settlement", "person"])
def test_an_id_of_nothing_is_not_found(centre, name):
    everything = make_user(centre, "payroll", "director")
    for pk in (999_999, 10**30):
        assert get(everything, name, pk).status_code == 404


def test_trials_are_looked_for_on_demand(centre, payroll):
    assert "Żaden okres próbny nie czeka" in text(post(payroll, "draft_trials"))
    make_on_trial(centre, start_on=date(2026, 7, 4), until=COUNTED)
    answer = post(payroll, "draft_trials")
    assert answer.redirect_chain == [(reverse("benefits:list", args=[PaymentList.objects.get().pk]), 302)]


# One list -------------------------------------------------------------------------------------------------------------


def test_a_list_with_problems_offers_no_approval(july, programme, payroll, director):
    assert "Zatwierdź listę" in text(get(director, "list", checked(july, on=COUNTED).pk))
    Day.objects.filter(programme=programme, on=SIXTH).delete()
    recount(july, by=payroll, on=COUNTED)
    assert "Zatwierdź listę" not in text(get(director, "list", july.pk))
    page = text(get(director, "approve", july.pk))
    assert "Na liście jest 1 sprawa do wyjaśnienia." in page
    assert "Zatwierdź listę" not in page


def test_the_lists_ask_the_same_number_of_questions_for_three_people_and_for_thirty(centre, payroll):
    def questions():
        run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
        client = as_(payroll)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("benefits:lists")).status_code == 200
        return len(queries)

    for _ in range(3):
        make_settled_in(centre, but=ALL_WEEK)
    few = questions()
    for _ in range(27):
        make_settled_in(centre, but=ALL_WEEK)
    assert questions() == few <= 16


# Approval and payment -------------------------------------------------------------------------------------------------


def test_the_decision_shows_the_facts_and_what_follows(july, director, payroll):
    page = text(get(director, "approve", checked(july, on=COUNTED).pk))
    assert "Zatwierdzić listę wypłat za lipiec 2026?" in page
    assert "1 491,70 zł" in page
    assert str(payroll) in page
    assert "Tego nie da się cofnąć." in page


def test_the_director_approves_what_the_page_showed(july, director):
    seen = get(director, "approve", checked(july, on=COUNTED).pk).context["form"].initial["seen"]
    answer = post(director, "approve", july.pk, seen=seen, departure_reason=REASON)
    assert "Lista jest zatwierdzona." in text(answer)
    july.refresh_from_db()
    assert reverse("documents:download", args=[july.document_id]) in text(answer)


def test_a_list_counted_anew_while_the_page_was_open_is_refused(july, programme, director, payroll):
    seen = get(director, "approve", checked(july, on=COUNTED).pk).context["form"].initial["seen"]
    Day.objects.filter(programme=programme, on=SIXTH).update(meaning="present")
    checked(recount(july, by=payroll, on=COUNTED), on=COUNTED)
    answer = post(director, "approve", july.pk, seen=seen, departure_reason=REASON)
    assert "Dane zmieniły się od przeliczenia" in text(answer)
    july.refresh_from_db()
    assert july.is_open


@pytest.mark.parametrize("seen", ["", "x" * 10_000, "\0"])
def test_an_approval_that_saw_nothing_is_not_taken(july, director, seen):
    assert post(director, "approve", july.pk, seen=seen).status_code == 422
    july.refresh_from_db()
    assert july.is_open


def test_the_stand_in_finds_the_button_on_their_days_only(july, centre, director):
    deputy = make_user(centre, "admin")
    assert get(deputy, "approve", july.pk).status_code == 403
    StandIn.objects.create(absent=director, deputy=deputy, start_on=COUNTED, end_on=COUNTED)
    assert "Zatwierdź listę" in text(get(deputy, "list", checked(july, on=COUNTED).pk))


def test_a_payment_is_written_down_and_the_list_is_paid(july, director, payroll):
    check_and_approve(july, by=director, on=COUNTED)
    assert "Zatwierdzona, do wypłaty" in text(get(payroll, "lists"))
    answer = post(payroll, "record_payments", july.pk, paid_on="2026-08-03")
    assert "Wypłacona" in text(answer)
    assert Payment.objects.get().on == COUNTED


@pytest.mark.parametrize("paid_on", ["2026-08-04", "2026-08-02", "2026-13-01", "wczoraj", "", "\0", "0001-01-01"])
def test_a_wrong_day_of_payment_is_answered_beside_the_field(july, director, payroll, paid_on):
    check_and_approve(july, by=director, on=COUNTED)
    answer = post(payroll, "record_payments", july.pk, paid_on=paid_on)
    assert answer.status_code == 422
    assert answer.context["form"].errors["paid_on"]
    assert not Payment.objects.exists()


def test_a_further_list_that_nobody_is_left_for_says_so(july, director, payroll):
    """Whether somebody is left takes as long as a count: it is not asked before somebody wants to know."""
    check_and_approve(july, by=director, on=COUNTED)
    assert "Sporządź kolejną listę" in text(get(payroll, "list", july.pk))
    assert "Za lipiec 2026 nie ma nikogo do rozliczenia." in text(post(payroll, "run", month="2026-07-01", number="2"))
    assert PaymentList.objects.get() == july


def test_the_page_of_an_approved_list_computes_nothing(july, director, payroll):
    check_and_approve(july, by=director, on=COUNTED)
    with CaptureQueriesContext(connection) as queries:
        assert get(payroll, "list", july.pk).status_code == 200
    assert not [query["sql"] for query in queries if '"attendance_day"' in query["sql"]]


def test_an_approved_month_is_not_offered_for_counting(july, director, payroll):
    assert ("2026-07-01", "lipiec 2026") in get(payroll, "lists").context["form"].fields["month"].widget.choices
    check_and_approve(july, by=director, on=COUNTED)
    offered = dict(get(payroll, "lists").context["form"].fields["month"].widget.choices)
    assert "2026-07-01" not in offered
    assert "2026-06-01" in offered


def test_the_lines_do_not_repeat_the_name_of_the_regulations(july, payroll):
    page = text(get(payroll, "settlement", july.settlements.get().pk))
    title = july.centre.regulations.get().title
    assert page.count(title) == 1
    assert "regulamin, §3 ust. 1 lit. d" in page


def test_an_approved_list_offers_a_further_one(july, centre, director, payroll):
    check_and_approve(july, by=director, on=COUNTED)
    make_settled_in(centre)
    assert "Sporządź kolejną listę" in text(get(payroll, "list", july.pk))
    answer = post(payroll, "run", month="2026-07-01", number="2")
    assert "Lista wypłat za lipiec 2026 (nr 2)" in text(answer)
    assert "Sporządź kolejną listę" not in text(get(payroll, "list", july.pk))


# Explanation ----------------------------------------------------------------------------------------------------------


def test_a_settlement_says_where_every_grosz_comes_from(july, payroll):
    page = get(payroll, "settlement", july.settlements.get().pk)
    shown = text(page)
    assert "Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1 783,90 zł = 89,20 zł." in shown
    assert "§3 ust. 1 lit. d" in shown
    assert "1 694,70 zł" in shown
    assert "1 491,70 zł" in shown
    assert july.settlements.get().checksum in shown
    parts = page.context["parts"]
    assert [line.code for line in parts["zus"]] == ["zus_pension", "zus_disability"]
    assert [line.code for line in parts["benefit"]] == ["base_main", "unexcused"]


def test_its_drawing_leads_from_the_base_to_what_is_paid(july, payroll):
    row = july.settlements.get()
    drawn = get(payroll, "settlement", row.pk).context["steps"].svg.replace("\N{NO-BREAK SPACE}", " ")
    said = (
        "Podstawa w okresie właściwym: 1 783,90 zł; Nieobecności nieusprawiedliwione: −89,20 zł; "
        "Świadczenie: 1 694,70 zł; Zaliczka na podatek: −203,00 zł; Do wypłaty: 1 491,70 zł"
    )
    assert said in drawn
    assert drawn.count('class="less"') == 2


def test_every_kind_of_line_has_its_step_in_the_drawing():
    assert set(STEPS) == BENEFIT | set(PAYMENT)


def test_its_calendar_shows_the_days_as_they_were_counted(july, programme, payroll):
    Day.objects.filter(programme=programme, on=date(2026, 7, 7)).delete()
    recount(july, by=payroll, on=COUNTED)
    weeks = get(payroll, "settlement", july.settlements.get().pk).context["weeks"]
    assert {len(week) for week in weeks} == {7}
    cells = {cell.day: cell for week in weeks for cell in week}
    assert cells[SIXTH].code.letters == "NN"
    assert cells[date(2026, 7, 7)].unmarked
    assert cells[date(2026, 7, 8)].code.meaning == "present"
    assert not cells[date(2026, 7, 11)].has_classes
    assert not cells[date(2026, 6, 29)].inside


def test_a_settlement_that_was_looked_at_leaves_a_trace(july, programme, payroll):
    row = july.settlements.get()
    for name in ("settlement", "verify_settlement"):
        get(payroll, name, row.pk)
    get(payroll, "person", programme.participant_id)
    traces = Reading.objects.filter(participant=programme.participant, by=payroll).order_by("id")
    assert list(traces.values_list("what", flat=True)) == ["settlement", "settlement", "settlements"]


def test_counting_again_from_the_stored_data_gives_the_same(july, payroll, programme, director):
    check_and_approve(july, by=director, on=COUNTED)
    programme.stages.update(start_on=date(2026, 7, 15))
    page = text(get(payroll, "verify_settlement", july.settlements.get().pk))
    assert "wynik ten sam" in page
    assert "Wszystkie kwoty na liście wyszły takie same" in text(get(payroll, "verify_list", july.pk))


def test_a_draft_that_was_tampered_with_does_not_come_out_again(july, payroll):
    row = july.settlements.get()
    row.lines.filter(code="tax").update(amount=0)
    page = text(get(payroll, "verify_settlement", row.pk))
    assert "wynik inny" in page
    assert "nie zgadza się ze swoją sumą kontrolną" in page
    assert "wynik inny" in text(get(payroll, "verify_list", july.pk))
    row.lines.filter(code="zus_disability").delete()
    assert "—" in text(get(payroll, "verify_settlement", row.pk))


def test_a_participants_tab_shows_everything_they_were_paid(july, programme, centre, payroll, director):
    trial = make_on_trial(centre, start_on=date(2026, 7, 4), until=COUNTED)
    draft_trial_list(centre=centre, on=COUNTED)
    check_and_approve(july, by=director, on=COUNTED)
    post(payroll, "record_payments", july.pk, paid_on="2026-08-03")
    page = text(get(payroll, "person", programme.participant_id))
    assert "lipiec 2026" in page
    assert "wypłacono 03.08.2026" in page
    assert "okres próbny 4 lipca – 3 sierpnia 2026" in text(get(payroll, "person", trial.participant_id))


def test_a_participants_tab_tells_of_days_paid_past_the_end(july, programme, payroll, director):
    check_and_approve(july, by=director, on=COUNTED)
    assert "po dniu zakończenia" not in text(get(payroll, "person", programme.participant_id))
    end(programme, ended_on=date(2026, 7, 15))
    assert "Zapłacono po dniu zakończenia: 16–31 lipca 2026" in text(get(payroll, "person", programme.participant_id))


def test_who_was_never_paid_has_an_empty_tab(centre, payroll):
    programme = make_on_trial(centre, start_on=date(2026, 7, 20), until=COUNTED)
    assert "Nie ma jeszcze żadnego rozliczenia" in text(get(payroll, "person", programme.participant_id))


def test_a_list_outlives_the_erasure_of_a_person(july, programme, payroll, director):
    check_and_approve(july, by=director, on=COUNTED)
    record_payments(july, paid_on=COUNTED, by=payroll, on=COUNTED)
    end(programme, ended_on=july.settlements.get().end_on)
    erase(programme.participant, by=director, on=COUNTED)
    for name, pk in (("list", july.pk), ("settlement", july.settlements.get().pk)):
        page = text(get(payroll, name, pk))
        assert "Dane usunięte" in page
        assert "Zmyślona" not in page
    assert "Wszystkie kwoty na liście wyszły takie same" in text(get(payroll, "verify_list", july.pk))
    july.refresh_from_db()
    assert july.document.context["people"][0]["name"] == "Dane usunięte"
