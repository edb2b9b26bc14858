"""Which keys set which code."""

from hypothesis import given
from hypothesis import strategies as st

from attendance.keys import by_use, described, find, keys
from cistor.centres.models import DayCode, Meaning
from tests.factories import LETTERS


def codes(letters=LETTERS):
    return {meaning: DayCode(pk=n, meaning=meaning, letters=text) for n, (meaning, text) in enumerate(letters.items())}


def test_the_first_letter_sets_the_code_used_most():
    rows = by_use(codes())
    found = {key: find(rows, key).letters for key in "OSNLUZ"}
    assert found == {"O": "O", "S": "S", "N": "NN", "L": "L4", "U": "UW", "Z": "ZZ"}


def test_more_letters_refine_it_with_or_without_the_blank():
    rows = by_use(codes())
    assert [find(rows, text).letters for text in ("nu", "NN", "l4", "L4O", "L4 O")] == [
        "NU",
        "NN",
        "L4",
        "L4 OP",
        "L4 OP",
    ]


def test_what_begins_no_code_sets_nothing():
    rows = by_use(codes())
    assert [find(rows, text) for text in ("X", "NX", "", " ")] == [None] * 4


def test_a_code_written_just_so_goes_before_one_used_more():
    rows = by_use(codes({"unexcused": "NN", "excused": "N"}))
    assert find(rows, "N").meaning == "excused"


def test_the_fewest_keys_of_every_code():
    found = {row["letters"]: row["keys"] for row in described(codes())}
    assert found == {
        "O": "O", "S": "S", "NN": "N", "L4": "L", "UW": "U", "NU": "NU", "L4 OP": "L4O", "ZZ": "Z",
    }  # fmt: skip


def test_a_code_that_the_day_does_not_have_leaves_its_letter_to_the_next():
    of_certificates = {meaning: code for meaning, code in codes().items() if meaning == "care"}
    assert [row["keys"] for row in described(of_certificates)] == ["L"]


@given(st.lists(st.text("ABC4 ", min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=8, unique=True))
def test_every_code_can_be_typed(letters):
    distinct = {text.replace(" ", ""): text for text in letters}.values()
    rows = by_use(codes(dict(zip(Meaning.values, distinct, strict=False))))
    assert [find(rows, keys(rows, code)) for code in rows] == rows
