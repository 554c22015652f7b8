"""The rules compile, and the taxonomy's own examples are read as they say."""

import pytest

from domain.reading import Reader
from domain.tactic_reading.rules.checks import CHECKS
from domain.tactic_reading.rules.rule import rules
from domain.tactics import taxonomy_document

VISITS = {"visit_threatened", "visit_announced", "visit_actual"}
EXAMPLES = [
    (row["code"], text)
    for row in taxonomy_document()["tactics"]
    for text in (*row["examples"]["match_zh"], *(row["examples"].get("match_en") or ()))
]
EVERYDAY = [text for row in taxonomy_document()["tactics"] for text in row["examples"]["no_match_zh"]]
LEAST_FOUND, MOST_MISTAKEN = 0.85, 0.1


def test_every_check_that_a_rule_asks_for_exists():
    assert {rule.check for rule in rules() if rule.check} <= set(CHECKS)


def test_every_rule_can_hold():
    assert all(rule.needs and all(rule.needs) for rule in rules())


def test_most_examples_of_the_taxonomy_are_found(reader: Reader):
    found = [
        bool(
            {find.code for find in reader.read(text, kind="complaint").tactics} & (VISITS if code in VISITS else {code})
        )
        for code, text in EXAMPLES
    ]
    assert sum(found) / len(found) >= LEAST_FOUND


def test_hardly_an_everyday_sentence_of_the_taxonomy_counts(reader: Reader):
    counted = []
    for text in EVERYDAY:
        reading = reader.read(text, kind="complaint")
        counted.append(reading.relevant and any(find.assertion == "first_hand_claim" for find in reading.tactics))
    assert sum(counted) / len(counted) <= MOST_MISTAKEN


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("晨星消费金融的催收给我妈打电话，说我欠了两万不还。", {"social_circle_contact", "debt_disclosure"}),
        ("催收打我爸电话，又打到我单位前台。", {"social_circle_contact", "workplace_contact"}),
        ("催收员骂我是畜生，还说要找人打断我的腿。", {"insult_abuse", "violence_threat"}),
        ("催收冒充派出所民警打电话给我。", {"official_impersonation"}),
        (
            "云岭银行的催收每天打我三十多个电话，凌晨两点还打。",
            {"excessive_call_frequency", "prohibited_hours_contact"},
        ),
        ("催收逼我去别的平台借钱来还他们。", {"coerced_borrowing"}),
        ("凌晨两点发微信语音催我还钱", {"prohibited_hours_contact"}),
        ("催收让我转到他个人支付宝，我没转。", {"improper_payment_channel"}),
        (
            "The collector called my boss and told him I owe two thousand dollars.",
            {"workplace_contact", "debt_disclosure"},
        ),
    ],
)
def test_a_sentence_may_speak_of_several_tactics(reader: Reader, text: str, codes: set[str]):
    assert codes <= {find.code for find in reader.read(text, kind="complaint").tactics}
