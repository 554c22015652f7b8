from sqlalchemy import text

from domain.store import audit


def note(database, count, subject="c000000000001"):
    for number in range(count):
        with database.writing() as session:
            audit.note(session, "staff:lin", "deed", subject, number=number)


def test_an_admin_reads_the_log_newest_first_and_page_by_page(staff, database):
    admin = staff("admin")
    note(database, 60)
    page = admin.get("/staff/audit").get_data(as_text=True)
    assert page.index("number：59") < page.index("number：58")
    assert "number：5<" not in page
    older = page.split('href="/staff/audit?before=')[1].split('"')[0]
    assert "number：5<" in admin.get(f"/staff/audit?before={older}").get_data(as_text=True)


def test_the_log_of_one_record(staff, database):
    note(database, 2, "c00000000000a")
    note(database, 1, "c00000000000b")
    page = staff("admin").get("/staff/audit?subject=c00000000000b").get_data(as_text=True)
    assert page.count("number：") == 1


def test_a_changed_row_is_named_on_the_page(staff, database):
    admin = staff("admin")
    note(database, 5)
    assert "altered" not in admin.get("/staff/audit/check?lang=en").get_data(as_text=True)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET actor = 'nobody' WHERE pk = 4"))
    assert "Event 4 was altered." in admin.get("/staff/audit/check?lang=en").get_data(as_text=True)


def test_an_absurd_number_is_no_error(staff):
    admin = staff("admin")
    for before in ("x", "-1", "0", "9" * 30):
        assert admin.get(f"/staff/audit?before={before}").status_code == 200
