"""A site reads in many threads at once; each text is read as if it were read alone."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from domain.lenders import load_registry
from domain.reading import Reader
from domain.readings import Reading
from domain.settings import PROJECT_ROOT
from domain.words.english_stems import stem_of

THREADS = 6
STEMS = [
    "call", "threaten", "collect", "harass", "neighbour", "employ", "publish", "insult", "visit", "letter", "record",
    "contact", "lend", "borrow", "answer", "abuse", "parent", "office", "message", "lawyer",
]  # fmt: skip
ENDINGS = [
    "",
    "s",
    "ed",
    "ing",
    "er",
    "ers",
    "ation",
    "ations",
    "able",
    "ably",
    "ful",
    "fully",
    "ness",
    "ment",
    "ments",
]
WORDS = [stem + ending for stem in STEMS for ending in ENDINGS]
TEXTS = [
    "晨星消费金融的催收昨天给我妈打了二十个电话，说今晚就上门，还要告诉我们单位。",
    "He kept calling my office and threatened to publish my photographs unless I paid Chenxing by Friday.",
    "快圓錢包的人加了我同事的微信，群發我的身份證照片，電話138 0013 8000。",
    "The collectors rang my neighbours thirty times; they said that an officer would be visiting me with a warrant.",
    "云岭银行提醒：逾期会影响您的征信，请尽快还款。",
]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Lets threads change places as often as they can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def test_words_have_the_same_stems_in_many_threads(hurried: None) -> None:
    alone = [stem_of(word) for word in WORDS]
    for _ in range(5):
        stem_of.cache_clear()
        with ThreadPoolExecutor(THREADS) as threads:
            assert list(threads.map(stem_of, WORDS, chunksize=1)) == alone


def test_texts_are_read_alike_in_many_threads(hurried: None) -> None:
    reader = Reader(load_registry(PROJECT_ROOT / "domain" / "sample" / "lenders.yaml"))

    def read_all(_: int) -> list[Reading]:
        return [reader.read(text, kind="complaint") for text in TEXTS]

    alone = read_all(0)
    stem_of.cache_clear()
    with ThreadPoolExecutor(THREADS) as threads:
        assert all(readings == alone for readings in threads.map(read_all, range(THREADS * 3)))
