"""Each route × role × state of a complaint: what answers, what changes, and who gets its words to read.

The rows come from the application's own map of addresses. A route that takes a complaint and has no line here fails;
every other route is opened by everybody while complaints of all states are there.
"""

import itertools
import re

import pytest
from flask import Flask

from domain.evidence.vault import Prepared
from domain.models import STAFF_ROLES, EvidenceFile
from domain.moderation import moderating, settling
from domain.store import records
from domain.store.database import now
from domain.store.intake import complaints, evidence
from domain.store.moderating import moderation, replies
from domain.store.moderating.removals import Settlement
from domain.store.staff import representatives
from tests.webapp.staff.conftest import token_of
from webapp.published import disputes
from webapp.shell.routes import declared_routes
from webapp.staff.guard import is_staff_address

TEAM, DECIDE = {"reader", "moderator", "admin"}, {"moderator", "admin"}
WAITING = {"waiting", "taken"}
PUBLIC = {"published", "figures"}
# figures: published, but only to be counted; private: waits, and nobody but the team may ever see it.
STATES = ("waiting", "taken", "asked", "held", "published", "figures", "rejected", "taken_down", "private", "withdrawn")
THERE = set(STATES) - {"withdrawn"}
SUBJECT = re.compile(r"<(?:\w+:)?(?:record_id|complaint_id|reply_id)>")


def word(state):
    """Return the word that only the complaint of this state holds."""
    return f"canary{state.replace('_', '')}"


def made(site, state):
    """File a complaint and bring it into a state; return its id."""
    consent = state if state in ("private", "figures") else "publish"
    text = f"催收员说到{word(state)}，明天上门。"
    complaint_id = site.complaint(text, publish=False, consent=consent)
    with site.database.writing() as session:
        session.add(released_file(site, complaints._locked(session, complaint_id).pk))
    for step in STEPS[state]:
        step(site, complaint_id)
    return complaint_id


def released_file(site, pk):
    number = f"{pk:032}"
    prepared = Prepared("png", 8, f"{pk:064}", f"o{number}", "png", 4, f"c{number}")
    site.services.settings.evidence_folder.mkdir(parents=True, exist_ok=True)
    site.services.vault._sealed(prepared, b"original", b"copy")
    return EvidenceFile(
        complaint_pk=pk, number=1, kind="png", size=8, sha256=prepared.sha256, original=prepared.original,
        copy_kind="png", copy_size=4, copy=prepared.copy, added_at=now(), released_at=now(),
    )  # fmt: skip


def decided(decision, reason=""):
    def step(site, complaint_id):
        words = "canaryletter" if decision in ("asked", "rejected") else ""
        moderating.decide(site.database, site.services.keys, complaint_id, None, decision, reason, words, "staff:gao")

    return step


def taken_down(site, complaint_id):
    settled = Settlement("taken_down", "untrue", "核实中。")
    settling.settle(site.database, site.services.reader, complaint_id, settled, "staff:gao")


STEPS = {
    "waiting": [],
    "private": [],
    "taken": [lambda site, complaint_id: moderation.take(site.database, complaint_id, "staff:gao")],
    "asked": [decided("asked")],
    "held": [decided("held", "unclear")],
    "published": [decided("published")],
    "figures": [decided("published")],
    "rejected": [decided("rejected", "insult")],
    "taken_down": [decided("published"), taken_down],
    "withdrawn": [decided("published"), lambda site, complaint_id: site.withdraw(complaint_id)],
}

# What somebody who is let in gets: {address: {state: status}, and for all other states the last}.
PAGES = {
    "/records/<record_id>": ({"published": 200, "figures": 200, "taken_down": 410}, 404),
    "/records/<record_id>/dispute": ({"published": 200, "figures": 200}, 404),
    "/records/<record_id>/evidence/<int:number>": ({"published": 200}, 404),
    "/api/v1/records/<record_id>": ({"published": 200, "figures": 200}, 404),
    "/staff/queue/<complaint_id>": ({"withdrawn": 404}, 200),
    "/staff/queue/<complaint_id>/evidence/<int:number>": ({"withdrawn": 404}, 200),
    "/staff/disputes/records/<record_id>": ({"withdrawn": 404}, 200),
    "/staff/records/<complaint_id>": ({"published": 200, "figures": 200}, 404),
}
REFUSED = {200, 303}


def deed(role, success, done_in, otherwise, also=(), **fields):
    """Return a line of DEEDS: who sends which fields, and what is answered in which states."""
    return role, fields, {state: success if state in done_in else dict(also).get(state, otherwise) for state in STATES}


