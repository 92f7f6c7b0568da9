"""完整资料: masked, unless somebody with the right looks; then for ten seconds, and noted."""

from __future__ import annotations

import pytest

from tests.builders import PIN, audit_rows
from tests.ui.till.counter.at_counter import CARD, VITAMIN, Cashier
from ui.till.member_panel import IN_FULL_MS, MemberPanel

MASKED, WHOLE = "李*华", "李小华"


def panel(cashier: Cashier) -> MemberPanel:
    return cashier.page.member


def seen(cashier: Cashier) -> list[tuple[int, str, str]]:
    rows = [row for row in audit_rows(cashier.shop) if row["what"] == "personal_seen"]
    return [(row["staff_no"], row["subject"], row["detail"]) for row in rows]


def test_the_manager_sees_it_and_it_goes_by_itself(cashier: Cashier) -> None:
    cashier.scan(CARD)
    assert panel(cashier).name.text() == MASKED
    masked = panel(cashier).contact.text()
    cashier.press("Ctrl+E")
    cashier.wait(lambda: panel(cashier).name.text() == WHOLE)
    whole = panel(cashier).contact.text()
    assert "****" in masked and "*" not in whole
    assert panel(cashier)._in_full.interval() == IN_FULL_MS == 10_000
    panel(cashier)._in_full.setInterval(1)
    cashier.wait(lambda: panel(cashier).name.text() == MASKED)
    assert panel(cashier).contact.text() == masked


def test_the_audit_says_who_saw_what_of_whom_and_not_what_it_was(cashier: Cashier) -> None:
    cashier.scan(CARD)
    cashier.page.member.eye.click()
    cashier.wait(lambda: panel(cashier).is_in_full)
    file = cashier.counter.file
    assert file is not None
    assert seen(cashier) == [(1, file.member.id.hex, "name phone birthday")]
    assert WHOLE not in str(audit_rows(cashier.shop))


def test_pressed_again_it_masks_at_once(cashier: Cashier) -> None:
    cashier.scan(CARD)
    for _ in range(2):
        cashier.press("Ctrl+E")
        cashier.wait(lambda: panel(cashier).is_in_full)
        cashier.press("Ctrl+E")
        cashier.wait(lambda: not panel(cashier).is_in_full)
        assert panel(cashier).name.text() == MASKED
    assert len(seen(cashier)) == 2


def test_the_next_sale_and_the_lock_mask_it(cashier: Cashier) -> None:
    cashier.scan(CARD)
    cashier.press("Ctrl+E")
    cashier.wait(lambda: panel(cashier).is_in_full)
    cashier.lock()
    assert panel(cashier).name.text() == MASKED


def test_goods_scanned_meanwhile_leave_it(cashier: Cashier) -> None:
    cashier.scan(CARD)
    cashier.press("Ctrl+E")
    cashier.wait(lambda: panel(cashier).is_in_full)
    cashier.scan(VITAMIN)
    assert panel(cashier).name.text() == WHOLE


@pytest.mark.parametrize("is_allowed", [True, False])
def test_a_cashier_asks_somebody_with_the_right(cashier: Cashier, is_allowed: bool) -> None:
    cashier.hand_over_to_fang()
    cashier.scan(CARD)
    cashier.press("Ctrl+E")
    override = cashier.window.sheets.override
    cashier.wait(override.isVisible)
    assert override.subtitle.text() == MASKED
    if not is_allowed:
        cashier.press("Esc")
        assert (panel(cashier).name.text(), seen(cashier)) == (MASKED, [])
        return
    cashier.type_in(PIN)
    cashier.press("Enter")
    cashier.wait(lambda: panel(cashier).name.text() == WHOLE)
    staff_no, _, detail = seen(cashier)[0]
    assert (staff_no, detail) == (2, "name phone birthday approved_by 1")


def test_without_a_member_there_is_nothing_to_see(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.press("Ctrl+E")
    cashier.settle_down()
    assert seen(cashier) == []
