"""The files of a draft: taken in, taken out, and carried over into the vault when the complaint is sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from flask import request

from domain.evidence.kinds import MOST_FILES
from domain.evidence.vault import Prepared
from webapp.filing.drafts import OpenDraft
from webapp.filing.uploads import Uploads, prepare_uploads
from webapp.shell.services import services


def take_in(opened: OpenDraft) -> tuple[OpenDraft, Uploads]:
    """Seal the files of the form into the draft; return the draft with them, and what became of each."""
    chosen = [file for file in request.files.getlist("files") if file.filename]
    if not chosen:
        return opened, Uploads()
    vault = opened.vault()
    uploads = prepare_uploads(chosen, vault, MOST_FILES - len(opened.draft.files))
    files, known = list(opened.draft.files), {file["sha256"] for file in opened.draft.files}
    for one in uploads.prepared:
        if one.sha256 in known:
            vault.discard((one.original, one.copy))
        else:
            known.add(one.sha256)
            files.append(asdict(one))
    answers = {name: value for name, value in opened.draft.answers.items() if name != "files_lost"}
    return opened.now_with(replace(opened.draft, files=files, answers=answers)), uploads


def take_out(opened: OpenDraft, number: int) -> OpenDraft:
    """Delete one file of the draft, counted from 0; one that is not there is no error."""
    files = list(opened.draft.files)
    if number < len(files):
        gone = files.pop(number)
        opened.vault().discard((gone["original"], gone["copy"]))
    return opened.now_with(replace(opened.draft, files=files))


@contextmanager
def carried_over(opened: OpenDraft) -> Iterator[tuple[tuple[Prepared, ...], list[Prepared]]]:
    """Seal the draft's files anew in the installation's vault for the length of a sending.

    Yields (files, kept): whoever keeps them in the store puts them into `kept`; the others are deleted at the end.
    """
    vault, taken, kept = services().vault, list[Prepared](), list[Prepared]()
    try:
        for one in opened.files:
            taken.append(vault.take_over(one, opened.vault()))
        yield tuple(taken), kept
    finally:
        vault.discard(name for one in taken if one not in kept for name in (one.original, one.copy))
