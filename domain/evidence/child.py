"""The child process: reads one file from standard input, writes the stripped copy to standard output.

Run by `domain.evidence.stripping` as `python -m domain.evidence.child KIND`, and by nothing else. Its exit status is 0,
10 + the place of the reason in REASONS, or whatever a decoder's crash makes of it.
"""

import sys
from collections.abc import Callable

from domain.evidence.confinement import LARGEST_OUTPUT, close_doors, limit_resources
from domain.evidence.kinds import KINDS
from domain.evidence.refusals import REASONS, Refused


def stripper(kind: str) -> Callable[[bytes], bytes]:
    """Return the function that strips files of a kind, with all loaded and opened that it needs."""
    family = KINDS[kind].family
    if family == "image":
        from domain.evidence.images import strip_image

        return lambda content: strip_image(content, kind)
    if family == "document":
        from domain.evidence.documents import get_ready, strip_pdf

        get_ready()
        return strip_pdf
    from domain.evidence.sounds import STRIPPERS

    return STRIPPERS[kind]


def main() -> int:
    """Strip what comes in; return the exit status."""
    limit_resources()
    strip = stripper(sys.argv[1])
    close_doors()
    try:
        copy = strip(sys.stdin.buffer.read())
        if len(copy) > LARGEST_OUTPUT:
            raise Refused("too_demanding")
    except Refused as refused:
        return 10 + REASONS.index(refused.reason)
    except MemoryError:
        return 10 + REASONS.index("too_demanding")
    sys.stdout.buffer.write(copy)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
