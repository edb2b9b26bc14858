"""A real browser on a real server: Debian's Chromium, or the one that CISTOR_CHROMIUM names."""

import os
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tests.browser import slow

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    # Whatever passes would be sent along, node by node.
    "resultTypes": ["violations"],
}
# A Wednesday; the month before it is over and waits for its payment list.
TODAY = date(2026, 3, 11)
# Milliseconds; only what fails waits so long, a busy machine does not fail.
PATIENCE = 30_000


@pytest.fixture(scope="session")
def chromium():
    expect.set_options(timeout=PATIENCE)
    if slow.IS_WANTED:
        slow.slow_down()
    with sync_playwright() as playwright:
        path = os.environ.get("CISTOR_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path):
    """The server's day, whatever the calendar on the wall says; what it stores goes into a folder of the test."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: TODAY)
    settings.MEDIA_ROOT = tmp_path
    return TODAY


@pytest.fixture(autouse=True)
def lists_are_counted_at_once(monkeypatch):
    """A worker stands ready for lists, in the thread of the server; other jobs are carried out by the tests of jobs."""
    from celery import current_app

    send = current_app.send_task

    def done(name, arguments, **options):
        if name != "benefits.count_list":
            return send(name, arguments, **options)
        current_app.loader.import_default_modules()
        return current_app.tasks[name].apply(arguments, throw=True)

    monkeypatch.setattr(current_app, "send_task", done)


@pytest.fixture
def browse(chromium, live_server):
    """`browse()` opens a page of a new visitor, `browse(user)` of somebody signed in.

    Whatever the pages complain about (a script that fails, a style the policy forbids, a missing file) fails the test.
    """
    contexts, complaints, under_way = [], [], set()

    def open_page(user=None, *, width=1280, height=900, touch=False, scripts=True):
        context = chromium.new_context(
            base_url=live_server.url,
            locale="pl-PL",
            timezone_id="Europe/Warsaw",
            viewport={"width": width, "height": height},
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.on("request", lambda request: under_way.add(request))
        for event in ("requestfinished", "requestfailed"):
            context.on(event, lambda request: under_way.discard(request))
        if user:
            context.add_cookies([_session_of(user, live_server.url)])
        page = context.new_page()
        page.on("console", lambda message: _complain(complaints, message))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    _wait_for_answers(contexts, under_way)
    for context in contexts:
        context.close()
    assert complaints == []


def _wait_for_answers(contexts, under_way):
    """What a script asked for by itself is still read from the database, which is about to be emptied."""
    pages = [page for context in contexts for page in context.pages]
    for _ in range(60):
        if not pages or not under_way:
            return
        pages[0].wait_for_timeout(50)


def _session_of(user, url) -> dict:
    """The cookie of a session past both steps of the login."""
    from django.test import Client

    from tests.factories import login  # models wait for django.setup()

    client = Client()
    login(client, user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    return {"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": url}


def _complain(complaints, message):
    # A page that answers 4xx on purpose is reported as a failed resource; the tests look at its text.
    if message.type == "error" and "Failed to load resource" not in message.text:
        complaints.append(message.text)


@pytest.fixture(scope="session")
def barriers():
    """What axe finds against WCAG 2.1 A and AA on a page, as a text; "" where it finds nothing."""
    axe = Axe()

    def find(page) -> str:
        page.wait_for_load_state("load")
        result = axe.run(page, options=WCAG)
        return f"{page.url}\n{result.generate_report()}" if result.violations_count else ""

    return find


@pytest.fixture
def check_accessible(barriers):
    def check(page):
        assert barriers(page) == ""

    return check
