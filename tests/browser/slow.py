"""Answers that come late and in two parts, as over a bad network: whoever reads a page too early fails."""

import os
import time

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

# CISTOR_SLOW=1 bin/test tests/browser: takes minutes longer, finds what elsewhere fails once in a thousand runs.
IS_WANTED = bool(os.environ.get("CISTOR_SLOW"))
LATE, BETWEEN = 0.3, 0.3
# Enough for the browser to leave the page before, and nothing of the page itself.
FIRST_PART = 300


def slow_down() -> None:
    answer = WSGIHandler.__call__

    def answer_slowly(handler, environ, start_response):
        if environ["PATH_INFO"].startswith("/static/"):
            return answer(handler, environ, start_response)
        time.sleep(LATE)
        response = answer(handler, environ, start_response)
        is_page = isinstance(response, HttpResponse) and response["Content-Type"].startswith("text/html")
        return _InTwoParts(response) if is_page else response

    WSGIHandler.__call__ = answer_slowly


class _InTwoParts:
    def __init__(self, response: HttpResponse) -> None:
        self.response = response

    def __iter__(self):
        yield self.response.content[:FIRST_PART]
        time.sleep(BETWEEN)
        yield self.response.content[FIRST_PART:]

    def close(self) -> None:
        self.response.close()
