"""What comes from elsewhere is what the manifest says, and every drawing that a template names is there."""

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from cistor.desk.context import ENTRIES
from cistor.templatetags.cistor import BADGE_ICONS

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
MANIFEST = (STATIC / "vendor" / "manifest.json").read_text()
SPRITE = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))


@pytest.mark.parametrize("entry", json.loads(MANIFEST), ids=lambda entry: entry["file"])
def test_the_file_is_the_one_of_the_manifest_and_its_licence_is_there(entry):
    assert sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["text"]).stat().st_size > 0
    assert entry["version"]


def test_the_manifest_names_no_address():
    assert "://" not in MANIFEST


def test_nothing_points_to_a_source_map_that_does_not_ship():
    assert not [
        path for path in STATIC.rglob("*.*") if path.suffix in {".css", ".js"} and b"sourceMapping" in path.read_bytes()
    ]


def test_every_icon_that_a_template_names_is_in_the_sprite():
    templates = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r"""{% icon ["']([\w-]+)["']""", templates))
    assert named | set(BADGE_ICONS.values()) | {icon for _, _, icon, _ in ENTRIES} <= SPRITE
