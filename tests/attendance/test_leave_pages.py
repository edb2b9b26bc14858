"""The pages and papers of free days: what each shows, to whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pypdf import PdfReader

from attendance.actions import ask_leave, decide_leave, opine_leave, record_note, withdraw_leave
from attendance.documents.leave import card_paper, empty_card, request_paper
from attendance.models import LeaveRequest
from attendance.reading.leave import Rules
from attendance.reading.leave_card import Card
from cistor.accounts.models import StandIn
from cistor.desk import leave as matters
from cistor.documents.actions import working_copies
from tests.factories import make_group, make_participant, make_programme, make_user
from tests.factories import mark as stamp
from tests.referrals.papers import make_letterhead

TODAY, MONDAY, TUESDAY = date(2026, 7, 1), date(2026, 7, 13), date(2026, 7, 14)
SECRET = "Rozprawa w sądzie rodzinnym."


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 5, 4))


@pytest.fixture
def row(programme, social_worker):
    asked = {"days": [MONDAY, TUESDAY], "filed_on": TODAY, "reason": SECRET}
    return ask_leave(programme, **asked, by=social_worker, on=TODAY)


@pytest.fixture
def opined(row, social_worker, instructor):
    for person in (social_worker, instructor):
        opine_leave(row, is_positive=True, text="Pracuje sumiennie.", by=person, on=TODAY)
    return row


def url(name, pk) -> str:
    return reverse(f"attendance:{name}", args=[pk])


def test_the_form_says_the_rules_at_once_and_takes_the_class_days_of_a_span(as_user, programme, instructor):
    client = as_user(instructor, TODAY)
    text = client.get(url("ask_leave", programme.pk)).content.decode()
    assert "złożony dziś sięga dni od 8 lipca 2026" in text
    assert "nabywa się po okresie próbnym: od 4 czerwca 2026" in text
    span = {"start_on": "2026-07-10", "end_on": "2026-07-13", "filed_on": TODAY.isoformat(), "reason": SECRET}
    told = client.post(url("ask_leave", programme.pk), {"token": "a", **span}, follow=True).content.decode()
    assert "czeka na decyzję." in told
    assert "Termin jest za krótki" not in told
    days = LeaveRequest.objects.get().days.values_list("on", flat=True)
    assert list(days) == [date(2026, 7, 10), MONDAY]


def test_what_is_refused_is_said_on_the_form(as_user, programme, instructor):
    span = {"token": "a", "start_on": "2026-07-13", "end_on": "2026-07-17", "filed_on": TODAY.isoformat()}
    span |= {"reason": SECRET}
    answer = as_user(instructor, TODAY).post(url("ask_leave", programme.pk), span)
    assert answer.status_code == 422
    assert "Zostały 4 dni z 4, a we wniosku: 5 dni zajęć." in answer.content.decode()


def test_that_nothing_is_left_is_said_before_a_day_is_typed_and_after(as_user, row, programme, instructor):
    client, form = as_user(instructor, TODAY), url("ask_leave", programme.pk)
    said = "Wszystkie dni wolne są wykorzystane albo już o nie poproszono: 4 z 4."
    assert said not in client.get(form).content.decode()
    more = {"days": [date(2026, 7, 15), date(2026, 7, 16)], "filed_on": TODAY, "reason": SECRET}
    ask_leave(programme, **more, by=instructor, on=TODAY)
    assert said in client.get(form).content.decode()
    answer = client.post(form, {"token": "a", "start_on": "2026-07-20", "filed_on": str(TODAY), "reason": SECRET})
    assert answer.context["form"].non_field_errors() == [said]


def test_days_that_lie_apart_are_asked_for_on_one_paper(as_user, programme, instructor):
    asked = {"token": "a", "start_on": "2026-07-13", "filed_on": TODAY.isoformat(), "reason": SECRET}
    client, form = as_user(instructor, TODAY), url("ask_leave", programme.pk)
    for wrong in ("16 lipca", "31.06", "16.07.2026.3", "16.07.9999", "7"):
        answer = client.post(form, {**asked, "others": wrong})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["others"])
    client.post(form, {**asked, "others": "16.07, 21.07.2026"})
    days = LeaveRequest.objects.get().days.values_list("on", flat=True)
    assert list(days) == [MONDAY, date(2026, 7, 16), date(2026, 7, 21)]


def test_everything_that_is_wrong_is_said_at_once_beside_its_field(as_user, programme, instructor):
    span = {"token": "a", "start_on": "2026-06-30", "end_on": "2026-07-08", "filed_on": "2026-07-02"}
    answer = as_user(instructor, TODAY).post(url("ask_leave", programme.pk), {**span, "reason": SECRET})
    errors = answer.context["form"].errors
    assert (answer.status_code, LeaveRequest.objects.count()) == (422, 0)
    assert errors["start_on"] == ["30 czerwca i 1 lipca minęły przed złożeniem wniosku."]
    assert errors["filed_on"] == ["Tego dnia jeszcze nie było."]
    assert errors["__all__"] == ["Zostały 4 dni z 4, a we wniosku: 7 dni zajęć."]
    assert "near" not in errors


def test_the_director_ticks_off_a_day_that_is_not_granted(as_user, opined, director):
    client = as_user(director, TODAY)
    page = client.get(url("leave_request", opined.pk)).content.decode()
    assert page.count("checked") == 2
    one = {"token": "a", "grant": "1", "days": [TUESDAY.isoformat()]}
    told = client.post(url("decide_leave", opined.pk), one).content.decode()
    assert "Napisz, dlaczego nie przyznajesz: 13 lipca." in told
    assert "Odmowa wymaga" not in told
    nothing = client.post(url("decide_leave", opined.pk), {"token": "b", "grant": "1"})
    assert "Zaznacz przynajmniej jeden dzień albo odmów." in nothing.content.decode()
    done = client.post(url("decide_leave", opined.pk), {**one, "note": "W poniedziałek egzamin."}, follow=True)
    text = done.content.decode()
    assert text.count("Przyznano 1 z 2 dni: 14 lipca; nie przyznano: 13 lipca") == 2
    assert "zgoda w części" in text
    assert "Dni wolne są przyznane" not in text
    assert list(opined.days.filter(released_on=None).values_list("on", flat=True)) == [TUESDAY]
    assert opined.days.get(on=MONDAY).release == "refused"
    opined.refresh_from_db()
    centre = opined.programme.participant.centre
    paper = request_paper(centre, opined, reads=True, on=TODAY)
    assert (paper["given"], paper["left_out"]) == ("14 lipca 2026", "13 lipca 2026")


def test_the_paper_of_a_partial_grant_says_which_days_and_which_not_in_sentences(
    as_user, opined, director, centre, tmp_path
):
    make_letterhead(centre)
    decide_leave(opined, granted=True, note="Egzamin.", days=[TUESDAY], by=director, on=TODAY)
    file = tmp_path / "paper.pdf"
    file.write_bytes(as_user(director, TODAY).get(url("leave_request_file", opined.pk)).content)
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "Przyznano: 14 lipca 2026. Nie przyznano: 13 lipca 2026." in said


def test_until_the_opinions_are_there_nothing_is_asked_that_only_a_grant_needs(as_user, row, director):
    client = as_user(director, TODAY)
    assert list(client.get(url("leave_request", row.pk)).context["form"].fields) == ["note", "token"]
    refused = client.post(url("decide_leave", row.pk), {"token": "a", "refuse": "1"})
    assert (refused.status_code, list(refused.context["form"].fields)) == (422, ["note", "token"])


def test_which_days_is_no_optional_question_but_a_refusal_needs_none(as_user, opined, director):
    client = as_user(director, TODAY)
    assert client.get(url("leave_request", opined.pk)).context["form"].fields["days"].required
    client.post(url("decide_leave", opined.pk), {"token": "a", "refuse": "1", "note": "Remont."})
    opined.refresh_from_db()
    assert opined.granted is False


def test_a_request_that_cannot_be_entered_is_not_asked_to_be_entered_nevertheless(as_user, programme, instructor):
    asked = {"token": "a", "start_on": "2026-07-02", "end_on": "2026-07-08", "filed_on": TODAY.isoformat()}
    answer = as_user(instructor, TODAY).post(url("ask_leave", programme.pk), {**asked, "reason": SECRET})
    assert answer.context["form"].errors == {"__all__": ["Zostały 4 dni z 4, a we wniosku: 5 dni zajęć."]}
    assert "Wpisz mimo" not in answer.content.decode()


def test_a_day_without_classes_is_not_also_told_to_be_too_near(as_user, programme, instructor):
    asked = {"token": "a", "start_on": "2026-07-03", "filed_on": TODAY.isoformat(), "reason": SECRET}
    answer = as_user(instructor, TODAY).post(url("ask_leave", programme.pk), {**asked, "others": "04.07, 01.08"})
    errors = answer.context["form"].errors
    assert errors["start_on"] == ["4 lipca i 1 sierpnia nie ma zajęć."]
    assert "near" not in errors


def test_a_day_is_given_up_from_the_request_and_from_the_day_itself(as_user, opined, director, instructor):
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    client, day = as_user(instructor, MONDAY), opined.days.get(on=MONDAY)
    page = url("give_up_day", day.pk)
    text = client.get(url("leave_request", opined.pk)).content.decode()
    assert f'href="{page}">13 lipca 2026: osoba jednak przyszła<' in text
    assert "14 lipca 2026: oddaj ten dzień" in text
    of_day = f"{url('day', opined.programme.participant_id)}?dzien={MONDAY}"
    assert page in client.get(of_day).content.decode()
    assert "Osoba jednak przyszła?" in client.get(page).content.decode()
    empty = client.post(page, {"token": "a", "reason": ""})
    assert (empty.status_code, opined.days.filter(released_on=None).count()) == (422, 2)
    answer = client.post(page, {"token": "a", "reason": "Przyszła."}, follow=True)
    assert answer.redirect_chain[0][0] == of_day
    assert "Oznacz teraz tę osobę na liście." in answer.content.decode()
    assert page not in answer.content.decode()
    assert "nie jest już przyznany" in client.get(page).content.decode()


def test_why_a_day_was_given_up_is_read_on_the_request_by_who_reads_reasons(
    as_user, opined, director, instructor, social_worker, payroll
):
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    page = url("give_up_day", opined.days.get(on=MONDAY).pk)
    client = as_user(instructor, MONDAY)
    assert "Bez rozpoznania choroby" in client.get(page).content.decode()
    client.post(page, {"token": "a", "reason": "Wyjazd odwołano."})
    users = (instructor, social_worker, director, payroll)
    texts = [as_user(user, MONDAY).get(url("leave_request", opined.pk)).content.decode() for user in users]
    assert ["13 lipca 2026: Wyjazd odwołano." in text for text in texts] == [True, True, True, False]


def test_a_request_withdrawn_is_named_as_one(row, social_worker):
    withdraw_leave(row, by=social_worker, on=TODAY)
    row.refresh_from_db()
    assert row.state == ("plain", "wycofany")


def test_a_request_whose_days_were_all_taken_asks_nobody(as_user, row, social_worker, instructor, director):
    sick = {"kind": "own", "start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(row.programme, **sick, by=social_worker, on=MONDAY)
    (waiting,) = matters.lacking_opinions(director, MONDAY)
    assert "(14 lipca)" in waiting.text
    row.days.filter(released_on=None).update(released_on=MONDAY, release="sick")
    asked = ((matters.to_opine, instructor), (matters.to_decide, director), (matters.lacking_opinions, director))
    assert [list(matter(user, MONDAY)) for matter, user in asked] == [[], [], []]
    text = as_user(instructor, MONDAY).get(url("leave_request", row.pk)).content.decode()
    assert "Opinia pozytywna" not in text


def test_payroll_sees_days_and_the_card_but_no_reason_and_no_opinion(as_user, opined, payroll, social_worker):
    text = as_user(payroll, TODAY).get(url("leave_request", opined.pk)).content.decode()
    assert "13.07.2026" in text
    assert SECRET not in text
    assert "Pracuje sumiennie." not in text
    assert SECRET in as_user(social_worker, TODAY).get(url("leave_request", opined.pk)).content.decode()
    paper = request_paper(opined.programme.participant.centre, opined, reads=False, on=TODAY)
    assert paper["reason"] == ""
    assert [(said["is_positive"], said["text"]) for said in paper["opinions"]] == [(True, ""), (True, "")]


def test_payroll_reads_no_reason_of_a_paper_that_it_entered(as_user, programme, payroll):
    asked = {"days": [MONDAY], "filed_on": TODAY, "reason": SECRET}
    row = ask_leave(programme, **asked, by=payroll, on=TODAY)
    assert SECRET not in as_user(payroll, TODAY).get(url("leave_request", row.pk)).content.decode()


def test_a_deputy_opens_what_waits_for_their_decision_in_the_group_of_another(as_user, centre, opined, director):
    deputy = make_user(centre, "instructor")
    # Whoever stands in for the director needs the second step.
    TOTPDevice.objects.create(user=deputy, name="telefon", confirmed=True)
    StandIn.objects.create(absent=director, deputy=deputy, start_on=TODAY, end_on=TODAY)
    sick = {"kind": "own", "start_on": date(2026, 6, 22), "end_on": date(2026, 6, 22), "issued_on": date(2026, 6, 22)}
    note = record_note(opined.programme, **sick, by=opined.asked_by, on=TODAY).note
    pages = [url("leave_request", opined.pk), url("note", note.pk)]
    client = as_user(deputy, TODAY)
    assert [client.get(page).status_code for page in pages] == [200, 200]


def test_no_consent_is_offered_while_an_opinion_is_missing(as_user, row, director):
    text = as_user(director, TODAY).get(url("leave_request", row.pk)).content.decode()
    assert "brakuje jeszcze: pracownik socjalny CIS" in text
    assert "Przyznaj dni wolne" not in text
    assert 'name="refuse"' in text


def test_granted_days_that_were_given_back_are_not_called_granted(as_user, opined, director, social_worker):
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    sick = {"kind": "own", "start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(opined.programme, **sick, by=social_worker, on=MONDAY)
    text = as_user(director, MONDAY).get(url("leave_request", opined.pk)).content.decode()
    assert "Przyznanych dni już nie ma" in text
    assert "Dni wolne są przyznane" not in text


def test_a_note_that_is_not_certain_shows_on_the_card_and_on_the_request(as_user, opined, director, social_worker):
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    sick = {"kind": "own", "start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY}
    record_note(opined.programme, **sick, by=social_worker, on=MONDAY)
    card = Card(opined.programme, Rules(opined.programme.participant.centre), on=TUESDAY)
    assert (card.used, [line.is_contested for line in card.lines]) == (1, [True, False])
    client = as_user(social_worker, TUESDAY)
    assert "zwolnienie niepewne" in client.get(url("leave_card", opined.programme.participant_id)).content.decode()
    assert "Niepewne zwolnienie" in client.get(url("leave_request", opined.pk)).content.decode()


def test_days_marked_free_without_a_request_stand_on_the_list(as_user, programme, instructor):
    stamp(programme, {date(2026, 6, 30): "free_day", date(2026, 6, 29): "present"})
    text = as_user(instructor, TODAY).get(reverse("attendance:leave")).content.decode()
    assert "Oznaczono bez wniosku" in text
    assert ("30.06.2026" in text, "29.06.2026" in text) == (True, False)


def test_the_director_opens_the_request_and_grants_it(as_user, opined, director):
    client = as_user(director, TODAY)
    assert "Przyznać dni wolne?" in client.get(url("leave_request", opined.pk)).content.decode()
    data = {"token": "a", "note": "", "grant": "1", "days": [MONDAY.isoformat(), TUESDAY.isoformat()]}
    text = client.post(url("decide_leave", opined.pk), data, follow=True).content.decode()
    assert "Dni wolne są przyznane." in text
    assert "Odwołaj dni wolne" in text
    asked = client.get(url("cancel_leave", opined.pk)).content.decode()
    assert "Odwołać dni wolne?" in asked
    assert "Tego nie da się cofnąć." in asked
    client.post(url("cancel_leave", opined.pk))
    assert not opined.days.filter(released_on=None).exists()


def test_days_too_near_ask_for_the_waiver_on_the_page(as_user, programme, centre, social_worker, director):
    centre.regulations.update(leave_opinions=[])
    near = {"token": "a", "start_on": "2026-07-03", "filed_on": TODAY.isoformat()}
    near |= {"reason": "Pogrzeb."}
    asker = as_user(social_worker, TODAY)
    before = asker.post(url("ask_leave", programme.pk), near)
    assert (before.status_code, LeaveRequest.objects.count()) == (422, 0)
    page = before.content.decode()
    assert "Wpisz mimo za krótkiego terminu: do 3 lipca jest mniej niż 7 dni." in page
    assert "Termin jest za krótki</h2>" in page
    assert "Tego jeszcze nie można zapisać" not in page
    told = asker.post(url("ask_leave", programme.pk), {**near, "near": "on"}, follow=True).content.decode()
    assert "Termin jest za krótki dla: 3 lipca" in told
    row, client = LeaveRequest.objects.get(), as_user(director, TODAY)
    answer = client.post(url("decide_leave", row.pk), {"token": "a", "grant": "1"})
    assert (answer.status_code, "Napisz, dlaczego mimo to." in answer.content.decode()) == (422, True)
    client.post(url("decide_leave", row.pk), {"token": "b", "grant": "1", "waiver": "Pogrzeb."})
    row.refresh_from_db()
    assert (row.granted, row.waiver) == (True, "Pogrzeb.")


def test_the_desk_asks_for_opinions_then_for_the_decision_and_tells_the_answer(
    row, social_worker, instructor, director, payroll
):
    people = (social_worker, instructor)
    assert [len(list(matters.to_opine(user, TODAY))) for user in people] == [1, 1]
    assert list(matters.to_decide(director, TODAY)) == []
    (waiting,) = matters.lacking_opinions(director, TODAY)
    assert waiting.text.endswith("czeka na opinię: pracownik socjalny CIS i instruktor reintegracji zawodowej")
    for user in people:
        opine_leave(row, is_positive=True, text="", by=user, on=TODAY)
    assert [list(matters.to_opine(user, TODAY)) for user in people] == [[], []]
    assert "czeka na decyzję" in next(matters.to_decide(director, TODAY)).text
    decide_leave(row, granted=True, note="", by=director, on=TODAY)
    assert [len(list(matters.answered(user, TODAY))) for user in (social_worker, payroll, director)] == [1, 0, 0]


def test_the_list_asks_no_more_questions_for_more_requests(
    as_user, centre, row, social_worker, django_assert_max_num_queries
):
    client = as_user(social_worker, TODAY)
    client.get(reverse("attendance:leave"))
    with django_assert_max_num_queries(60) as few:
        client.get(reverse("attendance:leave"))
    for _ in range(3):
        programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
        ask_leave(programme, days=[MONDAY], filed_on=TODAY, reason="", by=social_worker, on=TODAY)
    with django_assert_max_num_queries(len(few)):
        assert client.get(reverse("attendance:leave")).content.decode().count('class="opens"') == 4


def test_the_papers_say_what_stands(opined, centre, programme, director, tmp_path):
    make_letterhead(centre)
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    stamp(programme, {date(2026, 6, 30): "free_day"})
    row, rules = LeaveRequest.objects.get(), Rules(centre)
    papers = {
        "leave_request": [request_paper(centre, shown, reads=True, on=TODAY) for shown in (row, None)],
        "leave_card": [
            card_paper(Card(programme, rules, on=TODAY + timedelta(days=12)), on=TODAY),
            empty_card(centre, on=TODAY),
        ],
    }
    files = {kind: tmp_path / f"{kind}.pdf" for kind in papers}
    for kind, contexts in papers.items():
        files[kind].write_bytes(working_copies(kind=kind, centre=centre, contexts=contexts, on=TODAY))
    texts = {kind: [" ".join(p.extract_text().split()) for p in PdfReader(f).pages] for kind, f in files.items()}
    filled, empty = texts["leave_request"]
    assert SECRET in filled
    assert programme.participant.last_name not in empty
    card, empty_one = texts["leave_card"]
    assert "Karta dni wolnych" in empty_one
    assert "Przyznano" not in empty_one
    assert "Przyznano 3, z tego wykorzystano 2; zostało 1." in card


def test_who_gives_up_a_day_ahead_is_back_at_the_request(as_user, opined, director, instructor):
    decide_leave(opined, granted=True, note="", by=director, on=TODAY)
    ahead = opined.days.latest("on")
    answer = as_user(instructor, TODAY).post(url("give_up_day", ahead.pk), {"token": "a", "reason": "Nie trzeba."})
    assert (answer.status_code, answer.url) == (302, url("leave_request", opined.pk))
