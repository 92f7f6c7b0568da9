"""客显空闲时: pictures of the shop's own, one after another, or a calm page with name and clock.

A picture is looked at before it is decoded and decoded beside the till; one that is too large, or
none, is left out. The folder is read again with every round, so that pictures can be changed while
the till sells.
"""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.customer.part import Part, fitting
from ui.look import Look
from ui.seal import SIGN
from ui.text import tr
from ui.widgets import paint

KINDS = (".png", ".jpg", ".jpeg")
LARGEST_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
MOST_PICTURES = 200
SHOWN_MS, ASKED_MS = 8_000, 100


def pictures_in(folder: Path | None) -> list[Path]:
    """The pictures of a folder in the order of their names; those too large are left out."""
    if folder is None:
        return []
    try:
        found = sorted(each for each in folder.iterdir() if each.suffix.lower() in KINDS)
        return [each for each in found if each.stat().st_size <= LARGEST_BYTES][:MOST_PICTURES]
    except OSError:
        return []


def picture(path: Path, room: QSize) -> QImage | None:
    """A picture as large as the room allows, None where it is none or would fill the memory."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    if size.width() > room.width() or size.height() > room.height():
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


class Slides(Part):
    """Runs from `begin` to `end`."""

    def __init__(self, look: Look, folder: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(look, "customer_idle", parent)
        self._folder = folder
        self._store, self._clock = "", ""
        self._image: QImage | None = None
        self._last: Path | None = None
        self._read: queue.SimpleQueue[tuple[Path | None, QImage | None]] = queue.SimpleQueue()
        self._turn = _timer(self, SHOWN_MS, self._next)
        self._ask = _timer(self, ASKED_MS, self._look)
        self._ask.setSingleShot(False)

    def show_place(self, store: str, clock: str) -> None:
        """The name of the shop, and the time."""
        if (store, clock) != (self._store, self._clock):
            self._store, self._clock = store, clock
            if self._image is None:
                self.update()

    def begin(self) -> None:
        """Show pictures from now on."""
        if not self._turn.isActive() and not self._ask.isActive():
            self._next()

    def end(self) -> None:
        """Somebody is served: no picture is read."""
        self._turn.stop()
        self._ask.stop()

    def _next(self) -> None:
        room = self.size() * self.devicePixelRatioF()
        read = threading.Thread(target=self._fetch, args=(room, self._last), daemon=True)
        read.start()
        self._ask.start()

    def _fetch(self, room: QSize, last: Path | None) -> None:
        """On a thread of its own: the one behind the last that can be shown, in a ring."""
        found = pictures_in(self._folder)
        begin = found.index(last) + 1 if last in found else 0
        for path in (*found[begin:], *found[:begin]):
            image = picture(path, room)
            if image is not None:
                self._read.put((path, image))
                return
        self._read.put((None, None))

    def _look(self) -> None:
        try:
            path, image = self._read.get_nowait()
        except queue.Empty:
            return
        self._ask.stop()
        self._turn.start()
        if path != self._last or self._image is None:
            self._last, self._image = path, image
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is not None:
            painter.fillRect(event.rect(), self.look.colour("ground"))
            self._paint_picture(painter, self._image)
            return
        painter.fillRect(event.rect(), self.look.colour("accent"))
        self._paint_calm(painter)

    def _paint_picture(self, painter: QPainter, image: QImage) -> None:
        ways = Qt.AspectRatioMode.KeepAspectRatio
        shown = image.size().scaled(self.size(), ways)
        left, top = (self.width() - shown.width()) / 2, (self.height() - shown.height()) / 2
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(left, top, shown.width(), shown.height()), image)

    def _paint_calm(self, painter: QPainter) -> None:
        look, middle = self.look, self.height() / 2
        ink, seal, wide = look.colour("on_accent"), self.px(96), self.width() * 0.84
        area = QRectF((self.width() - seal) / 2, middle - self.px(212), seal, seal)
        paint.box(painter, area, radius=self.px(16), fill=ink)
        letters = self.letters(64, bold=True)
        accent = look.colour("accent")
        paint.words(painter, area, SIGN, font=letters, colour=accent, align=paint.CENTRE)
        lines = ((self._store, 64, True, -88, 96), (tr("欢迎光临"), 36, False, 16, 56))
        for text, size, bold, at, high in (*lines, (self._clock, 48, False, 112, 72)):
            place = QRectF((self.width() - wide) / 2, middle + self.px(at), wide, self.px(high))
            letters = fitting(self, text, size, wide, bold=bold)
            paint.words(painter, place, text, font=letters, colour=ink, align=paint.CENTRE)


def _timer(parent: QWidget, every_ms: int, do: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(every_ms)
    timer.timeout.connect(do)
    return timer
