"""`doorstep source export` and `import`: what one writes the other takes."""

from pathlib import Path

from click.testing import CliRunner

from commands import doorstep
from domain.store import Database
from domain.store.gathering.sources import SourceEntry, entry_of, save_source, sources

PAPER = SourceEntry(
    "paper", "晨报：“今天”", "feed", "https://paper.example/rss?a=1&b=2", licence="# 不是注释", every_hours=0.5
)


def test_an_export_is_taken_back_whole_though_the_registry_holds_what_no_crawler_may_ask(
    database: Database, tmp_path: Path
) -> None:
    save_source(database, PAPER)
    for slug, address in (("here", "http://127.0.0.1/"), ("door", "https://paper.example:8443/")):
        save_source(database, SourceEntry(slug, slug, "page", address))  # as `crawl --url` keeps them
    file = tmp_path / "sources.yaml"
    exported = CliRunner().invoke(doorstep, ["source", "export", str(file)])
    assert exported.exit_code == 0, exported.output
    assert "here" in exported.stderr
    assert "door" in exported.stderr
    save_source(database, SourceEntry("paper", "changed since", "feed", "https://paper.example/other"))
    imported = CliRunner().invoke(doorstep, ["source", "import", str(file)])
    assert (imported.exit_code, imported.output) == (0, "1 sources\n"), imported.output
    assert [entry_of(row) for row in sources(database) if row.slug == "paper"] == [PAPER]
