"""The text of a page under true, false and missing declarations of its encoding."""

from collections.abc import Callable

import pytest

from crawler.extraction.encoding import decode

SIMPLIFIED = (
    "借款人反映，催收人员在逾期第三天打电话给家人，称已经到了家门口。平台回应称已要求合作机构整改，并向用户致歉。"
)
TRADITIONAL = (
    "借款人反映，催收人員在逾期第三天打電話給家人，稱已經到了家門口。平台回應稱已要求合作機構整改，並向用戶致歉。"
)


def page(text: str, declared: str = "") -> str:
    meta = f'<meta charset="{declared}">' if declared else ""
    return f"<html><head>{meta}<title>催收</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "gbk"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "big5", "iso-8859-1", "nonsense"])
def test_simplified_chinese_reads_under_any_declaration(encoding: str, declared: str) -> None:
    text = page(SIMPLIFIED, declared)
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "big5", "iso-8859-1"])
def test_traditional_chinese_reads_under_any_declaration(encoding: str, declared: str) -> None:
    text = page(TRADITIONAL, declared)
    assert decode(text.encode(encoding)) == text


def test_a_declaration_of_gb2312_means_all_of_gb18030() -> None:
    text = page("镕基在囧境里写下催收记录㐀", "gb2312")
    assert decode(text.encode("gb18030")) == text


def test_the_header_is_heard_where_the_page_says_nothing() -> None:
    assert decode("café".encode("cp1252"), "text/html; charset=iso-8859-1") == "café"


def test_a_page_cut_inside_a_character_is_still_utf_8() -> None:
    assert decode(page(SIMPLIFIED).encode()[:-40]).startswith("<html>")
    assert SIMPLIFIED[:20] in decode(page(SIMPLIFIED).encode()[:120])


@pytest.mark.parametrize("latin", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_read_through(latin: str) -> None:
    characters = [c for c in SIMPLIFIED if _survives(c, latin)]
    text = page("".join(characters) * 3)
    assert decode(text.encode().decode(latin).encode()) == text


def _survives(character: str, latin: str) -> bool:
    try:
        character.encode().decode(latin)
    except UnicodeDecodeError:
        return False
    return True


def test_a_byte_order_mark_decides() -> None:
    assert decode("\ufeff催收".encode()) == "催收"
    assert decode("催收".encode("utf-16")) == "催收"


def test_english_with_accents_is_not_taken_for_damage() -> None:
    text = "<p>" + "Père Noël réglait ses dettes à l'été, où déjà naïveté cède à la théorie. " * 5 + "</p>"
    assert decode(text.encode()) == text


def test_text_whose_utf_8_was_taken_for_gbk_is_read_through() -> None:
    text = SIMPLIFIED * 3
    twice = text.encode("utf-8").decode("gb18030", "ignore").encode("utf-8")
    read = decode(b"<html><body><p>" + twice + b"</p></body></html>", "text/html; charset=utf-8")
    # A byte without a partner was lost on the way, with the character that it was of.
    kept = sum(character in read for character in set(text))
    assert kept > 0.8 * len(set(text))


@pytest.mark.parametrize("text", ["蟾蜍鹌鹑麋鹿犰狳貔貅" * 6, "陕西渭南韩城潼关华阴澄城蒲城" * 4, "漢字轉換測試" * 9])
def test_rare_characters_are_not_taken_for_damage(text: str) -> None:
    assert decode(text.encode(), "text/html; charset=utf-8") == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "gb2312", ""])
def test_letters_with_accents_are_not_taken_for_chinese(declared: str) -> None:
    text = page("Die Zeit läuft: für Schuldner, die über Gebühren klagen, ändert sich nichts. " * 4, declared)
    text = text.replace("催收", "Schulden")
    assert decode(text.encode("cp1252")) == text


