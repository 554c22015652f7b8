"""The words that columns take: states, consents, outcomes, kinds of assertion, speakers, roles."""

COMPLAINT_STATES = ("received", "in_review", "published", "held", "rejected", "withdrawn")
ARTICLE_STATES = ("fetched", "indexed", "irrelevant", "duplicate_of", "gone", "taken_down")
CONSENTS = ("publish", "figures", "private")
OUTCOMES = ("happened", "not_happened", "not_yet", "unknown")
ASSERTIONS = (
    "first_hand_claim", "reported_claim", "collector_threat", "asserted_fact", "rule_statement",
    "advice", "hypothetical", "opinion", "denial", "context",
)  # fmt: skip
# Only what the writer lived through, or was threatened with, may enter a count of complaints.
COUNTED_ASSERTIONS = frozenset({"first_hand_claim", "collector_threat"})
SPEAKERS = ("borrower", "classifier", "moderator")
ROLES = ("subject", "background")
