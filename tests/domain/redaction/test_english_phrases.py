"""Names, addresses and employers of English texts told as whole phrases by the network, and what only looks so."""

import numpy as np
import pytest

from domain.reading import Reader
from domain.redaction import find_private
from domain.redaction.english import network as network_module
from domain.redaction.english.network import network
from domain.redaction.english.phrases import find_english_phrases
from domain.redaction.english.sights import words_in
from domain.text import fold


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("I do nails out of Polished on Fulton and lost three clients.", "Polished on Fulton"),
        ("Only Haverford County roads department had my new work cell.", "Haverford County roads department"),
        ("My oga for Okoro junction filling station don see am.", "Okoro junction filling station"),
        ("I am cashier in Suki Mart Tandang Sora and they posted my pic.", "Suki Mart Tandang Sora"),
        ("Mother of the girl, Purok 4, Brgy. San Isidro, Tanauan, Batangas.", "Purok 4, Brgy. San Isidro, Tanauan"),
        ("came to Door 8-3-191, Vengal Rao Nagar, near Sai Baba temple, Hyderabad", "Vengal Rao Nagar, near Sai Baba"),
        ("subject line was my name, priyanka raghunathan. i want to disappear", "priyanka raghunathan"),
        ("催收发的原文 they told my boss at Tidewater Marine Supply that I steal 就是这样", "Tidewater Marine Supply"),
    ],
    ids=[
        "a shop by its street",
        "an office of a county",
        "a filling station",
        "a shop of a chain",
        "a Filipino address",
        "an Indian address by a temple",
        "a name in small letters",
        "English in a Chinese text",
    ],
)
def test_an_english_phrase_that_no_list_holds_is_masked(reader: Reader, text: str, private: str):
    assert private not in reader.mask(text).public_text


@pytest.mark.parametrize(
    "text",
    [
        "I work at a hospital and my wife works in a restaurant near home.",
        "I told Mr Collins and my sister Sunita that I only want letters.",
        'Every day it is "Dominique? Dominique?" No. Wrong person.',
        "I am tailor master and single mother with two kids.",
        "The 5K starts at 8, bib pickup closes at 7:40, bring 7 g yeast.",
        "The Consumer Financial Protection Bureau and the Better Business Bureau took my complaint on Black Friday.",
        "FINAL DEMAND. PAY NOW OR WE WILL VISIT YOUR HOME AND YOUR WORKPLACE TODAY.",
    ],
    ids=["kinds", "titles and first names", "first names", "trades", "figures", "institutions", "all in capitals"],
)
def test_what_is_private_to_nobody_stays(reader: Reader, text: str):
    assert reader.mask(text).public_text == text


def test_a_long_text_is_read_as_its_pieces_are_together(monkeypatch: pytest.MonkeyPatch):
    words = words_in("They rang Tidewater Marine Supply and asked for Corinne Vasquez. " * 30)
    whole = network().odds(words)
    monkeypatch.setattr(network_module, "PIECE", 40)
    assert np.allclose(network().odds(words), whole, atol=1e-4)


def test_places_of_lenders_are_no_employers():
    text = "I drive for Tidewater Marine Supply on most days."
    assert [find.type for find in find_english_phrases(text)] == ["workplace"]
    assert not list(find_english_phrases(text, [(12, 21)]))


@pytest.mark.parametrize("behind", ["", "在", "，家里"])
def test_a_text_may_end_anywhere_in_a_phrase(behind: str):
    text = "My dad, Harold Kessler, works at Brookhaven Care Centre and lives at Plot 7, off Ngong Road, behind Total"
    for end in range(len(text) + 1):
        cut = text[:end] + behind
        assert all(find.start < find.end <= end for find in find_english_phrases(cut))
        assert all(find.start < find.end <= len(cut) for find in find_private(fold(cut), cut))


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Two of them were outside 9 Albion Terrace. Said they knew me.", ". Said they"),
        (
            "CALL 555-010-9914 BEFORE 5 PM OR AN AGENT WILL VISIT 1206 Delmar Street, Macon, GA 31204.",
            "BEFORE 5 PM OR AN",
        ),
        ("Guard po ako sa Plaza Marikit. Hinanap po ako ng dalawang lalaki.", "Hinanap po ako"),
    ],
    ids=["the next sentence", "what is said before a postcode", "the next sentence behind a work"],
)
def test_what_stands_around_a_phrase_stays(reader: Reader, text: str, stays: str):
    assert stays in reader.mask(text).public_text