GONE = {"withdrawn": 404}.items()
DEEDS = {
    "/staff/queue/<complaint_id>/decision": [
        deed("moderator", 303, WAITING | {"asked", "held"}, 409, decision="published"),
        deed("moderator", 303, WAITING | PUBLIC | {"private"}, 409, decision="held", reason="unclear"),
        deed("moderator", 303, THERE - {"rejected"}, 409, decision="rejected", reason="insult", words="x"),
        deed("moderator", 303, PUBLIC | {"asked", "held", "rejected"}, 409, decision="reopened", reason="mistake"),
        deed("moderator", 303, THERE, 409, decision="asked", words="x"),
        deed("admin", 400, THERE, 409, GONE, decision="nonsense", words="x"),
    ],
    "/staff/queue/<complaint_id>/masks": [
        deed("moderator", 303, THERE, 404, step="hide", words="上门"),
        deed("moderator", 400, THERE, 409, step="lift", place="0-2"),
    ],
    "/staff/queue/<complaint_id>/tags": [
        deed("moderator", 303, THERE, 409, code="violence_threat", assertion="first_hand_claim", counted="1"),
    ],
    "/staff/queue/<complaint_id>/lender": [deed("moderator", 303, THERE, 409, named="yunling_bank")],
    "/staff/queue/<complaint_id>/original": [deed("admin", 200, THERE, 404, reason="mask")],
    "/staff/queue/<complaint_id>/evidence/<int:number>": [deed("moderator", 303, THERE, 404, step="release")],
    "/staff/disputes/records/<record_id>": [
        deed("moderator", 303, PUBLIC, 409, GONE, action="taken_down", reason="untrue", note="核实中。"),
        deed("moderator", 303, {"taken_down"}, 409, GONE, action="restored", reason="untrue", note="核实过。"),
        deed("admin", 303, PUBLIC, 409, GONE, action="kept", reason="untrue", note="核实过。"),
        deed("admin", 303, PUBLIC, 409, GONE, action="corrected", reason="untrue", note="核实过。"),
    ],
    "/staff/records/<complaint_id>": [deed("representative", 303, {"published"}, 404, text="我们正在核实。")],
    "/records/<record_id>/dispute": [deed("nobody", 200, PUBLIC, 404, reason="untrue", words="不对")],
    "/api/v1/receipts": [deed("nobody", 200, THERE, 404)],
    "/api/v1/receipts/withdraw": [deed("nobody", 200, THERE, 404)],
    "/receipt": [deed("nobody", 200, THERE, 404, step="look")],
    "/receipt/letter": [deed("nobody", 200, THERE, 404, words="x", key="1")],
    "/receipt/consent": [deed("nobody", 200, THERE, 404, consent="figures")],
    "/receipt/correct": [deed("nobody", 200, THERE, 404, narrative="说错了。", step="send")],
}
# Of a reply and not of a complaint: tested below.
OF_REPLIES = {"/staff/replies/<reply_id>", "/staff/records/<complaint_id>/<reply_id>/take-back"}
# The receipt's other ways need files and threats of their own; tests/webapp/returning sends them.
OTHER_RECEIPTS = {"/receipt/evidence", "/receipt/outcome"}


@pytest.fixture(autouse=True)
def _nobody_is_too_quick(monkeypatch):
    monkeypatch.setattr(disputes, "BURST", 1000.0)


@pytest.fixture
def everybody(staff, site):
    """A browser of each role, and one of nobody."""
    browsers = {role: staff(role).client for role in STAFF_ROLES} | {"nobody": site.client}
    representatives.verify(site.database, "representative", "回拨官网电话", "staff:gao")
    return browsers


def routes(app: Flask, method):
    return [rule.rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]


def roles_of(app, address, method):
    rows = [row for row in declared_routes(app) if row["route"] == address and method in row["methods"]]
    return {role for row in rows for role in row["roles"]}


def filled(address, subject=""):
    """Return an address under this rule, about this complaint and the lender and tactic of all."""
    fields = {"slug": "chenxing_cf", "code": "visit_threatened", "number": "1", "what": "complaints", "form": "csv",
              "filename": "doorstep.css", "step": "letter"}  # fmt: skip
    address = SUBJECT.sub(subject, address)
    return re.sub(r"<(?:[^>]*:)?(\w+)>", lambda match: fields.get(match.group(1), "0"), address)


def test_every_route_that_takes_a_complaint_has_its_line(app):
    assert {address for address in routes(app, "GET") if SUBJECT.search(address)} == set(PAGES)
    posts = {address for address in routes(app, "POST") if SUBJECT.search(address) or "receipt" in address}
    assert posts == set(DEEDS) | OF_REPLIES | OTHER_RECEIPTS


