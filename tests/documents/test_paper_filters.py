import pytest

from cistor.documents.templatetags import paper


@pytest.mark.parametrize(
    "start_on, end_on, text",
    [
        ("2026-11-01", "2026-11-30", "1–30.11.2026"),
        ("2026-11-20", "2026-12-19", "20.11–19.12.2026"),
        ("2026-12-15", "2027-01-14", "15.12.2026 – 14.01.2027"),
        ("2026-11-05", "2026-11-05", "05.11.2026"),
    ],
)
def test_a_span_is_written_as_short_as_it_can_be_read(start_on, end_on, text):
    assert paper.span({"start_on": start_on, "end_on": end_on}) == text


@pytest.mark.parametrize("nothing", [None, "", "0", "0.00", "-0.00"])
def test_nothing_is_a_dash_in_a_sparse_column(nothing):
    assert paper.sparse(nothing) == "–"


def test_a_loss_in_a_sparse_column_bears_the_minus_of_typography():
    assert paper.sparse("-1070.35") == "−1\N{NO-BREAK SPACE}070,35"


@pytest.mark.parametrize(
    "account, text",
    [
        ("61109010140000071219812874", "61 1090 1014 0000 0712 1981 2874"),
        ("61 1090 1014 0000 0712 1981 2874", "61 1090 1014 0000 0712 1981 2874"),
        ("**********************2874", "** **** **** **** **** **** 2874"),
    ],
)
def test_an_account_is_grouped_as_banks_print_it(account, text):
    assert paper.account_number(account) == text
