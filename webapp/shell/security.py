"""What every answer carries so that a page can't be framed, sniffed, traced or made to run a stranger's script."""

from typing import Any

from flask import Flask, Response, g, has_request_context, request
from flask.sessions import SecureCookieSessionInterface

# Our own files and nothing else: no inline script or style, no other host, no frame.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}
# A story of 20,000 Chinese characters is 180 kB as a form sends it; what is larger than this is no complaint.
MAX_REQUEST_BYTES = 1024 * 1024


def configuration(secret_key: str) -> dict[str, Any]:
    """Return the settings of Flask that guard cookies, forms and sizes."""
    return {
        "SECRET_KEY": secret_key,
        "MAX_CONTENT_LENGTH": MAX_REQUEST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MAX_REQUEST_BYTES,
        "MAX_FORM_PARTS": 500,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Every sentence of a refusal is our own; else WTForms would read its catalogue anew at each request.
        "WTF_I18N_ENABLED": False,
        # A form that was open for hours still sends.
        "WTF_CSRF_TIME_LIMIT": None,
        # Our own Referrer-Policy keeps the Referer away, so asking for it would refuse every form under https.
        "WTF_CSRF_SSL_STRICT": False,
    }


class HostOnlySessions(SecureCookieSessionInterface):
    """Sessions whose cookie is bound to this very host wherever the connection is encrypted."""

    def __init__(self) -> None:
        self._serializer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        """Return what signs the cookie, made once: Flask makes it anew for each request and each answer."""
        if self._serializer is None:
            self._serializer = super().get_signing_serializer(app)
        return self._serializer

    def get_cookie_name(self, app: Flask) -> str:
        """Return the name; browsers take `__Host-` only from https, with path / and without a domain."""
        return "__Host-session" if _is_encrypted() else "session"

    def get_cookie_secure(self, app: Flask) -> bool:
        """Tell whether the cookie may travel over https only."""
        return _is_encrypted()


def _is_encrypted() -> bool:
    return has_request_context() and request.is_secure


def never_store() -> None:
    """Say that the answer to this request is for this one reader, and that nothing on the way may keep it."""
    g.never_store = True


def init_app(app: Flask) -> None:
    """Put the headers on every answer, errors and static files too."""
    app.session_interface = HostOnlySessions()
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    # A file that somebody sent in has a policy of its own, which is narrower.
    there = {name.lower() for name, _ in response.headers}
    for name, value in HEADERS.items():
        if name.lower() not in there:
            response.headers.add(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    # An address or a method that leads nowhere belongs to no task that could say so: a slip beside `/receipt`.
    if g.get("never_store") or request.endpoint is None:
        response.headers["Cache-Control"] = "no-store"
    elif request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-cache")
    return response
