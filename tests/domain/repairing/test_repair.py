"""Glossed texts come back whole, on texts other than those that the repair was built on, and never lose an offset."""

import contextlib
import difflib
import json
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from pypinyin import Style, pinyin

from domain.repairing.gaps import mark_gaps
from domain.repairing.repair import Repaired, repair
from domain.settings import PROJECT_ROOT
from domain.text import fold
from tests.measuring import assert_grows_with_the_length_alone

SENTENCES = (
    "我們這邊是銀行貸後的催收團隊，請還清欠款，否則將聯繫您的單位領導與家屬。",
    "專業的外訪人員會對逾期用戶進行核實，實際費用以賬單為準，請與客服聯繫。",
    "該機構對催收過程進行錄音，並應當保護債務人的個人隱私，還款後須開具結清證明。",
    "業務員說過幾個月還沒處理的話，會將材料移交法務團隊，讓親戚朋友們都知道。",
)


def long_texts() -> list[str]:
    files = sorted((PROJECT_ROOT / "evaluation" / "texts").glob("*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    return [line["text"] for line in lines if sum("一" <= c <= "鿿" for c in line.get("text", "")) > 60]


@cache
def many_farmed() -> list[tuple[str, bytes]]:
    """Return (text, what the farms' tool made of its bytes) of a twelfth of them."""
    in_traditional = OpenCC("s2t").convert
    texts = [in_traditional(text).replace(" ", "") for text in long_texts()[::12]]
    in_gbk = [text.encode("gbk", "ignore").decode("gbk") for text in texts]
    return [(text, farmed(text)) for text in in_gbk]


def farmed(text: str) -> bytes:
    """Do what the farms' tool did: put a gloss after the bytes of each traditional character, wherever they stand."""
    stream = text.encode("gbk")
    for encoded, glossed in tool():
        if encoded in stream:
            stream = stream.replace(encoded, glossed)
    return stream


@cache
def tool() -> list[tuple[bytes, bytes]]:
    found = []
    for code in range(0x4E00, 0x9FFF):
        with contextlib.suppress(UnicodeEncodeError):
            encoded = chr(code).encode("gbk")
            if fold(chr(code)) != chr(code):
                found.append((encoded, encoded + f"({pinyin(chr(code))[0][0]})".encode("gbk", "ignore")))
    return found


def by_iconv(stream: bytes) -> str:
    """Show `?` for a pair that GBK does not have, the bracket that was taken for a second byte with it."""
    pieces, at = [], 0
    while at < len(stream):
        length = 1 + (stream[at] > 0x80)
        piece = "€" if stream[at] == 0x80 else stream[at : at + length].decode("gbk", errors="replace")
        pieces.append("?" if "\ufffd" in piece else piece)
        at += length
    return "".join(pieces)


def by_python(stream: bytes) -> str:
    return stream.decode("gbk", errors="replace")


def by_a_browser(stream: bytes) -> str:
    return stream.decode("gb18030", errors="replace")


def by_one_that_shows_question_marks(stream: bytes) -> str:
    return by_python(stream).replace("\ufffd", "?")


DECODERS = (by_iconv, by_python, by_a_browser, by_one_that_shows_question_marks)


@pytest.mark.parametrize("decode", DECODERS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_glossed_sentence_comes_back_whichever_decoder_read_it(sentence: str, decode: Callable[[bytes], str]):
    garbled = decode(farmed(sentence))
    assert garbled != sentence
    assert repair(garbled).text == sentence


@pytest.mark.parametrize(("decode", "least"), list(zip(DECODERS, (0.97, 0.99, 0.99, 0.99), strict=True)))
def test_of_many_garbled_texts_nearly_every_character_comes_back(decode: Callable[[bytes], str], least: float):
    """Our own labelled texts in traditional characters; what does not come back is shown as lost and not made up."""
    total = wrong = 0
    for text, stream in many_farmed():
        mended = repair(decode(stream)).text
        if mended != text:
            blocks = difflib.SequenceMatcher(None, text, mended, autojunk=False).get_matching_blocks()
            wrong += len(text) - sum(block.size for block in blocks)
        total += len(text)
    assert total > 5000
    assert 1 - wrong / total >= least


def test_what_no_gloss_explains_is_a_gap_with_a_guess_where_more_than_one_would_do():
    found = repair("用戶(hù)機(jī)構(gòu)認(rèn)爲(wèi)?yān)咳?:00至22:00")
    assert found.text == "用戶機構認爲每□:00至22:00"
    assert [(word.position, word.guess != "") for word in found.lost] == [(7, True)]


def test_a_comma_that_no_decoder_read_comes_back_where_nothing_else_would_do():
    text = "用戶(hù)機(jī)構(gòu)單(dān)位已離(lí)職(zhí)\ufffd(qiào)\ufffd現(xiàn)在"
    assert repair(text).text == "用戶機構單位已離職，現在"


def test_a_byte_that_was_dropped_without_a_trace_is_told_by_its_gloss():
    """As `iconv -c` leaves it."""
    text = "用戶(hù)機(jī)構(gòu)問(wèn)燕(zhuān)(lái)花，你(jī)(men)別(bié)再打"
    assert repair(text).text == "用戶機構問燕來花，你們別再打"


def test_a_character_cut_in_two_is_mended():
    text = "催收?qǐng)F(tuán)隊(duì)由專(zhuān)業(yè)人員(yuán)組成"
    assert repair(text).text == "催收團隊由專業人員組成"


def test_a_writers_own_gloss_stays():
    text = "重(chóng)庆的朋友，用户(VIP)不变"
    assert repair(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "今天学多音字：重(chóng)庆、重(zhòng)要、银行(háng)、行(xíng)走、长(zhǎng)大、长(cháng)度。",
        "用户(user)在银行(bank)开户，选项(a)和(b)，利率(APR)高，客服(CS)不理，逾期(DPD)，征信(PBOC)，平台(APP)，律师(LL)",
        "用戶(VIP)、銀行(bank)、貸款(loan)、還款(repay)、逾期(overdue)、帳單(bill)、電話(tel)、簡訊(SMS)、協商(deal)",
    ],
)
def test_brackets_that_a_writer_meant_stay(text: str):
    assert repair(text).text == text


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.capitalize])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_glosses_without_tones_and_in_capitals_are_taken_out_too(sentence: str, spelled: Callable[[str], str]):
    stream = sentence.encode("gbk")
    for character in dict.fromkeys(sentence):
        if fold(character) != character and "一" <= character <= "鿿":
            gloss = spelled(pinyin(character, style=Style.NORMAL)[0][0])
            stream = stream.replace(character.encode("gbk"), f"{character}({gloss})".encode("gbk"))
    assert repair(by_a_browser(stream)).text == sentence


