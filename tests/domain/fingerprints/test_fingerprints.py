"""Copies of an article are told from other articles on the same subject, however they were spun."""

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.fingerprints import hashed, packed, similarity, unpacked
from domain.fingerprints.article_prints import ARTICLE_KEYS, TEXT_KEYS, ArticlePrint, are_copies, article_keys
from domain.repairing.repair import repair

# Written for this test; the lender does not exist.
STORY = [
    "云岭银行上周公布了委外催收机构名单，共23家。", "名单显示，其中7家去年受到过处罚，最高的一笔罚款为86万元。",
    "银行表示，催收人员不得在晚上十点以后联系客户，也不得联系客户的家人和同事。",
    "一位在该行欠款41000元的借款人说，他在9月里接到过112个电话，多数没有人说话。",
    "律师提醒，借款人可以要求对方出示委托书，并把通话录音保存下来。",
    "监管部门没有回应记者的提问，只说名单会每半年更新一次。",
]  # fmt: skip
WORDS = {
    "公布": "公开",
    "表示": "称",
    "联系": "联络",
    "电话": "来电",
    "律师提醒": "律师建议",
    "保存": "留存",
    "提问": "采访",
}


def spun(sentences: list[str]) -> str:
    text = "".join([sentences[0], *sentences[:0:-1]])
    for old, new in WORDS.items():
        text = text.replace(old, new)
    return text


def test_a_spun_copy_is_a_copy():
    copy = ArticlePrint(spun(STORY) + "\n来源：别的网站")
    assert are_copies(ArticlePrint("\n".join(STORY)), copy)


def test_a_copy_in_the_other_script_has_the_same_print():
    one, other = ArticlePrint("雲嶺銀行上週公布了名單，共 23 家。"), ArticlePrint("云岭银行上周公布了名单：共23家")
    assert (one.pieces, one.numbers) == (other.pieces, other.numbers)
    assert one.numbers == {"23"}


def test_another_story_from_the_same_template_is_none():
    other = "".join(STORY)
    changes = {"云岭": "沧屿", "23": "31", "7家": "2家", "86": "140", "41000": "9300", "9月": "3月", "112": "58"}
    for old, new in changes.items():
        other = other.replace(old, new)
    prints = ArticlePrint("".join(STORY)), ArticlePrint(other)
    assert not are_copies(*prints)
    assert "pieces" not in vars(prints[1])  # their numbers told it: to work out the pieces of twelve such took longest


def test_texts_of_one_line_are_no_near_copies():
    assert not are_copies(ArticlePrint("云岭银行的催收又来电话"), ArticlePrint("云岭银行的催收又来电话了"))


@pytest.mark.parametrize("seed", [7, 23, 99])
def test_the_small_webs_copies_are_found_by_a_key_and_nothing_else_is_folded(shared: Path, seed: int):
    listed = subprocess.run(
        [sys.executable, str(shared / "web" / "web.py"), "urls", "--ports-from", "8100", "--seed", str(seed)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    kept = [row for row in rows if row.get("text") and row["expect"].startswith(("article", "post", "duplicate_of"))]
    prints = [ArticlePrint(repair(row["text"]).text) for row in kept]
    first_of = [row.get("duplicate_of") or row["url"] for row in kept]
    near = 0
    for one, other in combinations(range(len(kept)), 2):
        if kept[one]["text"] == kept[other]["text"]:
            continue
        is_copy = first_of[one] == first_of[other]
        shares_key = bool(set(article_keys(prints[one])) & set(article_keys(prints[other])))
        folded = shares_key and are_copies(prints[one], prints[other])
        assert folded == is_copy, (kept[one]["url"], kept[other]["url"])
        near += is_copy
    assert near


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared(one: str, other: str):
    prints = ArticlePrint(one), ArticlePrint(other)
    assert are_copies(*prints) == are_copies(*prints[::-1])
    assert len(article_keys(prints[0])) in (0, TEXT_KEYS, ARTICLE_KEYS)


@given(st.lists(st.text()))
def test_stored_pieces_come_back(pieces: list[str]):
    assert unpacked(packed(hashed(pieces))) == hashed(pieces)


def test_nothing_is_like_nothing():
    assert similarity(hashed([]), hashed([])) == 0.0
