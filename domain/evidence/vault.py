"""Where evidence lies: sealed files in a folder. The rows come after the files, and go before them."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from domain.evidence.judging import judge
from domain.evidence.sealing import Sealer, load_sealer
from domain.evidence.stripping import strip
from domain.settings import Settings


@dataclass(frozen=True)
class Prepared:
    """A file that lies sealed in a vault as `original`, its stripped copy as `copy`; no name that it came with is kept.

    `kind` and `copy_kind` are keys of KINDS, sizes are bytes before sealing, `sha256` is of the original.
    """

    kind: str
    size: int
    sha256: str
    original: str
    copy_kind: str
    copy_size: int
    copy: str


def names_of(prepared: Iterable[Prepared]) -> list[str]:
    """Return the names that files have in their vault."""
    return [name for one in prepared for name in (one.original, one.copy)]


@dataclass(frozen=True)
class Vault:
    """A folder and the keys to what lies in it. A draft has its own, with a key that only the browser has."""

    folder: Path
    sealer: Sealer
    # For what has to lie somewhere for a moment, without a name and never under /tmp.
    scratch: Path

    def prepare(self, content: bytes) -> Prepared:
        """Judge, strip and seal one file; both are on disk when this returns.

        Raises Refused, and then nothing of the file is left anywhere; OSError when the disk is full.
        """
        kind = judge(content)
        copy, copy_kind = strip(content, kind, self.scratch)
        prepared = Prepared(
            kind=kind.name, size=len(content), sha256=hashlib.sha256(content).hexdigest(), original=_new_name(),
            copy_kind=copy_kind.name, copy_size=len(copy), copy=_new_name(),
        )  # fmt: skip
        return self._sealed(prepared, content, copy)

    def take_over(self, prepared: Prepared, other: "Vault") -> Prepared:
        """Return a file of another vault (a draft's, when it is sent) sealed anew in this one; the other keeps its own.

        Raises Unreadable when the other vault can't open it.
        """
        again = replace(prepared, original=_new_name(), copy=_new_name())
        return self._sealed(again, other.read(prepared.original), other.read(prepared.copy))

    def read(self, name: str) -> Iterator[bytes]:
        """Yield a sealed file's content piece by piece. Raises Unreadable."""
        return self.sealer.open(self.folder / name)

    def discard(self, names: Iterable[str]) -> None:
        """Delete files; those that are gone already are no error."""
        for name in names:
            (self.folder / name).unlink(missing_ok=True)

    def _sealed(self, prepared: Prepared, original: bytes | Iterable[bytes], copy: bytes | Iterable[bytes]) -> Prepared:
        try:
            self.sealer.seal(original, self.folder / prepared.original)
            self.sealer.seal(copy, self.folder / prepared.copy)
        except BaseException:
            self.discard((prepared.original, prepared.copy))
            raise
        return prepared


def open_vault(settings: Settings) -> Vault:
    """Return the installation's vault, with the keys evidence.key, evidence.1.key and so on."""
    return Vault(settings.evidence_folder, load_sealer(settings.keys_folder), settings.scratch_folder)


def _new_name() -> str:
    # 128 random bits: the name says nothing of the file or of its complaint.
    return secrets.token_hex(16)
