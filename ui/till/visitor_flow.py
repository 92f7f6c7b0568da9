"""别店会员的对话: the chain is asked of who stands here from another store, and of strange codes.

Nobody waits for it: a scan is answered out of what is here, and what the server says comes after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions.counter import Counter, reprice
from ui.till.flow import TillFlow

if TYPE_CHECKING:
    from core.ports.central import Central
    from core.pricing.basket import Basket
    from core.shop import Shop
    from ui.chain_desk import ChainDesk
    from ui.till.link_flow import LinkFlow


class VisitorFlow(QObject):
    """It looks at what stands at the counter, at codes that are nothing, and at the line."""

    def __init__(self, desk: ChainDesk, flow: TillFlow, link: LinkFlow, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._flow = flow
        self._asked: UUID | None = None
        self._members_us = 0
        flow.shown.connect(self._on_shown)
        flow.unknown.connect(self._on_unknown)
        link.changed.connect(self._on_line)

    @property
    def _is_online(self) -> bool:
        return self._desk.state is not None and self._desk.state.is_online

    def _on_shown(self, counter: Counter, _sale: object) -> None:
        """Of a visitor the server is asked once, as long as they stand here."""
        member_id = None
        if counter.file is not None and counter.file.member.is_visitor:
            member_id = counter.file.member.id
        before, self._asked = self._asked, member_id
        if member_id is not None and member_id != before and self._is_online:
            asked = member_id

            def ask(shop: Shop, central: Central, token: str) -> bool:
                from core.actions.ask_members import ask_member

                return ask_member(shop, central, token, asked)

            self._desk.errand(ask, then=self._on_told, failed=_stays, is_brief=True)

    def _on_unknown(self, text: str) -> None:
        """A code that is nothing here may be a card or a phone of the chain."""
        if not self._is_online:
            return

        def ask(shop: Shop, central: Central, token: str) -> UUID | None:
            from core.actions.ask_members import ask_visitor

            return ask_visitor(shop, central, token, text)

        def then(found: UUID | None) -> None:
            self._on_found(text, found)

        self._desk.errand(ask, then=then, failed=_stays, is_brief=True)

    def _on_told(self, is_new: bool) -> None:
        if is_new:
            self._reprice()

    def _on_found(self, text: str, member_id: UUID | None) -> None:
        """Where nothing else was done meanwhile, they are served as if they had been here."""
        if member_id is None or self._flow.unknown_code != text:
            return
        self._flow.forget_error()
        found = member_id

        def serve(shop: Shop, basket: Basket) -> Counter:
            from core.actions.visitors import serve_now

            return serve_now(shop, basket, found)

        self._flow.put(serve, failed=self._flow.say_not_served)

    def _on_line(self) -> None:
        """Members became others than they were: perhaps whoever stands here."""
        state = self._desk.state
        if state is not None and state.members_us != self._members_us:
            self._members_us = state.members_us
            self._reprice()

    def _reprice(self) -> None:
        counter = self._flow.counter
        if counter is not None and counter.basket.member_id is not None:
            self._flow.put(reprice)


def _stays(_error: Exception) -> None:
    """What is here stays as it is: nobody waited for it."""
