"""Keys, receipts and what is sealed."""

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.filings.filing import file_complaint
from domain.safekeeping.keys import load_or_make_key
from domain.safekeeping.receipts import ALPHABET, canonical_receipt, derived_receipt, new_receipt
from domain.safekeeping.sealing import load_keys, open_contact, seal_contact
from domain.settings import Settings
from domain.store import records
from domain.store.intake.complaints import Filing


def test_a_receipt_carries_at_least_128_bits() -> None:
    assert len(canonical_receipt(new_receipt())) * 5 >= 128
    assert len({new_receipt() for _ in range(1000)}) == 1000


@given(st.text())
def test_any_typed_receipt_becomes_letters_and_digits_of_the_alphabet_or_nothing(typed: str) -> None:
    assert set(canonical_receipt(typed)) <= set(ALPHABET) | {"U"}


@given(
    st.binary(min_size=32, max_size=32), st.text(st.characters(codec="ascii")), st.text(st.characters(codec="ascii"))
)
def test_a_derived_receipt_is_as_long_as_a_random_one(key: bytes, idempotency_key: str, body: str) -> None:
    derived = derived_receipt(key, idempotency_key, body)
    assert len(derived) == len(new_receipt())
    assert derived == derived_receipt(key, idempotency_key, body)


def test_a_filing_that_is_sent_again_after_an_upgrade_has_its_old_receipt() -> None:
    assert derived_receipt(bytes(32), "key", "body") == "QQMM-7XNQ-Z4SS-G7BP-DQE9-XJW5-QKS3"


def test_a_key_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = load_or_make_key(tmp_path / "keys", "a.key")
    assert load_or_make_key(tmp_path / "keys", "a.key") == first
    assert stat.S_IMODE((tmp_path / "keys" / "a.key").stat().st_mode) == 0o600
    assert len(list((tmp_path / "keys").iterdir())) == 1


def test_a_damaged_key_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        load_or_make_key(tmp_path, "a.key")


def test_a_contact_stays_readable_after_the_key_was_rotated(settings: Settings) -> None:
    sealed = seal_contact(load_keys(settings), "lin@example.com")
    folder = settings.keys_folder
    (folder / "contact.key").rename(folder / "contact.1.key")
    keys = load_keys(settings)
    assert open_contact(keys, sealed or "") == "lin@example.com"
    (folder / "contact.1.key").unlink()
    with pytest.raises(ValueError, match="no contact key"):
        open_contact(load_keys(settings), sealed or "")


def test_nothing_private_is_in_what_readers_may_see(database, reader, settings: Settings) -> None:
    filing = Filing(
        lender="chenxing_cf", narrative="催收打我手机13900001234，说已到门口。",
        tactics=("visit_threatened",), consent="publish",
        scripts=("联系13900005678",), contact="微信 lin_0001",
    )  # fmt: skip
    filed = file_complaint(database, reader, load_keys(settings), filing)
    kept = records.get(database, filed.id)
    assert "13900001234" not in kept.public_text
    assert "13900005678" not in kept.scripts[0].public_text
    assert "lin_0001" not in (kept.contact_sealed or "")
    assert filing.narrative == kept.narrative
