"""F11: every reason can be read, and what the shop gave is not mixed with what the member paid."""

from __future__ import annotations

from core.members.member import MemberFile
from storage.rulebook_file import load_rulebook
from tests.ui.till import baskets
from tests.ui.till.counter_pages import counter_why_much_unused
from ui.till.why_panel import WhyPanel
from ui.till.why_state import WhyState
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


def spoken(file: MemberFile, points: int = 0) -> str:
    made = baskets.basket(60_00, 50_05).with_member(file.member.id).with_points(points)
    paid = (baskets.TenderKind.CASH, 10_00)
    return WhyState.of(baskets.counter(made, paid, file=file, rules=MARKET)).spoken


def test_what_points_and_the_rounding_took_is_no_saving() -> None:
    # 98 % of 110.05 is 107.85, less 10.00; 20.00 by points, and 0.05 is dropped.
    assert spoken(baskets.member()) == "“一共替您省了 12.20 元。”"
    assert spoken(baskets.member(), 2000) == "“一共替您省了 12.20 元。”"
