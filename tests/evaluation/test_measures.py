"""The measures, on labels small enough to count by hand."""

from pathlib import Path

import pytest

from domain.reading import Reader
from domain.tactic_reading import second_opinion
from evaluation.measuring.accepted import read_accepted, write_accepted
from evaluation.measuring.documents import document_figures
from evaluation.measuring.families import pairwise
from evaluation.measuring.private_data import missed, private_data_figures
from evaluation.measuring.rates import mean_over_labels, over_all
from evaluation.measuring.seeds import seed_figures
from evaluation.measuring.sets import SETS, Row, known_lenders
from evaluation.measuring.table import LINES, falls
from evaluation.measuring.worst import print_worst

LENDERS = known_lenders()


def labelled(text: str, **labels) -> Row:
    """Return a labelled text with nothing to find but what is given."""
    nothing = {"lenders": [], "background_lenders": [], "tactics": [], "counted": [], "pii": [], "keep": []}
    return nothing | {"id": "1", "text": text, "threat_outcome": None, "relevant": True} | labels


def found(**finds) -> Row:
    return {"id": "1", "lenders": [], "tactics": [], "counted": [], "pii": [], "relevant": True} | finds


def span(text: str, words: str, type: str = "") -> dict:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, "type": type}


def test_f1_counts_right_false_and_missed_labels():
    rates = over_all([({"a", "b"}, {"a", "c"}), (set(), {"a"})])
    assert (rates.right, rates.false, rates.missed) == (1, 2, 1)
    assert rates.f1 == pytest.approx(2 / 5)


def test_the_mean_over_labels_leaves_out_labels_that_no_text_holds():
    assert mean_over_labels([({"a"}, {"a"}), ({"b"}, {"z"})]) == pytest.approx(0.5)


def test_an_assertion_is_right_only_when_all_kinds_of_the_code_are():
    said = [{"code": "visit_threatened", "assertion": kind} for kind in ("collector_threat", "denial")]
    rows = [(labelled("", tactics=said), found(tactics=said)), (labelled("", tactics=said), found(tactics=said[:1]))]
    assert document_figures(rows, LENDERS)["assertions"] == pytest.approx(0.5)


def test_a_lender_that_the_text_does_not_name_is_not_asked_of_the_second_figure():
    row = labelled("快圆天天打电话", lenders=["kuaiyuan_wallet", "chenxing_cf"])
    figures = document_figures([(row, found(lenders=["kuaiyuan_wallet"]))], LENDERS)
    assert figures["lenders"] == pytest.approx(2 / 3)
    assert figures["lenders named"] == 1.0


def test_a_text_that_counts_for_nothing_must_stay_uncounted():
    rows = [(labelled("x"), found(counted=["insult_abuse"])), (labelled("y"), found())]
    assert document_figures(rows, LENDERS)["counted for nothing"] == 0.5


def test_half_a_phone_number_is_not_found_but_half_a_name_is_half():
    text = "王小明的电话13000010002"
    row = labelled(text, pii=[span(text, "王小明", "name"), span(text, "13000010002", "phone")])
    masks = found(pii=[span(text, "小明", "name"), span(text, "1300001000", "phone")])
    figures = private_data_figures([(row, masks)], LENDERS)
    assert figures["phones and accounts"] == 0.0
    assert figures["names and places"] == pytest.approx(2 / 3)
    assert missed(row, masks) == ["name 王小明", "phone 13000010002"]


def test_names_of_lenders_and_hotlines_are_kept_or_not():
    text = "快圆钱包的热线12378，欠500元"
    row = labelled(text, lenders=["kuaiyuan_wallet"], keep=[span(text, "12378"), span(text, "500元")])
    figures = private_data_figures([(row, found(pii=[span(text, "12378", "phone")]))], LENDERS)
    assert figures["names and hotlines kept"] == 0.5
    assert figures["sums and dates kept"] == 0.5
    assert figures["masked for nothing"] == pytest.approx(5 / len(text))


@pytest.mark.parametrize("hotline", ["12378", "95588", "400-000-0012", "1-800-555-0142", "0800 000 0011"])
def test_hotlines_are_known_in_their_usual_forms(hotline: str):
    row = labelled(f"打{hotline}投诉", keep=[span(f"打{hotline}投诉", hotline)])
    assert private_data_figures([(row, found())], LENDERS)["names and hotlines kept"] == 1.0


def test_pairs_of_messages_are_of_one_family_or_not():
    rows = [{"id": name, "family": family} for name, family in (("1", "a"), ("2", "a"), ("3", "b"))]
    assert pairwise(rows, {"1": "x", "2": "x", "3": "y"}).f1 == 1.0
    assert pairwise(rows, {"1": "x", "2": "x", "3": "x"}).f1 == pytest.approx(0.5)


def test_a_fall_is_told_in_either_direction_and_rounding_is_none():
    assert falls({"relevance": 0.9}, {"relevance": 0.9}) == []
    assert falls({"relevance": 0.90006}, {"relevance": 0.9001}) == []
    assert falls({"relevance": 0.8}, {"relevance": 0.9})
    assert falls({"masked for nothing": 0.02}, {"masked for nothing": 0.01})
    assert falls({"masked for nothing": 0.001}, {"masked for nothing": 0.01}) == []


def test_accepting_keeps_what_could_not_be_measured_here(tmp_path: Path):
    file = tmp_path / "accepted.json"
    write_accepted({"dev": {"relevance": 0.91234}, "seeds": {"seed lenders": 1.0}}, file)
    write_accepted({"dev": {"relevance": 0.95}, "seeds": {"seed lenders": None}}, file)
    assert read_accepted(file) == {"dev": {"relevance": 0.95}, "seeds": {"seed lenders": 1.0}}


def test_without_the_seed_articles_their_rows_are_empty(reader: Reader, tmp_path: Path):
    assert set(seed_figures(reader, tmp_path).values()) == {None}


def test_every_accepted_figure_has_its_row():
    keys = {line.key for line in LINES}
    for figures in read_accepted().values():
        assert figures.keys() <= keys


@pytest.mark.slow
def test_held_texts_are_never_printed(
    reader: Reader, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(second_opinion, "MOST_ASKED", 0)  # what the encoder says prints no other set
    print_worst(reader, 1000)
    printed = capsys.readouterr().out
    held = [row for labelled in SETS if not labelled.open for row in labelled.rows()]
    assert held
    assert not [row["id"] for row in held if row["text"] in printed]
