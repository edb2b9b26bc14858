"""The register of outgoing letters: what stands in it, how it is searched and taken as a file."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from cistor.documents.models import Document
from cistor.journal.models import Entry, Reading
from cistor.notices.models import Letter, Withholding
from cistor.notices.register import others_unsent
from participants.models import Delivery
from tests.notices.making import make_document, make_letter, make_reminder, make_signed, mopr, send

FRIDAY, TUESDAY, TODAY = date(2026, 3, 6), date(2026, 3, 10), date(2026, 3, 11)
LIST, FILE = reverse("notices:register"), reverse("notices:register_file")


@pytest.fixture
def sent(centre):
    letter = make_letter(make_signed(centre, FRIDAY, last_name="Zmyślona-Pierwsza"), status="signed", on=FRIDAY)
    send(letter, TUESDAY)
    return letter


@pytest.fixture
def unsent(centre):
    programme = make_signed(centre, FRIDAY, last_name="Wymyślona-Druga")
    return make_letter(programme, Letter.Kind.INSURANCE_TOLD, status="signed", on=TUESDAY)


def numbers(answer) -> list[str]:
    return [row.document.number for row in answer.context["rows"]]


def test_the_newest_stands_first_with_addressee_and_sending(as_user, centre, sent, unsent, social_worker):
    old = make_reminder(centre, social_worker)
    rows = as_user(social_worker, TODAY).get(LIST).context["rows"]
    assert [row.document.number for row in rows] == [unsent.document.number, sent.document.number, old.number]
    assert [row.addressee for row in rows] == [str(unsent.participant), str(mopr(centre)), str(mopr(centre))]
    assert [(row.sent_on, row.way) for row in rows] == [(None, ""), (TUESDAY, "poczta"), (None, "")]


def test_papers_that_never_leave_the_centre_are_not_in_it(as_user, centre, sent, social_worker):
    inner = {"title": "Lista", "issued_on": FRIDAY, "size": 1, "context": {}}
    Document.objects.create(centre=centre, kind="payment_list", number="LW/1/2026", **inner)
    assert numbers(as_user(social_worker, TODAY).get(LIST)) == [sent.document.number]


@pytest.mark.parametrize(
    "asked, found",
    [
        ({"pismo": "insurance_told"}, {"unsent"}),
        ({"stan": "wyslane"}, {"sent"}),
        ({"stan": "niewyslane"}, {"unsent", "old"}),
        ({"rok": "2025"}, {"old"}),
        ({}, {"sent", "unsent", "old"}),
    ],
)
def test_it_is_narrowed_by_kind_state_and_year(as_user, centre, sent, unsent, social_worker, asked, found):
    papers = {"sent": sent.document, "unsent": unsent.document, "old": make_reminder(centre, social_worker)}
    shown = numbers(as_user(social_worker, TODAY).get(LIST, asked))
    assert set(shown) == {papers[name].number for name in found}


@pytest.mark.parametrize("text", ["zmyslona-pierwsza", "number", "pesel"])
def test_it_is_searched_by_name_number_and_pesel(as_user, sent, unsent, social_worker, text):
    typed = {"number": sent.document.number.lower(), "pesel": sent.participant.pesel}.get(text, text)
    client = as_user(social_worker, TODAY)
    assert client.post(LIST, {"text": typed}).url == LIST
    assert numbers(client.get(LIST)) == [sent.document.number]
    client.post(LIST, {"text": ""})
    assert len(numbers(client.get(LIST))) == 2


def test_the_addressee_is_whom_the_paper_is_for_wherever_else_it_went(as_user, centre, social_worker):
    paper = make_document(make_signed(centre, FRIDAY), "certificate", on=FRIDAY, by=social_worker)
    paper.dispatches.create(office=mopr(centre), way="paper", sent_on=TUESDAY, recorded_on=TUESDAY)
    assert as_user(social_worker, TODAY).get(LIST).context["rows"][0].addressee == str(paper.participant)


def test_a_delivered_decision_counts_as_sent(as_user, centre, director):
    programme = make_signed(centre, FRIDAY)
    paper = make_document(programme, "termination_decision", on=FRIDAY, by=director)
    said = {"kind": "left", "facts": "Nie przychodzi.", "last_on": FRIDAY, "through_fault": True, "reason": "Opuszcza."}
    asked = {"asked_by": director, "asked_on": FRIDAY, "granted": True, "decided_by": director, "decided_on": FRIDAY}
    row = programme.terminations.create(**said, **asked, document=paper)
    assert list(others_unsent(director, TODAY)) == [paper]
    Delivery.objects.create(termination=row, delivered_on=TUESDAY, way="handed", by=director, recorded_on=TUESDAY)
    assert not others_unsent(director, TODAY).exists()
    client = as_user(director, TODAY)
    assert numbers(client.get(LIST, {"stan": "niewyslane"})) == []
    entry = client.get(LIST, {"stan": "wyslane"}).context["rows"][0]
    assert (entry.sent_on, entry.way) == (TUESDAY, "wręczono")


def test_a_letter_that_is_not_to_be_sent_says_so_with_the_reason(as_user, unsent, director):
    said = {"reason": "Dane podano telefonicznie.", "withheld_on": TODAY, "withheld_by": director}
    Withholding.objects.create(letter=unsent, **said)
    client = as_user(director, TODAY)
    page = client.get(LIST).content.decode()
    assert ("niewysłane: Dane podano telefonicznie." in page, "nie wysłano" in page) == (True, False)
    sheet = load_workbook(BytesIO(client.get(FILE).content)).active
    assert [cell.value for cell in sheet[sheet.max_row]][-2:] == [None, "niewysłane: Dane podano telefonicznie."]


def test_of_papers_of_other_rooms_only_those_of_late_are_missed(centre, sent, unsent, social_worker):
    make_reminder(centre, social_worker)
    late = make_reminder(centre, social_worker, number="PU/2/2026", on=FRIDAY)
    assert list(others_unsent(social_worker, TODAY)) == [late]


def test_who_only_sends_the_own_ones_sees_these(as_user, centre, sent, payroll):
    own = make_reminder(centre, payroll)
    assert numbers(as_user(payroll, TODAY).get(LIST)) == [own.number]


def test_a_year_or_an_order_that_is_not_there_is_not_found(as_user, sent, social_worker):
    client = as_user(social_worker, TODAY)
    for asked in ({"rok": "1999"}, {"porzadek": "adresat"}, {"strona": "7"}):
        assert client.get(LIST, asked).status_code == 404


def test_any_number_of_letters_takes_the_same_number_of_queries(as_user, centre, sent, social_worker):
    client = as_user(social_worker, TODAY)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for number in range(3):
        make_reminder(centre, social_worker, number=f"PU/{number + 5}/2026", on=FRIDAY)
    with CaptureQueriesContext(connection) as four:
        client.get(LIST)
    assert len(one) == len(four)


def test_the_file_says_what_the_page_says_with_days_as_days(as_user, sent, unsent, social_worker):
    answer = as_user(social_worker, TODAY).get(FILE, {"stan": "wyslane"})
    assert answer["Content-Disposition"] == 'attachment; filename="pisma-wychodzace-2026-03-11.xlsx"'
    sheet = load_workbook(BytesIO(answer.content)).active
    head, row = sheet.iter_rows(values_only=True)
    assert head[0] == "Numer"
    assert row[0] == sent.document.number
    assert (row[1].date(), row[5].date()) == (FRIDAY, TUESDAY)
    assert row[3:5] == (str(sent.participant), str(sent.office))


def test_whoever_takes_the_file_has_read_about_everybody_in_it(as_user, sent, unsent, social_worker):
    as_user(social_worker, TODAY).get(FILE)
    read = Reading.objects.filter(what="letter_register", by=social_worker).values_list("participant", flat=True)
    assert set(read) == {sent.participant_id, unsent.participant_id}
    assert Entry.objects.filter(verb="letter_register_taken", by=social_worker).count() == 1


def test_the_field_on_top_of_every_page_finds_a_letter_by_its_whole_number(as_user, sent, director, instructor):
    number, people = sent.document.number, reverse("participants:list")
    page = as_user(director, TODAY).post(people, {"text": number.lower(), "open": "1"}, follow=True)
    assert numbers(page) == [number]
    for user, text in ((director, f"{number}0"), (instructor, number)):
        assert as_user(user, TODAY).post(people, {"text": text, "open": "1"}).url == people
