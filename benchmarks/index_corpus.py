"""Generated records for the benchmarks of the index: invented lenders, sentences put together from phrases."""

import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from domain.models import Article, Complaint, Lender, LenderMention, Source, Tactic, TacticMention
from domain.settings import Settings
from domain.store import Database
from domain.store.migrations import migrate
from domain.store.registries import registry
from domain.tactics import load_taxonomy
from indexer.engines import Engine, open_engine

COUNT = 20_000
SOURCES = 40
WHO = ["催收员", "自称法务的人", "第三方公司", "客服", "一个陌生号码", "外包机构"]
WHEN = ["半夜", "今天早上", "上周五", "三月初", "连续三天", "晚上十点以后"]
WHAT = [
    "打电话给我的家人", "说明天上门催收", "在单位前台留言", "发来律师函的照片", "要我先还服务费", "威胁要爆通讯录",
    "加我微信要我分期", "拒绝协商还款方案", "把逾期信息发给同事", "说已经到了小区门口",
]  # fmt: skip
WHY = ["我已经说明情况", "请帮我记录下来", "我保留了录音", "希望平台核实", "合同里没有这一条", "The agent kept calling"]


def sentences(chance: random.Random, count: int) -> str:
    """Return so many sentences, each with a number of its own so that no two are alike."""
    return "".join(
        f"{chance.choice(WHEN)}，{chance.choice(WHO)}{chance.choice(WHAT)}，{chance.choice(WHY)}"
        f"，第{chance.randrange(100_000)}次。"
        for _ in range(count)
    )


@contextmanager
def filled_store(count: int = COUNT) -> Iterator[Database]:
    """A SQLite store in a temporary folder with `count` public records, 3 complaints to 1 article."""
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        database = Database(f"sqlite:///{Path(folder) / 'store.sqlite3'}")
        migrate(database)
        registry.load_tactics(database, load_taxonomy())
        _fill(database, count, random.Random(1))  # noqa: S311
        yield database
        database.dispose()


@contextmanager
def engines() -> Iterator[list[tuple[str, Engine]]]:
    """The embedded engine, and Elasticsearch where ELASTICSEARCH_URL names one; their indices are removed after."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    with tempfile.TemporaryDirectory(prefix="doorstep-bench-") as folder:
        plain = Settings(data_dir=Path(folder), elasticsearch_url="")
        found = [("embedded", open_engine(plain))]
        if url:
            prefix = f"bench-{os.getpid()}"
            found.append(
                (
                    "elasticsearch",
                    open_engine(plain.model_copy(update={"elasticsearch_url": url, "elasticsearch_index": prefix})),
                )
            )
        else:
            print("elasticsearch: not measured, ELASTICSEARCH_URL is not set")
        try:
            yield found
        finally:
            if url:
                remove_indices(url, f"bench-{os.getpid()}*")


def remove_indices(url: str, pattern: str) -> None:
    """Remove the indices that a benchmark made."""
    from elasticsearch import Elasticsearch

    with Elasticsearch(url) as client:
        for name in client.indices.get(index=pattern, ignore_unavailable=True):
            client.indices.delete(index=name)


def _fill(database: Database, count: int, chance: random.Random) -> None:
    with database.writing() as session:
        lenders = [
            Lender(slug=f"invented_{number:03}", name_zh_hans=f"虚构{number}号贷款", name_zh_hant=f"虛構{number}號貸款",
                   name_en=f"Invented Loans {number}", type="microloan", country="CN", status="invented",
                   confidence="high", basis="invented", is_sample=True)
            for number in range(150)
        ]  # fmt: skip
        sources = [
            Source(slug=f"source_{number}", name="x", kind="page", address="https://news.example/")
            for number in range(SOURCES)
        ]
        session.add_all([*lenders, *sources])
        codes = [tactic.code for tactic in session.query(Tactic)]
        for number in range(1, count + 1):
            session.add((_article if number % 4 == 0 else _complaint)(number, chance, lenders, sources, codes))
            if number % 2000 == 0:
                session.flush()
                session.expunge_all()
                lenders, sources = session.query(Lender).all(), session.query(Source).all()


def _complaint(
    number: int, chance: random.Random, lenders: list[Lender], _: list[Source], codes: list[str]
) -> Complaint:
    instant, lender = _instant(chance), chance.choice(lenders)
    return Complaint(
        id=f"c{number:012}", status="published", consent="publish", lender=lender, public_text=sentences(chance, 6),
        region=f"{chance.randrange(11, 65)}0000", receipt_hash=f"{number:064}", received_at=instant, updated_at=instant,
        lender_mentions=[LenderMention(lender=lender, role="subject", said_by="borrower", confidence=1.0)],
        tactic_mentions=[
            TacticMention(
                tactic_code=code, assertion="first_hand_claim", counted=True, said_by="borrower", confidence=1.0
            )
            for code in chance.sample(codes, 2)
        ],
    )  # fmt: skip


def _article(
    number: int, chance: random.Random, lenders: list[Lender], sources: list[Source], codes: list[str]
) -> Article:
    instant = _instant(chance)
    return Article(
        id=f"a{number:012}", status="indexed", source=chance.choice(sources), url="https://news.example/",
        canonical_url=f"https://news.example/{number}", title=sentences(chance, 1)[:30],
        public_text=sentences(chance, 27), published_on=instant.date(), fetched_at=instant, updated_at=instant,
        content_hash=f"{number:064}",
        lender_mentions=[
            LenderMention(lender=chance.choice(lenders), role="subject", said_by="classifier", confidence=1.0)
        ],
        tactic_mentions=[
            TacticMention(tactic_code=code, assertion="reported_claim", said_by="classifier", confidence=1.0)
            for code in chance.sample(codes, 2)
        ],
    )  # fmt: skip


def _instant(chance: random.Random) -> datetime:
    return datetime(2023, 1, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(3 * 365 * 86400))
