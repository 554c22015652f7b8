"""Lenders are found by their names, told from chance pieces, and the subject told from what is named in passing."""

from pathlib import Path

import pytest
import yaml

from domain.lender_finding.finder import LenderFinder
from domain.lender_finding.roles import CUES_FILE
from domain.lenders import Alias, LenderEntry, load_registry
from domain.text import fold


def invented(slug: str, *aliases: str, contextual: tuple[str, ...] = (), relations=()) -> LenderEntry:
    """A lender that does not exist."""
    named = [Alias(alias, "strong", "zh-Hans") for alias in aliases]
    named += [Alias(alias, "contextual", "zh-Hans") for alias in contextual]
    return LenderEntry(
        slug, aliases[0], aliases[0], slug, None, "platform", "CN", "invented", "high", "invented", None,
        tuple(named), tuple(relations),
    )  # fmt: skip


INVENTED = [
    invented("chenxing_cf", "晨星消费金融", "晨星消金", contextual=("晨星",)),
    invented("yunling_bank", "云岭银行", "云岭银行信用卡", "云行"),
    invented("xiaoyun_hua", "小云花", relations=(("operates", "yunling_bank"),)),
    invented("bluepeak", "BluePeak Loans", "BluePeak"),
]
FINDER = LenderFinder([*load_registry(), *INVENTED])


def found(text: str, role: str | None = None) -> list[str]:
    return [find.slug for find in FINDER.find(fold(text)) if role in (None, find.role)]


@pytest.mark.parametrize(
    "text",
    [
        "晨星消费金融的催收天天打我", "晨星消費金融嘅人打嚟", "晨星消金逾期三天", "晨*星消费金融的催收骂我",
        "晨 星 消 费 金 融 催收", "晨\u200b星消费金融逾期了", "Ｃ晨星消费金融催收",
        "被催收骂了。晨星你们有完没完，爆我通讯录", "在晨星借的钱，催收骂人",
        "晨星问我家里有没有牛", "被晨星念出来了，我没填过", "晨星派来的小伙子站在我摊位前",
        "你明天等着。——晨星",
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str):
    assert set(found(text)) == {"chenxing_cf"}


def test_the_longest_name_wins_and_is_found_once():
    finds = FINDER.find(fold("云岭银行信用卡逾期，催收打电话"))
    assert [(find.slug, find.alias, find.strong) for find in finds] == [("yunling_bank", "云岭银行信用卡", True)]


@pytest.mark.parametrize(
    "text",
    [
        "人工行为规范，催收", "在新网点办还款", "微信也把我删了，催收骂我", "钱不够花了，逾期",
        "用来分期的手机，逾期了", "提交行政复议，投诉催收",
        "中国银行业协会发布催收公约", "员工 行为恶劣，催收骂人", "请马上还款，马上上门", "祝您平安，催收说",
        "先还呗，逾期了再说",
        "purchase and sparkling debt", "京东的客服不给退货", "晨星真好看", "人品有问题，催收骂我",
        "我看见一颗晨星说不出话",
    ],
)  # fmt: skip
def test_chance_pieces_and_everyday_words_name_nobody(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("用了京东的分期，账单出来了没还", "jd_tech"), ("我逾期了，京东发来短信让我还款", "jd_tech"),
        ("还呗打电话让我还款", "huanbei"), ("欠马上三千多", "mashang"),
        ("I have a loan from Chase since last year", "jpmorgan"),
        ("two payments owed on a card with Citi", "citibank_us"),
    ],
)  # fmt: skip
def test_an_ambiguous_name_counts_where_a_debt_or_its_people_are_told_of(text: str, slug: str):
    assert slug in found(text)


@pytest.mark.parametrize(
    "text", ["欠了钱，马上三点了", "京东发来快递", "I looked at my account to discover a debt", "they owe me a chase"]
)
def test_the_same_words_without_a_debt_name_nobody(text: str):
    assert found(text) == []


def test_a_longer_latin_name_that_ends_inside_a_word_leaves_the_shorter_one():
    assert [find.alias for find in FINDER.find("bluepeak loanshark called me about a debt")] == ["bluepeak"]