def test_who_may_read_what_in_each_state(app, site, everybody):
    ids = {state: made(site, state) for state in STATES}
    site.index()
    wrong = []
    for address, (role, browser) in itertools.product(sorted(routes(app, "GET")), everybody.items()):
        allowed = roles_of(app, address, "GET")
        if "anyone" in allowed and role in TEAM:
            continue  # nothing outside the back office asks who somebody is
        states = STATES if allowed & {role, "anyone"} else STATES[:1]  # who is refused is so before anything is read
        for state in states if SUBJECT.search(address) else ("",):
            answer = browser.get(filled(address, ids.get(state, "")))
            body = answer.get_data(as_text=True)
            wrong += [(address, role, state, "reads", other) for other in STATES
                      if word(other) in body and not may_read(address, role, other)]  # fmt: skip
            if address in PAGES and (wanted := status_of_page(address, allowed, role, state)) != answer.status_code:
                wrong.append((address, role, state, answer.status_code, wanted))
            if answer.status_code >= 500 and address != "/readyz":
                wrong.append((address, role, state, answer.status_code))
    assert wrong == []
    assert word("published") in site.page(f"/records/{ids['published']}")


def may_read(address, role, state):
    """Tell whether the words of a complaint may stand in an answer."""
    if state == "published":
        return True
    return state != "withdrawn" and role in TEAM and is_staff_address(address)


def status_of_page(address, allowed, role, state):
    states, otherwise = PAGES[address]
    if "anyone" in allowed or role in allowed:
        return states.get(state, otherwise)
    return 302 if role == "nobody" else 403


@pytest.mark.parametrize("address", sorted(DEEDS))
def test_what_may_be_done_in_each_state(app, site, everybody, address):
    wrong, allowed = [], roles_of(app, address, "POST")
    for (role, fields, statuses), state in itertools.product(DEEDS[address], STATES):
        complaint_id = made(site, state)
        before = row_of(site, complaint_id)
        others = set() if "anyone" in allowed or fields != DEEDS[address][0][1] else set(everybody) - allowed
        for other in others:
            refused = send(site, everybody[other], address, complaint_id, fields).status_code
            if refused not in (401, 403) or row_of(site, complaint_id) != before:
                wrong.append((other, state, fields, refused))
        answer = send(site, everybody[role], address, complaint_id, fields)
        if answer.status_code != statuses[state]:
            wrong.append((role, state, fields, answer.status_code, statuses[state]))
        if answer.status_code not in REFUSED and row_of(site, complaint_id) != before:
            wrong.append((role, state, fields, "refused and changed all the same"))
    assert wrong == []


def send(site, browser, address, complaint_id, fields):
    receipt = site.receipts[complaint_id]
    if address.startswith("/api/"):
        return browser.post(address, json={"receipt": receipt})
    found = records.get(site.database, complaint_id)
    values = {"csrf_token": token_of(browser), "version": found.version, "receipt": receipt}
    return browser.post(filled(address, complaint_id), data=values | fields)


def row_of(site, complaint_id):
    found = records.get(site.database, complaint_id)
    return (
        found.status,
        found.version,
        found.public_text,
        found.consent,
        len(evidence.files_of(site.database, found.id)),
    )


def test_what_may_be_done_with_a_reply(site, everybody):
    complaint_id = made(site, "published")
    for role, reply_state, decision, status in [
        ("moderator", "waiting", "published", 303), ("moderator", "published", "rejected", 303),
        ("moderator", "rejected", "published", 303), ("moderator", "taken_back", "published", 409),
        ("reader", "waiting", "published", 403), ("representative", "waiting", "published", 403),
        ("nobody", "waiting", "published", 401),
    ]:  # fmt: skip
        reply = replied(site, everybody, complaint_id, reply_state)
        values = {
            "csrf_token": token_of(everybody[role]),
            "version": reply.version,
            "decision": decision,
            "reason": "x",
        }
        answer = everybody[role].post(f"/staff/replies/{reply.id}", data=values)
        assert answer.status_code == status, (role, reply_state)
        after = replies.get(site.database, reply.id)
        assert (after.status == decision) == (status == 303), (role, reply_state)
        take_back(everybody, complaint_id, reply.id)


def replied(site, everybody, complaint_id, state):
    """Return a reply in a state."""
    values = {"csrf_token": token_of(everybody["representative"]), "text": "我们正在核实。"}
    assert everybody["representative"].post(f"/staff/records/{complaint_id}", data=values).status_code == 303
    reply = replies.waiting(site.database)[-1]
    if state == "taken_back":
        take_back(everybody, complaint_id, reply.id)
    elif state != "waiting":
        replies.decide(site.database, reply.id, reply.version, state, "x", "staff:gao")
    return replies.get(site.database, reply.id)


def take_back(everybody, complaint_id, reply_id):
    browser = everybody["representative"]
    return browser.post(f"/staff/records/{complaint_id}/{reply_id}/take-back", data={"csrf_token": token_of(browser)})
