"""The commands as a person runs them: a process of its own, with a database address that leads nowhere."""

import json
import os
import subprocess
import sys

import pytest

from tests.rules.book import CASES, ROOT, cases

NOWHERE = "postgres://nobody@127.0.0.1:1/none"


def run(command, file):
    return subprocess.run(
        [sys.executable, "manage.py", command, str(file)],
        cwd=ROOT,
        env={**os.environ, "CISTOR_ENV": "test", "DATABASE_URL": NOWHERE},
        capture_output=True,
        text=True,
        check=False,
    )


def written(folder, entries):
    file = folder / "entries.json"
    file.write_text(json.dumps(entries), encoding="utf-8")
    return file


def test_the_worked_cases_are_computed_in_their_order_without_a_database():
    done = run("compute_benefit", CASES / "benefit-settings.json")
    results, asked = json.loads(done.stdout), cases("benefit-settings")
    assert done.returncode == 0
    assert [result["name"] for result in results] == [case["name"] for case in asked]
    for result, case in zip(results, asked, strict=True):
        assert {key: value for key, value in result.items() if key not in ("name", "lines")} == case["expect"]


def test_lines_carry_code_amount_reason_source_and_days():
    result = json.loads(run("compute_benefit", CASES / "benefit-cistor.json").stdout)[2]
    unexcused = result["lines"][1]
    assert unexcused.keys() == {"code", "amount", "because", "source", "days"}
    assert (unexcused["code"], unexcused["amount"], unexcused["days"]) == ("unexcused", "-89.20", ["2026-07-08"])


BAD = [
    {"settlement": "2025-01"},
    {"programme": {"trial": None, "main": None}},
    {"programme": {"trial": ["2026-03-01"], "main": None}},
    {"programme": {"trial": ["2026-03-01", "31.03.2026"], "main": None}},
    {"programme": {"trial": ["9999-12-01", "9999-12-31"], "main": None}, "settlement": "trial"},
    {"programme": {"trial": ["0001-01-01", "0001-01-31"], "main": None}, "settlement": "trial"},
    {"programme": {"main": ["2026-03-01", "2026-03-31"], "extension": ["2026-04-01", "2026-05-31"]}},
    {"programme": None},
    {"programme": "marzec"},
    {"regulations": {}},
    {"regulations": None},
    {"marks": {"2026-07-08": "asleep"}},
    {"marks": {"2026-07-08": ["sick"]}},
    {"marks": {"środa": "sick"}},
    {"marks": ["2026-07-08"]},
    {"settlement": 7},
    {"approved_bonus": "sto"},
    {"approved_bonus": 0.1},
    {"approved_bonus": "-1"},
    {"closed_days": ["2026-02-30"]},
    {"closed_days": "2026-02-28"},
    {"earlier_payments": [1]},
    {"earlier_payments": [{"taxable": "1", "advanced": "0"}]},
    {"regulations_from": [["2026-07-16"]]},
    {"regulations_from": [["2026-07-16", {}], ["2026-07-16", {}]]},
    {"regulations_from": {"2026-07-16": {}}},
    {"statute": [{"kind": "pit_rate"}]},
    {"statute": [{"kind": "pit_rate", "in_force_from": "2022-07-01", "value": "x", "source": "ustawa"}]},
    {"statute": [7]},
    {"statute": []},
    {"approvedbonus": "100.00"},
]


def test_a_bad_case_gets_an_error_in_polish_and_the_others_are_computed(tmp_path):
    good = cases("benefit-cistor")[1]
    bad = [{**good, "name": str(number), **wrong} for number, wrong in enumerate(BAD)]
    done = run("compute_benefit", written(tmp_path, [good, *bad, None, [], 5, "x", good]))
    results = json.loads(done.stdout)
    assert done.returncode == 1
    assert results[0] == results[-1]
    assert results[0]["net"] == "1569.90"
    assert [result["name"] for result in results[1 : len(bad) + 1]] == [case["name"] for case in bad]
    assert all(result.keys() == {"name", "error"} and result["error"] for result in results[1:-1])


def test_the_worked_terms_are_counted_without_a_database():
    done = run("compute_deadlines", CASES / "deadlines.json")
    assert (done.returncode, json.loads(done.stdout)) == (0, cases("deadlines"))


def test_a_bad_term_gets_an_error_and_the_others_are_counted(tmp_path):
    good = cases("deadlines")[0]
    bad = [
        {**good, "kind": "weeks"},
        {**good, "event_on": "wczoraj"},
        {**good, "event_on": 5},
        {**good, "length": "5"},
        {**good, "length": 5.0},
        {**good, "length": True},
        {**good, "length": 10**30},
        {},
        "x",
        None,
    ]
    done = run("compute_deadlines", written(tmp_path, [*bad, good]))
    results = json.loads(done.stdout)
    assert done.returncode == 1
    assert results[-1] == good
    assert all(result["error"] and "due_on" not in result for result in results[:-1])


@pytest.mark.parametrize(
    "command, content",
    [
        ("compute_benefit", None),
        ("compute_benefit", b"{"),
        ("compute_benefit", b"\xff\xfe"),
        ("compute_benefit", b"[" * 100_000),
        ("compute_deadlines", b"{}"),
    ],
)
def test_a_file_that_holds_no_list_is_one_clear_line_and_status_2(command, content, tmp_path):
    file = tmp_path / "entries.json"
    if content is not None:
        file.write_bytes(content)
    done = run(command, file)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "entries.json" in done.stderr
