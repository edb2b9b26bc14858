from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from cistor.documents import files
from cistor.documents.actions import adopt_letterhead
from cistor.documents.models import Letterhead
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_centre
from tests.pdf import samples

TEXTS = {"name": "Centrum „Wymyślone”", "address": "ul. Zmyślona 1, 87-100 Toruń", "place": "Toruń"}


def picture(mode, kind):
    data = BytesIO()
    Image.new(mode, (8, 8)).save(data, kind)
    return data.getvalue()


def test_a_letterhead_keeps_its_logo_and_the_act_is_written_down(letterhead):
    assert files.read(letterhead.logo_sha256) == samples.LOGO_BYTES
    assert letterhead.logo_mime == "image/png"
    assert Entry.objects.get(verb="letterhead_adopted").centre == letterhead.centre


def test_a_letterhead_may_do_without_a_logo(centre):
    assert adopt_letterhead(centre=centre, in_force_from=date(2026, 1, 1), by=None, **TEXTS).logo_sha256 == ""


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_photograph_will_do(centre, mode):
    logo = picture(mode, "JPEG")
    made = adopt_letterhead(centre=centre, in_force_from=date(2026, 1, 1), by=None, logo=logo, **TEXTS)
    assert made.logo_mime == "image/jpeg"


@pytest.mark.parametrize(
    "logo",
    [b"<svg/>", b"%PDF-1.7", samples.LOGO_BYTES[:40], picture("CMYK", "JPEG"), picture("P", "GIF")],
    ids=["svg", "pdf", "cut off", "colours of the press", "gif"],
)
def test_what_paper_cannot_show_for_ever_is_refused(centre, logo):
    with pytest.raises(Refused, match="PNG albo JPEG") as refusal:
        adopt_letterhead(centre=centre, in_force_from=date(2026, 1, 1), by=None, logo=logo, **TEXTS)
    assert refusal.value.field == "logo"


def test_a_centre_has_one_letterhead_a_day(letterhead):
    with pytest.raises(ValidationError):
        adopt_letterhead(centre=letterhead.centre, in_force_from=letterhead.in_force_from, by=None, **TEXTS)


def test_a_letterhead_is_in_force_from_its_day_in_its_centre(letterhead):
    on = Letterhead.objects.in_force
    assert on(letterhead.centre, date(2025, 12, 31)) is None
    assert on(letterhead.centre, date(2026, 1, 1)) == letterhead
    assert on(make_centre("rzyszczewo"), date(2026, 1, 1)) is None
