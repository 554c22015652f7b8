"""Starts the site for tests that kill it often: everything is imported once, each line read forks a process group.

Reads lines of JSON, {"log": path}; the child leads a group of its own, writes its output to `log` and serves the site
by the shipped gunicorn configuration. Prints the group's number; settings come from the environment.
"""

import json
import os
import signal
import sys

import gunicorn.app.wsgiapp

import webapp.gunicorn_config
import wsgi


def serve(log: str) -> None:
    """Become the site, as `doorstep web` does."""
    os.setsid()
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (0, 1, 2):
        os.dup2(output, stream)
    sys.argv = ["gunicorn", "--config", "python:webapp.gunicorn_config", "wsgi:app"]
    gunicorn.app.wsgiapp.run()


def main() -> None:
    """Fork until standard input ends."""
    assert wsgi.app is not None
    webapp.gunicorn_config.warm()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed are reaped by the kernel
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(json.loads(line)["log"])
        print(child, flush=True)


if __name__ == "__main__":
    main()
