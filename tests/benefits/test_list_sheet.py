"""A list as a workbook: what accounting finds in it, and who took it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from attendance.models import Day
from benefits.actions import recount
from benefits.rules.reckoning import BENEFIT, CONTRIBUTIONS
from benefits.sheets.payment_list import NAMES, TAKEN, file_name, list_workbook
from cistor.accounts.models import StandIn
from cistor.journal.models import Entry, Reading
from tests.benefits.people import COUNTED, SIXTH, check_and_approve, make_on_trial, make_settled_in
from tests.benefits.test_unusual import counted, days
from tests.factories import login, make_user

ACCOUNT = "Rachunek"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: COUNTED)


def opened(july, *, accounts=True):
    return load_workbook(BytesIO(list_workbook(july, accounts=accounts)), data_only=True)


def rows(page) -> list[dict]:
    head, *rest = [[cell.value for cell in row] for row in page.iter_rows()]
    return [dict(zip(head, row, strict=True)) for row in rest]


def test_a_row_adds_up_from_the_base_to_what_is_paid(july):
    row, total = rows(opened(july).worksheets[0])
    assert row["Osoba"] == july.settlements.get().name
    assert (row["Za"], row["Od"].date(), row["Dni kalendarzowe"]) == ("lipiec 2026", date(2026, 7, 1), 31)
    assert (row["Podstawa"], row["Nieobecności nieusprawiedliwione"], row["Świadczenie"]) == (1783.9, -89.2, 1694.7)
    assert (row["Dni nieusprawiedliwione"], row["Dni choroby ponad limit"]) == (1, 0)
    assert (row["Zaliczka na podatek"], row["Netto"], row["Do wypłaty"]) == (203, 1491.7, 1491.7)
    assert (row["Składka emerytalna"], row["Składka rentowa"]) == (330.81, 135.58)
    assert row["Sposób wypłaty"] == "rachunek bankowy"
    assert (total["Osoba"], total["Do wypłaty"], total["Dni nieusprawiedliwione"]) == ("Razem (projekt)", 1491.7, 1)


def test_amounts_are_numbers_and_days_are_days(july):
    page = opened(july).worksheets[0]
    head = {cell.value: cell.column for cell in page[1]}
    assert page.cell(2, head["Podstawa"]).number_format == '#,##0.00\\ "zł"'
    assert page.cell(2, head["Od"]).number_format == "dd.mm.yyyy"
    assert page.cell(2, head[ACCOUNT]).data_type == "s"


def test_the_sums_are_those_of_the_rows(centre, payroll):
    for unexcused in range(5):
        make_settled_in(centre, but=days(SIXTH, unexcused, "unexcused"))
    *people, total = rows(opened(counted(centre, payroll)).worksheets[0])
    for name in ("Podstawa", "Świadczenie", "Do wypłaty", "Utrata świadczenia", "Dni nieusprawiedliwione"):
        assert sum(Decimal(str(row[name])) for row in people) == Decimal(str(total[name]))
        assert total[name]


def test_the_explanation_says_every_sentence_and_the_version(july):
    row, _ = rows(opened(july).worksheets[0])
    said = row["Wyjaśnienie"].replace("\N{NO-BREAK SPACE}", " ")
    assert "Za 1 dzień NN (6 lipca) odjęto 1 × 1/20 × 1 783,90 zł = 89,20 zł." in said
    assert said.count("\n") == july.settlements.get().lines.count() - 1
    assert row["Według"].startswith(july.centre.regulations.get().title)


def test_the_second_sheet_has_every_line_with_its_source(july):
    lines = rows(opened(july).worksheets[1])
    assert [line["Pozycja"] for line in lines] == [
        "Podstawa w okresie właściwym",
        "Nieobecności nieusprawiedliwione",
        "Zaliczka na podatek",
        "Składka emerytalna",
        "Składka rentowa",
    ]
    assert (lines[1]["Kwota"], lines[1]["Dni"]) == (-89.2, "6 lipca")
    assert "§3 ust. 1 lit. d" in lines[1]["Podstawa"]


def test_every_code_of_a_line_has_its_name():
    assert set(NAMES) >= BENEFIT | {"bonus", "tax", "deduction", *CONTRIBUTIONS, *TAKEN}


def test_the_third_sheet_says_what_stands_in_the_way(july, programme, payroll):
    Day.objects.filter(programme=programme, on=SIXTH).delete()
    recount(july, by=payroll, on=COUNTED)
    book = opened(july)
    assert book.sheetnames == ["Rozliczenia (projekt)", "Pozycje (projekt)", "Przeszkody (projekt)"]
    (problem,) = rows(book.worksheets[2])
    assert (problem["Przeszkoda"], problem["Dni"]) == ("dni bez oznaczenia", "6 lipca")


def test_an_approved_list_is_no_draft_any_more(july, director):
    check_and_approve(july, by=director, on=COUNTED)
    july.refresh_from_db()
    book = opened(july)
    assert book.sheetnames == ["Rozliczenia", "Pozycje", "Przeszkody"]
    assert book.properties.title == "Lista wypłat za lipiec 2026"
    assert file_name(july) == "lista-wyplat-2026-07.xlsx"


def test_accounts_are_for_who_may_see_them(july):
    assert ACCOUNT in rows(opened(july, accounts=True).worksheets[0])[0]
    assert ACCOUNT not in rows(opened(july, accounts=False).worksheets[0])[0]


def test_a_list_of_trials_is_named_by_its_payday(centre, payroll):
    from benefits.actions import draft_trial_list

    make_on_trial(centre, start_on=date(2026, 7, 4), until=COUNTED)
    (trials,) = draft_trial_list(centre=centre, by=payroll, on=COUNTED)
    assert file_name(trials) == f"projekt-lista-wyplat-okresy-probne-{trials.payday}.xlsx"
    row, _ = rows(opened(trials).worksheets[0])
    assert row["Za"] == "okres próbny 4 lipca – 3 sierpnia 2026"


# Taking it ------------------------------------------------------------------------------------------------------------


def test_who_takes_the_sheet_leaves_a_trace_for_everybody_in_it(client, july, programme, payroll):
    login(client, payroll)
    answer = client.get(reverse("benefits:sheet", args=[july.pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="projekt-lista-wyplat-2026-07.xlsx"'
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    reading = Reading.objects.get(by=payroll)
    assert (reading.participant_id, reading.what) == (programme.participant_id, "payment_list")
    entry = Entry.objects.get(verb="list_sheet_taken")
    assert (entry.by, entry.data) == (payroll, {"accounts": True})


def test_a_deputy_takes_the_sheet_without_accounts(client, july, centre, director):
    deputy = make_user(centre, "admin")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=COUNTED, end_on=COUNTED)
    login(client, deputy)
    answer = client.get(reverse("benefits:sheet", args=[july.pk]))
    row, _ = rows(load_workbook(BytesIO(answer.content), data_only=True).worksheets[0])
    assert ACCOUNT not in row


def test_a_sheet_is_taken_not_sent(client, july, payroll):
    login(client, payroll)
    assert client.post(reverse("benefits:sheet", args=[july.pk])).status_code == 405


def test_the_sheet_asks_the_same_number_of_questions_for_few_and_many(centre, payroll):
    def questions():
        july = counted(centre, payroll)
        with CaptureQueriesContext(connection) as queries:
            list_workbook(july, accounts=True)
        return len(queries)

    for _ in range(2):
        make_settled_in(centre)
    few = questions()
    for _ in range(8):
        make_settled_in(centre)
    assert questions() == few
