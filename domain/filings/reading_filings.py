"""A filing read: every text of it together, as it is kept and as its writer is shown it before sending."""

from functools import partial

from domain.fingerprints import likeness
from domain.reading import Reader
from domain.reading_together import read_together
from domain.store.intake.filings import Filing, ReadFiling


def read_filing(reader: Reader, filing: Filing) -> ReadFiling:
    """Read every text of a filing as it is read when it is kept; nothing is kept here and no contact is sealed."""
    read = partial(reader.read, kind="complaint", lender=filing.lender, hide=filing.more_masks)
    texts = [filing.narrative, *(text for text, _number in filing.all_scripts)]
    readings = read_together(read, texts + [text for text in (filing.product, *_abouts(filing)) if text])
    return ReadFiling(
        filing=filing,
        narrative=readings[filing.narrative],
        scripts=tuple(readings[text] for text, _number in filing.all_scripts),
        # They are published as they stand beside the narrative, so what is private in them goes at once.
        product=readings[filing.product].public_text if filing.product else "",
        abouts=tuple(readings[about].public_text if about else "" for about in _abouts(filing)),
        sketch=likeness.sketch(filing.narrative),
    )


def _abouts(filing: Filing) -> list[str]:
    return [event.about for event in filing.events]
