"""Spins articles as content farms do, fills templates with other stories, and says which of two texts are copies."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from opencc import OpenCC
from pypinyin import pinyin

HERE = Path(__file__).parent
SHARES = (5, 10, 15, 20, 25)
SITES = ("镜像财经网", "贷款知识库", "债务指南", "小额信贷圈")
TITLES = ("你一定要知道的几件事", "最新消息", "真相来了", "这份提醒请收好")
PREAMBLE = (
    "小编导语：随着生活节奏的加快，越来越多的人选择提前消费，随之而来的问题也受到大家的关注。",
    "今天本站就来和大家聊一聊这个话题，希望对正在阅读的您有所帮助，记得收藏本页。",
    "在正式开始之前，先请各位读者放松心情，泡上一杯热茶，慢慢往下看。",
)
BOILERPLATE = (
    "以上就是本站为您整理的全部内容，更多精彩资讯请继续关注本站。",
    "免责声明：本文内容来自互联网，仅供参考，不代表本站立场，如有侵权请联系删除。",
    "本站所有文章均由网友自行上传，版权归原作者所有，转载请注明出处。",
    "相关推荐：信用卡逾期怎么办，网贷多久上征信，协商还款的技巧，个人信用报告查询入口。",
)
ADDED = (
    "有网友留言说，看完以后心里踏实了很多。", "其实生活里的很多难题，都需要一点耐心才能解决。",
    "说到底，量入为出才是每个家庭都该记住的道理。", "这样的故事并不少见，只是很多时候没有人愿意讲出来。",
    "朋友们如果有不同的看法，也欢迎在评论区留下您的想法。", "无论怎样，健康和家人永远比钱更值得珍惜。",
)  # fmt: skip
LENDERS = (
    "云岭银行",
    "沧屿消费金融",
    "晨星消费金融",
    "快圆钱包",
    "豆粒分期",
    "白鹭汀银行",
    "松岳小贷",
    "稻禾借款",
    "荷花分期",
    "乌溪农商行",
)
EN_LENDERS = (
    "Amber Quay Lending",
    "Cloudridge Bank",
    "Pinewater Credit",
    "Harrow & Finch Recovery",
    "Lantern Loans",
    "Bluepeak Finance",
)
SURNAMES = "赵钱孙李周吴郑王冯陈"
CITIES = ("成都市", "杭州市", "沈阳市", "南宁市", "兰州市", "合肥市", "长沙市", "青岛市")


@dataclass(frozen=True)
class Story:
    """An article of our own: its title, its sentences (a paragraph each) and the event, if others tell of it."""

    name: str
    event: str
    title: str
    sentences: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the article as a page shows it."""
        return "\n".join((self.title, *self.sentences))

    @property
    def in_english(self) -> bool:
        """Whether it is told in English."""
        return self.sentences[0].isascii()


def stories() -> list[Story]:
    """Return the articles of `articles.txt`."""
    return [Story(head[0], head[1], lines[0], tuple(lines[1:])) for head, lines in _blocks("articles.txt")]


def filled(per_template: int, dice: random.Random) -> dict[str, list[str]]:
    """Return {template: texts}: other stories from one template, none a copy of another."""
    return {
        head[0]: [_fill("\n".join(lines), number, dice) for number in range(per_template)]
        for head, lines in _blocks("templates.txt")
    }


def _fill(template: str, number: int, dice: random.Random) -> str:
    """Fill the slots; the lender and the city are others each time, for some templates change nothing else."""
    lender, city = LENDERS[number % len(LENDERS)], CITIES[number % len(CITIES)]
    values = {
        "lender": lender, "other": dice.choice([name for name in LENDERS if name != lender]), "city": city,
        "en_lender": EN_LENDERS[number % len(EN_LENDERS)], "person": SURNAMES[number % len(SURNAMES)],
        "sum": dice.randint(11, 480), "small": dice.randint(12, 99), "count": dice.randint(120, 4000),
        "days": dice.randint(13, 88), "month": dice.randint(1, 12), "day": dice.randint(1, 28),
        "year": dice.choice((2024, 2025, 2026)), "number": dice.randint(1, 99),
        "percent": f"{dice.uniform(10, 60):.1f}",
    }  # fmt: skip
    return re.sub(r"\{(\w+)\}", lambda slot: str(values[slot[1]]), template)


def spins(story: Story, dice: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) of the copies that a farm makes of an article."""
    for kind, spin in SPINS.items():
        yield kind, spin(story, dice)


def reworded(text: str, percent: int, dice: random.Random) -> str:
    """Put other words for some, until `percent` of the letters were replaced, or no word of our list is left."""
    groups = _synonyms()
    found = list(_word_pattern().finditer(text))
    dice.shuffle(found)
    wanted = percent / 100 * sum(character.isalpha() for character in text)
    chosen = {}
    for match in found:
        if wanted <= 0:
            break
        chosen[match.start()] = (match.end(), dice.choice(groups[match[0].lower()]))
        wanted -= len(match[0])
    kept, done = [], 0
    for start in sorted(chosen):
        end, word = chosen[start]
        kept += [text[done:start], word]
        done = end
    return "".join([*kept, text[done:]])


def share_reworded(text: str) -> float:
    """Return the largest share of a text's characters that our list of synonyms can replace."""
    return sum(len(match[0]) for match in _word_pattern().finditer(text)) / max(1, sum(map(str.isalpha, text)))


