"""What single pages of the flow show besides their answers: offers, explanations, files, the preview."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import render_template
from markupsafe import Markup

from domain.evidence.kinds import MOST_FILES
from domain.models import COUNTED_ASSERTIONS
from domain.regions import provinces
from webapp.filing import evidence_words, previews
from webapp.filing.drafts import OpenDraft
from webapp.filing.plain_tactics import plain_groups
from webapp.forms.filing import AS_TYPED, StepForm, suggestions_for, whole_filing
from webapp.published import operators
from webapp.shell import language
from webapp.shell.services import services

CODE_LENGTH = 6
Contents = dict[str, Any]


def contents_of(form: StepForm, opened: OpenDraft | None) -> Contents:
    """Return what a page's template needs. Raises Incomplete for the check of a filing that is not whole."""
    make: dict[str, Callable[[StepForm, OpenDraft | None], Contents]] = {
        "lender": _lender, "loan": _operators, "received": _operators, "tactics": _tactics, "place": _place,
        "evidence": _evidence, "check": _check,
    }  # fmt: skip
    return make[form.step.name](form, opened) if form.step.name in make else {}


def _lender(form: StepForm, opened: OpenDraft | None) -> Contents:
    return _operators(form, opened) | {
        "lender_names": services().lender_names,
        "lender_options": lender_options(language.chosen(), services().registry_revision),
        "suggestions": form.suggestions or suggestions_for(form.answers),
        "as_typed": AS_TYPED,
    }


def _operators(form: StepForm, opened: OpenDraft | None) -> Contents:
    return {"operators": operators.behind(str(form.answers.get("lender", "")))}


def _place(form: StepForm, opened: OpenDraft | None) -> Contents:
    return {"region_options": region_options(language.chosen(), str(form.answers.get("region") or "")[:CODE_LENGTH])}


def _evidence(form: StepForm, opened: OpenDraft | None) -> Contents:
    return {"files": _files(opened), "room": MOST_FILES - len(opened.draft.files if opened else ())}


def _check(form: StepForm, opened: OpenDraft | None) -> Contents:
    # What is wrong on this page itself is named beside its field; the filing is shown without it.
    answers = {name: value for name, value in form.answers.items() if not (form.errors and name in form.step.fields)}
    filing = whole_filing(answers)
    preview = previews.preview_of(filing)
    return {
        "filing": filing, "preview": preview, "files": _files(opened), "operators": operators.behind(filing.lender)
    }  # fmt: skip


def _files(opened: OpenDraft | None) -> list[str]:
    files = opened.files if opened else ()
    return [evidence_words.file_in_words(file.kind, file.size) for file in files]


def _tactics(form: StepForm, opened: OpenDraft | None) -> Contents:
    """Tick what the text tells of, but for what the person was offered before and did not tick."""
    found = found_tactics(form.answers)
    offered = set(form.answers.get("tactics_offered", []))
    ticked = {*form.answers.get("tactics", []), *(found - offered)}
    return {"groups": plain_groups(), "ticked": ticked, "found": found}


def found_tactics(answers: dict[str, Any]) -> set[str]:
    """Return the codes that the story and the collector's words tell of as lived or threatened."""
    texts = [str(answers.get("narrative", "")), *(row.get("text", "") for row in answers.get("scripts", []))]
    text = "\n".join(text for text in texts if text.strip())
    if not text:
        return set()
    finds = services().reader.read(text, kind="complaint", on_collection=True).tactics
    return {find.code for find in finds if find.assertion in COUNTED_ASSERTIONS}


# The four hundred regions and the lenders took two thirds of the page's 16 ms, and they hardly ever change.
@lru_cache(maxsize=64)
def region_options(tag: str, selected: str) -> Markup:
    """Return the options of the region field in the language `tag`, with one of them chosen."""
    return Markup(render_template("complaints/regions.html", provinces=provinces(), selected=selected))  # noqa: S704


@lru_cache(maxsize=8)
def lender_options(tag: str, registry_revision: object) -> Markup:
    """Return what the lender field offers in the language `tag`, for one state of the registry."""
    return Markup(render_template("complaints/lenders.html", lender_names=services().lender_names))  # noqa: S704
