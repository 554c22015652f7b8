"""The tactics in plain words: what a borrower would say, in place of the names that the taxonomy has for them."""

from typing import Any

from flask_babel import lazy_gettext as _l

from domain.models import Tactic
from webapp.shell.language import group_name_of, name_of
from webapp.shell.services import services

PLAIN_WORDS: dict[str, Any] = {
    "excessive_call_frequency": _l("They called far too often"),
    "prohibited_hours_contact": _l("They called or wrote at night or early in the morning (22:00 to 8:00)"),
    "call_sms_bombing": _l("My phone was flooded with calls or codes until it could not be used"),
    "contact_after_stop_request": _l("I had told them to stop, and they went on"),
    "contact_book_blasting": _l("They called or wrote to many people in my contacts, or said that they would"),
    "social_circle_contact": _l("They turned to my family, friends, neighbours, landlord, school or village"),
    "workplace_contact": _l("They turned to my workplace, my boss or colleagues, or said that they would"),
    "non_debtor_contact": _l("I did not borrow this money, and they press me for it"),
    "visit_threatened": _l("They said that they were at my door or on their way, to frighten me"),
    "visit_announced": _l("They announced a visit calmly: who would come, and when"),
    "visit_actual": _l("Somebody really came"),
    "visit_intrusive": _l("They forced their way in, blocked the door, followed me, or damaged or painted something"),
    "violence_threat": _l("They threatened to hurt me or my family, or did"),
    "insult_abuse": _l("They swore at me or insulted me"),
    "false_legal_threat": _l("They frightened me with arrest, prison, a court or seizure"),
    "fake_legal_documents": _l("They sent papers that look as if they came from a court, the police or a lawyer"),
    "official_impersonation": _l("They said that they were police, court, lawyer or some office"),
    "identity_concealment": _l("They did not say who they were, or hid their number"),
    "debt_disclosure": _l("They told others about my debt"),
    "public_shaming": _l("They spread pictures or posts to shame me, or said that they would"),
    "personal_data_misuse": _l("They used data of mine that they should not have"),
    "unauthorized_fees_interest": _l("They charged interest or fees that had not been agreed"),
    "wrong_amount_or_not_owed": _l("The amount is wrong, or I had paid already"),
    "coerced_borrowing": _l("They pressed me to borrow elsewhere or to sell something"),
    "improper_payment_channel": _l("They wanted cash or a private account, or took money without asking"),
    "negotiation_refusal": _l("I asked to pay later or in parts; they refused, or broke what was agreed"),
    "credit_reporting_abuse": _l("They threatened with my credit report, or reported something wrong"),
    "undisclosed_outsourcing_assignment": _l("Another company collects, and nobody told me or showed me papers"),
    "unspecified_misconduct": _l("Something else that was not right"),
}


def plain_name(tactic: Tactic) -> str:
    """Return a tactic in plain words; one that came with a newer taxonomy by its name."""
    return str(PLAIN_WORDS.get(tactic.code) or name_of(tactic))


def plain_groups() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Return (code, name, [(code of a tactic, plain words)]) of the groups in the order of the taxonomy."""
    groups: dict[str, tuple[str, str, list[tuple[str, str]]]] = {}
    for tactic in services().tactics:
        group = groups.setdefault(tactic.group_code, (tactic.group_code, group_name_of(tactic), []))
        group[2].append((tactic.code, plain_name(tactic)))
    return list(groups.values())
