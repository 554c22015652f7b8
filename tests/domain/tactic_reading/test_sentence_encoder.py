"""The encoder tells of any sentence how likely each tactic is, the same each time, and is asked only in doubt."""

import os
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import Reader
from domain.tactic_finder import read_tactics
from domain.tactic_reading import second_opinion
from domain.tactic_reading.assertions.assertion_model import assertion_types
from domain.tactic_reading.second_opinion import MOST_ASKED, NEAR, SecondOpinion
from domain.tactic_reading.sentence_encoder import Opinion, SentenceEncoder, sentence_encoder
from domain.tactic_reading.sentence_encoder import encoder as encoder_module
from domain.tactic_reading.sentence_encoder.pieces import Pieces
from domain.tactic_reading.sentences.sentence_model import sentence_model

MARKS = ["<s>", "</s>", "<unk>"]
PIECES = Pieces([*MARKS, "▁", "催", "收", "催收", "▁上", "门", "上门"], [0, 0, 0, -2, -5, -5, -6, -4, -5, -3])


class Told:
    """An encoder that is as sure of every code of every sentence, and remembers what it was asked."""

    def __init__(self):
        self.asked: list[str] = []

    def opinion(self, sentence: str) -> Opinion:
        self.asked.append(sentence)
        return Opinion(np.full(3, 4.0), np.zeros(len(assertion_types())))


@pytest.fixture
def told(monkeypatch):
    encoder = Told()
    monkeypatch.setattr(second_opinion, "sentence_encoder", lambda: encoder)
    return encoder


def test_a_text_is_cut_where_the_pieces_are_likeliest():
    assert PIECES.of("催收上门") == [0, 3, 6, 9, 1]


def test_a_blank_begins_a_piece():
    assert PIECES.of("收 上门") == [0, 3, 5, 3, 9, 1]


def test_a_character_that_no_piece_holds_is_unknown():
    assert PIECES.of("催收😀") == [0, 3, 6, 2, 1]


def test_it_tells_of_the_same_codes_and_assertions_as_the_small_models():
    assert sentence_encoder().codes == sentence_model().codes
    assert sentence_encoder().assertions == assertion_types()


def test_a_plain_call_at_work_is_likelier_one_than_a_plain_meal():
    at_work = sentence_encoder().codes.index("workplace_contact")
    call, meal = map(sentence_encoder().opinion, ("他们把电话打到我单位前台", "中午在单位食堂吃了面"))
    assert call.tactics[at_work] > 0 > meal.tactics[at_work]


def test_a_wish_that_they_stay_away_is_likelier_hypothetical_than_a_visit_that_was_made():
    hypothetical = assertion_types().index("hypothetical")
    feared, made = map(sentence_encoder().opinion, ("我怕他们哪天真的上门来", "昨天他们真的上门来了"))
    assert feared.assertions[hypothetical] > made.assertions[hypothetical]


@given(st.text(max_size=300))
def test_any_text_is_told_in_finite_numbers(text: str):
    opinion = sentence_encoder().opinion(text)
    assert (len(opinion.tactics), len(opinion.assertions)) == (len(sentence_model().codes), len(assertion_types()))
    assert np.isfinite([*opinion.tactics, *opinion.assertions]).all()


def test_a_sentence_that_was_asked_about_lately_is_not_thought_over_again(monkeypatch):
    encoder, thought_over = sentence_encoder(), []
    think = SentenceEncoder._told_of
    monkeypatch.setattr(SentenceEncoder, "_told_of", lambda self, text: thought_over.append(text) or think(self, text))
    monkeypatch.setattr(encoder_module, "MOST_KEPT", 2)
    encoder.forget()
    first = encoder.opinion("说今晚带人来我家里坐坐")
    again = encoder.opinion("说今晚带人来我家里坐坐")
    assert (first.tactics.tolist(), first.assertions.tolist()) == (again.tactics.tolist(), again.assertions.tolist())
    assert thought_over == ["说今晚带人来我家里坐坐"]
    for sentence in ("甲", "乙", "说今晚带人来我家里坐坐"):
        encoder.opinion(sentence)
    assert thought_over == ["说今晚带人来我家里坐坐", "甲", "乙", "说今晚带人来我家里坐坐"]


