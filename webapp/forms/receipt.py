"""The form of the page /receipt."""

from flask_wtf import FlaskForm
from wtforms import StringField

from domain.receipts import canonical_receipt

# Longer than any receipt with spaces and hyphens; what is longer is something else, and is not looked up.
LONGEST_RECEIPT = 200


class ReceiptForm(FlaskForm):  # type: ignore[misc]
    """A receipt as a person types it; spaces, case and look-alike letters don't matter."""

    receipt = StringField()

    @property
    def is_stale(self) -> bool:
        """Whether the form's token is missing or another session's."""
        return "csrf_token" in self.errors

    @property
    def typed(self) -> str:
        """What was typed, empty when it can be no receipt."""
        typed = self.receipt.data or ""
        return typed if len(typed) <= LONGEST_RECEIPT and canonical_receipt(typed) else ""
