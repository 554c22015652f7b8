import re
import threading

import pytest

from domain.models import Lender
from domain.store.staff import accounts
from domain.store.staff.accounts import RefusedAccount


def test_an_admin_invites_and_the_address_is_shown_once(staff, app, database):
    admin = staff("admin")
    page = admin.post("/staff/accounts", name="Ｍｅｉ", role="moderator").get_data(as_text=True)
    address = re.search(r"https?://localhost(/staff/join/[\w-]+)", page).group(1)
    assert app.test_client().get(address).status_code == 200
    assert address.rpartition("/")[2] not in admin.get("/staff/accounts").get_data(as_text=True)
    assert accounts.account(database, "mei").role == "moderator"


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "x", "role": "reader"}, 400),
        ({"name": "two words", "role": "reader"}, 400),
        ({"name": "../x", "role": "reader"}, 400),
        ({"name": "ADMIN", "role": "reader"}, 409),
        ({"name": "mei", "role": "owner"}, 400),
        ({"name": "mei", "role": "representative"}, 400),
        ({"name": "mei", "role": "representative", "lender": "nobody"}, 400),
    ],
)
def test_what_can_be_no_account_is_refused(staff, database, fields, status):
    assert staff("admin").post("/staff/accounts", **fields).status_code == status
    assert [account.name for account in accounts.accounts(database)] == ["admin"]


@pytest.mark.parametrize("typed", ["chenxing_cf", "晨星消费金融"])
def test_a_representative_is_tied_to_one_lender(staff, database, typed):
    assert staff("admin").post("/staff/accounts", name="rep", role="representative", lender=typed).status_code == 200
    lender = accounts.account(database, "rep").lender
    assert isinstance(lender, Lender)
    assert lender.slug == "chenxing_cf"


def test_a_lender_typed_for_another_role_is_not_kept(staff, database):
    staff("admin").post("/staff/accounts", name="mei", role="reader", lender="chenxing_cf")
    assert accounts.account(database, "mei").lender_pk is None


def test_the_last_admin_stays(staff, database):
    admin = staff("admin")
    assert admin.post("/staff/accounts/admin/role", role="reader").status_code == 409
    assert admin.post("/staff/accounts/admin/state", state="deactivated").status_code == 409
    assert accounts.account(database, "admin").role == "admin"


def test_an_invited_admin_who_never_came_is_not_the_other_admin(staff, app, database):
    admin = staff("admin")
    admin.post("/staff/accounts", name="second", role="admin")
    assert admin.post("/staff/accounts/admin/state", state="deactivated").status_code == 409


def test_two_admins_can_not_take_the_role_from_each_other_at_once(every_database, app):
    from tests.webapp.staff.conftest import PASSWORD_HASH

    keys = app.extensions["doorstep"].account_keys
    for name in ("first", "second"):
        accounts.invite(every_database, keys, name, name, "admin", "test")
        accounts.accept(every_database, keys, name, PASSWORD_HASH, 0)
    refused = []

    def demote(name):
        try:
            accounts.set_role(every_database, name, "reader", "test")
        except RefusedAccount as reason:
            refused.append(reason.code)

    threads = [threading.Thread(target=demote, args=(name,)) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["last_admin"]


def test_a_role_changed_counts_at_the_next_click(staff):
    admin, mei = staff("admin"), staff("moderator", "mei")
    assert mei.get("/staff/accounts").status_code == 403
    admin.post("/staff/accounts/mei/role", role="admin")
    assert mei.get("/staff/accounts").status_code == 302
    assert mei.enter().get("/staff/accounts").status_code == 200


def test_deactivated_and_let_in_again(staff, database):
    admin, mei = staff("admin"), staff("moderator", "mei")
    admin.post("/staff/accounts/mei/state", state="deactivated")
    assert mei.sign_in().status_code == 400
    admin.post("/staff/accounts/mei/state", state="active")
    assert mei.sign_in().status_code == 303


def test_a_reset_takes_everything_away_and_gives_a_new_address(staff, colleague, app):
    admin, mei = staff("admin"), colleague("mei", "moderator")
    page = admin.post("/staff/accounts/mei/reset").get_data(as_text=True)
    assert mei.sign_in().status_code == 400
    assert mei.sign_in(code=mei.recovery_codes[0]).status_code == 400
    address = re.search(r"https?://localhost(/staff/join/[\w-]+)", page).group(1)
    assert app.test_client().get(address).status_code == 200


def test_an_unknown_account_is_not_changed(staff):
    admin = staff("admin")
    for what in ("reset", "role", "state"):
        assert admin.post(f"/staff/accounts/nobody/{what}", role="reader").status_code == 404


def test_a_form_without_a_good_token_changes_nothing(staff, database):
    admin = staff("admin")
    assert admin.client.post("/staff/accounts", data={"name": "mei", "role": "reader"}).status_code == 400
    assert len(accounts.accounts(database)) == 1
