import pytest

from cistor.errors import Refused


def refusal(act, *args, **kwargs):
    """The field and the message with which the act refuses."""
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.field, caught.value.message
