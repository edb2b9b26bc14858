"""static/js/codes.js: letters become codes."""

from pathlib import Path

import pytest
from django.conf import settings

from attendance.keys import described
from tests.attendance.test_keys import codes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(settings.BASE_DIR, "static/js/codes.js")
# A key, or the seconds that pass before the next one.
TYPE = """([codes, keys]) => {
  let time = 10000;
  const typer = window.cistor.codeTyper(codes, () => time);
  return keys.map((key) => typeof key === 'number' ? void (time += key * 1000) : typer.type(key));
}"""


@pytest.fixture
def typing(browse):
    page = browse()
    page.evaluate(SCRIPT.read_text())
    return lambda *keys: page.evaluate(TYPE, [described(codes()), list(keys)])


def test_the_first_letter_sets_and_the_second_refines(typing):
    assert typing("n", "u") == ["unexcused", "excused"]
    assert typing("L", "4", " ", "O", "P") == ["sick", "sick", "sick", "care", "care"]


def test_a_letter_that_does_not_continue_begins_anew(typing):
    assert typing("o", "s", "n", "o") == ["present", "late", "unexcused", "present"]


def test_after_a_pause_a_letter_begins_anew(typing):
    assert typing("n", 2, "u") == ["unexcused", None, "free_day"]


def test_other_keys_are_nobodys(typing):
    assert typing("x", " ", "F2", "ń") == [None] * 4


def test_a_blank_after_a_whole_code_is_not_of_it(typing):
    assert typing("o", " ") == ["present", None]
