"""The printed request for free days and the leave card: what became of them, and nothing that may not be read."""

from datetime import date

import pytest
from pypdf import PdfReader

from attendance.actions import ask_leave, cancel_leave, decide_leave, give_up_day, withdraw_leave
from attendance.documents.leave import card_paper, request_paper
from attendance.models import LeaveRequest
from attendance.reading.leave import Rules
from attendance.reading.leave_card import Card
from cistor.documents.actions import working_copies
from tests.factories import make_group, make_participant, make_programme

TODAY, MONDAY, TUESDAY, NEAR = date(2026, 7, 1), date(2026, 7, 13), date(2026, 7, 14), date(2026, 7, 3)
SECRET, WAIVER, REFUSAL = "Rozprawa w sądzie rodzinnym.", "Wyjazd nagły.", "Egzamin w tych dniach."
KEPT = "w aktach"


@pytest.fixture
def programme(centre, instructor):
    centre.regulations.update(leave_opinions=[], leave_notice_days=3)
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 5, 4))


@pytest.fixture
def printed(centre, letterhead, tmp_path):
    def text(kind: str, context: dict) -> list[str]:
        file = tmp_path / "paper.pdf"
        file.write_bytes(working_copies(kind=kind, centre=centre, contexts=[context], on=TODAY))
        return [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]

    return text


@pytest.fixture
def paper(centre, printed):
    def text(row: LeaveRequest, *, reads: bool = True) -> str:
        row = LeaveRequest.objects.prefetch_related("days", "opinions").get(pk=row.pk)
        (page,) = printed("leave_request", request_paper(centre, row, reads=reads, on=TODAY))
        return page

    return text


def asked(programme, by, *days: date) -> LeaveRequest:
    return ask_leave(programme, days=days, filed_on=TODAY, reason=SECRET, by=by, on=TODAY)


def granted(programme, by, director, *days: date, **given) -> LeaveRequest:
    row = asked(programme, by, *days)
    decide_leave(row, granted=True, **{"note": "", **given}, by=director, on=TODAY)
    return row


def test_after_it_was_cancelled_the_paper_says_so_with_day_and_person(paper, programme, payroll, director):
    row = granted(programme, payroll, director, MONDAY, TUESDAY)
    assert "dwołano" not in paper(row)
    cancel_leave(row, by=payroll, on=date(2026, 7, 2))
    text = paper(row)
    assert f"Dni wolne odwołano 2 lipca 2026, {payroll}: 13 i 14 lipca 2026." in text
    assert f"Dni wolne przyznano, 1 lipca 2026, {director}." in text


def test_of_a_part_that_was_granted_only_that_part_was_cancelled(paper, programme, payroll, director):
    row = granted(programme, payroll, director, MONDAY, TUESDAY, note=REFUSAL, days=[MONDAY])
    cancel_leave(row, by=payroll, on=TODAY)
    text = paper(row)
    assert f"Dni wolne odwołano 1 lipca 2026, {payroll}: 13 lipca 2026." in text
    assert "Nie przyznano: 14 lipca 2026." in text


def test_a_day_given_up_by_itself_is_named_with_what_became_of_it(paper, programme, payroll, director):
    row = granted(programme, payroll, director, MONDAY, TUESDAY)
    give_up_day(row.days.get(on=TUESDAY), reason="Wyjazd odwołany.", by=payroll, on=TODAY)
    text = paper(row)
    assert "Do puli wróciło: 14 lipca 2026 (odwołano)." in text
    assert "odwołano 1 lipca" not in text


def test_a_request_taken_back_leaves_no_line_for_a_decision(paper, programme, payroll):
    row = asked(programme, payroll, MONDAY)
    assert "Przyznaję / nie przyznaję" in paper(row)
    withdraw_leave(row, by=payroll, on=date(2026, 7, 2))
    text = paper(row)
    assert "Wniosek wycofano 2 lipca 2026." in text
    assert "Przyznaję / nie przyznaję" not in text


def test_the_waiver_of_the_days_ahead_stands_on_the_paper_with_its_reason(paper, programme, payroll, director):
    row = granted(programme, payroll, director, NEAR, waiver=WAIVER)
    text = paper(row)
    assert "Od terminu 3 dni odstąpiono dla: 3 lipca 2026." in text
    assert WAIVER in text
    assert (
        "Wniosek składa się 3 dni przed pierwszym dniem wolnym; od tego terminu można odstąpić, podając powód." in text
    )
    assert "odstąpiono" not in paper(granted(programme, payroll, director, MONDAY))


def test_for_who_may_not_read_reasons_the_paper_says_where_they_are(paper, programme, payroll, director):
    row = granted(programme, payroll, director, NEAR, waiver=WAIVER)
    text = paper(row, reads=False)
    assert text.count(KEPT) == 2
    assert f"Powód {KEPT}" in text
    assert f"Powód odstąpienia: {KEPT}." in text
    refused = asked(programme, payroll, MONDAY)
    decide_leave(refused, granted=False, note=REFUSAL, by=director, on=TODAY)
    assert f"Uzasadnienie: {KEPT}." in paper(refused, reads=False)
    for secret in (SECRET, WAIVER, REFUSAL):
        assert secret not in text + paper(refused, reads=False)
    assert REFUSAL in paper(refused)
    assert KEPT not in paper(refused) + paper(row)


def test_the_card_of_any_number_of_days_stands_on_one_page(printed, centre, programme, payroll, director):
    centre.regulations.update(free_days=6)
    rules, days = Rules(centre), [date(2026, 7, day) for day in (6, 7, 8, 9, 10, 13)]
    for number, day in enumerate(days, start=1):
        granted(programme, payroll, director, day)
        context = card_paper(Card(programme, rules, on=TODAY), on=TODAY)
        assert len(context["lines"]) + context["empty"] == min(6, rules.limit(TODAY))
        pages = printed("leave_card", context)
        assert (number, len(pages)) == (number, 1)
        if number == rules.limit(TODAY):
            break
