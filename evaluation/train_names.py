"""Learn domain/redaction/names/name_weights.txt: a logistic regression over every place where a surname begins.

python -m evaluation.train_names

Names are drawn at random and put into the frames of name_frames.txt, between words that introduce a person and words
that go on after one, and into the labelled texts and the sentences of training/, where a person is spoken of (他,
客服, 李女士); whatever else begins with a surname in these texts is no name. Nor is what begins with one in
training/plain.txt, in the catalogue of the web application, or in the 47,000 words and idioms that pypinyin knows.
All of this is in the repository or in what it locks, so that the same weights come out again.
"""

import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from babel.messages.pofile import read_po
from pypinyin.phrases_dict import phrases_dict

from domain.redaction.names.features import (
    FOLDER,
    SEEN_AFTER,
    SEEN_BEFORE,
    classes,
    inner_features,
    outer_features,
)
from domain.redaction.names.model import candidates
from domain.text import fold
from domain.words.common_words import common_words
from evaluation import HERE
from evaluation.drawing.drawn_names import random_name
from evaluation.learning.marked_texts import PRIVATE, marked_sentences, marked_texts

FRAMES = HERE / "drawing" / "name_frames.txt"
TEXTS = ("dev", "open")
TRAINING = ("sentences.txt", "speakers.txt")
PLAIN = HERE / "training" / "plain.txt"
CATALOGUE = HERE.parent / "webapp" / "translations" / "zh_Hans" / "LC_MESSAGES" / "messages.po"
WEIGHTS = FOLDER / "name_weights.txt"
TITLES = ("女士", "先生", "小姐", "经理", "律师", "老师", "某某", "某", "主任", "主管", "总", "姐", "哥")
PERSON = re.compile(
    r"(?<![其吉排利维])他(?![们人乡妈])|她(?!们)|对方|[那这]个人|我妈妈?|我爸爸?|我?老公|我?老婆|我?朋友(?!圈)|我?同事|领导|老板|经理|我?邻居"
    r"|我[哥弟姐妹]|我?(?:爷爷|奶奶|婆婆|公公|岳父|岳母|舅舅|叔叔|儿子|女儿|房东|同学|前夫|前妻|姐姐|哥哥|弟弟|妹妹|表哥|表姐|外婆|外公|媳妇|爱人|班主任|店长|主管|村支书)"
    r"|借款人|本人|客服(?!电话|热线|中心|说|部)|催收员|群主|(?<=[,。])我(?!们|国|行|司|方)|某某|某人"
    r"|[王李张刘陈杨赵周吴徐孙朱胡郭何林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢](?:女士|先生|小姐|经理|律师|老师|某某|某)"
)
JOINED = 20_000
GLUE = ("的", ",", "是", "了", "和", "在", "不", "、", "就", "。", "有", "也", "把", "去", "“", "着")
NAMED = re.compile("陈国庆|李红梅|王小明|王强|周扒皮")  # in sentences that mark no names
Labelled = tuple[str, set[tuple[int, int]]]
Row = tuple[list[str], bool]