def test_a_page_in_utf_8_with_a_few_bad_bytes_is_read_as_what_it_is() -> None:
    text = page("Où déjà naïveté cède à la théorie, l'été réglait ses dettes. " * 5, "utf-8")
    damaged = text.encode().replace(b"dettes", b"d\xe9ttes", 1)
    assert decode(damaged) == text.replace("dettes", "d\ufffdttes", 1)


def as_browsers_do(data: bytes) -> str:
    """Read bytes as Windows' Latin; the five that it has not as the controls of Latin-1."""
    return "".join(
        bytes([byte]).decode("cp1252" if byte not in b"\x81\x8d\x8f\x90\x9d" else "latin-1") for byte in data
    )


@pytest.mark.parametrize("read_as", [as_browsers_do, lambda data: data.decode("latin-1")], ids=["windows", "latin-1"])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [(SIMPLIFIED, "utf-8"), (SIMPLIFIED, "gbk"), (TRADITIONAL, "utf-8"), (TRADITIONAL, "big5"), (TRADITIONAL, "gbk")],
)
def test_chinese_that_was_taken_for_latin_and_encoded_again_reads(
    text: str, encoding: str, read_as: Callable[[bytes], str]
) -> None:
    assert text in decode(read_as(page(text).encode(encoding)).encode(), "text/html; charset=utf-8")


def test_french_and_german_are_not_taken_for_chinese_that_was_taken_for_latin() -> None:
    for text in (
        "Où était-il à l’été ? Déjà relevé, hélas, « à côté » d’où l’élève a été tiré. " * 5,
        "ÄÖÜ äöü ß éÈ " * 30,
    ):
        assert decode(text.encode()) == text


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
@pytest.mark.parametrize("bad", [b"\xff", b"\x80\x80", b"\xff\xff"])
def test_a_bad_byte_or_two_on_a_short_page_do_not_make_it_latin(encoding: str, bad: bytes) -> None:
    text = page(TRADITIONAL if encoding == "big5" else SIMPLIFIED)
    data = text.encode(encoding).replace("平台".encode(encoding), bad)
    for declared in (encoding, "utf-8", ""):
        assert "在逾期第三天打" in decode(data, f"text/html; charset={declared}")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("declared", ["", "text/html", "text/html; charset=utf-16", "text/html; charset=gbk"])
def test_utf_16_without_its_mark_is_told_by_its_bytes(encoding: str, declared: str) -> None:
    for text in (page(SIMPLIFIED), page(TRADITIONAL, "utf-16"), page("x"), page(SIMPLIFIED * 40)):
        assert decode(text.encode(encoding), declared) == text


def test_zeros_among_other_bytes_do_not_make_utf_16() -> None:
    for data in (b"%PDF\x00\x01\x02\x00\x00" * 40, b"\x00" * 400, b"PK\x03\x04\x14\x00\x08\x00\x08\x00" * 30):
        assert "\x00" in decode(data)
    damaged = page(SIMPLIFIED).replace("催收</title>", "催收\x00\x00</title>")
    assert decode(damaged.encode()) == damaged


@pytest.mark.parametrize("declared", ["hz-gb-2312", ""])
def test_hz_is_read_as_the_chinese_that_it_stands_for(declared: str) -> None:
    text = page(SIMPLIFIED, declared)
    assert decode(text.encode("hz")) == text
    assert decode(page(SIMPLIFIED).encode("hz"), "text/html; charset=hz-gb-2312") == page(SIMPLIFIED)


def test_braces_behind_a_tilde_are_no_hz() -> None:
    text = page("催收 <script>if (~{a:1}.b) { x = ~{}; y = '~{~}'; z = `~{ab~}` }</script>")
    for plain in (text, text.replace("催收", "x")):
        assert decode(plain.encode()) == plain


@pytest.mark.parametrize("encoding", ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be", "utf-8"])
def test_a_mark_of_byte_order_tells_more_than_any_declaration(encoding: str) -> None:
    assert SIMPLIFIED in decode(("\ufeff" + page(SIMPLIFIED, "gbk")).encode(encoding), "text/html; charset=big5")
