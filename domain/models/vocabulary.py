"""The words that columns take: states, consents, outcomes, kinds of assertion, speakers, roles."""

COMPLAINT_STATES = ("received", "in_review", "published", "held", "rejected", "withdrawn")
ARTICLE_FORMS = ("article", "post")
ARTICLE_STATES = ("fetched", "indexed", "irrelevant", "duplicate_of", "gone", "taken_down")
COPY_KINDS = ("exact", "near")
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
# Who writes: the borrower, or one of those whom collectors turn to about somebody else's debt.
WRITERS = ("borrower", "relative", "colleague", "employer")
CHANNELS = ("call", "sms", "wechat", "visit", "letter", "post_online", "other")
# Who was called, written to or visited.
CONTACTED = ("borrower", "relative", "friend", "colleague", "employer", "neighbour", "other")
# What was announced. The tactic that each stands under is in ANNOUNCED_AS.
THREAT_KINDS = ("visit", "lawsuit", "police", "employer", "contacts", "other")
ANNOUNCED_AS = {
    "visit": "visit_threatened",
    "lawsuit": "false_legal_threat",
    "police": "false_legal_threat",
    "employer": "workplace_contact",
    "contacts": "contact_book_blasting",
    "other": "unspecified_misconduct",
}
# Bands and not numbers: a sum to the yuan or a day of default would tell a lender whose complaint it is. The days are
# those of the banks' own classes (M1, M2–M3, M4–M6, …); the sums part a cash loan from a credit card and a car.
OVERDUE_BANDS = ("not_overdue", "to_30_days", "to_90_days", "to_180_days", "to_360_days", "over_360_days")
AMOUNT_BANDS = ("to_5000", "to_20000", "to_50000", "to_100000", "to_200000", "over_200000")
WANTS = (
    "stop_harassment", "leave_others_alone", "repayment_plan", "correct_amount", "fee_refund", "erase_data",
    "written_answer", "apology", "be_counted",
)  # fmt: skip
EVIDENCE_KINDS = ("jpeg", "png", "heic", "webp", "pdf", "mp3", "m4a", "amr", "ogg", "wav")
# Who writes a letter about a complaint.
WRITING_SIDES = ("borrower", "moderator")
# A representative speaks for one lender and sees only what is published about it.
STAFF_ROLES = ("reader", "moderator", "admin", "representative")
ALIAS_STRENGTHS = ("strong", "contextual")
LENDER_RELATIONS = ("operates", "brand_of", "channel", "related")
# What moderators decide on a complaint; the audit log has them as `complaint.published`, …
DECISIONS = ("published", "held", "rejected", "asked", "reopened")
REPLY_STATES = ("waiting", "published", "rejected", "taken_back")
DISPUTE_STATES = ("waiting", "decided")
# Why a record is disputed, and why it was taken down or not; the public log says it in these words.
DISPUTE_REASONS = ("private_data", "untrue", "wrong_lender", "copyright", "law", "other")
REMOVAL_ACTIONS = ("kept", "corrected", "taken_down", "restored")
