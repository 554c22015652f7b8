"""Why a file is not taken: a code for each reason; webapp.filing.evidence_words has the sentence for a person."""

# The child process answers with 10 + the place in this list, so the order is part of how the two speak.
REASONS = (
    "empty", "too_large", "unknown_type", "drawing", "video", "office", "archive", "mixed", "broken",
    "too_many_pixels", "too_demanding", "locked", "too_many_pages", "not_only_sound", "too_many_files", "busy",
)  # fmt: skip


class Refused(Exception):
    """A file is not taken; `reason` is one of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = REASONS[REASONS.index(reason)]
