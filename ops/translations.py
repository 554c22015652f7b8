"""Edits the catalogues for ops/translations, which holds the lock; never run by itself."""

import json
import sys
from pathlib import Path

import polib

FOLDER = Path(__file__).parent.parent / "webapp" / "translations"
LANGUAGES = ("zh_Hans", "zh_Hant", "en")
PLURALS = {
    "zh_Hans": "nplurals=1; plural=0;",
    "zh_Hant": "nplurals=1; plural=0;",
    "en": "nplurals=2; plural=(n != 1);",
}


def catalogue(language: str) -> polib.POFile:
    """Open one catalogue, or make it."""
    path = FOLDER / language / "LC_MESSAGES" / "messages.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    path.parent.mkdir(parents=True)
    made = polib.POFile(wrapwidth=110)
    made.fpath = str(path)
    return made


def merge(template: str) -> None:
    """Make every catalogue hold the strings of the template, no more; what was translated stays."""
    wanted = polib.pofile(template)
    for language in LANGUAGES:
        old = catalogue(language)
        known = {entry.msgid: entry for entry in old}
        new = polib.POFile(wrapwidth=110)
        new.metadata = {
            "Language": language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": PLURALS[language],
        }
        for entry in sorted(wanted, key=lambda entry: entry.msgid):
            new.append(_filled(entry, known.get(entry.msgid), language))
        new.save(old.fpath)


def _filled(entry: polib.POEntry, known: polib.POEntry | None, language: str) -> polib.POEntry:
    made = polib.POEntry(msgid=entry.msgid, msgid_plural=entry.msgid_plural, flags=list(entry.flags))
    if language == "en":
        forms = {0: entry.msgid, 1: entry.msgid_plural}
        made.msgstr, made.msgstr_plural = ("", forms) if entry.msgid_plural else (entry.msgid, {})
    elif entry.msgid_plural:
        made.msgstr_plural = {0: (known.msgstr_plural.get(0) or known.msgstr) if known else ""}
    elif known:
        made.msgstr = known.msgstr or known.msgstr_plural.get(0, "")
    return made


def missing() -> dict[str, list[str]]:
    """Return the strings without a translation, by language."""
    return {
        language: [entry.msgid for entry in catalogue(language) if not entry.translated()] for language in LANGUAGES
    }


def put_in(file: str) -> None:
    """Put translations in. Strings that no code or template holds are refused, with nothing written."""
    given = json.loads(Path(file).read_text(encoding="utf-8"))
    for place, language in enumerate(LANGUAGES[:2]):
        opened = catalogue(language)
        known = {entry.msgid: entry for entry in opened}
        unknown = sorted(set(given) - set(known))
        if unknown:
            raise SystemExit(f"not in the catalogues (run `ops/translations update` first?): {unknown}")
        for text, translations in given.items():
            if known[text].msgid_plural:
                known[text].msgstr_plural = {0: translations[place]}
            else:
                known[text].msgstr = translations[place]
        opened.save()


if __name__ == "__main__":
    if sys.argv[1] == "merge":
        merge(sys.argv[2])
    elif sys.argv[1] == "set":
        put_in(sys.argv[2])
    print(json.dumps(missing(), ensure_ascii=False, indent=1))
