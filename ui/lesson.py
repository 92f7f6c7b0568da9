"""练习: a lesson on a shop of its own, in the same window; the real one stands still meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.actions.train import furnish_training
from core.shop import Shop
from core.values.settings import Settings
from ui.look import Look
from ui.text import tr
from ui.till.keys import TRAIN
from ui.widgets import paint

if TYPE_CHECKING:
    from ui.devices.paper import PaperDesk
    from ui.till.standing import Standing
    from ui.work import Hands, Opening

HEIGHT = 40


@contextmanager
def furnished(opening: Opening) -> Iterator[Shop]:
    """The shop of a lesson with its day open and some members."""
    with opening() as shop:
        furnish_training(shop)
        yield shop


class Lesson(Struct, frozen=True):
    """A lesson that is going on, and what is gone on with when it ends."""

    hands: Hands
    standing: Standing
    settings: Settings
    paper: PaperDesk


class TrainingBand(QWidget):
    """练习 · 不作凭证, across the whole window as long as a lesson goes on."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("training_band")
        self.setAccessibleName(self._words()[0])
        self.setFixedHeight(HEIGHT)

    @staticmethod
    def _words() -> tuple[str, str]:
        mark = tr("练习 · 不作凭证")
        phones = tr("练习会员：手机 13800000001、2、3　{key} 结束练习", key=TRAIN)
        return mark, phones

    def paintEvent(self, event: QPaintEvent) -> None:
        look, (mark, how) = self._look, self._words()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("warn"))
        painter.setPen(look.colour("on_warn"))
        inner = self.rect().adjusted(16, 0, -16, 0)
        painter.setFont(look.font("body", True))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mark)
        left = painter.fontMetrics().horizontalAdvance(mark) + 24
        room = QRect(inner.left() + left, inner.top(), inner.width() - left, inner.height())
        is_long = paint.advance(look.font("body"), how) > room.width()
        font, ink = look.font("small" if is_long else "body"), look.colour("on_warn")
        paint.two_lines(painter, room, how, font=font, colour=ink, align=paint.RIGHT)
        painter.end()
