import threading
from contextlib import suppress
from datetime import timedelta

import pyotp
import pytest

from domain.accounts import passwords
from domain.models import SignInTry, StaffSession
from domain.store import audit
from domain.store.database import now
from domain.store.staff import accounts, sign_in_tries, staff_sessions
from tests.webapp.staff.conftest import token_of
from webapp.shell.pace import Pace
from webapp.staff.people.pace import BURST


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Lets the clock of tries stand still, so that a slow machine waits nobody's time away; moves all clocks on."""
    stands = now()
    monkeypatch.setattr(sign_in_tries, "now", lambda: stands)

    def move(**step):
        moved = timedelta(**step)
        monkeypatch.setattr(sign_in_tries, "now", lambda: stands + moved)
        for module in (staff_sessions, accounts):
            monkeypatch.setattr(module, "now", lambda: now() + moved)

    return move


def test_name_password_and_code_open_the_back_office(colleague):
    lin = colleague()
    assert lin.get("/staff").headers["Location"] == "/staff/sign-in?next=/staff"
    answer = lin.sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/staff")
    assert lin.get("/staff").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"password": "ein anderes Passwort"}, {"code": "000000"}, {"name": "nobody"}, {"code": ""}]
)
def test_whatever_is_wrong_the_answer_is_the_same(colleague, wrong):
    lin = colleague()
    answer = lin.sign_in(**wrong)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "密码" in page or "验证码" in page
    assert lin.get("/staff").status_code == 302


def test_the_session_cookie_is_for_this_host_over_https_only(colleague):
    lin = colleague()
    page = lin.client.get("/staff/sign-in", base_url="https://doorstep.example").get_data(as_text=True)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    fields = {"name": "lin", "password": "vier Wörter 不相干 zusammen", "code": lin.code(), "csrf_token": token}
    answer = lin.client.post("/staff/sign-in", data=fields, base_url="https://doorstep.example")
    cookie = next(cookie for cookie in answer.headers.getlist("Set-Cookie") if cookie.startswith("__Host-staff="))
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_a_code_opens_once(colleague, app):
    lin = colleague()
    code = lin.code()
    assert lin.sign_in(code=code).status_code == 303
    assert lin.sign_in(app.test_client(), code=code).status_code == 400
    earlier = pyotp.TOTP(lin.secret).at(now().timestamp())
    assert lin.sign_in(app.test_client(), code=earlier).status_code == 400


def test_of_many_at_once_with_one_code_one_gets_in(colleague, app, monkeypatch):
    monkeypatch.setattr(sign_in_tries, "FREE_TRIES", 20)
    monkeypatch.setattr(passwords, "SECONDS_TO_WAIT_FOR_A_PLACE", 30)
    lin = colleague()
    code, answers = lin.code(), []

    def enter():
        answers.append(lin.sign_in(app.test_client(), code=code).status_code)

    threads = [threading.Thread(target=enter) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 400, 400, 400, 400, 400]


def test_a_recovery_code_opens_once_however_it_is_typed(colleague, app):
    lin = colleague()
    code = lin.recovery_codes[3].lower().replace("-", " ")
    assert lin.sign_in(code=code).status_code == 303
    assert lin.sign_in(app.test_client(), code=code).status_code == 400


def test_a_session_ends_on_signing_out(colleague, app):
    lin = colleague().enter()
    cookie = lin.client.get_cookie("staff").value
    assert lin.post("/staff/sign-out").status_code == 303
    other = app.test_client()
    other.set_cookie("staff", cookie)
    assert other.get("/staff").status_code == 302


@pytest.mark.parametrize(("step", "status"), [({"minutes": 29}, 200), ({"minutes": 31}, 302), ({"hours": 13}, 302)])
def test_a_session_ends_when_idle(staff, later, step, status):
    lin = staff()
    later(**step)
    assert lin.get("/staff").status_code == status


def test_a_session_ends_after_twelve_hours_though_it_is_used(staff, later):
    lin = staff()
    for minutes in range(20, 12 * 60, 20):
        later(minutes=minutes)
        assert lin.get("/staff").status_code == 200, minutes
    later(minutes=12 * 60 + 1)
    assert lin.get("/staff").status_code == 302


@pytest.mark.parametrize("change", ["password", "role", "deactivate", "reset"])
def test_a_session_ends_when_the_account_changes(staff, app, database, change):
    lin = staff()
    keys, account = app.extensions["doorstep"].account_keys, accounts.account(database, "moderator")
    {
        "password": lambda: accounts.change_password(database, account.pk, account.password_hash),
        "role": lambda: accounts.set_role(database, "moderator", "reader", "test"),
        "deactivate": lambda: accounts.deactivate(database, "moderator", "test"),
        "reset": lambda: accounts.reset(database, keys, "token", "moderator", "test"),
    }[change]()
    assert lin.get("/staff").status_code == 302


def test_a_form_sent_after_the_session_ended_says_that_nothing_is_lost(staff, later):
    lin = staff("admin")
    later(hours=1)
    answer = lin.post("/staff/accounts", name="new", role="reader")
    assert answer.status_code == 401
    assert "/staff/sign-in" in answer.get_data(as_text=True)


def test_a_deactivated_account_gets_in_no_more(colleague, database):
    lin = colleague()
    accounts.deactivate(database, "lin", "test")
    assert lin.sign_in().status_code == 400


