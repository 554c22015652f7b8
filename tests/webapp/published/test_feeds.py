import lxml.etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(site, address):
    response = site.client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    feed = lxml.etree.fromstring(response.get_data())
    return [entry.findtext("a:id", namespaces=ATOM).rpartition("/")[2] for entry in feed.findall("a:entry", ATOM)]


def test_feeds_hold_what_is_public_about_all_a_lender_or_a_tactic(site):
    visit = site.complaint()
    other = site.complaint("云岭银行的人骂我是骗子。", lender="yunling_bank", tactics=("insult_abuse",))
    article = site.article("晨星消费金融的催收员说要上门，记者看了短信。")
    site.complaint("没有人看过。", publish=False)
    assert set(entries(site, "/feed.atom")) == {visit, other, article}
    assert other not in entries(site, "/lenders/chenxing_cf/feed.atom")
    assert visit in entries(site, "/lenders/chenxing_cf/feed.atom")
    assert entries(site, "/tactics/insult_abuse/feed.atom") == [other]


def test_a_feed_is_well_formed_whatever_is_told(site):
    site.complaint("他说 <script>alert(1)</script> & ]]> \x08\x0b 到我家门口。")
    assert len(entries(site, "/feed.atom")) == 1


def test_what_is_only_counted_shows_no_words(site):
    site.complaint("只可以计数的话。", consent="figures")
    assert "只可以计数的话" not in site.client.get("/feed.atom").get_data(as_text=True)


def test_a_feed_of_nothing_known_is_not_found(site):
    for address in ("/lenders/nobody/feed.atom", "/tactics/nothing/feed.atom"):
        assert site.client.get(address).status_code == 404


def test_an_unchanged_feed_is_not_sent_again(site):
    site.complaint()
    first = site.client.get("/feed.atom")
    again = site.client.get("/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
