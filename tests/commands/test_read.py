"""`doorstep read` says what a text says: to a person, to a program, to the scorer."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result

from commands import doorstep
from commands.decoding import decoded
from commands.reading_in_words import ASSERTIONS, OUTCOMES
from domain.settings import PROJECT_ROOT
from webapp import words as site_words

TEXT = (
    "我叫林秋月，电话13800010002。云岭银行的催收员10月3日晚上11点打电话骂我是老赖。雲嶺銀行沒有回應。\n"
    "Then they called my office. 我的工资卡是晨星消费金融的。"
)
LENDERS = Path("domain/sample/lenders.yaml").resolve()


def run(*arguments: str, given: str | bytes = "") -> Result:
    return CliRunner().invoke(doorstep, ["read", "--lenders", str(LENDERS), *arguments], input=given)


def lines(*rows: object) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def test_a_person_sees_each_find_with_passage_place_rule_and_confidence() -> None:
    printed = run(given=TEXT).output
    assert "lender yunling_bank, subject" in printed
    assert "[云岭银行]的催收员10月3日晚上1”" in printed
    start = TEXT.index("云岭银行")
    assert f"at {start}-{start + 4}; rule: alias 云岭银行; 95% sure" in printed
    assert "tactic insult_abuse, first_hand_claim, counted" in printed
    assert "masked phone\n  “我叫［姓名］，电话[" in printed
    assert f"at {TEXT.index('138')}-{TEXT.index('138') + 11}; rule:" in printed
    assert "about collection: yes" in printed
    assert "13800010002" not in printed
    assert "林秋月" not in printed


def test_the_language_of_each_passage_is_told() -> None:
    printed = run(given=TEXT).output
    told = [line.split()[1] for line in printed.splitlines() if line.startswith("language:")]
    assert told == ["zh-Hans", "zh-Hant", "en", "zh-Hans"]


def test_a_program_gets_every_find_with_both_offsets() -> None:
    document = json.loads(run("--json", given=TEXT).output)
    public = document["public_text"]
    for find in [*document["lenders"], *document["tactics"]]:
        words = find.get("quote") or find["surface"]
        assert public[find["start"] : find["end"]] == words == TEXT[find["original_start"] : find["original_end"]]
    assert [(mask["type"], TEXT[mask["original_start"] : mask["original_end"]]) for mask in document["masks"]] == [
        ("name", "林秋月"), ("phone", "13800010002"),
    ]  # fmt: skip
    finds = [*document["lenders"], *document["tactics"], *document["masks"]]
    assert all(find["reason"] and 0 < find["confidence"] <= 1 for find in finds)
    assert [(passage["start"], passage["end"]) for passage in document["passages"]][-1][1] == len(TEXT)
    assert document["subjects"] == ["yunling_bank"]


def test_a_misspelt_name_is_shown_as_a_guess_and_not_as_a_lender() -> None:
    printed = run(given="晨新消费金融逾期了").output
    assert "perhaps lender chenxing_cf: “晨新消费金融” at 0-6 is nearly 晨星消费金融" in printed
    document = json.loads(run("--json", given="晨新消费金融逾期了").output)
    assert (document["subjects"], [guess["slug"] for guess in document["guesses"]]) == ([], ["chenxing_cf"])


def test_the_scorer_gets_one_line_for_each_text() -> None:
    given = lines({"id": "a", "text": TEXT}, {"id": 2, "text": ""})
    first, second = [json.loads(line) for line in run("--jsonl", given=given).output.splitlines()]
    assert (first["id"], first["lenders"], first["relevant"]) == ("a", ["yunling_bank"], True)
    assert {"code": "insult_abuse", "assertion": "first_hand_claim"} in first["tactics"]
    assert "insult_abuse" in first["counted"]
    assert {"start": 6 + 2, "end": 6 + 13, "type": "phone"} in first["pii"]
    assert "threat_outcome" in first
    assert (second["id"], second["lenders"], second["pii"], second["relevant"]) == (2, [], [], False)


def test_messages_of_collectors_are_grouped() -> None:
    given = lines(
        {"id": "1", "text": "云岭银行：林秋月，您欠款1200元，请于12月3日前还清"},
        {"id": "2", "text": "【已读】晨星消费金融：周海波，您欠款30元，请于1月9日之前偿还"},
        {"id": "3", "text": "你妈知道你欠钱吗？我们明天去村里挨家挨户问问"},
    )
    one, two, three = [json.loads(line)["family"] for line in run("--scripts", given=given).output.splitlines()]
    assert one == two != three


@pytest.mark.parametrize("mode", ["--jsonl", "--scripts"])
@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"id": "b"}', '{"id": "b", "text": 5}', '{"id": null, "text": "x"}', "\udcff"]
)
def test_a_line_that_is_none_is_named_and_the_others_are_read(mode: str, bad: str) -> None:
    given = (lines({"id": "a", "text": "催收"}) + "\n" + bad + "\n" + lines({"id": "c", "text": "催收"})).encode(
        "utf-8", "surrogateescape"
    )
    result = run(mode, given=given)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert "line 2 is not" in result.stderr
    assert "1 not read" in result.stderr
    assert result.exit_code == 1


def test_an_id_that_stands_twice_is_named_and_both_texts_are_read() -> None:
    result = run("--jsonl", given=lines({"id": 1, "text": "催收"}, {"id": 1, "text": ""}))
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [1, 1]
    assert "line 2 has the id of line 1" in result.stderr
    assert result.exit_code == 0


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_lines_in_the_encodings_of_chinese_programs_are_read(encoding: str) -> None:
    given = lines({"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}).replace("\n", "\r\n").encode(encoding)
    found = [json.loads(line) for line in run("--jsonl", given=given).stdout.splitlines()]
    assert [(row["id"], row["lenders"]) for row in found] == [("a", ["yunling_bank"]), ("b", ["yunling_bank"])]


@pytest.mark.parametrize("was", ["utf-8", "gb18030"])
@pytest.mark.parametrize("taken_for", ["latin-1", "cp1252"])
def test_a_text_saved_in_the_wrong_encoding_is_read_as_it_was_written(was: str, taken_for: str) -> None:
    given = TEXT.encode(was).decode(taken_for, "ignore").encode()
    printed = run(given=given).stdout
    if taken_for == "latin-1" or was == "gb18030":
        assert "lender yunling_bank, subject" in printed


@pytest.mark.parametrize(
    "text", ["café crème, déjà vu: ÀÉÎ", "Übergröße, naïve, Ærøskøbing", "晨星 ÀÉÎÒ 消费金融", "±½§¶"]
)
def test_accents_that_a_writer_meant_stay(text: str) -> None:
    assert decoded(text.encode()) == text


def test_a_closed_standard_input_is_said_in_words() -> None:
    command = f"{sys.executable} -m commands read <&-"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=PROJECT_ROOT)  # noqa: S602
    assert done.returncode == 2
    assert "standard input is closed" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_sees_codes_with_their_words_in_both_languages() -> None:
    printed = run(given=TEXT).output
    assert "辱骂" in printed
    assert "亲历 · lived" in printed


def test_the_words_for_codes_are_those_of_the_site() -> None:
    with Path("webapp/translations/zh_Hans/LC_MESSAGES/messages.po").open("rb") as file:
        chinese = read_po(file)
    for catalogue, words in ((site_words.ASSERTIONS, ASSERTIONS), (site_words.OUTCOMES, OUTCOMES)):
        in_english = {code: str(word) for code, word in catalogue.items()}
        assert words == {code: f"{chinese[word].string} · {word}" for code, word in in_english.items()}


def test_the_modes_exclude_each_other() -> None:
    assert run("--json", "--jsonl").exit_code == 2


ENTRY = "{slug: a, name_zh_hans: 甲, name_zh_hant: 甲, name_en: A, type: bank, country: CN, aliases: "


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("催收", "no list named lenders"), ("", "no list named lenders"), ("lenders: 5", "no list named lenders"),
        ("[]", "no list named lenders"),
        (": {", "no YAML"), ("\udcff", "no text in UTF-8"), ("lenders: [5]", "lender 1 is no lender"),
        ("lenders: [{slug: x}]", "lender 1 (x) has no name_zh_hans"),
        (f"lenders: [{ENTRY}[{{text: 甲, strength: strange, script: hans}}]}}]", "nor strong: strange"),
        (f"lenders: [{ENTRY}[甲]}}]", "lender 1 (a) is no lender"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_registry_is_refused_in_words(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "text.yaml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    result = run("--lenders", str(path), given="x")
    assert result.exit_code == 2
    assert "not a registry of lenders" in result.stderr
    assert said in result.stderr


def test_an_alias_of_digits_alone_needs_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "lenders.yaml"
    path.write_text(f"lenders: [{ENTRY}[{{text: 70707, strength: strong, script: latin}}]}}]", encoding="utf-8")
    assert "lender a, subject" in run("--lenders", str(path), given="70707贷款的催收天天骂我，我借了三万").output


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_a_chinese_editor_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes("云岭银行的催收员半夜打电话骂我".encode(encoding))
    assert json.loads(run("--json", str(path)).output)["subjects"] == ["yunling_bank"]


@pytest.mark.parametrize("given", [b"", b"\x00", b"\xff\xfe\xfd", bytes(range(256)) * 20, "\u202e😀\u202c".encode()])
def test_any_bytes_are_readable(given: bytes) -> None:
    for mode in ([], ["--json"]):
        assert run(*mode, given=given).exit_code == 0


SPOKEN = "雲嶺銀行的催收員今天又打電話罵我，說不還就上門。"


@pytest.mark.parametrize("encoding", ["big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "utf-8-sig"])
def test_a_file_is_read_in_the_encoding_that_gives_everyday_characters(encoding: str) -> None:
    document = json.loads(run("--json", given=SPOKEN.encode(encoding)).output)
    assert document["public_text"] == SPOKEN
    assert [(find["original_start"], find["original_end"]) for find in document["lenders"]] == [(0, 4)]


@pytest.mark.parametrize("damage", [b"\xff\xfe\xff", b"\xe5", b"\0"])
def test_a_damaged_utf_8_file_stays_readable(damage: bytes) -> None:
    assert SPOKEN in run(given=SPOKEN.encode() + damage + SPOKEN.encode()).output


def test_a_cut_utf_16_file_stays_readable() -> None:
    assert SPOKEN in run(given=SPOKEN.encode("utf-16") + b"x").output


def test_nothing_that_a_text_holds_moves_the_cursor_or_turns_the_line() -> None:
    printed = run(given=f"\x1b]0;x\x07\u202e{SPOKEN}\u2066").output
    assert not set(printed) & set("\x1b\x07\u202e\u2066")
    assert SPOKEN in printed


def test_an_id_that_no_encoding_takes_comes_back_as_it_was_given() -> None:
    printed = run("--jsonl", given='{"id": "\\udfff", "text": "催收"}').output
    assert json.loads(printed)["id"] == "\udfff"
