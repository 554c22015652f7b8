"""Words that are put out of sight in a text beside the masks that stand there."""

import pytest

from domain.publishing.hiding import hide


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [("我叫［姓名］，姓名不详", ["姓名"], "我叫［姓名］，［隐去］不详"), ("[胖头] 来了", ["胖头"], "[［隐去］] 来了"),
     ("找［姓名］的店", ["名］的店"], "找［隐去］"), ("胖 头 在", ["胖头"], "［隐去］ 在"),
     ("大胖头三", ["胖头", "大胖头"], "［隐去］三")],
)  # fmt: skip
def test_masks_are_put_beside_those_that_stand(text: str, words: list[str], shown: str) -> None:
    assert hide(text, words, "zh-Hans").text == shown