def test_of_characters_with_one_reading_the_one_is_taken_that_is_mostly_read_so():
    """款 and 棵 begin with one byte and are both read kuǎn; 欠款 is a word."""
    text = "用戶(hù)機(jī)構(gòu)把我的\ufffd(nà)房\ufffd(kuǎn)說(shuō)給鄰(lín)居聽(tīng)"
    assert repair(text).text == "用戶機構把我的欠款說給鄰居聽"


def test_a_lost_word_is_a_visible_gap_with_a_guess_beside_it():
    text = "用戶(hù)逾期後(hòu)，催收人員(yuán)通過(guò) 、短信聯(lián)系，催收問(wèn)也日益突出。"
    found = mark_gaps(repair(text))
    assert found.text == "用戶逾期後，催收人員通過□、短信聯系，催收問□也日益突出。"
    assert [(word.position, word.guess) for word in found.lost] == [(12, "电话"), (22, "题")]


def test_many_gaps_take_no_square_of_their_number():
    mended = repair("用戶(hù)機(jī)構(gòu)認(rèn)" + "、通过 、" * 8_000)
    assert len(mark_gaps(mended).lost) > 8_000 - 2
    assert_grows_with_the_length_alone(
        lambda text: mark_gaps(Repaired(text, range(len(text) + 1), True)), "、通过 、", 10_000, 80_000
    )


def test_gaps_without_a_byte_and_without_a_word_stay_in_order():
    first, second = (
        "用戶(hù)機(jī)構(gòu)認(rèn)爲(wèi)?yān)咳?:00，通過(guò) 、短信，",
        "認(rèn)爲(wèi)?yān)咳?:30，催收問(wèn)也多。",
    )
    found = mark_gaps(repair(first + second))
    assert [found.text[word.position] for word in found.lost] == ["□"] * len(found.lost)
    assert [word.guess for word in found.lost][1::2] == ["电话", "题"]


def test_a_borrowers_spaces_are_no_gaps():
    text = "昨天 催收打电话 一直通过 短信骚扰"
    assert mark_gaps(repair(text)).text == text


@given(st.text(alphabet="用戶(hùF催收?團qǐng)tuán\n橄M€\ufffd a"))
def test_offsets_hold_in_the_original(text: str):
    found = mark_gaps(repair("用戶(hù)機(jī)構(gòu)" + text))
    assert len(found.offsets) == len(found.text) + 1
    assert found.offsets == sorted(found.offsets)
    assert 0 <= found.offsets[0] <= found.offsets[-1] == len(text) + 17
    for word in found.lost:
        assert found.text[word.position] == "□"
