"""Log lines without personal data: no query strings, no form values, no local variables."""

import logging
import re

QUERY = re.compile(r"\?[^\s\"']+")


class Line(logging.Formatter):
    """Cuts query strings from every line; of an exception it keeps type and place, not its words.

    The message of an exception may quote what somebody typed ("Key (pesel)=(…) already exists").
    """

    def format(self, record: logging.LogRecord) -> str:
        return QUERY.sub("?…", super().format(record))

    def formatException(self, exc_info) -> str:  # noqa: N802 (the name is logging's)
        kind, _, trace = exc_info
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"  {code.co_filename}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        return "\n".join([kind.__name__, *places])
