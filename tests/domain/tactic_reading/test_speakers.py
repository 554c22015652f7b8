"""Who speaks: a message to the debtor says you and never I, and neither quotes nor tells of others."""

import pytest

from domain.tactic_finder import read_tactics
from domain.tactic_reading.lexicon.concepts import read_concepts
from domain.tactic_reading.speakers.relevance import relevance_features
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE, SPEAKERS, count_concepts
from domain.tactic_reading.speakers.text_model import LIVED, RELEVANT, weigh_beside
from domain.text import fold


@pytest.mark.parametrize(
    "text",
    [
        "门铃坏了是吧？没事，我们敲门。欠债还钱，你躲不掉。",
        "你闺女今天穿的粉色羽绒服挺好看，放学别让她一个人走，赶紧还钱。",
        "【途远汽车金融】您已严重逾期，拖车已派出，车辆将在今晚被强制收回。",
        "Your credit will be finished by Monday and your supervisor will hear of this debt.",
    ],
)
def test_what_speaks_to_the_debtor_alone_is_a_message(text: str):
    assert read_tactics(fold(text), "complaint").speaker == MESSAGE


@pytest.mark.parametrize(
    "text",
    [
        "快圆钱包你们太过分了，逾期一天就爆通讯录，还有没有王法。",
        "上门的人不亮证件，只说“你心里清楚我们哪来的”，在门口站了二十分钟。",
        "催收打到我单位，你说气不气人，同事全知道我欠钱了。",
        "听说他们会打给你全家，逾期的都接到了。",
    ],
)
def test_a_story_that_says_you_in_passing_is_the_borrowers(text: str):
    assert read_tactics(fold(text), "complaint").speaker == BORROWER


def test_concepts_are_counted_by_name_and_by_place():
    counts = count_concepts(read_concepts("他们打电话骂我，骂我老婆。"))
    assert counts.told() == {name: number for name, number in counts.items() if number}
    names = [*counts]
    assert {names[place]: often for place, often in zip(counts.present, counts.often, strict=True)} == counts.told()
    assert len(names) == len(counts)


def test_who_speaks_is_not_learnt_with_the_tactics_that_are_found_later():
    """Their weights were learnt for who speaks too, and nothing ever added them when a text was read."""
    told = weigh_beside(relevance_features({"visit_actual"}, {"visit_actual"}, 1))
    assert [told[speaker] for speaker in SPEAKERS] == [0.0] * len(SPEAKERS)
    assert told[RELEVANT] != 0
    assert told[LIVED] != 0
