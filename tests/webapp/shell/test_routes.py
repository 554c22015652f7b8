from webapp.forms.body import FilingBody
from webapp.shell.routes import declared_routes


def test_every_route_says_its_methods_fields_and_roles(app):
    rows = {(row["route"], *row["methods"]): row for row in declared_routes(app)}
    assert set(rows["/api/v1/complaints", "POST"]["fields"]) == set(FilingBody.model_fields)
    steps = set(rows["/complaints/new/<draft_id>/<name>", "POST"]["fields"])
    assert {"lender", "narrative", "tactics", "consent", "events-0-channel", "more_masks", "files", "go"} <= steps
    assert rows["/receipt", "POST"]["fields"] == ["receipt", "step"]
    assert all(row["roles"] == ["anyone"] for row in rows.values() if not row["route"].startswith("/staff"))


def test_every_route_that_takes_a_body_names_its_fields(app):
    assert [row["route"] for row in declared_routes(app) if "POST" in row["methods"] and not row["fields"]] == []
