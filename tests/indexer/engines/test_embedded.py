"""The traps of tantivy, each held by a test, and the lock, the pointer and the fork of the embedded engine."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tantivy

from indexer.documents import Document, Tokens, tokens
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.embedded.guard import guarded
from indexer.engines.embedded.locks import file_lock
from indexer.engines.embedded.schema import schema
from indexer.engines.protocol import Removal
from indexer.errors import SearchUnavailable
from indexer.request import SearchRequest

EMPTY = Tokens("", (), ())


def document(number: int, text: str = "上门催收", **values) -> Document:
    return Document(
        **{
            "id": f"c{number:012}", "version": 1, "sort_number": (1 << 62) + number, "day": 20260101,
            "month": "2026-01", "kind": "complaint", "lender": (), "tactic": (), "assertion": (),
            "tactic_assertion": (), "region": (), "source": "doorstep", "title": EMPTY, "text": tokens(text),
            "name": EMPTY, "lead": "", "often": "", **values,
        }
    )  # fmt: skip


def fill(engine: EmbeddedEngine, *documents: Document) -> None:
    with engine.rebuilding() as new:
        new.write(documents)
        new.commit()
        new.swap()


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    made = EmbeddedEngine(tmp_path / "index", seconds_to_wait=0.3)
    fill(made, document(1))
    return made


def found(engine: EmbeddedEngine, term: str = "") -> list[str]:
    return [hit.id for hit in engine.search(SearchRequest(term)).hits]


@pytest.mark.parametrize("broken", [
    lambda: tantivy.Query.phrase_query(schema(), "text_pair", ["上门"]),
    lambda: tantivy.Index(schema()).searcher().search(tantivy.Query.all_query(), 0),
])  # fmt: skip
def test_a_panic_of_tantivy_becomes_search_unavailable(broken):
    with pytest.raises(SearchUnavailable), guarded():
        broken()


def test_an_interrupt_is_no_failure_of_tantivy():
    with pytest.raises(KeyboardInterrupt), guarded():
        raise KeyboardInterrupt


def test_neighbours_in_two_runs_are_no_phrase(engine):
    fill(engine, document(1, "上门，催收"), document(2, "上门 催收"))
    assert found(engine, "上门催收") == ["c000000000002"]


def test_sort_numbers_that_no_float_can_tell_apart_are_told_apart(engine):
    fill(engine, *(document(number) for number in range(1, 9)))
    assert found(engine) == [f"c{number:012}" for number in range(8, 0, -1)]


def test_a_number_that_the_field_cannot_hold_is_refused_with_its_reason(engine):
    with engine.writing() as writer:
        [refused] = writer.write([document(2), document(3, version=-1), document(4)])
        writer.commit()
    assert refused.id == "c000000000003"
    assert "-1" in refused.reason
    assert engine.count() == 3


def test_what_was_not_committed_is_not_there(engine):
    with engine.writing() as writer:
        writer.write([document(2)])
    assert engine.count() == 1


def test_readers_see_each_commit_of_another_process(engine, tmp_path):
    code = (
        "from pathlib import Path\n"
        "from indexer.engines.embedded import EmbeddedEngine\n"
        "from indexer.engines.protocol import Removal\n"
        f"engine = EmbeddedEngine(Path({str(tmp_path / 'index')!r}))\n"
        "with engine.writing() as writer:\n"
        "    writer.write([], [Removal('c000000000001', 2)])\n"
        "    writer.commit()\n"
    )
    assert found(engine) == ["c000000000001"]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
    assert found(engine) == []


def test_readers_follow_the_pointer(engine, tmp_path):
    other = EmbeddedEngine(tmp_path / "index")
    assert found(other) == ["c000000000001"]
    fill(engine, document(7))
    assert found(other) == ["c000000000007"]


def test_one_index_before_the_current_is_kept_and_older_ones_are_removed(engine, tmp_path):
    for number in range(4):
        fill(engine, document(number + 1))
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 2


def test_what_a_killed_rebuild_left_is_removed_by_the_next(engine, tmp_path):
    left = tmp_path / "index" / "00000000-1"
    left.mkdir()
    fill(engine, document(1))
    fill(engine, document(1))
    assert not left.exists()


def test_a_second_writer_waits_and_then_says_that_the_index_is_busy(engine, tmp_path):
    with engine.writing():
        began = time.monotonic()
        with pytest.raises(SearchUnavailable) as reason, EmbeddedEngine(tmp_path / "index", 0.3).writing():
            pytest.fail("two writers at once")
        assert time.monotonic() - began >= 0.3
    assert reason.value.reason == "busy"
    with engine.writing() as writer:
        writer.commit()


def test_a_second_writer_goes_on_when_the_first_has_ended(tmp_path):
    path, order = tmp_path / "lock", []
    context = multiprocessing.get_context("fork")
    ready = context.Event()

    def hold() -> None:
        with file_lock(path, "testing", 0):
            ready.set()
            time.sleep(0.3)

    holder = context.Process(target=hold)
    holder.start()
    ready.wait(10)
    with file_lock(path, "testing", 10):
        order.append("second")
    holder.join()
    assert order == ["second"]


def test_two_rebuilds_at_once_are_refused(engine):
    with engine.rebuilding(), pytest.raises(SearchUnavailable) as reason, engine.rebuilding():
        pytest.fail("two rebuilds at once")
    assert reason.value.reason == "busy"


def test_writing_goes_on_while_a_rebuild_fills(engine):
    with engine.rebuilding():
        with engine.writing() as writer:
            writer.write([], [Removal("c000000000001", 2)])
            writer.commit()
        assert found(engine) == []


@pytest.mark.slow
def test_a_killed_writer_leaves_no_lock_and_the_last_commit(engine, tmp_path):
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from indexer.engines.embedded import EmbeddedEngine\nfrom indexer.engines.protocol import Removal\n"
        f"with EmbeddedEngine(Path({str(tmp_path / 'index')!r})).writing() as writer:\n"
        "    writer.write([], [Removal('c000000000001', 2)])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3]).returncode < 0
    assert found(engine) == ["c000000000001"]
    with engine.writing() as writer:
        writer.write([document(2)])
        writer.commit()
    assert engine.count() == 2


def test_a_process_forked_after_a_search_opens_the_index_anew(engine):
    assert found(engine) == ["c000000000001"]
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(write, ",".join(found(engine)).encode())
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert os.read(read, 100) == b"c000000000001"
    os.close(read), os.close(write)


def test_an_index_that_is_damaged_is_unavailable_and_no_crash(engine, tmp_path):
    [index] = [path for path in (tmp_path / "index").iterdir() if path.is_dir()]
    (index / "meta.json").write_text("{")
    with pytest.raises(SearchUnavailable):
        EmbeddedEngine(tmp_path / "index").search(SearchRequest())


def test_a_pointer_to_nothing_is_a_missing_index(engine, tmp_path):
    (tmp_path / "index" / "current").write_text("gone-1")
    with pytest.raises(SearchUnavailable) as reason:
        engine.search(SearchRequest())
    assert reason.value.reason == "missing"


def test_many_small_commits_leave_few_segments(engine):
    for number in range(60):
        with engine.writing() as writer:
            writer.write([document(number + 2)])
            writer.commit()
    assert engine._reader.searcher().num_segments < 20
    assert engine.count() == 61


def test_a_withdrawal_is_out_of_search_at_once(engine):
    began = time.monotonic()
    fill(engine, *(document(number) for number in range(1, 3000)))
    filled, times = time.monotonic() - began, []
    for number in (5, 6, 7):
        began = time.monotonic()
        with engine.writing() as writer:
            writer.write([], [Removal(f"c{number:012}", 2)])
            writer.commit()
        assert engine.search(SearchRequest()).total == 3003 - number
        times.append(time.monotonic() - began)
    assert min(times) < filled  # nothing that stays is written again
