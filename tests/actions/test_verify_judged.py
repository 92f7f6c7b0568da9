"""核对案件和抽奖: what was decided and drawn cannot be another without `verify` telling it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core.actions.attend import come
from core.actions.decide_case import decide_case, reopen_case
from core.actions.draws import (
    CameTo,
    close_draw,
    commit_draw,
    draw_winners,
    give_prize,
    leave_draw,
    look_at_draw,
)
from core.actions.login import login
from core.actions.proof import Checked, check_audit
from core.trust.cases import Decision
from tests.actions.test_activities import SIGN_IN, planned
from tests.actions.test_deeds import with_rules
from tests.actions.test_draws import PRIZES
from tests.actions.test_look_for_signals import often
from tests.actions.test_settle import GOLD, NORMAL, SILVER
from tests.builders import PIN, Home, file_of, later
from ui.manage.proof.log import check_words


@pytest.fixture(scope="module")
def judged(furnished: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A shop with a case that was decided twice, and a draw of which somebody left on each side."""
    home = Home(Path(shutil.copytree(furnished.path, tmp_path_factory.mktemp("judged") / "home")))
    with home.shop() as shop:
        staff = login(shop, PIN)
        case_id, today = often(shop, staff), later(shop, 0)
        for _ in range(2):
            why = {"reason": "问过", "staff": staff}
            decide_case(today, case_id, Decision.NOTHING, step_id=shop.new_id(), **why)
            reopen_case(today, case_id, step_id=shop.new_id(), **why)
        decide_case(today, case_id, Decision.TAKE_BACK, points=1, step_id=shop.new_id(), **why)
        with_rules(shop, staff, behaviours=(SIGN_IN,))
        commit_draw(shop, shop.new_id(), "还没封的", PRIZES, staff=staff)
        draw_id, activity = shop.new_id(), planned(shop, staff)
        commit_draw(shop, draw_id, "重阳抽奖", PRIZES, staff=staff)
        members = {file_of(shop, card).member.id for card in (GOLD, SILVER, NORMAL)}
        for member_id in members:
            come(shop, activity.id, member_id, staff=staff)
        close_draw(shop, draw_id, CameTo(activity.id), words="沙龙到场的", staff=staff)
        leave_draw(shop, draw_id, min(members), staff=staff)
        won = draw_winners(shop, draw_id, word="菊花", staff=staff).won
        first = next(each for each in won if each.listed is not None)
        assert first.listed is not None
        who = first.listed.member_id
        give_prize(shop, draw_id, first.prize, first.piece, who, staff=staff)
        leave_draw(shop, draw_id, min(members - {who, min(members)}), staff=staff)
        assert len(look_at_draw(shop, draw_id, staff=staff).draw.gone) == 2
    assert home.findings() == []
    return home


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("case_missing", "DELETE FROM cases"),
        ("case_differs", "UPDATE cases SET kind = 'on_one_phone'"),
        ("case_differs", "UPDATE cases SET about = 'a1'"),
        ("case_without_event", "UPDATE cases SET id = x'00112233445566778899aabbccddeeff'"),
        ("case_steps_differ", "UPDATE case_steps SET points = 0 WHERE points = 1"),
        ("case_steps_differ", "UPDATE case_steps SET staff_no = 7 WHERE kind = 'reopened'"),
        ("case_steps_differ", "DELETE FROM case_steps WHERE decision = 'take_back'"),
        ("case_unsettled", "UPDATE cases SET closed_us = NULL"),
        ("case_unsettled", "UPDATE cases SET decision = 'nothing'"),
        (
            "case_unproven",
            "DELETE FROM case_evidence WHERE ref = (SELECT min(ref) FROM case_evidence)",
        ),
        ("draw_missing", "DELETE FROM draws WHERE name = '重阳抽奖'"),
        (
            "draw_without_event",
            "UPDATE draws SET id = x'00112233445566778899aabbccddeeff' WHERE n = 2",
        ),
        ("draw_differs", "UPDATE draws SET prizes = replace(prizes, '1', '2') WHERE n = 2"),
        ("draw_differs", "UPDATE draws SET seed = zeroblob(32) WHERE n = 2"),
        ("draw_list_differs", "UPDATE draw_lists SET members = replace(members, ', 1]', ', 9]')"),
        ("draw_list_differs", "DELETE FROM draw_lists"),
        ("draw_result_differs", "UPDATE draw_words SET word = '梅花'"),
        ("draw_result_differs", "DELETE FROM draw_words"),
        ("draw_prizes_differ", "DELETE FROM draw_given"),
        ("draw_prizes_differ", "DELETE FROM draw_gone WHERE n = 2"),
    ],
)
def test_what_was_changed_is_found(judged: Home, tmp_path: Path, what: str, statement: str) -> None:
    home = Home(Path(shutil.copytree(judged.path, tmp_path / "home")))
    home.tamper(statement)
    assert what in {finding.what for finding in home.findings()}


def test_the_check_of_the_log_in_the_office_says_it_too(judged: Home, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(judged.path, tmp_path / "home")))

    def checked() -> Checked:
        with home.shop() as shop:
            staff, so_far = login(shop, PIN), Checked()
            while not so_far.is_done:
                so_far = check_audit(shop, so_far, staff=staff)
        return so_far

    assert checked().is_whole
    assert "案件和抽奖都照着流水" in check_words(checked())
    home.tamper("UPDATE draw_words SET word = '梅花'")
    words = check_words(checked())
    assert words.startswith("抽奖重抽一遍，结果不一样：编号 ")
    assert "一共 1 处不对" in words
