import re
from importlib import import_module

import pytest
from django.conf import settings
from django.template import engines

TEMPLATES = settings.BASE_DIR / "templates"
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
# What Django, crispy-forms and the documents look up by a name they put together themselves.
LOOKED_UP = re.compile(r"^(\d{3}(_csrf)?\.html|bootstrap5/.*|django/.*|documents/.*)$")


def sources():
    suffixes = {".py", ".html"}
    places = [
        settings.BASE_DIR / name
        for name in ("attendance", "benefits", "cistor", "participants", "referrals", "templates")
    ]
    return [path for place in places for path in place.rglob("*") if path.suffix in suffixes]


@pytest.mark.parametrize("name", PAGES)
def test_every_template_compiles(name):
    engines["django"].get_template(name)


def test_no_template_is_unused():
    text = "\n".join(path.read_text() for path in sources())
    assert [name for name in PAGES if f'"{name}"' not in text and not LOOKED_UP.match(name)] == []


def named_classes():
    """What the opening comments say a template takes, by its address."""
    own = r"\b((?:attendance|benefits|cistor|participants|referrals)(?:\.[a-z_]+)+)\.([A-Z]\w+)"
    for path in TEMPLATES.rglob("*.html"):
        for comment in re.findall(r"{% comment %}(.*?){% endcomment %}", path.read_text(), re.DOTALL):
            yield from re.findall(own, comment)


def test_every_class_named_in_a_comment_stands_where_the_comment_says():
    named = set(named_classes())
    assert len(named) > 20
    assert [(module, name) for module, name in named if not hasattr(import_module(module), name)] == []


def test_every_included_template_is_there():
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r"{% (?:include|extends) \"([^\"]+)\"", path.read_text())
    }
    assert named - set(PAGES) == set()


# The content security policy refuses scripts and styles written into the page.
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|\"javascript:", re.IGNORECASE)


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith("documents/")])
def test_no_script_or_style_is_written_into_a_page(name):
    assert INLINE.findall((TEMPLATES / name).read_text()) == []
