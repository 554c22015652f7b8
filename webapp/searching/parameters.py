"""The parameters of search and trends: one table that the API, the pages and the OpenAPI document all go by."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from domain.models import ASSERTIONS
from indexer.request import FACETS, MAX_SIZE, SORTS

LONGEST_TERM = 1000
# As deep as `frm` goes; `search_after` goes on from there, however deep.
DEEPEST = 10_000
# The values that users of the CFPB's API know, and what they are here.
SORT_ALIASES = {"relevance_desc": "relevance", "created_date_desc": "date_desc", "created_date_asc": "date_asc"}
INTERVALS = ("month", "quarter", "year")
LENSES = ("lender", "tactic", "region", "source", "assertion")
MAX_SUGGESTIONS = 20

Values = dict[str, Any]
# {name of a vocabulary: its present members}; asked for only where a parameter of that vocabulary is given. Where it is
# a mapping to strings, a member stands for another one: a merged lender's slug goes on working.
Vocabularies = Callable[[str], Collection[str]]


@dataclass(frozen=True)
class Parameter:
    """One parameter: `schema` is the JSON Schema of one value, and the very rule that a value is held to.

    `vocabulary` names a set that is known only at run time (lenders, tactics, sources); a repeated one is a list.
    """

    name: str
    about: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    repeated: bool = False
    vocabulary: str = ""


class BadParameter(Exception):
    """A parameter can't be read. `reason` is a key of REASONS; `name` and `value` are what came."""

    def __init__(self, name: str, reason: str, value: str = "") -> None:
        super().__init__(f"{name}: {REASONS[reason]}")
        self.name = name
        self.reason = reason
        self.value = value


REASONS = {
    "unknown": "there is no such parameter here",
    "repeated": "takes one value, and came more than once",
    "empty": "came without a value",
    "missing": "is needed and did not come",
    "too_long": "is longer than it may be",
    "not_a_date": "must be a day that exists, written YYYY-MM-DD",
    "not_a_number": "must be a whole number in digits",
    "out_of_range": "is outside the range that it may have",
    "not_allowed": "has a value that is not one of those known",
    "order": "lies after the end of the period",
    "both": "can't come together with search_after",
    "cursor": "is no cursor of this search: start again without it",
    "too_many": "came too often",
    "too_complex": "asks for too many things at once",
    "too_broad": "begins so many words that it finds nothing in particular: type more of it",
    "lens": "needs a lens, and another one than itself",
}

_FILTER_SCHEMAS: dict[str, tuple[str, Mapping[str, Any], str]] = {
    "kind": ("complaint or article", {"type": "string", "enum": ["complaint", "article"]}, ""),
    "lender": ("slug of a lender that the record is about", {"type": "string"}, "lender"),
    "tactic": ("code of a tactic", {"type": "string"}, "tactic"),
    "assertion": ("how a passage asserts a tactic", {"type": "string", "enum": list(ASSERTIONS)}, ""),
    "month": ("month in China, YYYY-MM", {"type": "string", "pattern": r"^\d{4}-(0[1-9]|1[0-2])$"}, ""),
    "region": ("GB/T 2260 code of the complaint's region", {"type": "string", "pattern": r"^\d{6}$"}, ""),
    "source": ("where the record comes from; doorstep for complaints", {"type": "string"}, "source"),
}
assert tuple(_FILTER_SCHEMAS) == FACETS  # noqa: S101 (a facet without its parameter must not start)


def _filters() -> Iterable[Parameter]:
    for name, (about, schema, vocabulary) in _FILTER_SCHEMAS.items():
        yield Parameter(
            name, f"Only records with this {about}; repeat it for any of several.", schema, True, vocabulary
        )
        yield Parameter(f"not_{name}", f"No records with this {about}.", schema, True, vocabulary)


