"""A site of a few pages, made for one test."""

import contextlib
import ssl
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any


@dataclass
class LittleSite:
    """A site on a free port of loopback. `pages`: path → body, or (status, headers, body), or a function giving one.

    In bodies and headers `{base}` stands for the site's address; `asked` lists the requests that came. A function may
    also give an iterator of bytes, which are sent as they are, status line and all, as long as anybody listens.
    """

    pages: dict[str, Any] = field(default_factory=dict)
    asked: list[SimpleNamespace] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _answers_of(self))
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def origin(self) -> str:
        """Host and port, as CRAWLER_ALLOWED_ORIGINS names them."""
        return self.address.removeprefix("http://")

    def paths(self) -> list[str]:
        """The paths asked for, in order."""
        return [request.path for request in self.asked]

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """Answer by TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def ask_without_proof(self, path: str) -> bytes:
        """Fetch a page by TLS without looking at the certificate."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context)
        )
        with opener.open(f"https://{self.origin}{path}", timeout=30) as response:
            return response.read()

    def close(self) -> None:
        """Stop the server."""
        self._server.shutdown()
        self._server.server_close()

    def page(self, path: str) -> Any:
        """Return what is said of a path."""
        page = self.pages.get(path, (404, {}, "nothing here"))
        return page(self) if callable(page) else page

    def answer(self, page: Any) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of a page."""
        status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
        data = body if isinstance(body, bytes) else body.replace("{base}", self.address).encode()
        plain = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data)), **headers}
        return status, {name: value.replace("{base}", self.address) for name, value in plain.items()}, data


def _answers_of(site: LittleSite) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(
                SimpleNamespace(
                    path=self.path, headers=dict(self.headers), at=time.monotonic(), connection=self.client_address
                )
            )
            page = site.page(self.path)
            if isinstance(page, Iterator):
                self._send_as_they_are(page)
                return
            status, headers, body = site.answer(page)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _send_as_they_are(self, pieces: Iterator[bytes]) -> None:
            self.close_connection = True
            with contextlib.suppress(OSError):  # the crawler has gone
                for piece in pieces:
                    self.wfile.write(piece)

        def log_message(self, *arguments: Any) -> None:
            return

    return Answers
