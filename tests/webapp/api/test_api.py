import json

import pytest

from webapp.searching.parameters import SEARCH, SUGGEST, TRENDS


def test_the_envelope_is_flat_and_whole(site):
    record_id = site.complaint("催收说要上门。", lender="yunling_bank")
    site.article("云岭银行称催收人员不会上门。", title="云岭银行回应")
    site.index()
    answer = site.json("/api/v1/search?search_term=上门&kind=complaint")
    assert set(answer) == {"results", "total", "totals", "next", "facets", "_meta"}
    assert (answer["total"], answer["totals"], answer["next"]) == (1, {"complaint": 1, "article": 0}, None)
    (result,) = answer["results"]
    assert (result["id"], result["kind"], result["date"], result["source"]) == (
        record_id, "complaint", "2026-11-20", "doorstep",
    )  # fmt: skip
    assert result["source_url"] is None
    assert result["lenders"] == [{"slug": "yunling_bank", "name": "云岭银行"}]
    assert {"code": "visit_threatened", "assertion": "collector_threat", "counted": True} in result["tactics"]
    start, end = result["snippet_matches"][0]
    assert result["snippet"][start:end] == "上门"
    kinds = {value["value"]: (value["count"], value["active"]) for value in answer["facets"]["kind"]}
    assert kinds == {"complaint": (1, True), "article": (1, False)}
    assert {"licence", "last_indexed", "stale"} <= set(answer["_meta"])
    assert answer["_meta"]["stale"] is False


def test_a_cursor_leads_through_everything_once(site):
    ids = [site.complaint(f"上门{n}", day=f"2026-11-{n:02}") for n in range(1, 6)]
    site.index()
    seen, cursor = [], ""
    while cursor is not None:
        answer = site.json(f"/api/v1/search?size=2&sort=date_asc&search_after={cursor}")
        seen += [result["id"] for result in answer["results"]]
        cursor = answer["next"]
    assert seen == ids


def test_size_zero_gives_counts_alone(site):
    site.complaint()
    site.index()
    answer = site.json("/api/v1/search?size=0")
    assert (answer["results"], answer["total"]) == ([], 1)


@pytest.mark.parametrize(
    "path", ["search", "trends", "suggest?q=a", "lenders", "tactics", "openapi.json", "lenders/webank", "records/c1"]
)
def test_an_unknown_parameter_is_named(site, path):
    site.index()
    answer = site.json(f"/api/v1/{path}{'&' if '?' in path else '?'}nonsense=1", 400)
    assert (answer["parameter"], answer["status"]) == ("nonsense", 400)
    assert "nonsense" in answer["detail"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("lender=no_such", "lender"),
        ("not_tactic=no_such", "not_tactic"),
        ("size=many", "size"),
        ("size=1&size=2", "size"),
        ("date_received_max=2026-02-30", "date_received_max"),
        ("search_after=forged", "search_after"),
        ("frm=9999&size=100", "frm"),
        ("kind=", "kind"),
    ],
)
def test_a_bad_value_is_refused_as_a_problem_that_names_it(site, query, parameter):
    site.index()
    response = site.client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.json["parameter"] == parameter


@pytest.mark.parametrize("path", ["lenders/nope", "records/c000000000000", "nope"])
def test_what_is_not_there_is_a_problem_document(site, path):
    response = site.client.get(f"/api/v1/{path}")
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["search", "trends"])
def test_without_an_index_searching_is_unavailable_and_says_when_to_come_back(site, path):
    response = site.client.get(f"/api/v1/{path}")
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert response.headers["Retry-After"]


def test_registers_stand_without_an_index_and_own_up_to_it(site):
    answer = site.json("/api/v1/lenders")
    assert answer["total"] == len(site.services.lender_names)
    assert answer["results"][0]["complaints"] is None
    assert answer["_meta"]["stale"] is True
    assert site.json("/api/v1/tactics")["total"] == 29


def test_a_lender_has_names_relations_and_counts_apart(site):
    site.complaint(lender="kuaiyuan_wallet")
    site.index()
    answer = site.json("/api/v1/lenders/kuaiyuan_wallet")
    assert (answer["complaints"], answer["articles"]) == (1, 0)
    assert answer["relations"] == [{"relation": "brand_of", "slug": "chenxing_cf", "name": "晨星消费金融"}]
    assert "nothing about conduct" in answer["note"]


@pytest.mark.parametrize("typed", ["微众", "微眾銀", "weizhong", "webank"])
@pytest.mark.parametrize("name", ["q", "text"])
def test_a_lender_is_suggested_as_one_types(site, name, typed):
    assert "webank" in [row.get("slug") for row in site.json(f"/api/v1/suggest?{name}={typed}")["results"]]


def test_a_product_is_suggested_with_who_stands_behind_it(site):
    (found,) = [r for r in site.json("/api/v1/suggest?q=快圆钱包")["results"] if r.get("slug") == "kuaiyuan_wallet"]
    assert found["behind"] == [{"relation": "brand_of", "slug": "chenxing_cf", "name": "晨星消费金融"}]


@pytest.mark.parametrize("typed", ["上门", "上門", "visit"])
def test_tactics_are_suggested_in_either_script_and_in_english(site, typed):
    found = [row.get("code") for row in site.json(f"/api/v1/suggest?q={typed}")["results"]]
    assert "visit_threatened" in found or "visit_actual" in found


def test_nothing_typed_is_refused(site):
    assert site.json("/api/v1/suggest", 400)["parameter"] == "q"
    assert site.json("/api/v1/suggest?q=%20", 400)["parameter"] == "q"


def test_an_unchanged_answer_is_not_sent_twice(site):
    first = site.client.get("/api/v1/tactics")
    again = site.client.get("/api/v1/tactics", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_openapi_document_describes_exactly_what_is_read(site):
    document = site.json("/api/v1/openapi.json")
    assert document["openapi"].startswith("3.1")
    for path, table in (("/search", SEARCH), ("/trends", TRENDS), ("/suggest", SUGGEST)):
        described = [parameter["name"] for parameter in document["paths"][path]["get"]["parameters"]]
        assert described == [parameter.name for parameter in table]
    references = {part.split('"')[0] for part in json.dumps(document).split("#/components/schemas/")[1:]}
    assert references <= set(document["components"]["schemas"])


def test_every_described_path_exists(site, app):
    rules = {rule.rule.replace("<", "{").replace(">", "}") for rule in app.url_map.iter_rules()}
    for path in site.json("/api/v1/openapi.json")["paths"]:
        assert f"/api/v1{path}" in rules


def test_search_terms_of_every_sort_are_answered(site):
    site.complaint()
    site.index()
    for typed in ('"', "(((", "OR", "-", "*", "a" * 1000, "😀", "\u0000", "上门 -上门", "NOT"):
        response = site.client.get("/api/v1/search", query_string={"search_term": typed})
        assert response.status_code in (200, 400), typed
