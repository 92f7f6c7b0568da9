"""后台电脑的线路: where no till window is open, the office of an office PC speaks for it.

The till window of a home sends and takes by itself. An office PC may have none open all day: then
the office does, and lets go as soon as a till window is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer

from core.actions.sync import Linked, look_at_link
from core.ports.central import Uplink
from core.shop import Shop
from ui.chain_desk import ChainDesk
from ui.work import Work

LOOK_MS = 10_000
_log = logging.getLogger(__name__)


class _Standing(Struct, frozen=True):
    """`linked`: how it stands with its server, where the office is to speak with that."""

    is_office: bool
    linked: Linked | None = None


def _look(shop: Shop) -> _Standing:
    with shop.store.read() as reading:
        if reading.till.till_no:
            return _Standing(is_office=False)
    return _Standing(
        is_office=True, linked=None if shop.store.keeping.has_till() else look_at_link(shop)
    )


class OfficeLine(QObject):
    """Looks now and then whether somebody else speaks with head office."""

    def __init__(self, work: Work, uplink: Callable[[], Uplink], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._desk = ChainDesk(uplink)
        self._beat = QTimer(self)
        self._beat.setInterval(LOOK_MS)
        self._beat.timeout.connect(self.look)
        self._beat.start()

    @property
    def is_speaking(self) -> bool:
        """Whether it sends and takes."""
        return self._desk.is_sending

    def look(self) -> None:
        """As it is now."""
        self._work.ask(_look, topic="office_line", then=self._found, failed=self._log)

    def end(self) -> None:
        """Nothing more goes over the network."""
        self._beat.stop()
        self._work.forget("office_line")
        self._desk.close()

    def _found(self, found: _Standing) -> None:
        if not found.is_office:
            self._beat.stop()
        elif found.linked is None:
            self._desk.stop()
        elif not self._desk.is_sending:
            self._desk.begin(self._work.hands, found.linked)

    def _log(self, error: Exception) -> None:
        """It is looked at again."""
        _log.warning("not seen who speaks with head office: %r", error)
