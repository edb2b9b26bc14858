"""The web service's health check: /ready on the given port, asked as the proxy asks."""

import os
import sys
from urllib.request import Request, urlopen

host = os.environ["CISTOR_HOSTS"].split(",")[0]
headers = {"Host": host, "X-Forwarded-Proto": "https"}
urlopen(Request(f"http://127.0.0.1:{sys.argv[1]}/ready", headers=headers), timeout=8)
