"""Corrections on screen: the question, the queue, the decision."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from attendance.actions import ask_correction, close, decide_correction, record_note, withdraw_correction
from attendance.models import Correction, Day
from cistor.journal.models import Reading
from cistor.money import NBSP
from tests.factories import make_group, make_participant, make_programme, make_user, mark

JULY, JULY_END, AUGUST = date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 3)
FRIDAY, MONDAY = date(2026, 7, 10), date(2026, 7, 13)


@pytest.fixture
def group(centre):
    return make_group(centre)


@pytest.fixture
def programme(centre, group, social_worker):
    programme = make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=social_worker)
    mark(programme, {FRIDAY: "unexcused"}, by=social_worker)
    close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    return programme


@pytest.fixture
def correction(programme, social_worker):
    return asked(programme, social_worker)


def asked(programme, by, day=FRIDAY, meaning="sick"):
    return ask_correction(programme, on_day=day, meaning=meaning, reason="Druk z 10 lipca.", by=by, on=AUGUST)


def ask_url(programme, day=FRIDAY):
    return f"{reverse('attendance:ask_correction', args=[programme.participant_id])}?dzien={day}"


def page_of(correction, name="correction"):
    return reverse(f"attendance:{name}", args=[correction.pk])


def text(answer) -> str:
    return answer.content.decode()


# Asking ---------------------------------------------------------------------------------------------------------------


def test_the_question_shows_what_stands_and_offers_what_else_may(as_user, programme, social_worker):
    page = as_user(social_worker, AUGUST).get(ask_url(programme))
    assert "NN – nieobecność nieusprawiedliwiona" in text(page)
    offered = [meaning for meaning, _ in page.context["form"].fields["meaning"].choices]
    assert "sick" in offered
    assert "unexcused" not in offered
    assert offered[-1] == "unmarked"


def test_who_decides_on_corrections_is_told_that_another_should_ask(as_user, programme, centre, director, payroll):
    words = "Niech poprosi raczej ktoś inny."
    assert words in text(as_user(director, AUGUST).get(ask_url(programme)))
    assert words not in text(as_user(payroll, AUGUST).get(ask_url(programme)))
    centre.single_handed = True
    centre.save()
    assert words not in text(as_user(director, AUGUST).get(ask_url(programme)))


def test_a_question_sent_waits_for_the_decision(as_user, programme, social_worker):
    data = {"token": "a", "meaning": "sick", "reason": "Druk z 10 lipca."}
    page = as_user(social_worker, AUGUST).post(ask_url(programme), data, follow=True)
    assert "Prośba czeka na decyzję." in text(page)
    correction = Correction.objects.get()
    assert (correction.meaning, correction.reason) == ("sick", "Druk z 10 lipca.")


def test_to_be_unmarked_may_be_asked_for(as_user, programme, social_worker):
    data = {"token": "a", "meaning": "unmarked", "reason": "Pomyłka w osobie."}
    as_user(social_worker, AUGUST).post(ask_url(programme), data)
    assert Correction.objects.get().meaning == ""


@pytest.mark.parametrize("field", ["meaning", "reason", "token"])
def test_what_is_missing_is_said_beside_the_form(as_user, programme, social_worker, field):
    data = {"token": "a", "meaning": "sick", "reason": "Druk.", field: ""}
    answer = as_user(social_worker, AUGUST).post(ask_url(programme), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Correction.objects.exists()


def test_an_open_day_leads_to_where_it_is_marked(as_user, programme, group, social_worker):
    page = text(as_user(social_worker, AUGUST).get(ask_url(programme, AUGUST)))
    assert "Ten dzień jest otwarty" in page
    assert f'href="{reverse("attendance:today", args=[group.pk])}?dzien=2026-08-03"' in page


@pytest.mark.parametrize(
    "day, why",
    [
        (date(2026, 8, 4), "Tego dnia jeszcze nie było"),
        (date(2026, 5, 1), "nie była w programie"),
        (date(2026, 7, 11), "Tego dnia nie ma zajęć"),
    ],
)
def test_a_day_that_cannot_be_corrected_says_why(as_user, programme, social_worker, day, why):
    client = as_user(social_worker, AUGUST)
    assert why in text(client.get(ask_url(programme, day)))
    client.post(ask_url(programme, day), {"token": "a", "meaning": "sick", "reason": "Druk."})
    assert not Correction.objects.exists()


def test_a_day_already_asked_about_leads_to_that_question(as_user, correction, programme, payroll):
    answer = as_user(payroll, AUGUST).get(ask_url(programme))
    assert answer.url == page_of(correction)


# Deciding -------------------------------------------------------------------------------------------------------------


def test_the_director_reads_who_asks_why_and_what_would_change(as_user, correction, social_worker, director):
    page = text(as_user(director, AUGUST).get(page_of(correction)))
    for word in (str(social_worker), "Druk z 10 lipca.", "NN – ", "L4 – ", "Zgódź się na korektę", "Odmów"):
        assert word in page
    assert "Żadna zatwierdzona lista wypłat nie obejmuje jeszcze tego dnia" in page
    reading = Reading.objects.get(what="correction")
    assert (reading.by, reading.participant) == (director, correction.programme.participant)


@pytest.mark.parametrize(
    "day, meaning, change, before, after",
    [
        (FRIDAY, "sick", "wzrośnie o 44,60 zł.", "1. dzień NN", "Dzień chorobowy 1 z 14: −44,60 zł."),
        (FRIDAY, "present", "wzrośnie o 89,20 zł.", "1. dzień NN", "Po zmianie:"),
        (FRIDAY, None, "wzrośnie o 89,20 zł.", "1. dzień NN", "Nieoznaczony dzień liczy się jak obecność."),
        (MONDAY, "sick", "zmaleje o 44,60 zł.", "Nieoznaczony dzień liczy się", "Dzień chorobowy 1 z 14: −44,60 zł."),
        (MONDAY, "late", "się nie zmieni.", "Nieoznaczony dzień liczy się", "Po zmianie:"),
    ],
)
def test_the_director_reads_what_granting_does_to_the_benefit(
    as_user, programme, social_worker, director, day, meaning, change, before, after
):
    row = asked(programme, social_worker, day, meaning)
    page = text(as_user(director, AUGUST).get(page_of(row))).replace(NBSP, " ")
    for words in (f"Świadczenie {change}", f"Teraz: {before}", after):
        assert words in page


def test_once_decided_the_page_promises_no_money(as_user, correction, director):
    decide_correction(correction, granted=True, note="", by=director, on=AUGUST)
    assert "Świadczenie wzrośnie" not in text(as_user(director, AUGUST).get(page_of(correction)))


def test_the_director_grants_with_one_button(as_user, correction, director):
    data = {"token": "a", "note": "", "grant": "1"}
    page = as_user(director, AUGUST).post(page_of(correction, "decide_correction"), data, follow=True)
    assert "Dzień jest zmieniony." in text(page)
    assert Day.objects.get().meaning == "sick"


def test_a_refusal_without_a_reason_is_asked_for_one(as_user, correction, director):
    client, url = as_user(director, AUGUST), page_of(correction, "decide_correction")
    answer = client.post(url, {"token": "a", "note": "", "refuse": "1"})
    assert answer.status_code == 422
    assert "Odmowa wymaga uzasadnienia." in text(answer)
    page = client.post(url, {"token": "a", "note": "Inny dzień.", "refuse": "1"}, follow=True)
    assert "Odmowa jest zapisana." in text(page)
    assert "Inny dzień." in text(page)


@pytest.mark.parametrize("buttons", [{}, {"grant": "1", "refuse": "1"}])
def test_a_decision_that_names_neither_or_both_decides_nothing(as_user, correction, director, buttons):
    data = {"token": "a", "note": "Inny dzień.", **buttons}
    page = as_user(director, AUGUST).post(page_of(correction, "decide_correction"), data, follow=True)
    assert "Wybierz: zgodzić się na korektę albo odmówić." in text(page)
    assert Correction.objects.get().is_open


def test_a_refusal_of_the_act_is_said_on_the_page(as_user, correction, director):
    decide_correction(correction, granted=False, note="Nie.", by=director, on=AUGUST)
    answer = as_user(director, AUGUST).post(page_of(correction, "decide_correction"), {"token": "a", "grant": "1"})
    assert answer.status_code == 422
    assert "rozstrzygnięto już" in text(answer)
    assert Day.objects.get().meaning == "unexcused"


def test_who_asks_may_withdraw_and_does_not_decide(as_user, programme, director):
    correction = asked(programme, director)
    client = as_user(director, AUGUST)
    page = text(client.get(page_of(correction)))
    assert "Wycofaj prośbę" in page
    assert "Zgódź się" not in page
    assert "Prośba jest wycofana." in text(client.post(page_of(correction, "withdraw_correction"), follow=True))


def test_others_read_the_question_and_have_no_button(as_user, correction, payroll):
    page = text(as_user(payroll, AUGUST).get(page_of(correction)))
    assert "Czeka na decyzję" in page
    assert "<button" not in page[page.index('class="panel deed"') : page.index("</main>")]


# The queue ------------------------------------------------------------------------------------------------------------


def test_the_open_ones_stand_first_the_oldest_in_front(as_user, programme, social_worker, director):
    decided, first, second = (asked(programme, social_worker, day, "present") for day in (FRIDAY, MONDAY, JULY_END))
    decide_correction(decided, granted=False, note="Nie.", by=director, on=AUGUST)
    rows = as_user(director, AUGUST).get(reverse("attendance:corrections")).context["rows"]
    assert [row for row, _, _ in rows] == [first, second, decided]


def test_another_centre_sees_nothing_of_it(as_user, correction, programme, outsider):
    client = as_user(outsider, AUGUST)
    assert client.get(page_of(correction)).status_code == 404
    assert client.get(ask_url(programme)).status_code == 404
    for name in ("decide_correction", "withdraw_correction"):
        assert client.post(page_of(correction, name), {"token": "a", "grant": "1"}).status_code == 404
    assert list(client.get(reverse("attendance:corrections")).context["rows"]) == []


@pytest.mark.parametrize("people", [3, 20])
def test_the_queue_takes_the_same_queries_for_any_number(
    as_user, centre, director, social_worker, people, django_assert_max_num_queries
):
    client = as_user(director, AUGUST)
    client.get(reverse("attendance:corrections"))
    for _ in range(people):
        programme = make_programme(make_participant(centre), start_on=JULY, by=social_worker)
        close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
        asked(programme, make_user(centre, "payroll"))
    with django_assert_max_num_queries(10):
        client.get(reverse("attendance:corrections"))


def test_the_history_of_the_person_tells_who_asked_who_decided_and_why(as_user, correction, programme, director):
    client = as_user(director, AUGUST)
    client.post(page_of(correction, "decide_correction"), {"token": "a", "note": "Druk jest.", "grant": "1"})
    page = text(client.get(reverse("desk:traces", args=[programme.participant_id])))
    for word in (
        "Poproszono o korektę obecności",
        "Zgodzono się na korektę obecności",
        "Druk z 10 lipca.",
        "Druk jest.",
    ):
        assert word in page
    assert "decyzja o korekcie obecności" in page


# Closed days and the papers -------------------------------------------------------------------------------------------


def told(programme, day, *, by):
    """A paper that came after the closing, by somebody who may not ask for corrections."""
    note = {"kind": "own", "start_on": day, "end_on": day, "issued_on": day, "delivered_on": day}
    record_note(programme, **note, by=by, on=AUGUST)


@pytest.fixture
def differs(programme, group, centre):
    lead = make_user(centre, "instructor")
    group.leads.create(instructor=lead, start_on=JULY)
    told(programme, FRIDAY, by=lead)
    return programme


def test_a_closed_day_that_the_papers_contradict_is_listed_with_the_question_filled_in(as_user, differs, payroll):
    client = as_user(payroll, AUGUST)
    page = client.get(reverse("attendance:corrections"))
    (row,) = page.context["differing"]
    assert (row.on, row.meaning, row.source) == (FRIDAY, "sick", "zwolnienie lekarskie")
    assert escape(row.ask_url) in text(page)
    form = client.get(row.ask_url).context["form"]
    assert form.initial["meaning"] == "sick"
    client.post(row.ask_url, {"token": "a", "meaning": "sick", "reason": form.initial["reason"]})
    assert Correction.objects.get().meaning == "sick"
    assert client.get(reverse("attendance:corrections")).context["differing"] == []


def test_the_director_reads_of_them_and_leaves_the_question_to_another(as_user, differs, director):
    page = as_user(director, AUGUST).get(reverse("attendance:corrections"))
    (row,) = page.context["differing"]
    assert escape(row.ask_url) not in text(page)
    assert "nikt jeszcze nie prosił" in text(page)


def test_what_was_refused_is_listed_as_refused_and_what_was_taken_back_as_before(
    as_user, differs, social_worker, director
):
    first = asked(differs, social_worker)
    withdraw_correction(first, by=social_worker, on=AUGUST)
    decide_correction(asked(differs, social_worker), granted=False, note="Nie.", by=director, on=AUGUST)
    (row,) = as_user(social_worker, AUGUST).get(reverse("attendance:corrections")).context["differing"]
    assert row.refused_on == AUGUST


def test_granted_it_leaves_the_list(as_user, differs, social_worker, director):
    decide_correction(asked(differs, social_worker), granted=True, note="", by=director, on=AUGUST)
    assert as_user(social_worker, AUGUST).get(reverse("attendance:corrections")).context["differing"] == []


def test_an_address_that_names_no_code_presets_nothing(as_user, differs, payroll):
    page = as_user(payroll, AUGUST).get(f"{ask_url(differs)}&na=nonsense")
    assert (page.status_code, page.context["form"].initial) == (200, {})


@pytest.mark.parametrize("people", [2, 10])
def test_the_list_of_them_takes_the_same_queries_for_any_number(
    as_user, centre, differs, payroll, social_worker, people, django_assert_max_num_queries
):
    lead = make_user(centre, "instructor")
    for _ in range(people):
        group = make_group(centre, lead)
        programme = make_programme(make_participant(centre, group=group), start_on=JULY, by=social_worker)
        close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
        told(programme, FRIDAY, by=lead)
    client = as_user(payroll, AUGUST)
    client.get(reverse("attendance:corrections"))
    with django_assert_max_num_queries(28):
        page = client.get(reverse("attendance:corrections"))
    assert len(page.context["differing"]) == people + 1
