"""Figures on the crawler's sources for Prometheus."""

from prometheus_client import CollectorRegistry, Gauge

from domain.store import Database
from domain.store.database import now
from domain.store.gathering import source_health


def source_gauges(registry: CollectorRegistry, database: Database) -> None:
    """Add how each source does: its last run, what that found, whether it is odd. Raises StoreUnavailable."""
    found = source_health.health(database)

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"doorstep_source_{name}", text, ["source", *labels], registry=registry)

    age = gauge("last_run_age_seconds", "How long ago the last run of a source began")
    last = gauge("last_run_items", "What the last run of a source met, by what became of it", "outcome")
    refused = gauge("last_run_refused", "What the last run of a source did not take, by reason", "reason")
    shares = gauge("last_run_share", "Share of the last run's items that have this", "field")
    flagged = gauge("flagged", "Whether the last run of a source was odd", "warning")
    for health in found:
        slug = health.source.slug
        flagged.labels(slug, health.warning or "none").set(float(bool(health.warning)))
        if health.last is None:
            continue
        age.labels(slug).set((now() - health.last.started_at).total_seconds())
        counts = {"found": health.found, "new": health.new, "changed": health.changed, "gone": health.gone}
        for outcome, count in counts.items():
            last.labels(slug, outcome).set(count)
        for reason, count in health.refused.items():
            refused.labels(slug, reason).set(count)
        for field, share in health.shares.items():
            if share is not None:
                shares.labels(slug, field).set(share)
