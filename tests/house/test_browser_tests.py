"""How the tests of the browser ask: what a page does not say yet is waited for."""

import ast

from django.conf import settings

FILES = sorted((settings.BASE_DIR / "tests/browser").glob("*.py"))
# They answer at once, also for a page that is just about to leave; `expect` waits.
AT_ONCE = {
    "all_inner_texts",
    "all_text_contents",
    "inner_html",
    "inner_text",
    "input_value",
    "is_checked",
    "is_disabled",
    "is_enabled",
    "is_hidden",
    "is_visible",
    "text_content",
    "title",
}


def hasty(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Assert):
            yield from (f"line {call.lineno}: {ast.unparse(call)}" for call in ast.walk(node.test) if is_hasty(call))


def is_hasty(node) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    asked = ast.unparse(node.func.value)
    counts = node.func.attr == "count" and (".get_by_" in asked or ".locator(" in asked)
    return counts or node.func.attr in AT_ONCE


def test_no_assertion_reads_what_may_not_be_there_yet():
    assert {path.name: found for path in FILES if (found := list(hasty(path)))} == {}


def test_what_answers_at_once_is_recognised(tmp_path):
    path = tmp_path / "test.py"
    path.write_text("assert page.get_by_role('row').count() == 9 and place.goals.count() == 1 and not box.is_visible()")
    assert list(hasty(path)) == ["line 1: page.get_by_role('row').count()", "line 1: box.is_visible()"]