def test_guessing_is_slowed_and_then_the_owner_gets_in(colleague, app, later):
    lin = colleague()
    stranger = app.test_client()
    answers = [lin.sign_in(stranger, password=f"guess number {number}") for number in range(6)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 429, 429, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 2
    assert lin.sign_in(stranger).status_code == 429  # the right password waits too
    later(seconds=3)
    assert lin.sign_in(stranger).status_code == 303
    assert lin.sign_in(app.test_client(), password="guess").status_code == 400  # and counting began afresh


def test_the_wait_doubles_and_never_passes_five_minutes():
    waits = [sign_in_tries.wait_after(failures).total_seconds() for failures in (1, 2, 3, 4, 5, 11, 12, 100, 10**6)]
    assert waits == [0, 0, 1, 2, 4, 256, 300, 300, 300]


def test_refused_tries_do_not_make_the_wait_longer(database):
    for _ in range(3):
        sign_in_tries.begin(database, "name")
    for _ in range(50):
        with pytest.raises(sign_in_tries.Slowed) as refusal:
            sign_in_tries.begin(database, "name")
        assert refusal.value.seconds <= 2


def test_many_guesses_at_once_are_no_way_around(every_database):
    let_through = []

    def guess():
        with suppress(sign_in_tries.Slowed):
            let_through.append(sign_in_tries.begin(every_database, "name"))

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let_through) == [1, 2, 3]


def test_strangers_who_guess_do_not_slow_the_browser_that_was_here_before(colleague, app):
    lin = colleague()
    lin.sign_in()
    lin.post("/staff/sign-out")
    for number in range(6):
        lin.sign_in(app.test_client(), password=f"guess number {number}")
    assert lin.sign_in(app.test_client(), code=lin.recovery_codes[0]).status_code == 429
    assert lin.sign_in(code=lin.recovery_codes[0]).status_code == 303


def test_a_name_without_an_account_is_slowed_alike(colleague, app):
    lin = colleague()
    with_account = [lin.sign_in(app.test_client(), password="guess").status_code for _ in range(5)]
    without = [lin.sign_in(app.test_client(), name="nobody", password="guess").status_code for _ in range(5)]
    assert with_account == without


def test_no_more_passwords_are_checked_at_once_than_there_are_places(colleague, monkeypatch):
    monkeypatch.setattr(passwords, "SECONDS_TO_WAIT_FOR_A_PLACE", 0.05)
    lin = colleague()
    with passwords._place(False), passwords._place(False):
        answer = lin.sign_in()
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "5"
    assert lin.sign_in().status_code == 303  # a try that nobody looked at is not counted


def test_one_source_can_not_try_name_after_name(app):
    app.extensions["staff_pace"] = Pace(BURST, 1e-6)  # nothing is let in anew however long the machine takes
    stranger = app.test_client()
    token = {"csrf_token": token_of(stranger)}
    answers = [
        stranger.post(
            "/staff/sign-in", data={"name": f"name{number}", "password": "x", "code": "1"} | token
        ).status_code
        for number in range(14)
    ]
    assert 429 in answers[9:]
    assert set(answers[:9]) == {400}


def test_neither_address_nor_browser_is_kept(colleague, settings, app):
    lin = colleague()
    client = app.test_client()
    client.environ_base |= {"REMOTE_ADDR": "203.0.113.99", "HTTP_USER_AGENT": "canary-browser"}
    lin.sign_in(client, password="wrong")
    lin.sign_in(client)
    kept = b"".join(path.read_bytes() for path in settings.data_dir.rglob("*") if path.is_file())
    assert b"203.0.113.99" not in kept
    assert b"canary-browser" not in kept


def test_the_store_holds_no_cookie_and_no_secret_that_opens(colleague, settings):
    lin = colleague()
    lin.sign_in()
    kept = b"".join(path.read_bytes() for path in settings.data_dir.glob("doorstep.sqlite3*"))
    for secret in (lin.client.get_cookie("staff").value, lin.secret, *lin.recovery_codes, "vier Wörter"):
        assert secret.encode() not in kept


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/staff/accounts?x=1", "/staff/accounts?x=1"),
        ("https://elsewhere.invalid/staff", "/staff"),
        ("//elsewhere.invalid/staff", "/staff"),
        ("/staffroom", "/staff"),
        ("/staff\\@elsewhere.invalid", "/staff"),
    ],
)
def test_after_signing_in_one_is_where_one_wanted_to_be_and_never_elsewhere(colleague, wanted, goes_to):
    assert colleague().sign_in(next=wanted).headers["Location"] == goes_to


def test_signing_in_and_wrong_tries_stand_in_the_log(colleague, database, later):
    lin = colleague()
    for number in range(5):
        later(hours=0, minutes=5 * number)
        lin.sign_in(password="wrong")
    later(minutes=40)
    lin.sign_in()
    actions = [event.action for event in audit.events_of(database, "staff:lin")]
    assert actions == ["staff.invited", "staff.joined", "staff.wrong_tries", "staff.signed_in"]


def test_old_sessions_and_tries_are_swept_away(colleague, database, later):
    lin = colleague().enter()
    sign_in_tries.begin(database, "somebody")
    later(hours=13)
    lin.enter()
    sign_in_tries.begin(database, "somebody else")
    with database.reading() as session:
        assert session.query(StaffSession).count() == 1
        assert session.query(SignInTry).count() == 1
