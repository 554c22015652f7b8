"""Marks in the texts written for training become passages, and every line of them can be read."""

from collections import Counter
from pathlib import Path

import pytest

from evaluation.learning import masked, written_sentences
from evaluation.learning.marked_texts import framed_texts, marked_sentences, marked_texts, texts_of, unmarked
from evaluation.measuring import evaluation_reader


def test_a_mark_becomes_a_passage_and_leaves_the_text():
    read = unmarked("borrower", "他们{sc,dd 给我妈打电话说我欠钱}，{vt 说要上门}，{vt- 没人来}。")
    assert read.text == "他们给我妈打电话说我欠钱，说要上门，没人来。"
    told = [(p.code, p.assertion, read.text[p.start : p.end]) for p in read.passages]
    assert told == [
        ("social_circle_contact", "first_hand_claim", "给我妈打电话说我欠钱"),
        ("debt_disclosure", "first_hand_claim", "给我妈打电话说我欠钱"),
        ("visit_threatened", "collector_threat", "说要上门"),
        ("visit_threatened", "denial", "没人来"),
    ]


@pytest.mark.parametrize("line", ["{sc 打给我妈", "打给我妈}", "{zz 打给我妈}", "{sc; 打给我妈}"])
def test_a_wrong_mark_is_refused(line: str):
    with pytest.raises(ValueError, match="mark|opening"):
        unmarked("borrower", line)


def test_every_written_text_can_be_read():
    texts = list(marked_texts())
    assert len(texts) > 600
    assert all(0 <= p.start < p.end <= len(text.text) for text in texts for p in text.passages)
    assert {text.speaker for text in texts} == {
        "borrower",
        "message",
        "news",
        "rule",
        "advice",
        "lender_reply",
        "other",
    }


def test_the_codes_before_a_sentence_hold_for_all_of_it(tmp_path: Path):
    (tmp_path / "some.txt").write_text(
        "# kinds\nsc,dd!|明天就告诉你妈你欠钱。\n-|他说{vt 今晚来}。\n-|我妈来了。\n", "utf-8"
    )
    read = [(s.text, [(p.code, p.assertion, p.end - p.start) for p in s.passages]) for s in marked_sentences(tmp_path)]
    assert read == [
        (
            "明天就告诉你妈你欠钱。",
            [("social_circle_contact", "first_hand_claim", 11), ("debt_disclosure", "collector_threat", 11)],
        ),
        ("他说今晚来。", [("visit_threatened", "collector_threat", 3)]),
        ("我妈来了。", []),
    ]


def test_no_written_sentence_stands_twice():
    times = Counter(sentence.text for sentence in written_sentences())
    assert [text for text, count in times.items() if count > 1] == []


def test_passages_move_along_when_private_data_is_masked():
    read = unmarked("borrower", "我电话13300017730，{vt 他说明天上门}，{wk 还打到我单位}。")
    text = masked(evaluation_reader(), read.text, read.passages)
    assert "13300017730" not in text.text
    assert [text.text[p.start : p.end] for p in text.passages] == ["他说明天上门", "还打到我单位"]


def test_a_frame_makes_every_choice_and_marks_stay_where_they_stand():
    made = texts_of("[甲|乙]说{vt [上门|来]}。")
    assert made == ["甲说{vt 上门}。", "甲说{vt 来}。", "乙说{vt 上门}。", "乙说{vt 来}。"]


def test_some_texts_of_each_frame_are_learnt_and_none_twice():
    texts = [framed.text for framed in framed_texts()]
    assert len(texts) == len(set(texts)) > 300


def test_a_text_is_learnt_as_those_who_read_tactics_meet_it_before_it_is_known_what_it_is_about():
    """荷花分期 is a subject where no tactic is told too: the model of relevance can't know that it is in passing."""
    text = "荷花分期的广告又在电梯里放了一整天，吵得头疼。"
    reader = evaluation_reader()
    assert len(reader.read(text, kind="complaint").subjects) == 0
    subjects = {find.slug for find in reader.mask(text).lenders if find.role == "subject"}
    assert masked(reader, text).subjects == len(subjects) > 0
