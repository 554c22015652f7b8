"""Which threat the words of an outcome speak of."""

from collections.abc import Sequence

from domain.tactic_reading.outcomes import outcome_cues as cues
from domain.tactic_reading.outcomes.announced import Asserted, Threat
from domain.tactic_reading.outcomes.told import Told

# What a threat turns into when it is carried out.
CARRIED_OUT = {
    "visit_threatened": ("visit_actual", "visit_intrusive"),
    "workplace_contact": ("workplace_contact",),
    "contact_book_blasting": ("contact_book_blasting", "social_circle_contact"),
    "social_circle_contact": ("social_circle_contact",),
    "public_shaming": ("public_shaming",),
    "credit_reporting_abuse": ("credit_reporting_abuse",),
    "call_sms_bombing": ("call_sms_bombing",),
    "violence_threat": ("violence_threat",),
    "insult_abuse": ("insult_abuse",),
    "debt_disclosure": ("debt_disclosure",),
}
# What speaks for a threat: that its outcome was read as its doing, that the words are of its kind.
AS_READ, OF_ITS_KIND, OF_A_VISIT = 3, 2, 1


def threat_meant(told: Told, threats: Sequence[Threat], tactics: Sequence[Asserted], folded: str) -> Threat:
    """Return the threat that an outcome is told of: of those before it the one that it fits best, or the last of them.

    An outcome told before all threats is of the first one that it fits: 没人来。就是昨天说今早八点上门的那家。
    """
    before = [threat for threat in threats if threat.start < told.start]
    for threat in before:
        if told.start - threat.end <= 1 and not cues.BREAK.search(folded, threat.end, told.start):
            return threat  # it goes on in the same clause: 报警抓我的事到今天也没有下文
    words = folded[told.start : told.end]
    read = [one for one in tactics if one.start < told.end and told.start < one.end]
    if not before:
        return max(threats, key=lambda threat: _fit(threat, told, words, read))
    best = max(reversed(before), key=lambda threat: _fit(threat, told, words, read))
    return _at_work(best, before)


def _fit(threat: Threat, told: Told, words: str, read: Sequence[Asserted]) -> int:
    """Return how well an outcome fits a threat, by its words and by the tactics `read` in them."""
    topic = cues.TOPICS.get(threat.code)
    fit = 0
    if topic and topic.search(words):
        fit += OF_A_VISIT if threat.code == "visit_threatened" else OF_ITS_KIND
    if told.kind == "happened":
        done = {one.code for one in read if one.assertion == "first_hand_claim"}
        fit += AS_READ * bool(done & set(CARRIED_OUT.get(threat.code, ())))
    return fit


def _at_work(threat: Threat, threats: Sequence[Threat]) -> Threat:
    """Prefer of a visit to the workplace that it is one to the workplace."""
    if threat.code == "visit_threatened":
        for other in threats:
            if other.code == "workplace_contact" and other.start < threat.end and threat.start < other.end:
                return other
    return threat
