"""Tells whether an article is another one told again: by its sentences, wherever they stand, and what they tell of."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from domain.fingerprints import keys
from domain.fingerprints.article_facts import lenders_of, names_of, numbers_of
from domain.text import fold

TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\W\d_a-z]")
# An article is told by its first 50,000 characters; a spun copy of a book differs before.
LONGEST_ARTICLE = 50_000
SENTENCE_END = re.compile(r"[。!?;\n]+|(?<=[a-z0-9])\.(?=\s|$)")
CLAUSE_END = re.compile(r"[,、:]+|(?<=[一-鿿])\s+(?=[一-鿿])")
# A writer who knows no full stop is cut at commas and blanks, once a sentence has so many characters.
LONGEST_SENTENCE = 240
# 来源：镜像网 2026年11月5日 is the site's, not the story's.
IMPRINT = re.compile(
    r"\W*(?:文章)?(?:来源|出处|作者|记者|编辑|责编|责任编辑|发布(?:时间|日期)?|更新(?:时间|日期)?|时间|日期|阅读|浏览|点击|published|updated|posted|source|by)\s*:"
)
# Where a quarter of the words are other ones, 95 sentences of 100 still share 43 % of their pairs of characters with
# what they were made of; of two articles on one subject one sentence in a hundred shares 40 % with some other.
SAME_SENTENCE = 0.4
FEWEST_PAIRS = 4
# A text that says one thing ten thousand times would be compared with itself a hundred million times.
MOST_PLACES = 60
# A copy is another one's sentences, nearly all, and has at least two in five of them: half may have been left out,
# and the more that is not from there, the more likely it is news.
MOST_OF_ONE, PART_OF_OTHER = 0.8, 0.4
# In those sentences so much is word for word the same: in a short text all may be alike by chance.
ALIKE, ALIKE_WHEN_SHORT, SHORT = 0.55, 0.7, 100
# Shorter texts are alike by chance: posts of one line are copies only where they are the same.
SHORTEST = 30
# Stories from one template tell of other sums, days, lenders and places; a copy keeps them. Half of the numbers other
# ones is enough to tell without reading on.
SHARED_NUMBERS = 0.5
OTHER_FACTS = 0.15
# Of pairs of characters copies with every fourth word another one share a half, 92 % of those have one of 20 keys of
# three minima in common; of texts on one subject 27 pairs in a million have. A thousand notices from one template have
# nearly all of these keys in common, and of their numbers the one that is told again.
TEXT_KEYS, NUMBER_KEYS, ARTICLE_ROWS = 20, 4, 3
ARTICLE_KEYS = TEXT_KEYS + NUMBER_KEYS
ENOUGH_NUMBERS = 4

Pair = tuple[str, str]


class ArticlePrint:
    """What an article is compared by, each part worked out when it is asked for: most pairs differ in their numbers.

    The same in both scripts, whatever marks and blanks stand in the text.
    """

    def __init__(self, text: str) -> None:
        """Take the text as it is shown."""
        self._folded = fold(text[:LONGEST_ARTICLE])

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Pairs of characters, words or numbers."""
        tokens = TOKEN.findall(self._folded)
        return frozenset(map(" ".join, zip(tokens, tokens[1:], strict=False)))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers and days that it tells of."""
        return frozenset(number for _, number in numbers_of(self._folded))

    @cached_property
    def sentences(self) -> list[frozenset[Pair]]:
        """The pairs of characters of each sentence that is one."""
        return [pairs for _, pairs in self._placed]

    @cached_property
    def facts(self) -> list[frozenset[str]]:
        """The numbers and names of each of `sentences`."""
        others = self._by_sentence((*numbers_of(self._folded), *names_of(self._folded)))
        return [facts | lenders for facts, lenders in zip(others, self.lenders, strict=True)]

    @cached_property
    def lenders(self) -> list[frozenset[str]]:
        """The lenders that each of `sentences` is sure to name."""
        return self._by_sentence(lenders_of(self._folded))

    @cached_property
    def all_lenders(self) -> frozenset[str]:
        """All lenders that it names."""
        return frozenset().union(*self.lenders)

    @cached_property
    def all_facts(self) -> frozenset[str]:
        """All that it tells of."""
        return frozenset().union(*self.facts)

    def without_what_it_tells(self, facts: frozenset[str]) -> frozenset[str]:
        """Leave out what stands in this text too, were it but once and so not taken for a name here."""
        return frozenset(fact for fact in facts - self.all_facts if fact.replace(" ", "") not in self._bare)

    @cached_property
    def _bare(self) -> str:
        return "".join(TOKEN.findall(self._folded))

    def _by_sentence(self, facts: Iterable[tuple[int, str]]) -> list[frozenset[str]]:
        starts = [start for start, _ in self._placed]
        found: list[set[str]] = [set() for _ in starts]
        for place, fact in facts:
            at = bisect_right(starts, place) - 1
            if at >= 0:
                found[at].add(fact)
        return [frozenset(of_sentence) for of_sentence in found]

    @cached_property
    def sentences_of_pair(self) -> dict[Pair, list[int]]:
        """In which of `sentences` a pair stands, the first MOST_PLACES."""
        found: dict[Pair, list[int]] = {}
        for number, pairs in enumerate(self.sentences):
            for pair in pairs:
                places = found.setdefault(pair, [])
                if len(places) < MOST_PLACES:
                    places.append(number)
        return found

    @cached_property
    def _placed(self) -> list[tuple[int, frozenset[Pair]]]:
        placed = []
        for start, end in _sentences(self._folded):
            tokens = TOKEN.findall(self._folded, start, end)
            pairs = frozenset(zip(tokens, tokens[1:], strict=False))
            if len(pairs) >= FEWEST_PAIRS and not IMPRINT.match(self._folded[start:end]):
                placed.append((start, pairs))
        return placed


def are_copies(one: ArticlePrint, other: ArticlePrint) -> bool:
    """Whether one text is the other told again: sentences moved or left out, words swapped, another site's name."""
    if tell_of_other_numbers(one.numbers, other.numbers) or min(len(one.pieces), len(other.pieces)) < SHORTEST:
        return False
    if _name_other_lenders(one, other):
        return False
    first, second = _Retold(one, other), _Retold(other, one)
    most, least = sorted((first, second), key=lambda retold: (retold.share, retold.alike, retold.size), reverse=True)
    if most.share < MOST_OF_ONE or least.share < PART_OF_OTHER:
        return False
    if most.alike < (ALIKE if most.size >= SHORT else ALIKE_WHEN_SHORT):
        return False
    return not _tell_of_others(first, second)


