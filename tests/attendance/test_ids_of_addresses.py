"""An id in an address is read by one rule."""

import pytest
from django.http import Http404

from attendance.views.fetch import read_id


def test_an_id_is_up_to_eighteen_plain_digits():
    assert read_id("9" * 18) == 10**18 - 1


@pytest.mark.parametrize("text", ["x", "-3", "3.0", "٣", "²", "9" * 19])
def test_what_cannot_be_an_id_is_not_there(text):
    with pytest.raises(Http404):
        read_id(text)
