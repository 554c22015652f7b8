"""How gunicorn runs the site (`doorstep web`). A Python file because the numbers come from the settings."""

import gc
from socket import socket
from typing import Any

from gunicorn import util
from gunicorn.glogging import Logger

from domain.settings import settings
from domain.warming import warm
from webapp.shell.security import HEADERS


class QuietLogger(Logger):
    """Writes no line that names a visitor: gunicorn puts the address of a bad request into its own warnings."""

    def access(self, *_arguments: Any, **_named: Any) -> None:
        """Write no access log: addresses and user agents of borrowers must be nowhere."""

    def warning(self, message: str, *arguments: Any, **named: Any) -> None:
        """Pass a warning on, but for those about a request, which name the visitor's address."""
        if not message.startswith("Invalid request"):
            super().warning(message, *arguments, **named)


def refuse(connection: socket, status: int, reason: str, _message: str) -> None:
    """Answer what is no request that the site ever sees: with its headers, and without a word of what was sent."""
    own = {"Connection": "close", "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    fields = HEADERS | own | {"Content-Length": str(len(reason))}
    lines = (f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in fields.items()), "", reason)
    util.write_nonblock(connection, "\r\n".join(lines).encode("latin-1"))


# gunicorn's own page repeats the line that it could not read, as HTML and under no policy.
util.write_error = refuse
bind = f"{settings().host}:{settings().port}"
workers = settings().web_workers
# Threads and not one request a worker: a phone on a slow network holds a thread for seconds, and with a few threads
# a handful of such visitors stop everybody. A waiting thread costs little; WEB_THREADS is how many may wait.
worker_class = "gthread"
threads = settings().web_threads
worker_connections = 2 * threads
keepalive = 5
timeout = 60
graceful_timeout = 2
accesslog = None
errorlog = "-"
loglevel = "warning"
logger_class = QuietLogger
limit_request_line = 8190
# Imported once and shared by the workers. The index and the database connection are opened after the fork, by each
# worker for itself.
preload_app = True


def when_ready(_arbiter: Any) -> None:
    """Make the reader's tables before the first fork: every worker, and one that takes another's place, shares them."""
    warm()
    _keep()


def _keep() -> None:
    """Take what lives as long as the process from what the collector of garbage goes through.

    Code and models are 400,000 objects: to look at all of them took 0.2 s in the midst of somebody's request, and each
    look made the worker's own copy of the memory that it shares with the others.
    """
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Let a new worker read the registry before it serves anybody: the first borrower must not wait for it."""
    # The benchmarks run another application under this very configuration.
    services = getattr(worker.wsgi, "extensions", {}).get("doorstep")
    if services is not None:
        services.warm()
        _keep()
