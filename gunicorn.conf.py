"""How gunicorn serves the portal; its command line and GUNICORN_CMD_ARGS say otherwise."""

import os

wsgi_app = "taskforce.wsgi:application"
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 4
preload_app = True  # what is wrong with the settings is said once, and the start ends
limit_request_line = 0  # a long query gets a sentence of ours; the proxy has its own limit
graceful_timeout = 20  # seconds to finish what is being answered
MEMORY = "/dev/shm"  # noqa: S108  # gunicorn's files there have no name
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None  # a slow disk is no dead worker
control_socket_disable = True
