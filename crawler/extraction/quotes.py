"""What a post quotes between the marks of forums, [quote=甲]…[/quote], where a page or an API left them as written."""

import re

INNERMOST = re.compile(
    r"\[quote(?:[=\s][^\]\n]{0,300})?\](?:(?!\[quote[\]=\s]|\[/quote\]).)*\[/quote\]", re.IGNORECASE | re.DOTALL
)
# Quotes of quotes of quotes; what is nested deeper is no talk.
DEEPEST = 10


def without_quotes(text: str) -> str:
    """Return the writer's own lines of a post; a text without such marks stays as it is."""
    if "[/quote]" not in text.lower():
        return text
    for _ in range(DEEPEST):
        text, number = INNERMOST.subn("\n", text)
        if not number:
            break
    return "\n".join(line for line in map(str.strip, text.splitlines()) if line)
