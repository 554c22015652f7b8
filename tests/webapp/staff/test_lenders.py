import pytest

from domain.store.registries import lender_merges, registry
from webapp.shell import services as services_module


@pytest.fixture(autouse=True)
def _look_at_the_registry_each_time(monkeypatch):
    monkeypatch.setattr(services_module, "REGISTRY_CHECK_SECONDS", 0.0)


@pytest.fixture
def two(site):
    """Two complaints about one lender, three about another, one that names both; indexed."""
    for _ in range(2):
        site.complaint("他们每天打电话。", lender="chenxing_cf")
    for _ in range(3):
        site.complaint("他们每天打电话。", lender="yunling_bank")
    site.complaint("云岭银行的催收也打电话来催收贷款。", lender="chenxing_cf")
    site.article("云岭银行回应催收投诉：将核查外包催收机构。")
    site.index()
    return site


def totals(site, **query):
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return site.json(f"/api/v1/search?size=0&kind=complaint&{words}")["total"]


def lender_counts(site):
    found = site.json("/api/v1/search?size=0")["facets"]["lender"]
    return {value["value"]: value["count"] for value in found}


def test_a_merge_keeps_every_link_working_and_every_figure_adding_up(two, staff):
    moderator = staff()
    all_before, ours, theirs = totals(two), totals(two, lender="chenxing_cf"), totals(two, lender="yunling_bank")
    assert (all_before, ours, theirs) == (6, 3, 4)
    asked = moderator.post("/staff/lenders/yunling_bank/merge?lang=en", into="晨星消费金融", reason="同一家")
    assert "Merge these two?" in asked.get_data(as_text=True)
    assert registry.redirects(two.database) == {}
    done = moderator.post("/staff/lenders/yunling_bank/merge", into="chenxing_cf", reason="同一家", step="sure")
    assert done.status_code == 303
    two.index()
    assert totals(two) == 6
    assert totals(two, lender="chenxing_cf") == totals(two, lender="yunling_bank") == 6
    assert totals(two, not_lender="yunling_bank") == 0
    assert "yunling_bank" not in lender_counts(two)
    page = two.client.get("/lenders/yunling_bank")
    assert (page.status_code, page.headers["Location"]) == (302, "/lenders/chenxing_cf")
    document = two.client.get("/api/v1/lenders/yunling_bank")
    assert (document.status_code, document.headers["Location"]) == (302, "/api/v1/lenders/chenxing_cf")
    assert two.json("/api/v1/lenders/chenxing_cf")["complaints"] == 6
    assert "yunling_bank" not in [row["slug"] for row in two.json("/api/v1/lenders")["results"]]
    assert two.page("/search?lender=yunling_bank").count('href="/records/c') >= 6
    assert "晨星消费金融" in two.page("/trends?lens=lender&lender=yunling_bank")
    rows = two.csv("/search.csv?lender=yunling_bank")
    assert {row["lenders"] for row in rows} == {"chenxing_cf"}
    assert "云岭银行" in two.page("/lenders/chenxing_cf")  # among the names it goes by


def test_a_merge_in_error_is_undone_and_all_is_as_before(two, staff):
    from indexer.check import check

    moderator = staff()
    before = (lender_counts(two), two.json("/api/v1/lenders/yunling_bank"), two.page("/lenders/chenxing_cf"))
    moderator.post("/staff/lenders/yunling_bank/merge", into="chenxing_cf", step="sure")
    two.index()
    assert not any(vars(check(two.database, two.services.engine)).values())
    number = lender_merges.merges(two.database)[0].pk
    assert moderator.post(f"/staff/lenders/merges/{number}/undo").status_code == 303
    two.index()
    after = (lender_counts(two), two.json("/api/v1/lenders/yunling_bank"), two.page("/lenders/chenxing_cf"))
    assert strip_times(after) == strip_times(before)
    assert not any(vars(check(two.database, two.services.engine)).values())
    assert moderator.post(f"/staff/lenders/merges/{number}/undo").status_code == 404


def strip_times(answers):
    counts, document, page = answers
    return counts, {name: value for name, value in document.items() if name != "_meta"}, page


