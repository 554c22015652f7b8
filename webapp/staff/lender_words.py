"""What is said when a change of the registry is refused."""

from flask_babel import gettext as _

from domain.store.registries.lender_merges import InvalidMerge
from domain.store.registries.registry_changes import LenderExists, NameTaken, UnknownLender


def refusal(reason: Exception) -> str:
    """Return the sentence for what the registry refused."""
    if isinstance(reason, NameTaken):
        return str(_("“%(lender)s” goes by this name already. Take it away there first.", lender=reason.slug))
    if isinstance(reason, LenderExists):
        return str(_("There is a lender with this slug."))
    if isinstance(reason, UnknownLender):
        return str(_("No lender of the registry is called so."))
    if isinstance(reason, InvalidMerge):
        return {
            "itself": str(_("A lender can’t be merged into itself.")),
            "merged_already": str(_("This lender was merged already. Undo that first.")),
            "circle": str(_("The other lender was merged into this one. Undo that first.")),
        }[reason.code]
    words = _(
        "This can’t be taken: a name has 2 to 200 characters, a slug a-z, 0-9 and _, and nothing refers to itself."
    )
    return str(words)
