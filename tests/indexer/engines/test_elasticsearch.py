"""What is Elasticsearch's own: its absence, its answers to single documents, its versions, its mapping."""

import contextlib
import socket
import threading
import time

import elasticsearch
import pytest

from domain.store import outbox
from domain.store import records as store
from indexer.documents import document
from indexer.engines import open_engine
from indexer.engines.elasticsearch import ElasticsearchEngine
from indexer.engines.protocol import Removal
from indexer.errors import SearchUnavailable
from indexer.request import SearchRequest
from indexer.status import index_status
from indexer.sync import sync
from tests.measuring import crowding

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def engine(elasticsearch_settings) -> ElasticsearchEngine:
    return open_engine(elasticsearch_settings)


@pytest.fixture
def client(elasticsearch_settings):
    with elasticsearch.Elasticsearch(elasticsearch_settings.elasticsearch_url) as client:
        yield client


def nowhere() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize(
    "url", [nowhere(), "http://no-such-host.invalid:9200", "not an address"], ids=["nobody", "no host", "no address"]
)
def test_an_engine_that_is_not_there_is_unavailable_and_the_rows_wait(url, records):
    engine = ElasticsearchEngine(url, "doorstep", 0)
    records.complaint("半夜打电话")
    for ask in (lambda: engine.search(SearchRequest()), lambda: engine.trends(SearchRequest(), ""),
                lambda: sync(records.database, engine), engine.count):  # fmt: skip
        with pytest.raises(SearchUnavailable) as reason:
            ask()
        assert reason.value.reason == "down"
    assert outbox.backlog(records.database).waiting == 2
    assert outbox.backlog(records.database).set_aside == 0
    status = index_status(records.database, engine)
    assert (status.stale, status.last_indexed, status.waiting) == (True, None, 2)


def test_a_server_that_says_nothing_holds_the_health_check_up_for_some_seconds_only(records):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = ElasticsearchEngine(f"http://127.0.0.1:{silent.getsockname()[1]}", "doorstep", 0)
        began = time.monotonic()
        assert index_status(records.database, engine).stale
        assert time.monotonic() - began < 8 * crowding()


def test_a_server_that_is_no_elasticsearch_is_unavailable(records):
    with socket.create_server(("127.0.0.1", 0)) as other:

        def answer() -> None:
            with contextlib.suppress(OSError):  # the test closes the socket while this thread waits for a visitor
                while True:
                    connection, _address = other.accept()
                    connection.recv(65536)
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
                    connection.close()

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(SearchUnavailable):
            ElasticsearchEngine(f"http://127.0.0.1:{other.getsockname()[1]}", "doorstep", 0).search(SearchRequest())


def test_the_alias_names_one_index_of_the_present_format(engine, client, records, elasticsearch_settings):
    prefix = elasticsearch_settings.elasticsearch_index
    sync(records.database, engine)
    [name] = client.indices.get_alias(name=prefix)
    mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    assert name.startswith(prefix + "-")
    assert mapping["dynamic"] == "strict"
    assert mapping["_source"] == {"enabled": False}
    assert client.indices.get_settings(index=name)[name]["settings"]["index"]["number_of_replicas"] == "0"


def test_the_number_of_replicas_is_a_setting(client, records, elasticsearch_settings):
    engine = open_engine(elasticsearch_settings.model_copy(update={"elasticsearch_replicas": 2}))
    sync(records.database, engine)
    [name] = client.indices.get_alias(name=elasticsearch_settings.elasticsearch_index)
    assert client.indices.get_settings(index=name)[name]["settings"]["index"]["number_of_replicas"] == "2"


def test_one_index_before_the_current_is_kept_and_strangers_are_left_alone(engine, client, elasticsearch_settings):
    prefix = elasticsearch_settings.elasticsearch_index
    client.indices.create(index=f"{prefix}-of-somebody-else")
    for _ in range(4):
        with engine.rebuilding() as new:
            new.commit()
            new.swap()
    names = sorted(client.indices.get(index=f"{prefix}-*"))
    assert len(names) == 3
    assert f"{prefix}-of-somebody-else" in names


def test_a_rebuild_that_a_newer_one_overtook_ends_without_a_trace(engine, client, elasticsearch_settings):
    old, new = engine.rebuilding(), engine.rebuilding()
    slow = old.__enter__()
    with new as quick:
        quick.commit()
        quick.swap()
    with pytest.raises(SearchUnavailable):
        slow.write([], [Removal("c000000000001", 1)])
    old.__exit__(None, None, None)
    assert len(client.indices.get(index=f"{elasticsearch_settings.elasticsearch_index}-*")) == 1


def test_writing_never_makes_an_index_up(engine, client, records, elasticsearch_settings):
    prefix, complaint = elasticsearch_settings.elasticsearch_index, records.complaint("半夜打电话")
    sync(records.database, engine)
    with engine.writing() as writer:
        for name in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=name)
        with pytest.raises(SearchUnavailable):
            writer.write([], [Removal("c000000000001", 1)])
        with pytest.raises(SearchUnavailable):
            writer.write([document(store.get(records.database, complaint), records.names())])
    assert not client.indices.get(index=f"{prefix}*")


def test_an_index_in_the_place_of_the_alias_is_replaced_by_the_next_sync(
    engine, client, records, elasticsearch_settings
):
    complaint = records.complaint("半夜打电话")
    client.indices.create(index=elasticsearch_settings.elasticsearch_index)
    sync(records.database, engine)
    assert [hit.id for hit in engine.search(SearchRequest()).hits] == [complaint]


def test_an_older_version_never_takes_the_place_of_a_newer_one(engine, records):
    complaint = records.complaint("半夜打电话")
    sync(records.database, engine)
    old = document(store.get(records.database, complaint), records.names())
    records.withdraw(complaint)
    sync(records.database, engine)
    with engine.writing() as writer:
        assert writer.write([old]) == []
        writer.commit()
    assert engine.count() == 0


def test_a_late_removal_leaves_a_newer_version(engine, records):
    complaint = records.complaint("半夜打电话")
    sync(records.database, engine)
    with engine.writing() as writer:
        assert writer.write([], [Removal(complaint, 1)]) == []
        writer.commit()
    assert engine.count() == 1


def test_what_elasticsearch_refuses_is_named_without_the_text_and_the_others_are_taken(engine, records, monkeypatch):
    sync(records.database, engine)
    bad, good = records.complaint("绝密的半夜电话"), records.complaint("半夜敲门")
    from indexer import documents

    honest = documents.Document.values
    monkeypatch.setattr(
        documents.Document, "values",
        lambda self: honest(self) | ({"day": "绝密的半夜电话"} if self.id == bad else {}),
    )  # fmt: skip
    report = sync(records.database, engine)
    assert (report.indexed, report.set_aside) == (1, 1)
    assert [hit.id for hit in engine.search(SearchRequest()).hits] == [good]
    reasons = {reason for _, reason in outbox.set_aside_rows(records.database)}
    assert all("day" in reason and "绝密" not in reason for reason in reasons)


def test_a_field_that_nobody_declared_is_refused(engine, records, monkeypatch):
    from indexer import documents

    records.complaint("半夜打电话")
    honest = documents.Document.values
    monkeypatch.setattr(documents.Document, "values", lambda self: honest(self) | {"contact": "x"})
    assert sync(records.database, engine).indexed == 0
    assert engine.count() == 0
