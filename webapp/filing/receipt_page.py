"""The page that shows a receipt: the same for everybody but for the receipt, so the rest of it is made once."""

from functools import lru_cache
from typing import Any

from flask import Response, current_app, make_response, render_template
from markupsafe import escape

from domain.store.intake.complaints import Filed
from webapp.shell import language, layout

# Stands where the receipt will stand; no sentence of the page has such a character.
_PLACE = "\ue000"


def show(filed: Filed, has_threats: bool) -> Response:
    """Show a receipt; `has_threats`: whether there is something announced to report on later."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    before, after = _around(app, language.chosen(), has_threats, layout.shows_samples())
    groups = " ".join(f"<span>{escape(group)}</span>" for group in filed.receipt.split("-"))
    return make_response(f"{before}{groups}{after}")


@lru_cache(maxsize=32)
def _around(app: Any, tag: str, has_threats: bool, shows_samples: bool) -> tuple[str, str]:
    """Return the page before and behind the receipt, in the language `tag`, which is the request's."""
    before, after = render_template(
        "complaints/filed.html", receipt=_PLACE, has_threats=has_threats
    ).split(_PLACE)  # fmt: skip
    return before, after