_DAY = {"type": "string", "format": "date"}
TERM = Parameter(
    "search_term",
    "Words to look for: Chinese as typed, in either script; English in any form. Quotes, OR, NOT, minus, word*.",
    {"type": "string", "maxLength": LONGEST_TERM},
)
MATCHING = (
    TERM,
    Parameter("field", "Where to look.", {"type": "string", "enum": ["all", "title", "text"], "default": "all"}),
    Parameter("date_received_min", "First day, in China: received (complaint), published (article).", _DAY),
    Parameter("date_received_max", "Last day, included.", _DAY),
    *_filters(),
)
SEARCH = (
    *MATCHING,
    Parameter(
        "sort",
        "Order of the results.",
        {"type": "string", "enum": [*SORTS, *SORT_ALIASES], "default": "relevance"},
    ),
    Parameter("size", "Results on a page.", {"type": "integer", "minimum": 0, "maximum": MAX_SIZE, "default": 20}),
    Parameter(
        "frm",
        "Results to skip; deeper than its maximum, use search_after.",
        {"type": "integer", "minimum": 0, "maximum": DEEPEST, "default": 0},
    ),
    Parameter(
        "search_after", "The `next` of the answer before, under the same sort.", {"type": "string", "maxLength": 500}
    ),
)
TRENDS = (
    *MATCHING,
    Parameter("lens", "Count by the values of this.",
              {"type": "string", "enum": ["overview", *LENSES], "default": "overview"}),
    Parameter("sub_lens", "Count each of the ten largest values of the lens by the values of this.",
              {"type": "string", "enum": list(LENSES)}),
    Parameter("trend_interval", "Count by.", {"type": "string", "enum": list(INTERVALS), "default": "month"}),
)  # fmt: skip
SUGGEST = (
    Parameter(
        "q", "What was typed: a name in either script, its beginning, or pinyin.", {"type": "string", "maxLength": 200}
    ),
    # The name that the CFPB's _suggest takes.
    Parameter("text", "The same as q.", {"type": "string", "maxLength": 200}),
    Parameter(
        "size",
        "Suggestions at most, of each sort.",
        {"type": "integer", "minimum": 1, "maximum": MAX_SUGGESTIONS, "default": 8},
    ),
)
EXPORT = MATCHING + tuple(parameter for parameter in SEARCH if parameter.name == "sort")


def read_strictly(table: Iterable[Parameter], given: MultiDict[str, str], known: Vocabularies) -> Values:
    """Return {name: value} of the parameters that came: str, int, date, or a tuple for a repeated one.

    Raises BadParameter for an unknown one, an empty filter, a single one that came twice, or a value against its rule.
    """
    parameters = {parameter.name: parameter for parameter in table}
    for name in given:
        if name not in parameters:
            raise BadParameter(name, "unknown")
    values = {name: read_one(parameters[name], given.getlist(name), known) for name in given}
    check_together(values)
    return values


def read_kindly(
    table: Iterable[Parameter], given: MultiDict[str, str], known: Vocabularies
) -> tuple[Values, list[BadParameter]]:
    """Read what a form of a page sends: blank fields are as if not sent, unknown ones are passed over.

    Returns the values that could be read, and what is wrong with the others.
    """
    values: Values = {}
    wrong: list[BadParameter] = []
    for parameter in table:
        sent = [value.strip() for value in given.getlist(parameter.name) if value.strip()]
        try:
            if sent:
                values[parameter.name] = read_one(parameter, sent if parameter.repeated else sent[:1], known)
        except BadParameter as problem:
            wrong.append(problem)
    try:
        check_together(values)
    except BadParameter as problem:
        wrong.append(problem)
    return values, wrong


def read_one(parameter: Parameter, sent: list[str], known: Vocabularies) -> Any:
    """Return the value of one parameter, a tuple without doubles for a repeated one. Raises BadParameter."""
    if parameter.repeated:
        return tuple(dict.fromkeys(_value(parameter, text, known) for text in sent))
    if len(sent) > 1:
        raise BadParameter(parameter.name, "repeated")
    return _value(parameter, sent[0], known)


def check_together(values: Values) -> None:
    """Hold values against each other. Raises BadParameter."""
    first, last = values.get("date_received_min"), values.get("date_received_max")
    if first and last and first > last:
        raise BadParameter("date_received_min", "order", first.isoformat())
    if values.get("search_after") and values.get("frm"):
        raise BadParameter("frm", "both")
    if "sub_lens" in values and values.get("lens", "overview") in ("overview", values["sub_lens"]):
        raise BadParameter("sub_lens", "lens", values["sub_lens"])


def _value(parameter: Parameter, text: str, known: Vocabularies) -> Any:
    name, schema = parameter.name, parameter.schema
    if schema["type"] == "integer":
        return _whole_number(name, schema, text)
    if text == "" and (parameter.repeated or "enum" in schema or "format" in schema):
        raise BadParameter(name, "empty")
    if len(text) > schema.get("maxLength", LONGEST_TERM):
        raise BadParameter(name, "too_long")
    if schema.get("format") == "date":
        return _day(name, text)
    allowed = schema.get("enum") or (known(parameter.vocabulary) if parameter.vocabulary else None)
    if (allowed is not None and text not in allowed) or not re.fullmatch(
        schema.get("pattern", ".*"), text, re.ASCII | re.DOTALL
    ):
        raise BadParameter(name, "not_allowed", text)
    return allowed[text] if isinstance(allowed, Mapping) and isinstance(allowed[text], str) else text


def _whole_number(name: str, schema: Mapping[str, Any], text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise BadParameter(name, "not_a_number", text)
    if not schema["minimum"] <= int(text) <= schema["maximum"]:
        raise BadParameter(name, "out_of_range", text)
    return int(text)


def _day(name: str, text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise BadParameter(name, "not_a_date", text)
