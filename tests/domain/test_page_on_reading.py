"""What docs/reading.md tells a moderator is what the program does."""

import re

from domain.lenders import REGISTRY_FILE, load_registry
from domain.models import COUNTED_ASSERTIONS
from domain.reading import Reader
from domain.repairing.repair import repair
from domain.sample import LENDERS_FILE
from domain.settings import PROJECT_ROOT

PAGE = (PROJECT_ROOT / "docs" / "reading.md").read_text("utf-8")
EXAMPLES = re.findall(r"^> (.+)$", PAGE, re.M)


def test_the_examples_of_the_page_are_read_as_it_says():
    reader = Reader([entry for path in (REGISTRY_FILE, LENDERS_FILE) for entry in load_registry(path)])
    story, rumour = EXAMPLES
    story = story.replace("［姓名］", "林秋月").replace("［电话］", "13800010002")
    reading = reader.read(story, kind="complaint")
    assert reading.public_text == EXAMPLES[0]
    assert [find.surface for find in reading.lenders if find.role == "subject"] == ["晨星消费金融"]
    told = {find.quote: find.assertion for find in reading.tactics if find.code == "visit_threatened"}
    assert told == {"人已经到我家门口": "collector_threat", "我等到半夜，没有人来": "denial"}
    threat = reading.threat_outcome
    assert threat
    assert (threat.code, threat.outcome) == ("visit_threatened", "not_happened")
    assert threat.told
    assert "没有人来" in threat.told.quote
    second = reader.read(rumour, kind="complaint").tactics
    assert [find.assertion for find in second if find.start < rumour.index("。")] == ["reported_claim"]
    assert {find.assertion for find in second if find.start > rumour.index("。")} == {"rule_statement"}
    assert not {find.assertion for find in second} & set(COUNTED_ASSERTIONS)


def test_the_glosses_of_the_page_are_mended_as_it_says():
    text = "用戶(hù)逾期後(hòu)，收?qǐng)F(tuán)隊(duì)聯(lián)繫(xì)"
    assert repair(text).text == "用戶逾期後，收團隊聯繫"
    assert repair("重(chóng)庆").text == "重(chóng)庆"
