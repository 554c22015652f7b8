"""Any text at all: an answer or a refusal, on both engines the same, and never a crash."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.documents import Document, Tokens, sort_number, tokens
from indexer.engines import open_engine
from indexer.errors import InvalidQuery
from indexer.highlights import highlight, snippet
from indexer.request import SearchRequest
from indexer.search_terms import leaves, parse
from indexer.sync import sync

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
# Few characters, so that texts and searches meet: two that differ by script only, words, digits, all the syntax.
CLOSE_TEXT = st.text('催收門门上AaBb1 ，。\n-"“”「」()*:\\OR', max_size=14)
TERMS = st.one_of(
    CLOSE_TEXT,
    st.lists(
        st.sampled_from(
            [
                "上门",
                "催收",
                "上門",
                "门",
                "ab",
                "AB*",
                "debts",
                '"debts"',
                "OR",
                "AND",
                "NOT",
                "-收",
                "(",
                ")",
                "催a",
                "“上，门”",
            ]
        ),
        max_size=6,
    ).map(" ".join),
)


@given(ANY_TEXT | CLOSE_TEXT)
@example("\ud800")
@example("(" * 1000)
@example("-" * 1000)
@example("NOT " * 250)
@example('"' * 1000)
@example("😀" * 1000)
@example("\ufdfa" * 1000)
@settings(deadline=None)
def test_any_search_term_is_read_or_refused(term):
    try:
        wanted = parse(term)
    except InvalidQuery:
        assert len(term) > 20  # only for length, depth or number of parts
    else:
        assert wanted is None or list(leaves(wanted))


@given(ANY_TEXT | CLOSE_TEXT | TERMS, ANY_TEXT | CLOSE_TEXT)
@settings(deadline=None)
def test_the_pieces_of_a_highlighted_text_are_the_text(term, text):
    pieces = highlight(term, text)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(piece for piece, _ in pieces)
    joined = "".join(piece for piece, _ in snippet(term, text, 20)).strip("…")
    assert joined.replace("\n", " ") in text.replace("\n", " ") or not joined


@pytest.mark.parametrize("length", [1001, 10_000])
def test_a_search_term_of_thousands_of_characters_is_refused(length, records, embedded_engine):
    sync(records.database, embedded_engine)
    with pytest.raises(InvalidQuery, match="too_long"):
        embedded_engine.search(SearchRequest("催" * length))


def test_the_longest_terms_are_answered(records, every_engine):
    text = "催收电话" * 250
    complaint = records.complaint(text)
    sync(records.database, every_engine)
    assert [hit.id for hit in every_engine.search(SearchRequest(text[:1000])).hits] == [complaint]
    many = " OR ".join(f"词{number}" for number in range(63)) + " 催收"
    assert every_engine.search(SearchRequest(many)).total == 0
    with pytest.raises(InvalidQuery, match="too_complex"):
        every_engine.search(SearchRequest(" ".join(f"词{number}" for number in range(65))))


def test_a_text_of_a_million_characters_is_indexed_and_marked(records, every_engine):
    text = "上门催收，" * 100_000 + "最后一句"
    article = records.article("长文", text, url="https://news.example/long")
    assert sync(records.database, every_engine).set_aside == 0
    assert [hit.id for hit in every_engine.search(SearchRequest("最后一句")).hits] == [article]
    assert ("最后一句", True) in snippet("最后一句", text)


def test_words_of_thousands_of_letters_are_found_whole(records, every_engine):
    word = "ab" * 20_000
    article = records.article("题", f"前面 {word} 后面")
    assert sync(records.database, every_engine).set_aside == 0
    for term in (word[:1000], word[:64]):
        assert every_engine.search(SearchRequest(f"{term}")).total in (0, 1)
    assert [hit.id for hit in every_engine.search(SearchRequest("后面")).hits] == [article]


def test_a_prefix_inside_a_phrase_that_thousands_of_words_have_is_refused(records, every_engine):
    records.article("题", " ".join(f"借a{number}" for number in range(20_000)))
    sync(records.database, every_engine)
    assert every_engine.search(SearchRequest("a1*")).total == 1
    with pytest.raises(InvalidQuery, match="too_broad"):
        every_engine.search(SearchRequest("借a*"))


EMPTY = Tokens("", (), ())


def made(number: int, title: str, text: str) -> Document:
    from datetime import UTC, datetime

    instant = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        id=f"a{number:012}", version=1, sort_number=sort_number(instant, "article", number), day=20260101,
        month="2026-01", kind="article", lender=(), tactic=(), assertion=(), tactic_assertion=(), region=(),
        source="tests", title=tokens(title), text=tokens(text), name=EMPTY, lead="", often="",
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.elasticsearch
def test_both_engines_find_the_same_records_whatever_is_asked(embedded_engine, elasticsearch_settings):
    engines = [embedded_engine, open_engine(elasticsearch_settings)]

    @given(
        st.lists(st.tuples(CLOSE_TEXT, CLOSE_TEXT), min_size=1, max_size=30), st.lists(TERMS, min_size=30, max_size=60)
    )
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def same(texts, terms):
        documents = [made(number, *texts) for number, texts in enumerate(texts, 1)]
        for engine in engines:
            with engine.rebuilding() as new:
                assert new.write(documents) == []
                new.commit()
                new.swap()
        for term in terms:
            for sort in ("relevance", "date_asc"):
                embedded, other = (engine.search(SearchRequest(term, sort=sort, size=100)) for engine in engines)
                assert embedded == other

    same()
