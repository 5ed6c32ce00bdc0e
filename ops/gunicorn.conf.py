"""The web server process: the same under ``make run`` and in production."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Loaded once and then forked: a faster start, and the processes share their memory.
preload_app = True
timeout = 30
graceful_timeout = 20
keepalive = 5
# Longer addresses are answered 400 by the server; 8190 leaves room for any link we write.
limit_request_line = 8190
max_requests = 10_000
max_requests_jitter = 1_000
# The heartbeat file must not wait for a slow disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (gunicorn makes a private file there)
# Nobody steers the running server from outside.
control_socket_disable = True
# Readers' addresses are not recorded; the proxy decides what a city wants to keep.
accesslog = None
loglevel = "warning"
