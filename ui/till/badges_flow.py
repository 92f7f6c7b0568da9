"""工牌的对话: given out, taken back and printed by whoever may."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from core.actions.badges import PrintedBadge, bind_badge, print_badge, take_badge, with_badge
from core.actions.staff import everybody
from core.shop import Shop
from ui.catalogue import speaking
from ui.devices.card_pdf import badge_leaf
from ui.devices.marks import Leaf, leaves_pdf
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import CARDS, shop_logo
from ui.devices.print_sizes import card_size
from ui.filing import Filing
from ui.login.allowed import Allowed
from ui.text import tr
from ui.till.badges import BadgesSheet, People
from ui.work import Work


def people(shop: Shop) -> People:
    """Who works here now, each with whether they have a badge."""
    have = with_badge(shop)
    return [(each, each.no in have) for each in everybody(shop) if each.is_active]


class BadgesFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self,
        work: Work,
        sheet: BadgesSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._desk = paper
        self._allowed = allowed
        self._leaf: Leaf | None = None
        self._whose = ""
        self._filing = Filing(sheet, sheet.said, self)
        sheet.given.connect(self._give)
        sheet.taken.connect(self._take)
        sheet.asked.connect(self._look)
        sheet.filed.connect(self._file)
        sheet.printed.connect(self._print)

    def begin(self) -> None:
        """Show who has a badge."""
        self._show("", "")

    def _show(self, chosen: str, said: str) -> None:
        def show(found: People) -> None:
            self._sheet.show_people(found, chosen)
            if said:
                self._sheet.said.say(said)

        self._work.ask(people, topic="badges", then=show, failed=self._filing.fail)

    def _give(self, name: str, code: str) -> None:
        def given(badge: str) -> None:
            words = tr("{name} 的工牌是 {code}。看工牌就能打印。", name=name, code=badge)
            self._show(name, words)

        self._allowed.act(bind_badge, name, code, then=given, failed=self._filing.fail)

    def _take(self, name: str) -> None:
        words = tr("{name} 的工牌收回了。", name=name)
        self._allowed.act(
            take_badge, name, then=lambda _none: self._show(name, words), failed=self._filing.fail
        )

    def _look(self, name: str) -> None:
        self._allowed.act(
            print_badge, name, then=partial(self._draw, name), failed=self._filing.fail
        )

    def _draw(self, name: str, badge: PrintedBadge) -> None:
        """Nothing where somebody else has been chosen since."""
        if self._sheet.chosen != name:
            return
        desk, self._whose = self._desk, name
        size = card_size(desk.folder.parent / CARDS)
        with speaking(desk.language):
            self._leaf = badge_leaf(badge, size, shop_logo(desk.designs))
        self._sheet.show_badge(self._leaf)

    def _pdf(self) -> bytes:
        return leaves_pdf([self._leaf] if self._leaf else [], tr("工牌"))

    def _file(self) -> None:
        self._filing.keep(f"badge-{self._whose}.pdf", self._pdf)

    def _print(self) -> None:
        self._filing.print(self._desk.folder / "badge.pdf", self._pdf)
