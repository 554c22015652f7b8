import re

import pytest

from domain.store import records
from webapp.shell.services import Services


def test_the_home_page_stands_while_there_is_no_index(client):
    page = client.get("/").get_data(as_text=True)
    assert "搜索索引正在准备" in page
    assert "提交投诉不受影响" in page


def test_the_home_page_counts_complaints_and_articles_apart(client):
    page = client.get("/").get_data(as_text=True)
    assert "0 件已发布的投诉" in page
    assert "0 篇公开文章" in page


@pytest.mark.parametrize("path", ["/", "/about", "/privacy", "/complaints/new", "/receipt", "/check", "/nothing"])
def test_no_link_of_a_page_leads_nowhere(app, client, path):
    page = client.get(path).get_data(as_text=True)
    adapter = app.url_map.bind("localhost")
    for link in set(re.findall(r'(?:href|action)="(/[^"#]*)"', page)):
        assert adapter.test(link.partition("?")[0], method="GET") or adapter.test(link.partition("?")[0], method="POST")


def test_the_sample_banner_is_on_every_page_while_there_are_samples(client, monkeypatch):
    pages = ["/", "/about", "/complaints/new", "/receipt", "/check", "/nothing"]
    assert not any("示例数据" in client.get(path).get_data(as_text=True) for path in pages)
    monkeypatch.setattr(Services, "has_samples", property(lambda self: True))
    assert all("示例数据" in client.get(path).get_data(as_text=True) for path in pages)


def test_the_banner_asks_the_store_whether_there_are_samples(app, monkeypatch):
    services: Services = app.extensions["doorstep"]
    assert not services.has_samples
    services._checked.clear()
    monkeypatch.setattr(records, "count_samples", lambda database: 3)
    assert services.has_samples
