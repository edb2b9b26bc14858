import hashlib
import json

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

FONTS = settings.BASE_DIR / "static/fonts"
LISTED = {entry["file"]: entry for entry in json.loads((FONTS / "manifest.json").read_text())}
POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”–−§·×\N{NO-BREAK SPACE}"


def test_the_manifest_lists_every_font_and_nothing_else():
    assert set(LISTED) == {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".woff2"}}


@pytest.mark.parametrize("name", sorted(LISTED))
def test_every_font_is_the_one_of_the_manifest_with_its_licence_beside_it(name):
    assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == LISTED[name]["sha256"]
    assert "SIL Open Font License, Version 1.1" in (FONTS / LISTED[name]["text"]).read_text()


@pytest.mark.parametrize("name", sorted(LISTED))
def test_every_font_has_every_polish_letter_and_sign(name):
    letters = TTFont(FONTS / name).getBestCmap()
    assert [letter for letter in POLISH if ord(letter) not in letters] == []
    original = LISTED[name].get("made_from", name)
    assert letters.keys() == TTFont(FONTS / original).getBestCmap().keys()
