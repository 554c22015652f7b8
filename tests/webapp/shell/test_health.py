from domain.store import StoreUnavailable
from webapp.shell.services import Services


def test_both_health_checks_tell_how_far_the_index_is_behind(client, filing_pages):
    filing_pages.send()
    for path in ("/healthz", "/readyz"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.json["index_lag"] >= 0
        assert response.json["stale"] is True  # nobody has made an index here


def test_a_store_that_is_down_is_not_ready_and_no_reason_to_restart(client, app, monkeypatch):
    def down(self):
        raise StoreUnavailable("down")

    monkeypatch.setattr(Services, "database", property(down))
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz").json == {"status": "ok", "index_lag": None, "stale": True}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json["status"] == "not ready"
    assert "doorstep_store_up 0.0" in client.get("/metrics").get_data(as_text=True)


def test_a_store_of_another_version_is_not_ready(client, database):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "doorstep init" in response.json["reason"]


def test_the_metrics_tell_of_the_store_and_the_index_and_of_nobody(client, filing_pages):
    filing_pages.send()
    text = client.get("/metrics").get_data(as_text=True)
    assert 'doorstep_public_records{kind="complaint"} 0.0' in text
    assert "doorstep_filings_unread 1.0" in text
    assert "doorstep_outbox_waiting 0.0" in text
    assert "doorstep_index_lag_seconds" in text
    assert "127.0.0.1" not in text
