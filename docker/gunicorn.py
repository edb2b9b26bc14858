"""How gunicorn serves Cistor; WEB_CONCURRENCY says with how many processes."""

import gc

bind = "0.0.0.0:8000"
worker_tmp_dir = "/dev/shm"  # noqa: S108 (the heartbeat file belongs in memory)
timeout = 120
max_requests = 1000
max_requests_jitter = 100
accesslog = "-"
# The path without its query.
access_log_format = "%(m)s %(U)s %(s)s %(L)ss"


def post_worker_init(worker):
    """What is loaded now stays as long as the worker: no search for garbage has to go through it again and again."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # else the first page loads the views
    gc.collect()
    gc.freeze()
