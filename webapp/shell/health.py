"""Whether the site is well: for a supervisor (/healthz), a load balancer (/readyz) and Prometheus (/metrics)."""

import contextlib
from typing import Any

from flask import Blueprint, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from domain.store import StoreUnavailable, records
from domain.store.intake import unread
from domain.store.migrations import is_current
from indexer.errors import SearchUnavailable
from indexer.status import IndexStatus, index_status
from webapp.shell.crawl_metrics import source_gauges
from webapp.shell.services import services

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer as long as the process does; a store that is down is told of, and is no reason to restart this."""
    return jsonify({"status": "ok"} | _index_members(_status()))


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Answer 200 only when complaints can be kept: the store is there and has this version's schema."""
    try:
        services().database.ping()
        ready = is_current(services().database)
        reason = "" if ready else "the store's schema is not that of this version: run `doorstep init`"
    except StoreUnavailable:
        ready, reason = False, "the store can't be reached"
    body = {"status": "ready" if ready else "not ready"} | _index_members(_status())
    return jsonify(body | ({"reason": reason} if reason else {})), 200 if ready else 503


@blueprint.get("/metrics")
def metrics() -> Response:
    """Return figures for Prometheus, worked out from the store now, so that it does not matter which worker answers."""
    registry, counts, status = CollectorRegistry(), _counts(), _status()
    _gauge(registry, "doorstep_store_up", "Whether the store answers", float(counts is not None))
    public = Gauge("doorstep_public_records", "Published records", ["kind"], registry=registry)
    for kind, count in (counts or {}).items():
        public.labels(kind).set(count)
    if status is not None:
        _gauge(registry, "doorstep_index_lag_seconds", "How long the oldest change has waited", status.lag_seconds)
        _gauge(registry, "doorstep_index_stale", "Whether the index is behind or missing", float(status.stale))
        _gauge(registry, "doorstep_outbox_waiting", "Changes that wait for the index", status.waiting)
        _gauge(registry, "doorstep_outbox_set_aside", "Changes set aside as poisonous", status.set_aside)
    with contextlib.suppress(StoreUnavailable):
        _gauge(registry, "doorstep_filings_unread", "Filings that wait to be read", unread.count(services().database))
        source_gauges(registry, services().database)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _status() -> IndexStatus | None:
    try:
        return index_status(services().database, services().engine)
    except (SearchUnavailable, StoreUnavailable):
        return None


def _index_members(status: IndexStatus | None) -> dict[str, Any]:
    """Return `index_lag` in seconds (null: not known) and `stale`."""
    if status is None:
        return {"index_lag": None, "stale": True}
    return {"index_lag": round(status.lag_seconds, 3), "stale": status.stale}


def _counts() -> dict[str, int] | None:
    try:
        return records.count_public(services().database)
    except StoreUnavailable:
        return None


def _gauge(registry: CollectorRegistry, name: str, text: str, value: float) -> None:
    Gauge(name, text, registry=registry).set(value)