def test_nothing_is_kept_of_a_sentence_but_what_was_told_of_it():
    encoder = sentence_encoder()
    encoder.forget()
    encoder.opinion("我妹妹在晨星路口开理发店")
    assert [key for key in encoder._kept if "晨星".encode() in key or not isinstance(key, bytes)] == []
    assert len(encoder._kept) == 1


def test_it_says_the_same_in_a_process_that_was_forked_off_one_that_has_it():
    here = sentence_encoder().opinion("说今晚带人来我家里坐坐").tactics.tolist()
    child = os.fork()
    if child == 0:
        sentence_encoder().forget()
        os._exit(0 if sentence_encoder().opinion("说今晚带人来我家里坐坐").tactics.tolist() == here else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_only_what_the_model_doubts_is_asked_about_and_the_mean_of_both_holds(told):
    odds = np.array([[-5.0, -6.0, -4.0], [-5.0, 1.0, -4.0], [5.0, 6.0, 4.0]])
    places = [(0, 1, 0, 1), (1, 2, 2, 4), (2, 3, 5, 6)]
    after, hopeful = SecondOpinion("甲。乙丙。丁").on_tactics(places, odds, np.full(3, False))
    assert told.asked == ["乙丙"]
    assert after[[0, 2]].tolist() == odds[[0, 2]].tolist()
    assert after[1].tolist() == ((odds[1] + 4.0 - second_opinion.MARGIN) / 2).tolist()
    assert hopeful.tolist() == [False, True, False]


def test_of_many_doubtful_sentences_those_nearest_to_even_are_asked_about(told):
    number = MOST_ASKED + 10
    odds = np.linspace(NEAR - 0.01, 0, number)[:, None].repeat(3, axis=1)
    places = [(n, n + 1, n, n + 1) for n in range(number)]
    after, _ = SecondOpinion("句" * number).on_tactics(places, odds, np.full(number, True))
    assert len(told.asked) == MOST_ASKED
    assert (after[:10] == odds[:10]).all()


def test_a_sentence_is_asked_about_once_for_its_tactics_and_how_it_asserts_them(told):
    opinion = SecondOpinion("他们说要来")
    opinion.on_tactics([(0, 1, 0, 5)], np.zeros((1, 3)), np.full(1, True))
    opinion.on_assertion(0, (0, 5))
    assert told.asked == ["他们说要来"]


def test_a_complaint_with_a_doubtful_sentence_is_asked_about_and_an_article_never(monkeypatch):
    asked = []
    ask = SentenceEncoder.opinion
    monkeypatch.setattr(SentenceEncoder, "opinion", lambda self, text: asked.append(text) or ask(self, text))
    story = "云岭银行的人跑到我妹妹开的理发店，逢人便讲我的事。听说他们对谁都这样。不知道哪天又要来。"
    Reader([]).read(story, kind="article")
    assert asked == []
    Reader([]).read(story, kind="complaint")
    assert asked != []


def test_a_text_of_a_book_s_length_is_read_without_asking(told):
    odds = np.zeros((1, 3))
    text = "字" * (second_opinion.LONGEST_TEXT + 1)
    after, _ = SecondOpinion(text).on_tactics([(0, 1, 0, 1)], odds, np.full(1, True))
    assert told.asked == []
    assert after.tolist() == odds.tolist()


def test_the_library_that_runs_it_holds_no_address_to_send_events_to():
    spec = find_spec("onnxruntime")
    assert spec is not None
    assert spec.origin is not None
    libraries = [one for one in Path(spec.origin).parent.rglob("*") if one.suffix in (".so", ".dylib", ".pyd", ".dll")]
    assert libraries
    assert [one.name for one in libraries if b"events.data.microsoft.com" in one.read_bytes()] == []


def test_the_pieces_of_a_long_text_that_is_strange_as_a_whole_are_read_without_asking(monkeypatch):
    asked = []
    ask = SentenceEncoder.opinion
    monkeypatch.setattr(SentenceEncoder, "opinion", lambda self, text: asked.append(text) or ask(self, text))
    assert read_tactics("催收打电话给我妈" * 5000, "complaint").tactics
    assert asked == []
