"""The crawler's figures for Prometheus."""

from domain.store.gathering import source_health, sources
from domain.store.gathering.sources import SourceEntry


def test_the_metrics_tell_how_each_source_does(client, database):
    sources.save_source(database, SourceEntry("quiet", "没读过", "page", "https://quiet.invalid/"))
    sources.save_source(database, SourceEntry("paper", "晨报", "feed", "https://paper.invalid/feed"))
    counts = {
        "items": 4, "gone": 1, "stored": {"new": 3, "changed": 1}, "refused": {"robots": 2, "http_404": 1},
        "with": {"title": 4, "date": 2, "lender": 1},
    }  # fmt: skip
    for found in (20, 20, 4):
        run = sources.start_run(database, "paper")
        counted = {"found": found, **counts}
        warning = source_health.warning_for(database, "paper", run.number, "finished", counted)
        sources.end_run(database, run, "finished", counted, warning)
    lines = client.get("/metrics").get_data(as_text=True).splitlines()
    told = {
        'items{outcome="found",source="paper"}': 4, 'items{outcome="new",source="paper"}': 3,
        'items{outcome="changed",source="paper"}': 1, 'items{outcome="gone",source="paper"}': 1,
        'refused{reason="robots",source="paper"}': 2, 'refused{reason="http_404",source="paper"}': 1,
        'share{field="title",source="paper"}': 1, 'share{field="date",source="paper"}': 0.5,
        'share{field="lender",source="paper"}': 0.25, 'share{field="tactic",source="paper"}': 0,
    }  # fmt: skip
    assert [
        name for name, value in told.items() if f"doorstep_source_last_run_{name} {float(value)}" not in lines
    ] == []
    assert 'doorstep_source_flagged{source="paper",warning="found_half"} 1.0' in lines
    assert 'doorstep_source_flagged{source="quiet",warning="none"} 0.0' in lines
    [age] = [line for line in lines if line.startswith("doorstep_source_last_run_age_seconds{")]
    assert 0 <= float(age.split()[-1]) < 3600
    assert "晨报" not in "\n".join(lines)
