"""What a worker makes ready before it serves anybody."""

import json
import subprocess
import sys

import pytest

from benchmarks import hello
from domain.settings import PROJECT_ROOT, Settings
from webapp.gunicorn_config import post_worker_init
from webapp.shell.services import Services

# A new process, as a new worker is one: which tables does a filing still make after the worker was made ready?
A_NEW_WORKER = """
import functools, json, sys
from domain.settings import Settings
from domain.warming import warm
from webapp.shell.services import Services

services = Services(Settings.model_validate_json(sys.argv[1]))
services.warm() if sys.argv[3] == "filings" else warm(services.reader, glossed=False, kind="article")
tables = {
    f"{module.__name__}.{name}": table
    for module in list(sys.modules.values()) if module.__name__.startswith("domain.")
    for name, table in vars(module).items()
    if isinstance(table, functools._lru_cache_wrapper) and table.cache_parameters()["maxsize"] == 1
}
before = {name: table.cache_info().misses for name, table in tables.items()}
for text in json.loads(sys.argv[2]):
    services.reader.read(text, kind="complaint" if sys.argv[3] == "filings" else "article", lender="晨星消费金融")
late = [name for name, table in tables.items() if table.cache_info().misses > before[name]]
print(json.dumps({"tables": len(tables), "late": late}))
"""
FILINGS = [
    "昨天晨星消费金融的催收员陈大勇打我单位电话，说三天内不还就上门，我在鸿达机械厂上班，住在河西村三组12号。",
    "對方傳訊息說會告訴我的家人，我的 WeChat 是 abc_12345，電話一三八零零一三八零零零，還沒有來過。",
    "用戶(hù)說他們每天打二十個電話，身份证11010519491231002X",
    "A collector called Mary Jones at 12 Elm Street five times a day and said she would be arrested.",
]


@pytest.mark.parametrize(
    ("use", "texts"), [("filings", FILINGS), ("a crawl", [text for text in FILINGS if "(" not in text])]
)
def test_a_process_that_was_made_ready_makes_no_table_at_its_first_text(settings, database, use, texts):
    made = subprocess.run(
        [sys.executable, "-c", A_NEW_WORKER, settings.model_dump_json(), json.dumps(texts), use],
        cwd=PROJECT_ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found = json.loads(made.stdout)
    assert found["tables"] > 5
    assert found["late"] == []


class Worker:
    """What gunicorn gives to its hook: a worker with the application in it."""

    def __init__(self, app):
        self.wsgi = app


def test_the_hook_of_gunicorn_makes_the_worker_ready(app):
    services = app.extensions["doorstep"]
    services._opened.clear()
    post_worker_init(Worker(app))
    assert "registry" in services._opened


def test_another_application_starts_under_the_same_configuration():
    post_worker_init(Worker(hello.app))


def test_a_worker_starts_without_a_store_too(tmp_path):
    nowhere = Settings(database_url="postgresql+psycopg://nobody@127.0.0.1:1/none", data_dir=tmp_path)
    Services(nowhere).warm()
    an_empty_one = Services(Settings(data_dir=tmp_path))
    an_empty_one.warm()
    an_empty_one.database.dispose()


def test_what_workers_share_is_not_looked_through_for_garbage():
    script = "import gc; from webapp.gunicorn_config import when_ready; when_ready(None); print(len(gc.get_objects()))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=PROJECT_ROOT)
    assert int(run.stdout) < 10_000
