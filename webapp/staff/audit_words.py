"""What the audit log notes, in the reader's language: a sentence for each deed, a word for each of its details."""

from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

ACTIONS: dict[str, Any] = {
    "article.changed": _l("An article changed at its source"),
    "article.corrected": _l("An article was corrected after a dispute"),
    "article.duplicate": _l("A copy of an article was gathered"),
    "article.gone": _l("An article is gone from its source"),
    "article.irrelevant": _l("An article not about collection was gathered"),
    "article.kept": _l("An article stays after a dispute"),
    "article.masked": _l("Private data in an article was masked"),
    "article.new": _l("A new article was gathered"),
    "article.restored": _l("An article was put back"),
    "article.retagged": _l("An article was read anew"),
    "article.taken_down": _l("An article was taken down"),
    "article.unmasked": _l("Masks in an article were lifted"),
    "complaint.answered": _l("The borrower answered a question"),
    "complaint.asked": _l("The borrower was asked a question"),
    "complaint.consent": _l("The borrower changed the consent"),
    "complaint.corrected": _l("A complaint was corrected"),
    "complaint.held": _l("A complaint was held back"),
    "complaint.kept": _l("A complaint stays after a dispute"),
    "complaint.lender_set": _l("The lender of a complaint was set"),
    "complaint.masked": _l("Private data in a complaint was masked"),
    "complaint.original_erased": _l("The original of a complaint was erased"),
    "complaint.original_seen": _l("The original of a complaint was looked at"),
    "complaint.outcome": _l("The borrower told what became of a threat"),
    "complaint.published": _l("A complaint was published"),
    "complaint.received": _l("A complaint came in"),
    "complaint.rejected": _l("A complaint was not published"),
    "complaint.reopened": _l("A complaint was put back into the queue"),
    "complaint.restored": _l("A complaint was put back"),
    "complaint.retagged": _l("A complaint was read anew"),
    "complaint.tag_added": _l("A tag was added to a complaint"),
    "complaint.tag_changed": _l("A tag of a complaint was changed"),
    "complaint.tag_removed": _l("A tag was taken off a complaint"),
    "complaint.taken_down": _l("A complaint was taken down"),
    "complaint.unmasked": _l("A mask in a complaint was lifted"),
    "complaint.withdrawn": _l("The borrower withdrew a complaint"),
    "dispute.erased": _l("What a dispute said was erased"),
    "dispute.received": _l("A dispute came in"),
    "evidence.added": _l("The borrower added files"),
    "evidence.erased": _l("Files of a complaint were erased"),
    "evidence.original_seen": _l("The original of a file was looked at"),
    "evidence.released": _l("A file was shown to readers"),
    "evidence.seen": _l("A file was looked at"),
    "evidence.taken_back": _l("A file is shown to readers no more"),
    "lender.added": _l("A lender was added"),
    "lender.alias_added": _l("A name of a lender was added"),
    "lender.alias_removed": _l("A name of a lender was taken away"),
    "lender.merge_undone": _l("Two lenders were parted again"),
    "lender.merged": _l("Two lenders were made one"),
    "lender.relation_set": _l("It was set how two lenders belong together"),
    "message.asked": _l("A letter to the borrower was written"),
    "reply.masked": _l("Private data in a reply was masked"),
    "reply.published": _l("A lender’s reply was published"),
    "reply.rejected": _l("A lender’s reply was not published"),
    "reply.taken_back": _l("A lender took its reply back"),
    "reply.written": _l("A lender replied"),
    "representative.ended": _l("A representative’s access ended"),
    "representative.verified": _l("A representative was verified"),
    "sample.loaded": _l("The sample was loaded"),
    "sample.removed": _l("The sample was removed"),
    "source.added": _l("A source was added"),
    "source.changed": _l("A source was changed"),
    "source.paused": _l("A source was paused"),
    "source.resumed": _l("A source is read again"),
    "staff.deactivated": _l("An account was closed"),
    "staff.invited": _l("Somebody was invited"),
    "staff.joined": _l("An invitation was accepted"),
    "staff.key_added": _l("A security key was added"),
    "staff.key_removed": _l("A security key was taken away"),
    "staff.password_changed": _l("A password was changed"),
    "staff.reactivated": _l("An account was opened again"),
    "staff.recovery_codes": _l("New recovery codes were made"),
    "staff.reset": _l("An account was reset: it must be joined anew"),
    "staff.role": _l("A role was changed"),
    "staff.signed_in": _l("Somebody signed in"),
    "staff.signed_out": _l("Somebody signed out"),
    "staff.wrong_tries": _l("Wrong passwords or codes were tried"),
    "store.restored": _l("The store was restored from a backup"),
}
DETAILS: dict[str, Any] = {
    "after": _l("after"), "assertion": _l("kind of assertion"), "before": _l("before"),
    "collector": _l("collector"), "counted": _l("counted"), "dispute": _l("dispute"), "file": _l("file"),
    "files": _l("files"), "in_a_row": _l("in a row"),
    "into": _l("into"), "kind": _l("kind"), "lender": _l("lender"),
    "made_at": _l("made at"), "masks": _l("masks"),
    "name": _l("name"), "names": _l("names"), "originals": _l("originals"), "out_of": _l("out of"),
    "reason": _l("reason"), "records": _l("records"), "relation": _l("relation"), "reply": _l("reply"),
    "role": _l("role"), "source": _l("source"), "strength": _l("strength"), "tactic": _l("tactic"),
    "target": _l("the other lender"), "threat": _l("threat"),
}  # fmt: skip

# Who did it, where that was no account: what stands before a colon, or the whole.
ACTORS: dict[str, Any] = {
    "borrower": _l("the borrower"), "command line": _l("command line"), "crawler": _l("the crawler"),
    "retag": _l("the reading anew"), "retention": _l("the periods of retention"), "sample": _l("the sample"),
    "sign-in": _l("the sign-in page"), "visitor": _l("a visitor"),
}  # fmt: skip


def actor_words(actor: str) -> str:
    """Return who did something; an account by its name, as it is searched for."""
    kind, colon, name = actor.partition(": ")
    words = str(ACTORS.get(kind, kind))
    return f"{words}{_(': ')}{name}" if colon else words


def value_words(value: Any) -> str:
    """Return what a detail holds: names in a row, yes or no; codes stay as they are, to be searched for."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return ", ".join(map(str, value)) if isinstance(value, list) else "–" if value in (None, "") else str(value)


def init_app(app: Flask) -> None:
    """Give the templates the filters for these words."""
    app.jinja_env.filters["audit_actor"] = actor_words
    app.jinja_env.filters["audit_action"] = lambda action: ACTIONS.get(action, "")
    app.jinja_env.filters["audit_detail"] = lambda name: DETAILS.get(name, name)
    app.jinja_env.filters["audit_value"] = value_words