def labelled_texts() -> Iterator[Labelled]:
    """Yield the folded Chinese texts of the evaluation that are for tuning, with the places of the names in them."""
    for path in sorted(path for start in TEXTS for path in (HERE / "texts").glob(f"{start}*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            folded = fold(row["text"])
            if len(folded) == len(row["text"]):
                yield folded, {(find["start"], find["end"]) for find in row["pii"] if find["type"] == "name"}


def with_names(text: str, names: set[tuple[int, int]], chance: random.Random, share: float) -> Labelled:
    """Put other names in place of those of a text, and names where a share of its persons stands."""
    persons = [match.span() for match in PERSON.finditer(text)]
    persons = [(a, b) for a, b in persons if chance.random() < share and not any(a < d and c < b for c, d in names)]
    pieces, placed, length, done = [], set(), 0, 0
    for start, end in sorted([*names, *persons]):
        name = random_name(chance)
        word = text[start:end]
        title = next((title for title in TITLES if word.endswith(title) and len(word) > len(title)), "")
        keeps = (start, end) not in names and len(word) > 1 and chance.random() < 0.6
        before = word if keeps and not title else title if keeps and chance.random() < 0.4 else ""
        after = title if keeps and title and not before and len(title) > 1 else ""
        pieces += [text[done:start], before, name, after]
        length += start - done + len(before)
        placed.add((length, length + len(name)))
        length += len(name) + len(after)
        done = end
    return "".join([*pieces, text[done:]]), placed


def framed(frame: str, chance: random.Random) -> Labelled:
    """Put names at each @ of a frame, and a surname alone, which is no name, at each #."""
    text, placed = "", set()
    for piece in re.split("([@#])", frame.replace("\\n", "\n")):
        if piece == "@":
            name = random_name(chance)
            placed.add((len(text), len(text) + len(name)))
            text += name
        else:
            text += random_name(chance)[0] if piece == "#" else piece
    return fold(text), placed


def joined(chance: random.Random, before: list[str], after: list[str]) -> Labelled:
    """Put a name between a word that introduces a person and what goes on behind one, each from another frame."""
    introductions = sorted(classes()["introductions"])
    lead = chance.choice(
        ["", "", "", "我", "我", "他", "你", ",", "。", "找", "给", "和", "问", "跟", "让", "被", "的"]
    )
    left = chance.choice(before) if chance.random() < 0.5 else lead + chance.choice(introductions)
    if chance.random() < 0.1:
        left += chance.choice((":", ",", "“", " "))
    return framed(f"{left}@{chance.choice(after)}", chance)


def sentences() -> Iterator[Labelled]:
    """Yield the sentences that were written to train other models; no full name is in them."""
    for name in TRAINING:
        for line in (HERE / "training" / name).read_text("utf-8").splitlines():
            text = fold(line.rpartition("|")[2])
            if re.search("[一-鿿]", text) and line[0] != "#":
                yield text, set()


def marked() -> Iterator[Labelled]:
    """Yield the sentences whose private data is marked, with the places of the names."""
    for line in PRIVATE.read_text("utf-8").splitlines():
        text, placed = "", set()
        for piece in re.split(r"(\{\w:[^}]*\})", line.replace("\\n", "\n") if line[:1] != "#" else ""):
            is_marked = piece[:1] == "{"
            if is_marked and piece[1] == "n":
                placed.add((len(text), len(text) + len(piece) - 4))
            text += piece[3:-1] if is_marked else piece
        folded = fold(text)
        if len(folded) == len(text):
            yield folded, placed


def unnamed() -> Iterator[Labelled]:
    """Yield the single sentences written for the models of tactics, with the few names that stand in them."""
    for told in marked_sentences():
        text = fold(told.text)
        yield text, {match.span() for match in NAMED.finditer(text)}


def plain(chance: random.Random) -> Iterator[Labelled]:
    """Yield texts without any name: own prose, the catalogue, words and idioms in passing."""
    for line in PLAIN.read_text("utf-8").splitlines():
        yield fold(line), set()
    with CATALOGUE.open("rb") as catalogue:
        for message in read_po(catalogue):
            if isinstance(message.string, str):
                yield fold(message.string), set()
    words = [word for word in phrases_dict if all("一" <= character <= "鿿" for character in word)]
    chance.shuffle(words)
    for place in range(0, len(words) - 4, 2):
        yield "".join(f"{word}{chance.choice(GLUE)}" for word in words[place : place + 4]), set()


def material(chance: random.Random) -> Iterator[Labelled]:
    """Yield everything to learn from."""
    for text, names in [*labelled_texts(), *marked(), *sentences()]:
        yield text, names
        for _ in range(20 if names else 10):
            yield with_names(text, names, chance, chance.choice((0.15, 0.35, 0.7)))
    for text, names in unnamed():
        yield text, names
        yield with_names(text, names, chance, 0.35)
    for told in marked_texts():
        text = fold(told.text)
        yield text, set()
        for _ in range(3):
            yield with_names(text, set(), chance, 0.35)
    frames = FRAMES.read_text("utf-8").splitlines()
    for frame in frames:
        for _ in range(25):
            yield framed(frame, chance)
    single = [frame.split("@") for frame in frames if frame.count("@") == 1]
    before, after = [left for left, _ in single if left], [right for _, right in single if right]
    for _ in range(JOINED):
        yield joined(chance, before, after)
    for word in common_words():
        if word[0] in classes()["surnames"]:
            yield f"的,{word},", set()
            yield f"{chance.choice(GLUE)}{word}{chance.choice(GLUE)}", set()
    yield from plain(chance)


def rows(texts: Iterator[Labelled]) -> Iterator[Row]:
    """Yield the features of each place where a surname begins; one with the same neighbours at most thrice."""
    seen: Counter[tuple[str, int]] = Counter()
    for text, names in texts:
        for start, surname, given in candidates(text):
            end = start + len(surname) + len(given)
            is_name = (start, end) in names
            around = (text[max(0, start - 2) : end + 2], len(given))
            seen[around] += 1
            if is_name or seen[around] <= 3:
                yield [*inner_features(surname, given), *_outer(text, start, surname, given)], is_name


def _outer(text: str, start: int, surname: str, given: str) -> Iterator[str]:
    end = start + len(surname) + len(given)
    return outer_features(text[max(0, start - SEEN_BEFORE) : start], surname, given, text[end : end + SEEN_AFTER])


def learn(data: list[Row], chance: random.Random, rounds: int = 6, first_counted: int = 2) -> dict[str, float]:
    """Fit the weights by AdaGrad; what they were after the later rounds is averaged, so that chance weighs less."""
    total: defaultdict[str, float] = defaultdict(float)
    found: defaultdict[str, float] = defaultdict(float)
    slopes: defaultdict[str, float] = defaultdict(lambda: 0.01)
    for place in range(rounds):
        chance.shuffle(data)
        for features, is_name in data:
            score = sum(found[feature] for feature in features)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - is_name
            if abs(error) > 0.001:
                for feature in features:
                    slopes[feature] += error * error
                    found[feature] -= 0.25 * error / math.sqrt(slopes[feature])
        for feature, weight in found.items() if place >= first_counted else ():
            total[feature] += weight / (rounds - first_counted)
    return total


def main() -> None:
    """Learn, and write the weights that count for something."""
    chance = random.Random(1)  # noqa: S311 (names of nobody)
    data = list(rows(material(chance)))
    often = Counter(feature for features, _ in data for feature in features)
    data = [([feature for feature in features if often[feature] > 4], is_name) for features, is_name in data]
    learned = learn(data, chance)
    lines = [f"{feature} {weight:.2f}" for feature, weight in sorted(learned.items()) if abs(weight) >= 0.08]
    WEIGHTS.write_text("# feature weight; written by evaluation/train_names.py\n" + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(data)} places, {sum(is_name for _, is_name in data)} names, {len(lines)} weights")


if __name__ == "__main__":
    main()
