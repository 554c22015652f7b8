import re

from domain.store.database import now
from domain.store.staff import sign_in_tries
from tests.webapp.staff.conftest import PASSWORD

ANOTHER = "another four words here"


def test_the_password_is_changed_with_the_present_one_and_all_sessions_end(staff, app):
    lin = staff()
    assert lin.post("/staff/account/password", present=PASSWORD, password=ANOTHER, again=ANOTHER).status_code == 303
    assert lin.get("/staff").status_code == 302
    assert lin.sign_in().status_code == 400
    assert lin.sign_in(app.test_client(), password=ANOTHER, code=lin.recovery_codes[0]).status_code == 303


def test_whoever_sits_down_at_an_open_browser_does_not_change_it(staff, monkeypatch):
    lin, stands = staff(), now()
    monkeypatch.setattr(sign_in_tries, "now", lambda: stands)  # how long five guesses take must not matter
    answers = [lin.post("/staff/account/password", present="guess", password=ANOTHER, again=ANOTHER) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {400}
    assert "present-error" in answers[-1].get_data(as_text=True)
    assert lin.post("/staff/account/password", present=PASSWORD, password=ANOTHER, again=ANOTHER).status_code == 400


def test_a_weak_password_is_refused_before_anything_is_checked(staff):
    lin = staff()
    page = lin.post("/staff/account/password", present=PASSWORD, password="short", again="short")
    assert page.status_code == 400
    assert "password-error" in page.get_data(as_text=True)


def test_new_recovery_codes_take_the_place_of_the_old(staff, app):
    lin = staff()
    page = lin.post("/staff/account/recovery-codes", present_for_codes=PASSWORD).get_data(as_text=True)
    made = re.findall(r"<code>(\w{4}-\w{4}-\w{4})</code>", page)
    assert len(made) == 10
    assert lin.sign_in(app.test_client(), code=lin.recovery_codes[0]).status_code == 400
    assert lin.sign_in(app.test_client(), code=made[0]).status_code == 303


def test_recovery_codes_are_shown_to_nobody_without_the_password(staff):
    page = staff().post("/staff/account/recovery-codes", present_for_codes="guess")
    assert page.status_code == 400
    assert "<code>" not in page.get_data(as_text=True)


def test_the_pages_of_the_back_office_are_kept_by_no_cache(staff):
    assert staff().get("/staff/account").headers["Cache-Control"] == "no-store"