def test_the_pages_of_records_name_the_merged_lender_by_its_new_name(two, staff):
    record = two.complaint("云岭银行的催收打电话来催收贷款。", lender="yunling_bank")
    staff().post("/staff/lenders/yunling_bank/merge", into="chenxing_cf", step="sure")
    page = two.page(f"/records/{record}")
    assert 'href="/lenders/chenxing_cf"' in page
    assert 'href="/lenders/yunling_bank"' not in page
    assert two.json(f"/api/v1/records/{record}")["lenders"][0]["slug"] == "chenxing_cf"


@pytest.mark.parametrize("into", ["nobody", "yunling_bank", ""])
def test_a_merge_into_nothing_or_itself_is_refused(site, staff, into):
    moderator = staff()
    for step in ("", "sure"):
        answer = moderator.post("/staff/lenders/yunling_bank/merge", into=into, step=step)
        assert answer.status_code == 400
        assert 'id="into-error"' in answer.get_data(as_text=True)


def test_a_name_added_here_is_understood_by_the_site_at_once(site, staff):
    moderator = staff()
    assert moderator.post("/staff/lenders/yunling_bank/names", name="云岭闪贷", step="add").status_code == 303
    assert site.services.reader.resolve_lender("云岭闪贷") == "yunling_bank"
    moderator.post("/staff/lenders/yunling_bank/names", name="云岭闪贷", strength="contextual", step="add")
    strengths = {alias.text: alias.strength for alias in registry.lender(site.database, "yunling_bank").aliases}
    assert strengths["云岭闪贷"] == "contextual"
    moderator.post("/staff/lenders/yunling_bank/names", name="云岭闪贷", step="remove")
    assert site.services.reader.resolve_lender("云岭闪贷") is None


def test_a_name_of_another_lender_is_refused_and_what_was_typed_stays(staff, site):
    answer = staff().post("/staff/lenders/yunling_bank/names", name="晨星消费金融", step="add")
    assert answer.status_code == 400
    assert 'value="晨星消费金融"' in answer.get_data(as_text=True)


def test_how_a_lender_stands_to_another_is_set_and_taken_away(staff, site):
    moderator = staff()
    moderator.post("/staff/lenders/yunling_bank/relations", target="快圆钱包", relation="operates")
    assert ("operates", "kuaiyuan_wallet") in [
        (relation, lender.slug) for relation, lender in registry.lender(site.database, "yunling_bank").relations_in_use
    ]
    moderator.post("/staff/lenders/yunling_bank/relations", target="kuaiyuan_wallet", relation="")
    assert registry.lender(site.database, "yunling_bank").relations_in_use == []


def test_a_new_lender_is_added_and_can_be_filed_about(staff, site):
    fields = {"slug": "hudong_loan", "name_zh_hans": "湖东小贷测试", "type": "microloan"}
    assert staff().post("/staff/lenders", **fields).headers["Location"] == "/staff/lenders/hudong_loan"
    assert site.services.reader.resolve_lender("湖东小贷测试") == "hudong_loan"
    assert "湖东小贷测试" in site.page("/lenders/hudong_loan")


@pytest.mark.parametrize(
    "changes",
    [
        {"slug": "chenxing_cf"},
        {"slug": "no slug"},
        {"name_zh_hans": "晨星消费金融"},
        {"type": "none"},
        {"name_zh_hans": ""},
    ],
)
def test_what_can_be_no_lender_is_refused_and_what_was_typed_stays(staff, site, changes):
    fields = {
        "slug": "hudong_loan",
        "name_zh_hans": "湖东小贷测试",
        "type": "microloan",
        "legal_name": "canary",
    } | changes
    answer = staff().post("/staff/lenders", **fields)
    assert answer.status_code == 400
    assert 'value="canary"' in answer.get_data(as_text=True)


def test_a_reader_sees_the_registry_and_no_button(staff, site):
    reader = staff("reader")
    page = reader.get("/staff/lenders/chenxing_cf").get_data(as_text=True)
    assert "晨星消费金融" in page
    assert 'action="/staff/lenders' not in page
    assert "chenxing_cf" in reader.get("/staff/lenders?q=晨星").get_data(as_text=True)


def test_an_unknown_lender_is_not_found(staff, site):
    moderator = staff()
    assert moderator.get("/staff/lenders/nobody").status_code == 404
    assert moderator.post("/staff/lenders/nobody/names", name="云岭闪贷", step="add").status_code == 404
