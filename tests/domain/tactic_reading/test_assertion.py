"""How passages assert: what is counted, and what only looks like it."""

import pytest

from domain.models import COUNTED_ASSERTIONS
from domain.reading import Reader
from domain.tactic_reading.assertions import assertion_model
from domain.tactic_reading.speakers.speaker import BORROWER, MESSAGE

TOLD = {
    "快圆钱包的催收打爆了我的通讯录，所有亲戚都接到电话。": ("contact_book_blasting", "first_hand_claim"),
    "催收说今天再不还就爆我通讯录。": ("contact_book_blasting", "collector_threat"),
    "我朋友说他逾期三天通讯录就被爆了。": ("contact_book_blasting", "reported_claim"),
    "我还没逾期，就怕万一他们爆我通讯录怎么办？": ("contact_book_blasting", "hypothetical"),
    "说句公道话，快圆钱包没有爆通讯录，客服态度也还行。": ("contact_book_blasting", "denial"),
    # Who can't sleep for it denies nothing.
    "逾期才第二天，先是智能语音机器人打，接着人工打，一上午我数了下 37 通，午休都没法睡。": (
        "excessive_call_frequency",
        "first_hand_claim",
    ),
    "催收说要找人打断我的腿。": ("violence_threat", "collector_threat"),
    "催收员在电话里骂我不要脸。": ("insult_abuse", "first_hand_claim"),
}
UNCOUNTED = (
    "根据规定，催收机构不得在22:00至次日8:00进行催收，不得向无关第三人泄露债务人的欠款信息。",
    "尊敬的客户您好，关于您反馈的爆通讯录问题，经核查我司未发现联系您通讯录人员的情况，祝您生活愉快。",
    "本报讯 记者从市公安局获悉，一个催收团伙使用呼死你软件轰炸借款人，十一名嫌疑人已被采取强制措施。",
    "遇到催收不要慌：第一步，问清对方公司和工号；第二步，保留录音；第三步，凡是让您转个人账户的一律不要理。",
    "【专业反催收】通讯录快爆了？十年老团队，停催停息，不成功不收费，加微信免费咨询。",
    "Under Regulation F, a collector may not call before 8 a.m. and may not reveal the debt to a third party.",
)


@pytest.mark.parametrize(("text", "wanted"), TOLD.items())
def test_a_passage_asserts_as_its_sentence_says(reader: Reader, text: str, wanted: tuple[str, str]):
    assert wanted in {(find.code, find.assertion) for find in reader.read(text, kind="complaint").tactics}


@pytest.mark.parametrize("text", UNCOUNTED)
def test_rules_news_advice_adverts_and_answers_count_for_nothing(reader: Reader, text: str):
    reading = reader.read(text, kind="complaint")
    counted = [find for find in reading.tactics if find.assertion in COUNTED_ASSERTIONS]
    assert not counted or not reading.relevant


def test_a_message_pasted_alone_threatens_with_what_it_announces_and_does_what_it_says(reader: Reader):
    text = "【快圆钱包】老赖，您的账户已严重逾期，今日16:00前不还款，明早将联系您的工作单位和领导，后果自负！"
    found = {(find.code, find.assertion) for find in reader.read(text, kind="complaint").tactics}
    assert ("insult_abuse", "first_hand_claim") in found
    assert ("workplace_contact", "collector_threat") in found


def test_the_residual_code_gives_way_to_a_specific_one(reader: Reader):
    text = "云岭银行的催收手段恶劣，骂我是畜生，严重影响生活。"
    codes = {find.code for find in reader.read(text, kind="complaint").tactics}
    assert "insult_abuse" in codes
    assert "unspecified_misconduct" not in codes


def test_each_find_says_why(reader: Reader):
    for find in reader.read("云岭银行的催收天天打我妈电话，骂我是畜生。", kind="complaint").tactics:
        assert find.quote
        assert find.reason.startswith(("rule ", "model "))
        assert 0.5 <= find.confidence <= 1


@pytest.mark.parametrize(
    "text", ["发来一个支付宝收款码让我扫，户名是个人。", "发给我一份立案通知书，案号在官网查不到。"]
)
def test_nobody_is_advised_where_nothing_advises_forbids_or_says_you(text: str) -> None:
    assert {tactic.assertion for tactic in Reader([]).read(text, kind="complaint").tactics} == {"first_hand_claim"}


def test_who_speaks_of_himself_tells_more_than_an_opinion():
    told = Reader([]).read("催收骂我不要脸，每天打三十个电话。", kind="complaint").tactics
    assert {(tactic.code, tactic.assertion) for tactic in told} >= {("excessive_call_frequency", "first_hand_claim")}


@pytest.mark.parametrize("code", ["visit_threatened", "insult_abuse", "social_circle_contact"])
def test_nothing_is_counted_of_a_text_that_tells_of_nothing_lived(code: str):
    weights = assertion_model._weights()
    lived = weights.lanes.pack([9.0 * (answer in COUNTED_ASSERTIONS) for answer in weights.answers])
    for speaker in (BORROWER, MESSAGE):
        assert assertion_model.likeliest(lived, speaker, code) in COUNTED_ASSERTIONS
        assert assertion_model.likeliest(lived, speaker, code, lived=False) not in COUNTED_ASSERTIONS
