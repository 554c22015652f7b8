import logging

import pytest
from flask import abort

from tests.webapp.conftest import FilingPages
from webapp import create_app
from webapp.shell.security import HEADERS


@pytest.mark.parametrize(
    "path", ["/", "/complaints/new", "/nothing", "/static/doorstep.css", "/api/v1/nothing", "/healthz"]
)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_in_nothing_but_our_own_files(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("path", ["/", "/complaints/new", "/receipt", "/check", "/about", "/privacy", "/nothing"])
def test_no_page_has_inline_script_or_style_or_loads_from_elsewhere(client, path):
    page = client.get(path).get_data(as_text=True)
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page
    assert 'src="http' not in page
    assert '<link rel="stylesheet" href="http' not in page


def test_the_cookie_is_bound_to_the_host_under_https_only(client):
    plain = client.get("/complaints/new").headers["Set-Cookie"]
    encrypted = client.get("/complaints/new", base_url="https://doorstep.example").headers["Set-Cookie"]
    assert plain.startswith("session=")
    assert encrypted.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in encrypted
    assert "Domain" not in encrypted


def test_an_unforeseen_error_is_logged_without_its_words(app, client, caplog):
    app.testing = False

    def fail():
        raise RuntimeError("我的电话是13800138000")

    app.add_url_rule("/fail", view_func=fail)
    with caplog.at_level(logging.DEBUG):
        response = client.get("/fail", headers={"User-Agent": "canary/1"}, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    assert response.status_code == 500
    assert "RuntimeError" in caplog.text
    for secret in ("13800138000", "canary", "203.0.113.77"):
        assert secret not in caplog.text
        assert secret not in response.get_data(as_text=True)


def test_nobody_who_files_is_written_down(app, settings, caplog, monkeypatch):
    monkeypatch.setattr("webapp.filing.complaints.QUICKEST_SECONDS", 0.0)
    visitor = {"headers": {"User-Agent": "canary-agent"}, "environ_base": {"REMOTE_ADDR": "203.0.113.78"}}
    with caplog.at_level(logging.DEBUG):
        assert 'class="receipt"' in FilingPages(app.test_client(), **visitor).send().get_data(as_text=True)
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    for canary in ("canary-agent", "203.0.113.78"):
        assert canary.encode() not in kept
        assert canary not in caplog.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_error_is_a_page_that_says_what_to_do(app, client, status):
    app.testing = False
    app.add_url_rule("/error", view_func=lambda: abort(status))
    app.add_url_rule("/api/error", endpoint="api_error", view_func=lambda: abort(status))
    page, document = client.get("/error"), client.get("/api/error")
    assert page.status_code == document.status_code == status
    assert "<h1" in page.get_data(as_text=True)
    assert document.content_type == "application/problem+json"
    assert document.json["status"] == status
    assert document.json["title"]
    assert document.json["detail"]


def test_the_secret_is_made_once_and_shared_by_every_worker(settings):
    without = settings.model_copy(update={"secret_key": ""})
    first, second = create_app(without), create_app(without)
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]
    assert len(first.config["SECRET_KEY"]) == 64


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("DELETE", "/complaints/new", 405), ("GET", "/complaints/nowhere", 404), ("PUT", "/receipt", 405),
     ("GET", "/receipt/nowhere", 404), ("GET", "/api/v1/complaints", 405), ("GET", "/api/v1/receipts/x", 404),
     ("GET", "/leave", 405)],
)  # fmt: skip
def test_a_wrong_method_or_address_beside_filing_is_kept_by_no_cache_either(client, method, path, status):
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