def tell_of_other_numbers(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the numbers of two texts are enough to tell that neither is the other told again."""
    fewer = min(len(one), len(other))
    return fewer > 1 and len(one & other) / fewer < SHARED_NUMBERS


def _name_other_lenders(one: ArticlePrint, other: ArticlePrint) -> bool:
    """Whether all lenders of both are others: to find out costs less than to compare their sentences."""
    if not one.all_lenders.isdisjoint(other.all_lenders):
        return False
    return bool(other.without_what_it_tells(one.all_lenders) and one.without_what_it_tells(other.all_lenders))


class _Retold:
    """Which sentences of `one` stand in `other` too, and how much of `one` that is (`share`, of its pairs)."""

    def __init__(self, one: ArticlePrint, other: ArticlePrint) -> None:
        self._one, self._other = one, other
        self._sentences: list[int] = []
        found = shared = self.size = 0
        for number, pairs in enumerate(one.sentences):
            self.size += len(pairs)
            same = _most_shared(pairs, other.sentences_of_pair)
            if same >= SAME_SENTENCE * len(pairs):
                self._sentences.append(number)
                found, shared = found + len(pairs), shared + same
        self.share = found / self.size if self.size else 0.0
        self.alike = shared / found if found else 0.0

    @property
    def facts(self) -> frozenset[str]:
        """What the sentences tell of."""
        return self._told(self._one.facts)

    @property
    def facts_of_its_own(self) -> frozenset[str]:
        """What they tell of and the other text does not."""
        return self._other.without_what_it_tells(self.facts)

    @property
    def lenders(self) -> frozenset[str]:
        """The lenders that they name."""
        return self._told(self._one.lenders)

    @property
    def lenders_of_its_own(self) -> frozenset[str]:
        """Those that they name and the other text does not."""
        return self._other.without_what_it_tells(self.lenders)

    def _told(self, of_sentences: Sequence[frozenset[str]]) -> frozenset[str]:
        return frozenset().union(*(of_sentences[number] for number in self._sentences))


def _most_shared(pairs: frozenset[Pair], places: dict[Pair, list[int]]) -> int:
    """Return how many pairs of a sentence stand together in one sentence of another text."""
    counts = Counter(place for pair in pairs for place in places.get(pair, ()))
    return max(counts.values(), default=0)


def _tell_of_others(first: _Retold, second: _Retold) -> bool:
    """Whether the same sentences tell of other sums, days, lenders, places or persons in the two texts.

    A lender is left out by no farm: its name is what is searched for.
    """
    if not first.lenders & second.lenders and (first.lenders_of_its_own or second.lenders_of_its_own):
        return True
    ones, others = len(first.facts_of_its_own), len(second.facts_of_its_own)
    different = (ones + others) / 2 if ones and others else 0
    return different > OTHER_FACTS * (different + len(first.facts & second.facts))


def article_keys(text_print: ArticlePrint) -> list[int]:
    """Return the keys under which copies of an article are found, TEXT_KEYS or ARTICLE_KEYS; none for hardly a text."""
    of_text = keys(text_print.pieces, TEXT_KEYS, ARTICLE_ROWS)
    if len(text_print.numbers) < ENOUGH_NUMBERS:
        return of_text
    return of_text + keys(text_print.numbers, NUMBER_KEYS, ARTICLE_ROWS)


def _sentences(folded: str) -> list[tuple[int, int]]:
    """Return where sentences begin and end; what is too long for one is cut at its commas."""
    spans: list[tuple[int, int]] = []
    for start, end in _between(SENTENCE_END, folded, 0, len(folded)):
        spans += _between(CLAUSE_END, folded, start, end) if end - start > LONGEST_SENTENCE else [(start, end)]
    return spans


def _between(ends: re.Pattern[str], folded: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    marks = [match.span() for match in ends.finditer(folded, start, end)]
    starts, stops = [start, *(after for _, after in marks)], [*(before for before, _ in marks), end]
    return [(first, last) for first, last in zip(starts, stops, strict=True) if last > first]
