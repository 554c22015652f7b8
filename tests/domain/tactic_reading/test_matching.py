"""What is found in a sentence, wherever in a text it stands, and which rules need not be asked."""

from domain.tactic_reading.lexicon.coded_text import codes_of
from domain.tactic_reading.lexicon.concepts import read_concepts
from domain.tactic_reading.matching import find_matches
from domain.tactic_reading.rules.rule import rule_book, rules
from domain.tactic_reading.speakers.speaker import BORROWER
from domain.tactic_reading.weights.packed_rows import MOST_STRETCHES

SENTENCE = "催收半夜打电话骂我老婆,还把传单贴到我岳父单位门口。"


def found(text: str) -> list[tuple[str, int]]:
    """Return the codes found with where the passage of each begins."""
    concepts = read_concepts(text)
    matches = find_matches(text, concepts, BORROWER, codes_of(text))
    return [(match.rule.code, concepts.starts[match.first]) for match in matches]


def test_a_text_too_long_to_be_weighed_at_once_is_read_as_its_sentences_are():
    times = MOST_STRETCHES // len(SENTENCE) + 1
    expected = [(code, start + number * len(SENTENCE)) for number in range(times) for code, start in found(SENTENCE)]
    assert len({code for code, _ in expected}) > 1
    assert found(SENTENCE * times) == expected


def test_rules_of_absurd_codes_are_not_asked():
    book, absurd = rule_book(), rule_book().bits_of(["excessive_call_frequency"])
    every = (1 << len(rules())) - 1
    assert all(not rule.plain for rule in rules() if rule.code == "excessive_call_frequency")
    assert book.rules_among(every, absurd) == [rule for rule in rules() if rule.code != "excessive_call_frequency"]


def test_all_rules_of_an_absurd_code_are_asked_where_a_plain_one_may_hold():
    book, every = rule_book(), (1 << len(rules())) - 1
    plain = next(rule for rule in rules() if rule.plain)
    assert book.rules_among(every, book.bits_of([plain.code])) == rules()
    other = next(rule for rule in rules() if rule.code == plain.code and not rule.plain)
    assert book.rules_among(1 << rules().index(other), book.bits_of([plain.code])) == []
