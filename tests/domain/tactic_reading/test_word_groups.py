"""Words in groups, and the model that adds what a group weighs to each of its words as it is loaded."""

import json

import pytest

from domain.tactic_reading.coded_text import CodedText, codes_of
from domain.tactic_reading.concepts import read_concepts
from domain.tactic_reading.sentence_model import (
    SENTENCE_MODEL_FILE,
    empty_symbols,
    sentence_features,
    sentence_model,
)
from domain.tactic_reading.word_groups import word_groups


def test_words_of_two_characters_stand_in_a_small_a_middle_and_a_large_group():
    assert len(word_groups()) > 30_000
    assert all(len(word) == 2 for word in word_groups())
    assert {len(groups) for groups in word_groups().values()} == {3}


def test_words_used_alike_share_a_group():
    assert word_groups()["老公"] == word_groups()["老婆"]
    assert word_groups()["凌晨"][1:] == word_groups()["傍晚"][1:]
    assert not set(word_groups()["老公"]) & set(word_groups()["凌晨"])


@pytest.mark.parametrize(
    "sentence", ["催收半夜打电话骂我老婆", "他们把传单贴到我岳父单位门口", "my boss got two calls"]
)
def test_the_model_weighs_a_sentence_as_it_was_trained_to(sentence: str):
    document = json.loads(SENTENCE_MODEL_FILE.read_text("utf-8"))
    concepts = read_concepts(sentence)
    odds = list(document["bias"])
    for name, value in sentence_features(concepts.symbols, sentence).items():
        for code, weight in document["weights"].get(name, ()):
            odds[code] += weight * value
    model = sentence_model()
    coded = CodedText(concepts.stops, empty_symbols(), sentence, codes_of(sentence))
    told = model.told(coded.near(*coded.sentences()[0]))
    found = model.score(told, coded.spelled(0, len(sentence)))
    for code, expected in enumerate(odds):
        assert model.odds(found, code) == pytest.approx(expected, abs=0.35)
