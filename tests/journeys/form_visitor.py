"""A visitor who fills in forms by plain requests, from an address and with a browser of its own choosing."""

import contextlib
import http.client
import re
import time
import uuid
from urllib.parse import urlencode


class FormVisitor:
    """Sends what a browser without JavaScript sends. `marks` go with every request, as headers."""

    def __init__(self, port: int, source: str, marks: dict[str, str]) -> None:
        self.port, self.source, self.marks = port, source, marks
        self.cookies: dict[str, str] = {}
        self.token = ""

    def file(self, story: str, file: bytes = b"") -> str:
        """File as somebody's relative, with a picture where one is given; return the receipt."""
        self.cookies = {}
        self.send("GET", "/complaints/new")
        place = self._step("/complaints/new", page="writer", written_by="relative")
        for page, fields in (("received", {"narrative": story}), ("consent", {"consent": "publish"})):
            place = self._step(f"{place.rpartition('/')[0]}/{page}", page=page, **fields)
        if file:
            place = self._step(place, file, page="evidence")
        # `confirmed`: the page says so itself where it was filled in more quickly than any person does.
        last = {"csrf_token": self.token, "page": "check", "go": "send", "confirmed": "1"}
        _, _, page = self.send("POST", f"{place.rpartition('/')[0]}/check", urlencode(last).encode())
        return receipt_on(page)

    def use_receipt(self, receipt: str, way: str = "", **fields: str) -> tuple[int, str]:
        """Send a form of the receipt's pages; return status and page."""
        self.send("GET", "/receipt")
        fields = {"csrf_token": self.token, "receipt": receipt} | fields
        status, _, page = self.send("POST", f"/receipt{way}", urlencode(fields).encode())
        return status, page

    def look_around(self, receipt: str) -> None:
        """Use the receipt, and begin a form that is refused and left."""
        for way, fields in (
            ("", {"step": "look"}), ("/letter", {"words": "请看看", "key": "k" * 20}),
            ("/correct", {"step": "send", "narrative": "他们打给我。"}), ("/consent", {"consent": "figures"}),
        ):  # fmt: skip
            assert self.use_receipt(receipt, way, **fields)[0] == 200
        self.send("GET", "/complaints/new")
        assert self.send("POST", "/complaints/new", b"page=writer&written_by=nobody")[0] == 400
        assert self.send("POST", "/leave")[0] == 303

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str, str]:
        """Return (status, where the answer points, page); cookies and the form's token are kept for the next one."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(self.source, 0) if self.source else None
        )
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.marks | {"Content-Type": kind} | ({"Cookie": cookies} if cookies else {})
        with contextlib.closing(connection):
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
        if token := re.search(r'name="csrf_token" value="([^"]+)"', page):
            self.token = token[1]
        return answer.status, answer.headers.get("Location", ""), page

    def _step(self, address: str, file: bytes = b"", **fields: str) -> str:
        fields = {"csrf_token": self.token, "go": "on"} | fields
        if file:
            body, kind = _with_file(fields, file)
            status, place, page = self.send("POST", address, body, kind)
        else:
            status, place, page = self.send("POST", address, urlencode(fields).encode())
        assert status == 303, page
        return place


def _with_file(fields: dict[str, str], file: bytes) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [f'form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    parts.append(b'form-data; name="files"; filename="a.jpg"\r\n\r\n' + file)
    body = b"".join(f"--{mark}\r\nContent-Disposition: ".encode() + part + b"\r\n" for part in parts)
    return body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"


class PatientVisitor(FormVisitor):
    """Sends each request again until it is answered, and takes along what a page carries, as a browser does."""

    carried = ""

    def send(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/x-www-form-urlencoded"
    ) -> tuple[int, str, str]:
        """Do the same over and over; what a page carries goes with the next form."""
        if self.carried and method == "POST":
            body += b"&" + urlencode({"carried": self.carried}).encode()
        while True:
            try:
                status, place, page = super().send(method, path, body, kind)
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
                continue
            break
        if place:  # a browser goes there, and the page that it finds carries the draft
            self.send("GET", place)
        elif carried := re.search(r'name="carried" value="([^"]+)"', page):
            self.carried = carried[1]
        return status, place, page


def receipt_on(page: str) -> str:
    """Return the receipt on a page, empty where there is none."""
    return "-".join(re.findall(r"<span>(\w{4})</span>", page))
