"""What is masked once stays masked in all that hangs on a complaint, and a mask that is lifted leaves no trace."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.accounts.keys import load_account_keys
from domain.filings import returning
from domain.filings.filing import file_complaint
from domain.models import LenderReply
from domain.moderation import moderating, settling
from domain.retagging import retag
from domain.safekeeping.sealing import load_keys
from domain.store import records, retention
from domain.store.database import now
from domain.store.intake import complaints
from domain.store.intake.complaints import Event, Filing
from domain.store.moderating import editing, removals, replies
from domain.store.moderating.editing import TagEdit
from domain.store.moderating.removals import Settlement
from domain.store.staff import accounts, representatives

# A name that only the narrative tells for one: read alone, the message would show it.
NAME, NICK = "毛豆", "大嘴阿花"
STORY = f"我叫{NAME}，催收说明天上门。{NICK}也在。"
FILING = Filing(
    lender="chenxing_cf", narrative=STORY, tactics=("visit_threatened",), consent="publish",
    scripts=(f"{NAME}快点来。",), events=(Event(about=f"{NAME}不在家"),), product=f"{NAME}的备用金",
)  # fmt: skip


@pytest.fixture
def keys(settings):
    return load_keys(settings)


@pytest.fixture
def filed(every_database, reader, keys):
    made = file_complaint(every_database, reader, keys, FILING)
    assert NAME not in shown(every_database, made.id)
    assert reader.mask(FILING.scripts[0]).public_text == FILING.scripts[0]
    return made


@pytest.fixture
def reply(every_database, reader, settings):
    """Writes a reply as a verified representative; returns its id."""
    accounts.invite(every_database, load_account_keys(settings), "token", "feng", "representative", "t", "chenxing_cf")
    representatives.verify(every_database, "feng", "回拨官网电话", "staff:gao")
    account = accounts.account(every_database, "feng")

    def write(complaint_id, text):
        complaints.publish(every_database, complaint_id, "staff:lin")
        return replies.add(every_database, reader.read, account.pk, account.lender_pk, complaint_id, text)

    return write


def get(database, complaint_id):
    return records.get(database, complaint_id)


def shown(database, complaint_id):
    """Return all words of a complaint that can become public."""
    found = get(database, complaint_id)
    with database.reading() as session:
        answers = [row.public_text for row in session.query(LenderReply)]
    return "\n".join([
        found.public_text, found.product, *(script.public_text for script in found.scripts),
        *(event.about_public for event in found.events), *answers,
        *(line.note for line in removals.of_record(database, complaint_id)),
    ])  # fmt: skip


def hide(database, reader, complaint_id, *words):
    editing.hide_words(database, reader.read, complaint_id, get(database, complaint_id).version, list(words), "staff:l")


def lift(database, reader, complaint_id, word):
    at = STORY.index(word)
    version = get(database, complaint_id).version
    editing.lift_mask(database, reader.read, complaint_id, version, (at, at + len(word)), "staff:lin")


def test_a_name_told_elsewhere_stays_masked_when_a_moderator_edits(every_database, reader, filed):
    hide(every_database, reader, filed.id, NICK)
    assert NAME not in shown(every_database, filed.id)
    lift(every_database, reader, filed.id, NICK)
    assert NAME not in shown(every_database, filed.id)
    assert NICK in get(every_database, filed.id).public_text


def test_a_name_told_elsewhere_stays_masked_when_texts_are_read_again(every_database, reader, filed, tmp_path):
    before = shown(every_database, filed.id)
    complaints.publish(every_database, filed.id, "staff:lin")
    retag(every_database, reader, tmp_path / "retag.json")
    assert shown(every_database, filed.id) == before


def test_a_name_told_elsewhere_stays_masked_when_the_borrower_corrects(every_database, reader, keys, filed):
    filed = file_complaint(every_database, reader, keys, replace(FILING, product="青禾的备用金"))
    told = f"{NAME}很害怕，别人叫我青禾。我叫青禾。"
    assert NAME not in returning.read_correction(
        every_database, reader, keys, filed.receipt, f"{FILING.scripts[0]}我叫{NAME}，明天上门。"
    ).public_text  # fmt: skip
    returning.correct(every_database, reader, keys, filed.receipt, told)
    assert "青禾" not in shown(every_database, filed.id)


@pytest.mark.parametrize("text", [STORY, FILING.scripts[0], FILING.events[0].about])
def test_a_rule_that_finds_less_bares_nothing_of_a_published_complaint(every_database, reader, filed, tmp_path, text):
    class BlindForOne:
        @staticmethod
        def read(read, **told):
            return reader.read(read, **told | {"show": (NAME,)} if read == text else told)

    complaints.publish(every_database, filed.id, "staff:lin")
    retag(every_database, BlindForOne(), tmp_path / "retag.json")
    assert NAME not in shown(every_database, filed.id)


def test_a_reply_shows_nothing_that_is_masked_in_its_complaint(every_database, reader, filed, reply):
    hide(every_database, reader, filed.id, NICK)
    reply(filed.id, f"{NAME}女士，我们已联系{NICK}道歉。")
    assert NAME not in shown(every_database, filed.id)
    assert NICK not in shown(every_database, filed.id)
    assert "道歉" in shown(every_database, filed.id)


def test_what_a_correction_tells_is_masked_in_the_replies(every_database, reader, keys, filed, reply):
    reply(filed.id, "我们已联系sunny7788x道歉。")
    assert "sunny7788x" in shown(every_database, filed.id)
    returning.correct(every_database, reader, keys, filed.receipt, f"{STORY}我的微信号是sunny7788x。")
    assert "sunny7788x" not in shown(every_database, filed.id)


def test_a_mask_put_over_a_complaint_covers_its_replies_and_lifted_leaves_them_as_they_were(
    every_database, reader, filed, reply
):
    reply_id = reply(filed.id, f"我们已联系{NICK}和小王道歉。")
    replies.mask(every_database, reader.read, reply_id, 1, ["小王"], "staff:lin")
    replies.decide(every_database, reply_id, 2, "published", "", "staff:lin")
    before = shown(every_database, filed.id)
    assert NICK in before
    assert "小王" not in before
    hide(every_database, reader, filed.id, NICK)
    assert NICK not in shown(every_database, filed.id)
    lift(every_database, reader, filed.id, NICK)
    assert shown(every_database, filed.id) == before


def test_a_reply_that_changed_under_a_moderator_is_not_published_unseen(every_database, reader, filed, reply):
    reply_id = reply(filed.id, f"我们已联系{NICK}道歉。")
    hide(every_database, reader, filed.id, NICK)
    with pytest.raises(replies.ReplyChanged):
        replies.decide(every_database, reply_id, 1, "published", "", "staff:lin")


def test_the_note_of_the_public_log_shows_nothing_that_is_masked(every_database, reader, filed):
    complaints.publish(every_database, filed.id, "staff:lin")
    hide(every_database, reader, filed.id, NICK)
    settled = Settlement("taken_down", "private_data", f"{NICK}和{NAME}要求撤下。")
    settling.settle(every_database, reader, filed.id, settled, "staff:lin")
    [line] = removals.of_record(every_database, filed.id)
    assert NICK not in line.note
    assert NAME not in line.note
    assert "要求撤下" in line.note


@pytest.mark.parametrize("end", ["erased", "withdrawn"])
def test_a_note_of_before_is_masked_with_its_complaint_and_stays_so(every_database, reader, keys, filed, end):
    complaints.publish(every_database, filed.id, "staff:lin")
    settling.settle(every_database, reader, filed.id, Settlement("kept", "other", f"{NICK}来信说明。"), "staff:lin")
    assert NICK in removals.of_record(every_database, filed.id)[0].note
    hide(every_database, reader, filed.id, NICK)
    assert "［隐去］来信说明" in removals.log(every_database, 5)[0].note
    if end == "withdrawn":
        complaints.withdraw(every_database, keys.receipt, filed.receipt)
    else:
        assert retention.erase_original(every_database, filed.id, now() + timedelta(days=1))
    assert get(every_database, filed.id).hidden_words == []
    assert "［隐去］来信说明" in removals.log(every_database, 5)[0].note


def test_a_mask_that_is_lifted_leaves_texts_and_tags_as_they_were(every_database, reader, keys, filed):
    version = get(every_database, filed.id).version
    tag = TagEdit("social_circle_contact", "first_hand_claim", True, f"{NICK}也在")
    editing.add_tag(every_database, filed.id, version, tag, "staff:lin")
    moderating.decide(every_database, keys, filed.id, None, "published", "", "", "staff:lin")
    before, tags = shown(every_database, filed.id), passages(every_database, filed.id)
    assert ("social_circle_contact", f"{NICK}也在") in tags
    hide(every_database, reader, filed.id, NICK)
    assert ("social_circle_contact", None) in passages(every_database, filed.id)
    lift(every_database, reader, filed.id, NICK)
    assert shown(every_database, filed.id) == before
    assert passages(every_database, filed.id) == tags


def passages(database, complaint_id):
    from domain.publishing.published import tags_of

    found = get(database, complaint_id)
    return sorted(((tag.code, tag.passage.text if tag.passage else None) for tag in tags_of(found)), key=str)


def test_what_only_the_text_before_a_correction_told_stays_masked_whatever_is_read_again(
    every_database, reader, keys, reply, tmp_path
):
    filed = file_complaint(every_database, reader, keys, replace(FILING, events=(), product=""))
    reply_id = reply(filed.id, f"{NAME}快点来。")
    replies.decide(every_database, reply_id, 1, "published", "", "staff:lin")
    assert NAME not in shown(every_database, filed.id)
    returning.correct(every_database, reader, keys, filed.receipt, f"催收说明天上门。{NICK}也在。")
    assert NAME not in shown(every_database, filed.id)
    retag(every_database, reader, tmp_path / "retag.json")
    assert NAME not in shown(every_database, filed.id)
    hide(every_database, reader, filed.id, NICK)
    assert NAME not in shown(every_database, filed.id)
    complaints.publish(every_database, filed.id, "staff:lin")
    retag(every_database, reader, tmp_path / "retag.json")
    assert NAME not in shown(every_database, filed.id)
