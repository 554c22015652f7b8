from datetime import date

from webapp.searching.addresses import adding, address, fresh, removing

VALUES = {
    "search_term": "上门",
    "lender": ("a", "b"),
    "date_received_min": date(2026, 1, 2),
    "page": 3,
    "search_after": "x",
}


def test_the_same_values_give_the_same_address_whatever_their_order():
    assert address("/search", dict(reversed(VALUES.items()))) == address("/search", VALUES)


def test_a_changed_search_starts_on_its_first_page():
    assert fresh(VALUES, sort="date_asc") == {
        "search_term": "上门", "lender": ("a", "b"), "date_received_min": date(2026, 1, 2), "sort": "date_asc",
    }  # fmt: skip


def test_a_value_is_added_and_taken_out_again():
    assert adding(VALUES, "lender", "c")["lender"] == ("a", "b", "c")
    assert removing(VALUES, "lender", "a")["lender"] == ("b",)
    assert "lender" not in removing({"lender": ("a",)}, "lender", "a")
    assert "date_received_min" not in removing(VALUES, "date_received_min")


def test_nothing_is_the_bare_path():
    assert address("/search", {"search_term": "", "lender": ()}) == "/search"


def test_what_was_typed_cannot_break_out_of_an_address():
    assert address("/search", {"search_term": 'a&lender=b#"<'}) == "/search?search_term=a%26lender%3Db%23%22%3C"
