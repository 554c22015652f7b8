"""From what is typed to the tree of what is wanted."""

import pytest

from indexer.errors import InvalidQuery
from indexer.search_terms import Both, Either, Leaf, Without, parse, positive


def leaf(text: str, **how: bool) -> Leaf:
    return Leaf(tuple(text.split()), **how)


@pytest.mark.parametrize(("term", "tree"), [
    ("上门", leaf("上 门")),
    ("上门 催收", Both((leaf("上 门"), leaf("催 收")))),
    ("甲 OR 乙 丙", Either((leaf("甲"), Both((leaf("乙"), leaf("丙")))))),
    ("(甲 OR 乙) 丙", Both((Either((leaf("甲"), leaf("乙"))), leaf("丙")))),
    ("甲 -乙", Both((leaf("甲"), Without(leaf("乙"))))),
    ("NOT NOT NOT 甲", Without(leaf("甲"))),
    ("-(甲 乙)", Without(Both((leaf("甲"), leaf("乙"))))),
    ("甲 甲", leaf("甲")),
    ('"Debt Collection"', leaf("debt collection", exact=True)),
    ("weba*", leaf("weba", prefix=True)),
    ("甲*", leaf("甲")),
    ("招联weba*", leaf("招 联 weba", prefix=True)),
    ("and or not", Both((leaf("and"), leaf("or"), leaf("not")))),
    ("NOT", None),
    ("甲 OR", leaf("甲")),
    ("甲 OR ！", leaf("甲")),
    ("NOT ！", None),
])  # fmt: skip
def test_a_term_is_read_as(term, tree):
    assert parse(term) == tree


def test_what_is_refused_does_not_weigh():
    wanted = parse("甲 -乙 (丙 OR -丁)")
    assert wanted is not None
    assert positive(wanted) == Both((leaf("甲"), leaf("丙")))
    assert positive(Without(leaf("甲"))) is None


@pytest.mark.parametrize(("term", "code"), [
    ("甲" * 1001, "too_long"),
    (" ".join(f"甲{number}" for number in range(65)), "too_complex"),
    ("(" * 21 + "甲" + ")" * 21, "too_complex"),
])  # fmt: skip
def test_what_is_too_much_is_refused(term, code):
    with pytest.raises(InvalidQuery) as refusal:
        parse(term)
    assert refusal.value.code == code
