"""What the API takes and gives where complaints are filed, as OpenAPI: the very limits that the rules go by."""

from collections.abc import Iterable
from typing import Any

from domain.models import (
    AMOUNT_BANDS,
    CHANNELS,
    CONSENTS,
    CONTACTED,
    OUTCOMES,
    OVERDUE_BANDS,
    THREAT_KINDS,
    WANTS,
    WRITERS,
    WRITING_SIDES,
)
from domain.regions import regions
from domain.tactics import load_taxonomy
from webapp.forms import parts
from webapp.forms.rules import UNSEEN
from webapp.shell.language import CATALOGUES

Schema = dict[str, Any]
PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
TEXT: Schema = {"type": "string"}
# NUL is in no text that a store keeps; what is to hold something holds what can be seen.
NO_NUL, NOT_BLANK = r"^[^\u0000]*$", rf"^[^\u0000]*[^{UNSEEN}][^\u0000]*$"
DAY: Schema = {"anyOf": [{"type": "string", "format": "date"}, {"enum": ["", None]}]}
TIME: Schema = {"anyOf": [{"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}, {"enum": ["", None]}]}
REFUSALS = {
    "400": "The body can't be read; `errors` names its fields",
    "413": "The body has more than 1,048,576 bytes",
    "415": "The body is not sent as application/json",
    "503": "The store can't be reached: nothing was kept",
}


def filing_paths() -> Schema:
    """Return the paths for filing, for a receipt and for withdrawing."""
    key = {
        "name": "Idempotency-Key", "in": "header", "required": True,
        "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"},
    }  # fmt: skip
    conflict = {
        "409": "The key came with another body",
        "429": "Too many from this address, or the site is under load: wait, or answer `proof_of_work`",
    }
    unknown = {"404": "No complaint has this receipt, or it was withdrawn"}
    return {
        "/complaints": _post("File a complaint", "Filing", "201", "Receipt", [key], conflict),
        "/receipts": _post("Look up a complaint", "ReceiptRequest", "200", "Status", [], unknown),
        "/receipts/withdraw": _post("Withdraw", "ReceiptRequest", "200", "Withdrawn", [], unknown),
    }


def filing_schemas() -> Schema:
    """Return the schemas that those paths name."""
    letter = _closed(**{"from": _one_of(WRITING_SIDES)}, text=TEXT, written_at=TEXT)
    return {
        "Filing": _filing(),
        "Receipt": _whole(receipt=TEXT, id=TEXT),
        "ReceiptRequest": _whole(receipt={"type": "string", "pattern": r"\S"}),
        "Status": _whole(id=TEXT, status=TEXT, messages=_list({"$ref": "#/components/schemas/Letter"})),
        "Letter": letter | {"required": list(letter["properties"])},
        "Withdrawn": _whole(status={"const": "withdrawn"}),
    }


def _post(
    summary: str, body: str, status: str, schema: str, parameters: list[Schema], refusals: dict[str, str]
) -> Schema:
    responses: Schema = {
        code: {"description": words, "content": PROBLEM} for code, words in (REFUSALS | refusals).items()
    }
    responses[status] = {"description": "Done", "content": _json(schema)}
    request_body = {"required": True, "content": _json(body)}
    return {"post": {"summary": summary, "parameters": parameters, "requestBody": request_body, "responses": responses}}


def _filing() -> Schema:
    tactics = [tactic.code for tactic in load_taxonomy()]
    filing = _closed(
        lender=_text(parts.LONGEST_LENDER), narrative=_text(parts.LONGEST_NARRATIVE),
        tactics=_list(_one_of(tactics), 100), consent=_one_of(CONSENTS), occurred_on=DAY,
        region=_maybe(sorted(regions())), product=_text(parts.LONGEST_PRODUCT),
        scripts=_list(_words(parts.LONGEST_SCRIPT), parts.MOST_SCRIPTS),
        threats=_list(_threat(tactics), parts.MOST_THREATS), contact=_text(parts.LONGEST_CONTACT),
        language=_one_of(CATALOGUES), collector=_text(parts.LONGEST_LENDER), written_by=_one_of(WRITERS),
        events=_list(_event(), parts.MOST_EVENTS), overdue=_maybe(OVERDUE_BANDS), amount=_maybe(AMOUNT_BANDS),
        wants=_list(_one_of(WANTS), len(WANTS)), more_masks=_list(_words(parts.LONGEST_MASK), parts.MOST_MASKS),
    )  # fmt: skip
    others = [writer for writer in WRITERS if writer != "borrower"]
    return filing | {
        "required": ["consent"],
        "allOf": [
            _either(lender=_words(parts.LONGEST_LENDER), written_by=_one_of(others)),
            _either(narrative=_words(parts.LONGEST_NARRATIVE), tactics={"type": "array", "minItems": 1}),
        ],
    }


def _threat(tactics: Iterable[str]) -> Schema:
    codes = list(tactics)
    threat = _closed(
        tactic={"enum": [*codes, None]}, kind=_maybe(THREAT_KINDS), announced_for=DAY, outcome=_one_of(OUTCOMES)
    )
    return threat | {"required": ["outcome"], **_either(tactic=_one_of(codes), kind=_one_of(THREAT_KINDS))}


def _event() -> Schema:
    return _closed(
        occurred_on=DAY, occurred_at=TIME, about=_text(parts.LONGEST_ABOUT), channel=_maybe(CHANNELS),
        contacted=_list(_one_of(CONTACTED), len(CONTACTED)),
        scripts=_list(_words(parts.LONGEST_SCRIPT), parts.MOST_SCRIPTS),
    ) | {"minProperties": 1}  # fmt: skip


def _either(**properties: Schema) -> Schema:
    """Return the schema of an object that has at least one of these."""
    return {"anyOf": [{"required": [name], "properties": {name: schema}} for name, schema in properties.items()]}


def _text(longest: int) -> Schema:
    return {"type": ["string", "null"], "maxLength": longest, "pattern": NO_NUL}


def _words(longest: int) -> Schema:
    return {"type": "string", "maxLength": longest, "pattern": NOT_BLANK}


def _one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def _maybe(values: Iterable[str]) -> Schema:
    return {"enum": [*values, "", None]}


def _list(items: Schema, most: int | None = None) -> Schema:
    return {"type": "array", "items": items} | ({} if most is None else {"maxItems": most})


def _closed(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _whole(**properties: Schema) -> Schema:
    return _closed(**properties) | {"required": list(properties)}


def _json(schema: str) -> Schema:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
