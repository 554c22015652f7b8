"""What a collector orders is no request that he went against."""

import pytest

from domain.reading import Reader

STOP = "contact_after_stop_request"


def told(text: str) -> set[tuple[str, str]]:
    return {(tactic.code, tactic.assertion) for tactic in Reader([]).read(text, kind="complaint").tactics}


@pytest.mark.parametrize(
    "text",
    [
        "今天之内处理。别让我再打第二次。", "把钱转过来，别逼我天天打。", "Pay today. Don't make me call again.",
        "催收说别让他们再打第二次，不要让我们再跑一趟。", "五点前还上，不要再叫我打电话了。",
    ],
)  # fmt: skip
def test_an_order_of_the_collector_is_no_request_to_stop(text: str):
    assert STOP not in {code for code, _ in told(text)}


@pytest.mark.parametrize(
    "text",
    [
        "我说了别再打给我，催收换个号又打来了。", "我让他别让我妈接到电话，结果催收还是天天打给她。",
        "催收发短信：你拉黑也没用，我换号接着打。",
        "I told the collector to stop calling and they rang again the next day.",
    ],
)  # fmt: skip
def test_a_request_to_stop_that_they_went_against_is_found_as_before(text: str):
    assert STOP in {code for code, _ in told(text)}
