"""How soon a browser shows the pages of attendance, and how much script it loads for them.

    python -m benchmarks.first_paint

A group of 60 people with a month of marks, a server of its own, Debian's Chromium or the one CISTOR_CHROMIUM names;
each page in a new visit with nothing cached. Medians of rounds in which the pages take turns, after one that warms up
the server. Baseline: the login page, which has neither marks nor people. Goals: first paint after 1,000 ms, 60 kB of
scripts as they are written, not compressed; on two cores with nothing else to do: the first line tells the load.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from benchmarks.attendance import ONE_MONTH, PEOPLE, TODAY
from benchmarks.database import in_own_database, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAINT_GOAL, SCRIPTS_GOAL = 1_000, 60
ROUNDS = 9
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MEASURE = """() => ({
    paint: performance.getEntriesByName("first-paint")[0].startTime,
    scripts: performance.getEntriesByType("resource")
        .filter((entry) => new URL(entry.name).pathname.endsWith(".js"))
        .reduce((sum, entry) => sum + entry.decodedBodySize, 0) / 1024,
})"""


class Visit(NamedTuple):
    name: str
    path: str
    cookie: str | None


def main() -> None:
    in_own_database(_report)


def _report() -> None:
    from playwright.sync_api import sync_playwright

    print(load())
    with patch("django.utils.timezone.localdate", lambda *args: TODAY):
        visits = _visits()
        with _server() as url, sync_playwright() as playwright:
            path = os.environ.get("CISTOR_CHROMIUM", "/usr/bin/chromium")
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            rounds = [[measured(browser, url, visit) for visit in visits] for _ in range(1 + ROUNDS)]
            _table(visits, rounds[1:])
            browser.close()


def _visits() -> list[Visit]:
    from django.conf import settings
    from django.urls import reverse

    from benchmarks import centres
    from benchmarks.attendance import signed_in

    (place,) = centres.make(centres=1, people=PEOPLE, days=ONE_MONTH)
    cookie = signed_in(place).cookies[settings.SESSION_COOKIE_NAME].value
    pages = {"a day": "attendance:today", "a month": "attendance:month"}
    return [
        Visit("baseline: the login", reverse("accounts:login"), None),
        *(Visit(name, reverse(page, args=[place.group.pk]), cookie) for name, page in pages.items()),
    ]


@contextmanager
def _server() -> Iterator[str]:
    """Serves the program in threads of this process, its files too."""
    from django.test.testcases import LiveServerThread

    server = LiveServerThread("localhost", static_handler=lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


def measured(browser: "Browser", url: str, visit: Visit) -> dict[str, float]:
    from django.conf import settings

    context = browser.new_context(base_url=url, locale="pl-PL")
    if visit.cookie:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": visit.cookie, "url": url}])
    page = context.new_page()
    page.goto(visit.path, wait_until="load")
    assert page.url == url + visit.path
    page.wait_for_function("performance.getEntriesByName('first-paint').length")
    figures = page.evaluate(MEASURE)
    context.close()
    return figures


def _table(visits: list[Visit], rounds: list[list[dict[str, float]]]) -> None:
    print(f"{'':22}{'paint ms':>9}{'ratio':>7}{'scripts kB':>12}  goals {PAINT_GOAL} ms, {SCRIPTS_GOAL} kB")
    taken = [median(figures["paint"] for figures in column) for column in zip(*rounds, strict=True)]
    for visit, paint, figures in zip(visits, taken, rounds[-1], strict=True):
        verdict = "met" if paint <= PAINT_GOAL and figures["scripts"] <= SCRIPTS_GOAL else "MISSED"
        print(f"{visit.name:22}{paint:9.0f}{paint / taken[0]:7.1f}{figures['scripts']:12.1f}  {verdict}")


if __name__ == "__main__":
    main()
