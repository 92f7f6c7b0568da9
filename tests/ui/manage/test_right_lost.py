"""失权: a right that is lost while a page or a sheet is open is one sentence; nothing typed goes.

Where somebody else may allow the step, they are asked for instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from msgspec import Struct
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from core.actions.set_up import add_staff
from core.actions.staff import change_role
from core.trust.staff import Role, Staff
from tests.builders import manager_of
from tests.ui.manage.album import member_pages as members
from tests.ui.manage.album import more_pages as more
from tests.ui.manage.album import pages
from tests.ui.manage.album import proof_pages as proof
from tests.ui.manage.album import rule_pages as rules
from tests.ui.manage.album.office import Office, office
from tests.ui.manage.album.shops import full
from ui.login.override import OverrideSheet
from ui.look import Look
from ui.widgets.words import Words

Draw = Callable[[Office], None]


class Row(Struct, frozen=True):
    """A sheet or a page, the button of its deed, and what is typed before, by the line's name."""

    draw: Draw
    deed: str
    typed: dict[str, str] = {}


DEEDS = (
    Row(members.member_grant, "ask_do", {"ask_until": "2027-01-01", "ask_reason": "老街坊"}),
    Row(members.member_freeze, "ask_do", {"ask_reason": "卡丢了"}),
    Row(members.member_edit, "edit_save", {"edit_occupation": "教师"}),
    Row(members.member_forget, "forget_do"),
    Row(members.member_merge, "merge_do"),
    Row(members.members_conditions, "conditions_keep", {"conditions_name": "常来的"}),
    Row(rules.rules_offer, "rule_edit_done", {"rule_name": "满百减十"}),
    Row(rules.rules_publish, "rule_publish_done"),
    Row(rules.rules_publish_later, "rule_publish_done", {"rule_publish_day": "2031-02-03"}),
    Row(rules.rules_plan, "rule_plan_withdraw"),
    Row(rules.rules_drop, "ask_do"),
    Row(more.coupons_issue, "issue_done", {"issue_title": "冬至"}),
    Row(more.rewards_change, "reward_done", {"reward_points": "4000"}),
    Row(more.rewards_stock, "stock_done", {"stock_units": "3"}),
    Row(more.referrals_rule, "referral_done", {"referral_points": "9"}),
    Row(pages.points_audit, "audit_start"),
    Row(more.points_correct, "correct_done", {"correct_points": "+5000", "correct_reason": "漏记"}),
    Row(more.activity_change, "plan_done", {"plan_where": "一楼"}),
    Row(more.activity_cancel, "cancel_done", {"cancel_reason": "停电"}),
    Row(more.draw_commit, "commit_done", {"commit_name": "元旦抽奖"}),
    Row(more.draw_close, "close_list_done"),
    Row(more.draw_word, "draw_word_done", {"draw_word_text": "菊花"}),
    Row(proof.case_decide, "decide_done", {"decide_reason": "问过本人"}),
    Row(proof.case_note, "case_words_done", {"case_words_text": "打过电话"}),
    Row(
        proof.staff_new,
        "person_save",
        {"person_name": "小李", "person_pin": "975310", "person_again": "975310"},
    ),
    Row(proof.staff_pin, "person_save", {"person_pin": "975310", "person_again": "975310"}),
    Row(proof.privacy_rules, "ask_do", {"ask_months": "6"}),
    Row(pages.benefits_board, "board_done", {"board_prizes": "9000、50"}),
    Row(pages.running_backups, "backup_save", {"backup_kept": "9"}),
    Row(members.tidy_found, "tidy_apart"),
)
FREE = (
    pages.points_audit,
    pages.activities,
    pages.draws,
    pages.running_machine,
    pages.running_place,
    pages.running_chain,
    pages.running_prices,
    pages.running_settings,
)
"""What anybody of the shop may look at: no takings, no points, nobody's data. Points are counted
when somebody presses, and that asks for the right.
"""


@contextmanager
def demoted(at: Office, chief: Staff) -> Iterator[None]:
    """The manager is a cashier meanwhile."""
    staff = manager_of(at.shop)
    change_role(at.shop, staff.no, Role.CASHIER, staff=chief)
    try:
        yield
    finally:
        change_role(at.shop, staff.no, Role.MANAGER, staff=chief)


def lines(at: Office) -> dict[str, str]:
    """What stands in the lines in sight, by their names."""
    found = {e.objectName(): e.text() for e in at.window.findChildren(QLineEdit) if e.isVisible()}
    plain = at.window.findChildren(QPlainTextEdit)
    return found | {each.objectName(): each.toPlainText() for each in plain if each.isVisible()}


def said(at: Office) -> bool:
    """Whether a sentence in sight names the right, or somebody is asked for who has it."""
    words = [each.text() for each in at.window.findChildren(Words) if each.isVisible()]
    is_asked = any(isinstance(each, OverrideSheet) for each in at.sheets)
    return is_asked or any("的权限" in each for each in words)


def lost(at: Office, row: Row, chief: Staff) -> Iterator[str]:
    """What is wrong where the right goes between the opening and the press."""
    row.draw(at)
    for name, text in row.typed.items():
        found = [each for each in at.window.findChildren(QLineEdit, name) if each.isVisible()]
        found[-1].setText(text)
    at.settle()
    before, kinds = lines(at), [type(each) for each in at.sheets]
    with demoted(at, chief):
        at.press(row.deed)
        at.settle()
        if not said(at):
            yield f"{row.draw.__name__}: nothing is said"
        if [type(each) for each in at.sheets][: len(kinds)] != kinds:
            yield f"{row.draw.__name__}: the sheet is gone"
        if not before.items() <= lines(at).items():
            yield f"{row.draw.__name__}: {set(before.items()) - set(lines(at).items())} is lost"
    at.leave()


def test_a_right_that_is_lost_is_one_sentence(look: Look, tmp_path: Path) -> None:
    home = full(tmp_path)
    with home.shop() as shop:
        chief = add_staff(shop, name="周店长", pin="314159", role=Role.MANAGER)
    wrong: list[str] = []
    with office(home, look) as at:
        for row in DEEDS:
            wrong += lost(at, row, chief)
        for draw in pages.PAGES:
            draw(at)
            with demoted(at, chief):
                at.window._refresh()
                at.settle()
                if draw in FREE:
                    assert not said(at), draw.__name__
                else:
                    at.until(partial(said, at))
    assert wrong == []
