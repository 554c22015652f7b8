"""Why a source can't be read or must not be asked: a name for whoever has words of their own, and a sentence."""

from collections.abc import Mapping
from typing import Any

# As the command line says it. The site has words of its own for each, in every language (`webapp.staff.gathering`).
SENTENCES: Mapping[str, str] = {
    "no_mapping": "a source must be a mapping, not {given}",
    "unknown_field": "unknown field {fields} in source {slug}",
    "field_no_text": "source {slug}: `{field}` must be a text or a number",
    "taken": "there is a source called {slug}",
    "no_slug": "{slug!r} is no slug: lower-case letters, digits, _ and - only",
    "long_name": "source {slug}: its name is longer than {most} characters",
    "unknown_language": "source {slug}: language {given!r} is none of {known}",
    "unknown_kind": "no source of kind {given!r}: the kinds are {known}",
    "no_address": "{given!r} is no address",
    "no_web_address": "{given!r} is no http or https address",
    "long_address": "an address may have {most} characters, not {given}",
    "forbidden_address": "source {slug}: no crawler may ask {given} ({why})",
    "no_number": "source {slug}: `{field}` must be a number from {least} to {most}",
    "no_whole_number": "source {slug}: `{field}` must be a whole number from {least} to {most}",
    "no_schedule": "source {slug}: `schedule` must be a number from {least} to {most} or one of {known}",
    "too_often": "source {slug}: `schedule` is at least {least} hours",
    "options_no_yaml": "the options are no YAML",
    "options_no_mapping": "source {slug}: `options` must be a mapping",
    "unknown_option": "source {slug}: kind {kind} has no option {options}; it has {known}",
    "option_no_number": "source {slug}: option {option} must be a number from 0 to {most}",
    "option_no_whole_number": "source {slug}: option {option} must be a whole number from 0 to {most}",
    "option_no_text": "source {slug}: option {option} must be a text; put it in quotes",
    "hosts_no_list": "source {slug}: option hosts must be a list of host names",
    "option_no_selector": "source {slug}: option {option} is no CSS selector: {error}",
}


class InvalidSource(ValueError):
    """A source that can't be read.

    `reason` is a key of SENTENCES, `field` the one that is wrong, where it is one, and `details` what was given and
    what may be. The message is the sentence, for the person who wrote the source.
    """

    def __init__(self, reason: str, field: str = "", **details: Any) -> None:
        told = {name: value if isinstance(value, str) else _listed(value) for name, value in details.items()}
        super().__init__(SENTENCES[reason].format(field=field, **told))
        self.reason, self.field, self.details = reason, field, told


class ForbiddenAddress(InvalidSource):
    """A source at an address that no crawler may ask; `why` is the readable name of the reason."""

    def __init__(self, slug: str, field: str, address: str, why: str) -> None:
        super().__init__("forbidden_address", field, slug=slug, given=address, why=why.replace("_", " "))
        self.address, self.why = address, why


class InvalidSourceFile(ValueError):
    """A file of sources that can't be read; the message names the line, for the person who wrote it."""


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list | tuple | Mapping) else str(value)
