"""Quotes between the marks of forums, as some pages and APIs leave them."""

import pytest

from crawler.extraction.quotes import without_quotes


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("[quote]他们到楼下了[/quote]我这里也是", "我这里也是"), ("前\n[QUOTE=甲]一\n二[/QUOTE]\n后", "前\n后"),
        ("[quote=甲][quote=乙]一[/quote]二[/quote]三[quote]四[/quote]", "三"), ("[quote]只有引用[/quote]", ""),
        ("没有引用", "没有引用"), ("[quote]没有写完", "[quote]没有写完"), ("他说[/quote]", "他说[/quote]"),
        ("[quotes]不是[/quote]", "[quotes]不是[/quote]"),
    ],
)  # fmt: skip
def test_what_is_quoted_is_left_out(text: str, own: str) -> None:
    assert without_quotes(text) == own


def test_marks_without_end_take_no_time() -> None:
    assert without_quotes("[quote]" * 30_000 + "[/quote]").startswith("[quote]")
    assert without_quotes("[quote=" * 30_000 + "[/quote]").startswith("[quote=")
