"""The plan of the house that no linter knows."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())
# They carry the program and belong to no room: settings, start, commands, demonstration.
CARRIERS = {"apps", "celery", "demo", "logs", "management", "migrations", "postgres", "settings", "standalone", "wsgi"}


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).exists() and "/vendor/" not in line]


def test_every_module_of_the_project_has_its_place_in_the_contracts():
    layers = " ".join(CONFIG["tool"]["importlinter"]["contracts"][0]["layers"])
    placed = set(re.findall(r"[\w.]+", layers))
    modules = {f"cistor.{path.stem}" for path in (ROOT / "cistor").iterdir() if not path.name.startswith("__")}
    assert modules - placed - {f"cistor.{name}" for name in CARRIERS} == set()


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", sorted((ROOT / "benefits/rules").rglob("*.py")), ids=lambda path: path.stem)
def test_the_engine_imports_the_standard_library_dates_and_money_only(path):
    own = ("benefits.rules", "cistor.dates", "cistor.money")
    foreign = [
        name for name in imports(path) if not name.startswith(own) and name.split(".")[0] not in sys.stdlib_module_names
    ]
    assert foreign == []


def test_the_types_of_every_act_are_checked():
    judged = {path for pattern in CONFIG["tool"]["mypy"]["files"] for path in ROOT.glob(pattern)}
    acts = {path for path in tracked("*.py") if path.stem == "actions" or path.parent.name == "actions"}
    assert {path for path in acts if not path.is_relative_to(ROOT / "tests")} <= judged


def test_no_file_is_longer_than_four_hundred_lines():
    files = [path for path in tracked("*.py", "*.html", "*.js") if "migrations" not in path.parts]
    assert [str(path.relative_to(ROOT)) for path in files if len(path.read_text().splitlines()) > 400] == []


def test_every_setting_from_the_environment_is_explained_in_the_readme():
    sources = [ROOT / "cistor/settings.py", ROOT / "docker-compose.yml"]
    names = {name for path in sources for name in re.findall(r"\bCISTOR_[A-Z_]+\b", path.read_text())}
    readme = (ROOT / "README.md").read_text()
    assert {name for name in names if name not in readme} == set()
