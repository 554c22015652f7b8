"""The words for decisions, their reasons, and what was refused."""

from typing import Any

from flask_babel import lazy_gettext as _l

QUEUE_STATES: dict[str, Any] = {
    "waiting": _l("Waiting"),
    "held": _l("Held"),
    "published": _l("Published"),
    "rejected": _l("Not published"),
}
STATES: dict[str, Any] = {
    "received": _l("waiting"),
    "in_review": _l("being read"),
    "held": _l("held"),
    "published": _l("published"),
    "rejected": _l("not published"),
    "withdrawn": _l("withdrawn by the borrower"),
}
ARTICLE_STATES: dict[str, Any] = {
    "fetched": _l("gathered"),
    "indexed": _l("published"),
    "irrelevant": _l("not about collection"),
    "duplicate_of": _l("a copy of another"),
    "gone": _l("gone from its source"),
    "taken_down": _l("taken down"),
}
CONSENTS: dict[str, Any] = {
    "publish": _l("text and figures"),
    "figures": _l("figures only"),
    "private": _l("nothing public"),
}
DONE: dict[str, Any] = {
    "published": _l("It is published."),
    "held": _l("It is held back."),
    "rejected": _l("It is not published; the borrower reads why with the receipt."),
    "asked": _l("Your question is sent; the borrower reads it with the receipt."),
    "reopened": _l("It waits again."),
    "masked": _l("It is masked."),
    "unmasked": _l("The mask is lifted."),
    "tagged": _l("The tags are changed."),
    "lender_set": _l("The lender is set."),
    "evidence": _l("It is noted what readers may see of the file."),
    "reply": _l("The reply is decided on."),
    "dispute": _l("It is decided, and stands in the public log."),
    "checked": _l("The check is noted."),
}
REASONS: dict[str, Any] = {
    "checked": _l("Read, with private data masked"),
    "private_data": _l("Private data that a mask can’t cover"),
    "unclear": _l("It is unclear what happened"),
    "evidence": _l("The evidence must be looked at first"),
    "not_collection": _l("It is not about how a debt was collected"),
    "insult": _l("It insults somebody and tells of nothing"),
    "advertisement": _l("It is an advertisement"),
    "repeated": _l("The same complaint was sent before"),
    "mistake": _l("The decision was a mistake"),
    "new_facts": _l("There is something new"),
    "question": _l("A question to the borrower"),
    "other": _l("Something else, in words below"),
}
# For a rejection the letter begins so; the moderator changes it as the case is.
LETTERS: dict[str, Any] = {
    "not_collection": _l("We publish complaints about how debts are collected, and could not find that in yours."),
    "private_data": _l(
        "Your text tells who somebody is in a way that we can’t mask. Please correct it; we look again."
    ),
    "insult": _l("Please tell what was done, on which day and by whom. We look at it again once you correct it."),
    "advertisement": _l("What you sent reads like an advertisement, so we do not publish it."),
    "repeated": _l("We have this complaint from you already and publish it once."),
}
LOOK_REASONS: dict[str, Any] = {
    "mask": _l("To see whether a mask is right"),
    "unclear": _l("The masked text can’t be understood"),
    "law": _l("The law asks for it"),
    "other": _l("Something else"),
}
DECISIONS: dict[str, Any] = {
    "published": _l("published"),
    "held": _l("held"),
    "rejected": _l("rejected"),
    "asked": _l("asked a question"),
    "reopened": _l("reopened"),
}
REFUSALS: dict[str, Any] = {
    "reason": _l("Give the reason; where the borrower is to read something, write it."),
    "state": _l("From where the complaint stands now, this step is not possible."),
    "letters": _l("There are too many letters about this complaint already."),
    "nothing": _l("Select, type or tick what is to be masked."),
    "not_found": _l("These words do not stand in the text."),
    "short": _l("A mask needs at least two characters: a single one would stand everywhere."),
    "many": _l(
        "There are too many masks on this. Hold a complaint or ask its borrower to correct it; take an article down."
    ),
    "own": _l("The borrower asked for this mask. It stays."),
    "tactic": _l("Choose a tactic."),
    "assertion": _l("Only what was lived or threatened can be counted."),
    "lender": _l("The registry has no lender of this name."),
    "why": _l("Choose a reason."),
    "note": _l("Write why, in words for everybody."),
    "quotes": _l("These words repeat the record. The log must never hold what was taken out."),
    "words": _l("Write what is wrong, up to 4,000 characters."),
    "how": _l("Write how you made sure."),
    "verified": _l("An admin has not yet noted that you speak for this lender. Until then you can read, not reply."),
    "replies": _l("There are three replies of your lender to this complaint already."),
    "changed": _l("Somebody else changed this in the meantime. Nothing of yours was done; this is how it stands now."),
}
REPLY_STATES: dict[str, Any] = {
    "waiting": _l("waits for a moderator"),
    "published": _l("published"),
    "rejected": _l("not published"),
    "taken_back": _l("taken back"),
}
DISPUTE_REASONS: dict[str, Any] = {
    "private_data": _l("It shows private data"),
    "untrue": _l("Something in it is not true"),
    "wrong_lender": _l("It names the wrong lender"),
    "copyright": _l("It uses a text without the right to"),
    "law": _l("A law or a court forbids it"),
    "other": _l("Something else"),
}
REMOVAL_ACTIONS: dict[str, Any] = {
    "kept": _l("kept as it is"),
    "corrected": _l("corrected"),
    "taken_down": _l("taken down"),
    "restored": _l("restored"),
}