@pytest.mark.parametrize("row", yaml.safe_load(CUES_FILE.read_text("utf-8")), ids=lambda row: row["example"])
def test_a_name_in_passing_is_background_and_the_subject_stays(row: dict):
    passing = row["example"].replace("[", "").replace("]", "")
    text = f"晨星消费金融逾期，催收骂我。{passing}。{' ' * 30}debt collector"
    finds = FINDER.find(fold(text))
    name = fold(row["example"].split("[")[1].split("]")[0])
    assert {find.role for find in finds if find.alias == name} == {"background"}, finds
    assert [find.why for find in finds if find.alias == name] == [row["reason"]]
    assert "subject" in {find.role for find in finds if find.slug == "chenxing_cf"}


@pytest.mark.parametrize(
    "text",
    [
        "微众银行三季度营收同比增长，分析师维持评级", "招商银行板块涨1.2%，研报看好", "我爸学会用花呗了，笑死",
        "花呗、借呗提现秒到，费率低，加扣", "Capital One shares rose after quarter earnings beat estimates",
    ],
)  # fmt: skip
def test_news_of_markets_and_adverts_have_no_subject(text: str):
    assert found(text)
    assert found(text, "subject") == []


def test_a_brand_keeps_its_operator_beside_it():
    finds = FINDER.find(fold("小云花逾期，云岭银行的催收打我"))
    assert [(find.slug, find.operators) for find in finds] == [("xiaoyun_hua", ("yunling_bank",)), ("yunling_bank", ())]


def test_an_ambiguous_name_counts_beside_the_full_one_or_its_operator():
    assert found("晨星消费金融发来短信。后来晨星好看了") == ["chenxing_cf", "chenxing_cf"]


def test_a_registry_in_the_same_form_is_read_beside_the_first(tmp_path: Path):
    path = tmp_path / "more.yaml"
    path.write_text(
        "lenders:\n- {slug: qingwu_loan, name_zh_hans: 青梧速贷, name_zh_hant: null, name_en: null, type: platform,"
        " country: CN, aliases: [{text: 青梧速贷, strength: strong, script: zh-Hans}]}\n",
        encoding="utf-8",
    )
    entries = [*load_registry(), *load_registry(path)]
    assert [find.slug for find in LenderFinder(entries).find("青梧速贷催收骂我")] == ["qingwu_loan"]


@pytest.mark.parametrize("text", ["微*" * 50_000, "微 " * 50_000, "a b " * 50_000, "由" * 100_000, "花呗" * 20_000])
def test_no_text_takes_long(text: str):
    FINDER.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "松月付的催收天天打我，欠了三千", "我在松月付逾期，他们爆我通讯录", "尊敬的客户，您的松月付账单已逾期",
        "荷花白条的客服骂我，欠款两千",
        "借了橙山金条，催收上门", "山茶任性付逾期，催收打电话", "林溪还呗的催收说要上门",
        "恒丰源小贷催收骂人", "百信通贷款逾期，催收骂我", "青禾有钱花逾期三天，催我还款",
        "松*月付逾期，催收骂我", "欠小川信用购五千，催收天天打", "東湖白條嘅催收打嚟，欠咗三千",
        "富民贷款逾期三天，催收打电话", "普惠金融贷款逾期了，催收打电话",
        "中银东山村镇银行的催收骂我", "浦发村镇银行催收骂我",
        "创新网贷平台的催收骂我", "最新网贷催收套路",
    ],
)  # fmt: skip
def test_an_unknown_lender_whose_name_ends_like_a_real_one_is_not_counted_against_it(text: str):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("月付逾期三天，催收打电话", "meituan_yuefu"), ("我的月付逾期了，催收天天打", "meituan_yuefu"),
        ("开通月付后欠了两千，催收打来", "meituan_yuefu"), ("欠了花呗和白条一共三万，催收上门", "jd_baitiao"),
        ("去年白条逾期，催收打来", "jd_baitiao"), ("花呗、白条都逾期了，催收打来", "jd_baitiao"),
        ("收到白条催收的短信", "jd_baitiao"), ("我妈用白条欠了一千，催收骂她", "jd_baitiao"),
        ("欠咗白條三千蚊，催收打嚟", "jd_baitiao"), ("因為還呗逾期，催收打來", "huanbei"),
    ],
)  # fmt: skip
def test_an_ambiguous_name_counts_behind_words_after_which_a_name_begins(text: str, slug: str):
    assert slug in found(text)
