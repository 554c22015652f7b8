"""Tells who speaks in a text: a borrower, a collector, a lender that answers, the news, a rule, an advert."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from domain.tactic_reading.lexicon.coded_text import codes_of, symbol_count
from domain.tactic_reading.lexicon.concepts import Concepts, concept_names, lexicon
from domain.tactic_reading.speakers.genre import LAW_TITLE, LETTERHEAD, STEP, may_name_a_law
from domain.tactic_reading.speakers.quotes import OPENING

Array = np.ndarray[Any, Any]
BORROWER, MESSAGE, REPLY, NEWS, RULE, ADVICE = "borrower", "message", "lender_reply", "news", "rule", "advice"
ADVERT, REMINDER, JOB, OTHER = "advert", "reminder", "job_advert", "other"
SPEAKERS = (BORROWER, MESSAGE, REPLY, NEWS, RULE, ADVICE, OTHER)
# What a complaint form adds to the borrower: who files one is hardly ever a newspaper.
TIP = 0.5
# Words that those who file complaints hardly use where they leave out the I: 他们在门口泼漆 is a borrower's.
OF_OTHERS = ("sp_news", "sp_reply", "sp_rule", "sp_ad", "sp_offer", "sp_job", "sp_reminder", "third_person", "must_not")

# 让我坐牢, 给我公司领导打电话: longer words swallow the I, and 我公司 is what lenders call themselves too.
MYSELF = re.compile("[让叫给找骂要把向跟和到去]我(?![司行部处方台们])")

# Words of who tells of collectors, or offers something: a collector seldom calls his work 催收.
OF_NO_MESSAGE = ("they", "collector", "heard", "ask", "said", "sp_ad", "sp_offer", "sp_job", "third_person")


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """Return the place of each concept in their order."""
    return {name: place for place, name in enumerate(lexicon().classes)}


class ConceptCounts(Mapping[str, int]):
    """How often each concept of the lexicon stands in a text, by name.

    `present` are the places of those that stand in it at all, in the order of the lexicon, and `often` how often each
    of these does: of 600 concepts a text holds some 80.
    """

    def __init__(self, row: Array) -> None:
        """Take how often each concept stands in the text, in their order."""
        self.present = row.nonzero()[0]
        self.often = row.take(self.present)
        self._row: list[int] = row.tolist()

    def __getitem__(self, name: str) -> int:
        """Return how often a concept stands in the text."""
        return self._row[_places()[name]]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of all concepts."""
        return iter(_places())

    def __len__(self) -> int:
        """Return how many concepts there are."""
        return len(self._row)

    def told(self) -> dict[str, int]:
        """Return those that stand in the text at all."""
        return {name: count for name, count in self.items() if count}


@lru_cache(maxsize=1)
def _numbers() -> Array:
    """Return for each symbol the numbers of the concepts it stands for, from 1; 0 is none."""
    named, numbered = concept_names(), {name: number for number, name in enumerate(lexicon().classes, 1)}
    numbers = np.zeros((symbol_count(), max(map(len, named.values()))), np.intp)
    for symbol, names in named.items():
        numbers[ord(symbol), : len(names)] = [numbered[name] for name in names]
    return numbers


def count_concepts(concepts: Concepts) -> ConceptCounts:
    """Return how often each concept stands in the text."""
    numbers = _numbers().take(codes_of(concepts.symbols), axis=0)
    return ConceptCounts(np.bincount(numbers.ravel(), minlength=len(lexicon().classes) + 1)[1:])


def guessed_speaker(folded: str, counts: ConceptCounts) -> str:
    """Return who speaks by rules alone: one sign of many that the model weighs."""
    me = counts["me"] - counts["we"]
    if counts["sp_job"] >= 2 and me <= 2:
        return JOB
    if counts["sp_ad"] and counts["sp_ad"] * 2 + counts["sp_offer"] >= 4 + 2 * me:
        return ADVERT
    if counts["sp_reply"] >= 2 and counts["sp_reply"] >= me * 0.8:
        return REPLY
    if counts["sp_news"] >= 2 and counts["sp_news"] > me:
        return NEWS
    law = may_name_a_law(folded) and bool(LAW_TITLE.search(folded))
    if (counts["sp_rule"] + 2 * law >= 3 and me == 0) or (law and counts["sp_rule"] > me * 2):
        return RULE
    if counts["sp_reminder"] >= 2 and me <= 2 and not counts["owe"] + counts["legal"] + counts["collector"]:
        return REMINDER
    if _is_message(folded, counts):
        return MESSAGE
    advice = counts["advise"] + counts["must_not"] + 2 * len(STEP.findall(folded))
    if advice >= 3 and advice > 1.5 * me:
        return ADVICE
    if me == 0 and counts["sp_news"] >= 1 and counts["heard"]:
        return NEWS
    if me <= 1 and counts["sp_rule"] >= 3:
        return RULE
    return BORROWER


def _is_message(folded: str, counts: ConceptCounts) -> bool:
    """Tell a collector's message pasted alone: it speaks to the debtor, of a debt, and of nobody's own experience."""
    if counts["me"] - counts["we"] > 0 and not LETTERHEAD.match(folded):
        return False
    if counts["said"] > 1 or counts["advise"] > 2 or counts["ask"] or counts["heard"]:
        return False
    pressure = counts["sp_message"] + counts["legal"] + counts["unless"] + counts["violence"] + counts["laolai"]
    pressure += counts["insult_word"]
    return (counts["you"] > 0 or counts["sp_message"] > 0) and pressure + counts["owe"] + counts["to_repay"] >= 2


def speaks_to_the_debtor(folded: str, counts: ConceptCounts) -> bool:
    """Tell a message by what it lacks: it says you and never I, quotes nobody, tells of nobody and offers nothing.

    Of 89 stories and messages to learn from that do so, 80 are messages. Who complains to a lender says 你们.
    """
    others = any(
        counts[sign] for sign in ("they", "heard", "ask", "said", "sp_ad", "sp_offer", "sp_job", "third_person")
    )
    alone = counts["you"] > 0 and counts["me"] - counts["we"] <= 0 and not others
    return alone and "你们" not in folded and not any(mark in folded for mark in OPENING)


def is_an_offer(scores: dict[str, float], counts: ConceptCounts) -> bool:
    """Tell whether a text that is of none of our kinds by the model also bears signs of an advert, offer or job."""
    return max(SPEAKERS, key=lambda name: scores[name]) == OTHER and any(
        counts[sign] for sign in ("sp_ad", "sp_offer", "sp_job")
    )


def speaker_of(scores: dict[str, float], counts: ConceptCounts, kind: str, folded: str) -> str:
    """Return who speaks by the model's scores; `kind` (complaint, article) tips the scales where they hang level.

    A text that speaks of borrowers and customers, and never of an I, is nobody's own story.
    """
    impersonal = counts["me"] - counts["we"] <= 0 and counts["third_person"] >= 2
    speakers = [name for name in SPEAKERS if not (impersonal and name in (BORROWER, MESSAGE))]
    best = max(speakers, key=lambda name: scores[name] + (kind == "complaint" and name == BORROWER) * TIP)
    if best != OTHER:
        return best
    if kind != "complaint":
        return NEWS
    strange = any(counts[sign] for sign in OF_OTHERS)
    return OTHER if strange and counts["me"] <= counts["we"] and not MYSELF.search(folded) else BORROWER
