"""Which language and script a passage is written in."""

from domain.text import fold

HAN_SHARE_OF_CHINESE = 0.1


def language_of(text: str) -> str:
    """Return `zh-Hans`, `zh-Hant` or `en`: Chinese from a tenth of Han among the letters, traditional by majority.

    A character that folding changes is a traditional one. Of the Han characters of running traditional text about a
    third differ; one in twenty is enough, since garbled farm pages mix the scripts.
    """
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    letters = sum(character.isascii() and character.isalpha() for character in text)
    if not han or len(han) < HAN_SHARE_OF_CHINESE * letters / 4:
        return "en" if letters else "zh-Hans"
    changed = sum(fold(character) != character for character in han)
    return "zh-Hant" if changed * 20 >= len(han) else "zh-Hans"
