"""The labels of the evaluation texts are sound: offsets, codes, checksums, lenders, nothing said twice."""

import re
import unicodedata
from collections import Counter

import pytest
import yaml

from domain.lenders import load_registry
from domain.models import OUTCOMES
from domain.tactics import TAXONOMY_FILE
from evaluation.measuring.sets import INVENTED_LENDERS, OUTCOME_SETS, SETS, TEXTS, OutcomeSet, Row, known_lenders, load

COUNTABLE = {"first_hand_claim", "collector_threat"}
ASSERTIONS = COUNTABLE | {
    *("reported_claim", "asserted_fact", "rule_statement", "advice", "hypothetical", "opinion", "denial", "context")
}
PRIVATE = {
    *("cn_id", "phone", "landline", "bank_card", "email", "qq", "wechat", "name", "address", "plate", "workplace"),
    *("url_private", "contract_no"),
}
CODES = {row["code"] for row in yaml.safe_load(TAXONOMY_FILE.read_text("utf-8"))["tactics"]}
LENDERS = {entry.slug: [alias.text.lower() for alias in entry.aliases] for entry in known_lenders()}
# The texts that came with the issue name some lenders nowhere: their borrowers chose them in a form.
FROM_FORMS = {"dev"}


@pytest.fixture(params=[labelled.name for labelled in SETS])
def rows(request: pytest.FixtureRequest) -> list[Row]:
    return next(labelled for labelled in SETS if labelled.name == request.param).rows()


def test_every_file_of_labels_belongs_to_a_set():
    named = {name for labelled in SETS for name in (*labelled.texts, labelled.scripts) if name}
    named |= {labelled.texts for labelled in OUTCOME_SETS}
    assert {path.name for path in TEXTS.glob("*.jsonl")} == named


def test_no_text_and_no_id_stands_twice():
    everything = [row for path in sorted(TEXTS.glob("*.jsonl")) for row in load(path)]
    for key in ("id", "text"):
        assert [value for value, times in Counter(row[key] for row in everything).items() if times > 1] == []


def test_offsets_give_the_labelled_words(rows: list[Row]):
    for row in rows:
        for span in row["pii"] + row["keep"]:
            assert row["text"][span["start"] : span["end"]] == span["text"], (row["id"], span)
        kept = {offset for span in row["keep"] for offset in range(span["start"], span["end"])}
        assert kept.isdisjoint(offset for span in row["pii"] for offset in range(span["start"], span["end"]))


def test_tactics_are_of_the_taxonomy_and_quote_the_text(rows: list[Row]):
    for row in rows:
        for tactic in row["tactics"]:
            assert tactic["code"] in CODES
            assert tactic["assertion"] in ASSERTIONS
            assert tactic["quote"], row["id"]
            assert tactic["quote"] in row["text"], row["id"]


def test_only_the_lived_and_the_threatened_count_and_only_in_relevant_texts(rows: list[Row]):
    for row in rows:
        lived = {tactic["code"] for tactic in row["tactics"] if tactic["assertion"] in COUNTABLE}
        assert set(row["counted"]) == lived, row["id"]
        assert row["relevant"] or not row["counted"]


def test_lenders_are_known_and_named_in_the_text(rows: list[Row], request: pytest.FixtureRequest):
    for row in rows:
        slugs = row["lenders"] + row["background_lenders"]
        assert len(slugs) == len(set(slugs))
        for slug in slugs:
            text = row["text"].lower()
            named = any(alias in text for alias in LENDERS[slug])
            assert named or request.node.callspec.params["rows"] in FROM_FORMS, (row["id"], slug)


def test_private_data_is_made_up_with_right_checksums(rows: list[Row]):
    for span in (span for row in rows for span in row["pii"]):
        assert span["type"] in PRIVATE
        if span["type"] == "cn_id":
            assert _id_number_holds(span["text"]), span
        if span["type"] == "bank_card":
            assert _luhn_holds(span["text"]), span


def test_an_outcome_belongs_to_a_threat_of_the_text(rows: list[Row]):
    for row in rows:
        if outcome := row["threat_outcome"]:
            assert outcome["outcome"] in {"happened", "not_happened", "not_yet", "unknown"}
            assert {"code": outcome["threat"], "assertion": "collector_threat"} in [
                {"code": tactic["code"], "assertion": tactic["assertion"]} for tactic in row["tactics"]
            ], row["id"]


@pytest.mark.parametrize("labelled", OUTCOME_SETS, ids=lambda labelled: labelled.name)
def test_outcomes_are_told_by_words_of_the_text_and_follow_from_those_of_its_threats(labelled: OutcomeSet):
    for row in labelled.rows():
        for threat in row["threats"]:
            assert threat["code"] in CODES
            assert threat["quote"] in row["text"], row["id"]
            assert threat["outcome"] is None or threat["told"] in row["text"], row["id"]
        told = [threat for threat in row["threats"] if threat["outcome"]]
        weightiest = min(told, key=lambda threat: OUTCOMES.index(threat["outcome"]), default=None)
        assert row["threat_outcome"] == (
            weightiest and {"threat": weightiest["code"], "outcome": weightiest["outcome"]}
        ), row["id"]


def test_complaints_name_invented_lenders_only():
    invented = {entry.slug for path in INVENTED_LENDERS for entry in load_registry(path)}
    for row in (row for labelled in SETS for row in labelled.rows()):
        if row["counted"]:
            assert set(row["lenders"]) <= invented, row["id"]


@pytest.mark.parametrize("name", ["open", "opened"])
def test_messages_are_of_many_families_and_some_stand_alone(name: str):
    messages = next(labelled for labelled in SETS if labelled.name == name).script_rows()
    sizes = Counter(row["family"] for row in messages)
    assert len(messages) >= 80
    assert len(sizes) >= 20
    assert 1 in sizes.values()


def _digits(text: str) -> str:
    return re.sub(r"[^0-9X]", "", unicodedata.normalize("NFKC", text).upper())


def _id_number_holds(text: str) -> bool:
    number = _digits(text)
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], weights, strict=True))
    born_long_ago = 1900 <= int(number[6:10]) <= 1933 and number[14:16] == "00"
    return len(number) == 18 and number[17] == "10X98765432"[total % 11] and born_long_ago


def _luhn_holds(text: str) -> bool:
    total = 0
    for place, digit in enumerate(map(int, reversed(_digits(text)))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
