"""No string outside the catalogues, and none in them without a translation."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from jinja2 import Environment

from domain.settings import PROJECT_ROOT
from webapp.shell.language import CATALOGUES

CATALOGUE_FOLDER = PROJECT_ROOT / "webapp" / "translations"
TEMPLATES = sorted((PROJECT_ROOT / "templates").rglob("*.html"))
NAMES_IN_EVERY_LANGUAGE = {"CSV", "JSON", "Lines", "API", "OpenAPI", "CFPB", "CC", "BY"}
PLACEHOLDER = re.compile(r"%\(\w+\)\w")


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(CATALOGUE_FOLDER / language / "LC_MESSAGES" / "messages.po"))


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every string that code and templates ask for."""
    target = tmp_path_factory.mktemp("strings") / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", "-F", CATALOGUE_FOLDER / "babel.cfg",
         "-k", "_l", "-k", "lazy_gettext", "-o", target, "webapp", "templates", "crawler/refusal_words.py"],
        cwd=PROJECT_ROOT, check=True,
    )  # fmt: skip
    return {entry.msgid for entry in polib.pofile(str(target))}


@pytest.mark.parametrize("language", CATALOGUES.values())
def test_every_string_is_translated_and_none_is_fuzzy(used, language):
    known = {entry.msgid: entry for entry in catalogue(language)}
    assert used - set(known) == set(), "run ops/translations update"
    assert [entry.msgid for entry in known.values() if entry.msgid in used and not entry.translated()] == []
    assert [entry.msgid for entry in known.values() if entry.fuzzy] == []


@pytest.mark.parametrize("language", CATALOGUES.values())
def test_no_translation_loses_or_invents_a_placeholder(language):
    for entry in catalogue(language):
        wanted = set(PLACEHOLDER.findall(entry.msgid))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_traditional_texts_hold_no_simplified_character():
    import opencc

    to_traditional, to_simplified = opencc.OpenCC("s2t"), opencc.OpenCC("t2s")
    # Characters that both scripts write, though a converter would pick another form.
    alike = set("台里干了征只后面于着出")
    for entry in catalogue("zh_Hant"):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            wrong = {
                character
                for character in text
                if to_traditional.convert(character) != character
                and to_simplified.convert(character) == character
                and character not in alike
            }
            assert wrong == set(), f"{text}: {wrong}"


def test_the_compiled_catalogues_are_not_older_than_their_sources():
    for language in CATALOGUES.values():
        source = CATALOGUE_FOLDER / language / "LC_MESSAGES" / "messages.po"
        compiled = source.with_suffix(".mo")
        assert compiled.exists(), "run ops/translations compile"
        assert compiled.stat().st_mtime >= source.stat().st_mtime, "run ops/translations compile"


def spoken(source: str) -> str:
    """Return the words of a template that a reader sees and no catalogue knows."""
    pieces, inside_trans, tag = [], False, ""
    for _, token, value in Environment(extensions=["jinja2.ext.i18n"], autoescape=True).lex(source):
        if token == "name" and value in ("trans", "endtrans") and tag == "block_begin":
            inside_trans = value == "trans"
        tag = token if token != "whitespace" else tag
        pieces.append(value if token == "data" and not inside_trans else " ")
    text = re.sub(r"<code.*?</code>|<!DOCTYPE[^>]*>", " ", "".join(pieces), flags=re.S)
    named = re.findall(r'(?:alt|title|placeholder|aria-label)="([^"]*)"', text)
    # An address such as /api/v1/openapi.json reads the same in every language.
    return re.sub(r"/[\w./-]+", " ", " ".join([re.sub(r"<[^>]*>", " ", text), *named]))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT_ROOT / "templates")))
def test_a_template_holds_no_words_outside_the_catalogues(template: Path):
    source = template.read_text(encoding="utf-8")
    words = set(re.findall(r"[A-Za-z\u3400-\u9fff]{2,}", spoken(source)))
    assert words - NAMES_IN_EVERY_LANGUAGE == set()
    # The words that a macro of govuk-frontend is given go through the catalogues too.
    assert re.findall(r"'(?:text|html|titleText)': '[^']*[A-Za-z\u3400-\u9fff]", source) == []


def test_the_search_for_words_outside_the_catalogues_finds_some():
    assert spoken("<p class=\"x\">{{ _('A') }} 催收 {% trans %}kept{% endtrans %}</p>").split() == ["催收"]
