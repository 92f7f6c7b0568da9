"""F11: every reason can be read, and what the shop gave is not mixed with what the member paid."""

from __future__ import annotations

import pytest

from core.pricing.tender import TenderKind
from storage.rulebook_file import load_rulebook
from tests.ui.till import baskets
from tests.ui.till.counter_pages import counter_why_much_unused
from ui.till.state import TillState
from ui.till.why_panel import WhyPanel
from ui.why_state import WhyState
from ui.widgets.words import Words

MARKET = load_rulebook(baskets.SHIPPED.with_name("supermarket.toml"))


def test_each_reason_comes_into_sight(look, window, qapp) -> None:
    counter_why_much_unused(look, window)
    panel: WhyPanel = window.findChild(WhyPanel, "why")
    inner, seen = panel.area.widget(), set()
    told = {words.text() for words in inner.findChildren(Words)}
    for _ in range(20):
        for words in inner.findChildren(Words):
            if words.visibleRegion().boundingRect().height() == words.height():
                seen.add(words.text())
        panel.scroll_by(1)
        qapp.processEvents()
    assert len(told) > 6
    assert seen == told


@pytest.mark.parametrize("points", [0, 2000])
def test_what_points_and_the_rounding_took_is_no_saving(points: int) -> None:
    # 98 % of 110.05 is 107.85, less 10.00; up to 20.00 by points, and 0.05 is dropped.
    file = baskets.member()
    made = baskets.basket(60_00, 50_05).with_member(file.member.id).with_points(points)
    paid = baskets.counter(made, (TenderKind.CASH, 10_00), file=file, rules=MARKET)
    assert paid.quote.points_fen == points
    assert WhyState.of(paid).spoken == "“一共替您省了 12.20 元。”"
    assert TillState.of(paid).figures.saved == "12.20"
