"""Which reading of a page is its main text: trafilatura's or readability-lxml's; docs/decisions/0006 says why."""

import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from crawler.extraction.boilerplate import is_boilerplate

# Less than this is a lead, or a caption.
SHORT = 100
# A reading holds another when so much of it stands there; of one line it is enough to know that it is the same article.
HELD, SAME = 0.97, 0.5
# trafilatura now and then takes one box of several: a reading that holds all of it is the whole from so much more on.
MORE_IN_CHINESE = 1.2
# In other languages it is often right to leave out what readability keeps. There it must be more than twice as long on
# a page that has much more, or repeat what the first has only once, or go on in sentences about the same things: how
# much longer, the share of sentences, and that of words that the first has too. The less it is, the surer it must be.
MUCH_MORE, REPEATED = 2.2, 0.02
MORE = ((1.55, 0.6, 0.5), (1.08, 0.9, 0.45))
# A sentence, and a word that says what a text is about, in languages that write words apart.
LONG_SENTENCE, LONG_WORD = 40, re.compile(r"[^\W\d_]{4,}")
LONG_SENTENCE_END = re.compile(r"[.!?。！？…:;”\"'’)]\W*\Z")
# Of a page of which it takes more, trafilatura has not taken one box of several.
WELL_TAKEN = 0.4
CHINESE_SHARE = 0.3
HAN = re.compile(r"[\u3400-\u9fff]")
# What stands at the ends of a Chinese article and is its own is a sentence: 这封来信的后续，我们会在38天后回访。
SENTENCE = 12
SENTENCE_END = re.compile(r"[。！？…”]\Z")

Reading = list[str]


@dataclass(frozen=True)
class PageText:
    """What a page says: the characters of all text and of the lines that are no links, and what its links say."""

    length: int
    unlinked: int
    links: Collection[str] = field(repr=False)


def choose(
    first: Reading, page: PageText, second: Callable[[], Reading], second_of_short: Callable[[], Reading]
) -> Reading:
    """Return the better of trafilatura's reading (`first`) and readability's, which is made where it is needed only.

    `second_of_short` reads the page for an article so short that what stands around it is longer.
    """
    length = _length(first)
    if length < SHORT:
        return second_of_short() or first
    if len(first) == 1:
        # Its last resort: title, byline and all paragraphs in one. The other may have taken something else altogether.
        other = second_of_short()
        return other if _shared(first, other) > SAME else first
    is_well_taken = length >= WELL_TAKEN * page.length
    if len(HAN.findall("".join(first))) > CHINESE_SHARE * length:
        # readability takes as long as trafilatura: it is not asked where there is nothing to ask.
        return first if is_well_taken and _has_clean_ends(first) else _chosen_in_chinese(first, second(), page.links)
    if page.unlinked > min(MORE)[0] * length:
        other = second()
        is_much_more = _length(other) > MUCH_MORE * length and not is_well_taken
        if (is_much_more or _goes_on(first, other)) and _shared(first, other) >= HELD:
            return other
    return first


def _goes_on(first: Reading, other: Reading) -> bool:
    """Tell whether what another reading has beside the first is more of the article: sentences about its things."""
    longer = _length(other) / _length(first)
    if longer <= min(MORE)[0]:
        return False
    known, own = _plain(first), frozenset(_words(first))
    further = [line for line in other if _plain([line]) not in known]
    length, words = _length(further), _words(further)
    if length < REPEATED * _length(other):
        return longer > max(MORE)[0]
    sentences = sum(len(line) for line in further if len(line) > LONG_SENTENCE and LONG_SENTENCE_END.search(line))
    shared = sum(word in own for word in words)
    return any(
        longer > least and sentences >= of_sentences * length and shared >= of_words * len(words)
        for least, of_sentences, of_words in MORE
    )


def _words(lines: Reading) -> list[str]:
    return [word.lower() for line in lines for word in LONG_WORD.findall(line)]


def _chosen_in_chinese(first: Reading, other: Reading, links: Collection[str]) -> Reading:
    """Choose of two readings of a Chinese page: trafilatura knows where English articles end, not Chinese ones."""
    if not other:
        return first
    if _length(other) > MORE_IN_CHINESE * _length(first) and _shared(first, other) >= HELD:
        return other
    return _within(first, other, links)


def _has_clean_ends(lines: Reading) -> bool:
    """Tell whether an article begins and ends with a sentence, what is known to be the site's left out."""
    own = [line for line in lines if not is_boilerplate(line)]
    return bool(own) and _is_sentence(own[0]) and _is_sentence(own[-1])


def _within(lines: Reading, other: Reading, links: Collection[str]) -> Reading:
    """Drop the lines at both ends that the other reading has not, but for sentences and rows of figures."""
    plain = _plain(other)
    shared = [number for number, line in enumerate(lines) if _plain([line]) in plain]
    if not shared:
        return lines
    begin, end = shared[0], shared[-1] + 1
    while begin > 0 and _is_of_article(lines[begin - 1], links):
        begin -= 1
    while end < len(lines) and _is_of_article(lines[end], links):
        end += 1
    return lines[begin:end]


def _is_of_article(line: str, links: Collection[str]) -> bool:
    if line.startswith("|"):
        cells = [cell for cell in (part.strip() for part in line.split("|")) if cell]
        return len(cells) > 1 and not any(cell in links for cell in cells)
    return _is_sentence(line)


def _is_sentence(line: str) -> bool:
    return len(line) > SENTENCE and SENTENCE_END.search(line) is not None


def _length(lines: Reading) -> int:
    return sum(map(len, lines))


def _shared(one: Reading, other: Reading) -> float:
    """Return how much of one reading stands in the other, by pairs of characters."""
    pairs = _pairs(one)
    return sum((pairs & _pairs(other)).values()) / (sum(pairs.values()) or 1)


def _pairs(lines: Reading) -> Counter[str]:
    plain = _plain(lines)
    return Counter(plain[at : at + 2] for at in range(len(plain) - 1))


def _plain(lines: Reading) -> str:
    """Return the characters alone: rows of a table are told by one with | between the cells, by the other without."""
    return "".join("".join(lines).replace("|", "").split())
