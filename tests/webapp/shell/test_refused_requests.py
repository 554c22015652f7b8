"""What gunicorn can’t read as a request never reaches the site, and is answered with the site’s headers."""

import socket

from gunicorn import util

import webapp.gunicorn_config  # noqa: F401 (it takes the place of gunicorn's own answer)
from webapp.shell.security import HEADERS


def test_a_line_that_is_no_request_is_refused_with_every_header_and_without_its_words():
    server, client = socket.socketpair()
    with server, client:
        util.write_error(server, 414, "URI Too Long", "Invalid '/complaints/new?<b>my story</b>'")
        server.shutdown(socket.SHUT_WR)
        head, _, body = client.makefile("rb").read().decode().partition("\r\n\r\n")
    status, *fields = head.split("\r\n")
    sent = dict(field.split(": ", 1) for field in fields)
    assert status == "HTTP/1.1 414 URI Too Long"
    assert sent.items() >= HEADERS.items()
    assert (sent["Cache-Control"], sent["Content-Type"]) == ("no-store", "text/plain; charset=utf-8")
    assert (body, sent["Content-Length"]) == ("URI Too Long", str(len(body)))
