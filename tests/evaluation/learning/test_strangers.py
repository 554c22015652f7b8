"""Texts are read by models that have not learnt them, the texts of a hand together."""

from collections import Counter
from pathlib import Path

from evaluation.learning import learnt_texts, strangers, written_sentences
from evaluation.learning.answered_texts import labelled
from evaluation.learning.strangers import FOLDS, fold_of, found_by_strangers


def test_every_fold_holds_a_good_part_of_the_texts_and_of_the_sentences():
    for learnt in (learnt_texts(), written_sentences()):
        sizes = Counter(fold_of(one.source) for one in learnt)
        assert all(sizes[fold] > sum(sizes.values()) / 10 for fold in FOLDS)


def test_texts_and_sentences_of_one_hand_are_in_one_fold():
    assert fold_of("stories_told_at_home.txt") == fold_of("oblique_told_at_home.txt") == fold_of("pairs_at_dawn.txt")
    assert fold_of("open_1.jsonl") == fold_of("opened_3.jsonl") == fold_of("many_voices.txt")
    assert fold_of("dev.jsonl") not in (fold_of("pairs_at_dawn.txt"), fold_of("open_1.jsonl"))


def test_what_reads_a_text_has_learnt_neither_it_nor_what_is_left_out(monkeypatch):
    learnt: list[set[str]] = []
    monkeypatch.setattr(strangers, "learn", lambda steps, folder, without: learnt.append(set(without)))

    def read_here(function: object, folder: Path, read: object, sources: set[str]) -> dict[str, set[str]]:
        return dict.fromkeys(sources, learnt[-1])

    monkeypatch.setattr(strangers, "apart", read_here)
    sources = {learnt.source for learnt in learnt_texts()} - {"dev.jsonl"}
    unlearnt = found_by_strangers(lambda some: {}, sources, ("dev.jsonl",))
    assert unlearnt.keys() == sources
    assert all({source, "dev.jsonl"} <= without for source, without in unlearnt.items())


def test_a_text_has_the_same_number_whatever_is_left_out():
    every = {example.number: example.text for example in labelled()}
    some = list(labelled(("dev.jsonl", "pairs_at_dawn.txt")))
    assert len(some) < len(every)
    assert all(every[example.number] == example.text for example in some)