def glossed(text: str, dice: random.Random) -> str:
    """Put pinyin glosses behind one character in eight, as the farms' tool does."""
    parts = []
    for character in text:
        parts.append(character)
        if "\u4e00" <= character <= "\u9fff" and dice.random() < 0.12:
            parts.append(f"({pinyin(character)[0][0]})")
    return "".join(parts)


def marked(text: str, dice: random.Random) -> str:
    """Put marks and blanks between Chinese characters, one place in ten."""
    return re.sub("(?<=[一-鿿])(?=[一-鿿])", lambda _: dice.choice("*·. ") if dice.random() < 0.1 else "", text)


def _joined(story: Story, sentences: list[str] | tuple[str, ...], title: str | None = None) -> str:
    return "\n".join((title or story.title, *sentences))


def _moved(story: Story, dice: random.Random) -> list[str]:
    return dice.sample(story.sentences, len(story.sentences))


def _without(story: Story, share: float, dice: random.Random) -> list[str]:
    kept = max(1, round(len(story.sentences) * (1 - share)))
    places = sorted(dice.sample(range(len(story.sentences)), kept))
    return [story.sentences[at] for at in places]


def _added(story: Story, dice: random.Random) -> list[str]:
    sentences = list(story.sentences)
    for extra in dice.sample(ADDED, min(len(ADDED), max(2, len(sentences) // 3))):
        sentences.insert(dice.randint(0, len(sentences)), extra)
    return sentences


def _rewording(percent: int) -> Callable[[Story, random.Random], str]:
    return lambda story, dice: reworded(story.text, percent, dice)


def _everything(story: Story, dice: random.Random) -> str:
    """Another title, moved, reworded by 15 %, a preamble, another site behind, the other script."""
    text = reworded(_joined(story, _moved(story, dice), dice.choice(TITLES)), 15, dice)
    return str(OpenCC("s2t").convert("\n".join((PREAMBLE[0], text, f"来源：{dice.choice(SITES)}"))))


SPINS: dict[str, Callable[[Story, random.Random], str]] = {
    "moved": lambda story, dice: _joined(story, _moved(story, dice)),
    "dropped 30 %": lambda story, dice: _joined(story, _without(story, 0.3, dice)),
    "dropped 50 %": lambda story, dice: _joined(story, _without(story, 0.5, dice)),
    "added": lambda story, dice: _joined(story, _added(story, dice)),
    **{f"reworded {percent} %": _rewording(percent) for percent in SHARES},
    "site": lambda story, dice: f"{dice.choice(SITES)} {story.text}\n来源：{dice.choice(SITES)}　责任编辑：小林",
    "title": lambda story, dice: _joined(story, story.sentences, dice.choice(TITLES)),
    "script": lambda story, dice: OpenCC("s2twp").convert(story.text),
    "glosses": lambda story, dice: glossed(story.text, dice),
    "marks": lambda story, dice: marked(story.text, dice),
    "preamble": lambda story, dice: "\n".join((*PREAMBLE, story.text)),
    "boilerplate": lambda story, dice: "\n".join((story.text, *BOILERPLATE)),
    "moved, reworded 15 %": lambda story, dice: reworded(_joined(story, _moved(story, dice)), 15, dice),
    "dropped 30 %, reworded 15 %": lambda story, dice: reworded(_joined(story, _without(story, 0.3, dice)), 15, dice),
    "everything": _everything,
}


def quoting(story: Story, other: Story, dice: random.Random) -> str:
    """Return an article of its own that quotes a part of another one: no copy of it."""
    quoted = other.sentences[1:3] if len(other.sentences) > 2 else other.sentences
    place = dice.randint(1, len(story.sentences) - 1) if len(story.sentences) > 1 else 1
    return "\n".join((story.title, *story.sentences[:place], *quoted, *story.sentences[place:]))


def followed_up(story: Story, other: Story) -> str:
    """Return a later article that brings other news and repeats what came before: no copy of it."""
    background = story.sentences[: len(story.sentences) // 2]
    return "\n".join((other.title, *other.sentences[: len(other.sentences) * 2 // 3], *background))


def of_another(text: str, dice: random.Random, *, numbers: bool, lenders: bool) -> str:
    """Return the same words about other sums, counts and days, or another lender, or both: no copy."""
    if numbers:
        text = re.sub(r"(?<![\d.,])\d{2,}(?![\d.,])", lambda number: str(_another_number(int(number[0]), dice)), text)
    names = [name for name in (*LENDERS, *EN_LENDERS, "Amber Quay", "Cloudridge") if lenders and name in text]
    for name in names:
        pool = [
            other for other in (EN_LENDERS if name.isascii() else LENDERS) if other not in text and name not in other
        ]
        text = text.replace(name, dice.choice(pool))
    return text


def _another_number(number: int, dice: random.Random) -> int:
    return number + dice.choice((-1, 1)) * dice.randint(1, max(2, number // 3))


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in (HERE / "synonyms.txt").read_text("utf-8").splitlines():
        words = [] if line.startswith("#") else [word for word in line.split() if word != "-"]
        for word in words:
            groups.setdefault(word, []).extend(other for other in words if other != word)
    return {word: others for word, others in groups.items() if others}


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    words = sorted(_synonyms(), key=len, reverse=True)
    return re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in words), re.IGNORECASE)


def _blocks(name: str) -> list[tuple[list[str], list[str]]]:
    text = (HERE / name).read_text("utf-8").partition("\n=== ")[2]
    split = [block.strip().split("\n") for block in text.split("\n=== ")]
    return [(lines[0].split(), lines[1:]) for lines in split]
