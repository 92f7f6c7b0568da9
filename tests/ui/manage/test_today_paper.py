"""今天的纸: what stands on it can be read, however long the names are."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.today import OnShelf, birthdays, expiring, today, waiting
from core.rulebook.rewards import Reward
from core.shop import Shop
from core.trust.staff import Staff
from tests.actions.conftest import furnished, home, shop, staff
from ui.devices import marks
from ui.manage.today import paper

__all__ = ["furnished", "home", "shop", "staff"]
LEAST_PT = 7.5


def test_gifts_with_long_names_are_read_with_no_glass(
    shop: Shop, staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eight that are nearly gone: each name stands whole, in the size of the other lines."""
    names = [f"珍珠贝壳雕花礼盒装会员专享第{at}季纪念版" for at in range(1, 9)]
    low = tuple(OnShelf(Reward(name, name, 100), 1) for name in names)
    waits = replace(waiting(shop), rewards=low)
    leaves: list[marks.Leaf] = []
    monkeypatch.setattr(paper, "leaves_pdf", lambda found, title: leaves.extend(found) or b"")
    day, births = today(shop, staff=staff), birthdays(shop, staff=staff)
    paper.today_pdf("中山路店", day, waits, births, expiring(shop, staff=staff))
    texts = [mark for leaf in leaves for mark in leaf.marks if isinstance(mark, marks.Text)]
    assert min(text.size for text in texts) >= LEAST_PT
    said = "".join(text.text for text in texts)
    assert all(name in said for name in names)
