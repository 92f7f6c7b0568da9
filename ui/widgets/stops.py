"""Tab: which widgets of a panel the focus visits, one after another, without leaving it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def stops(panel: QWidget) -> list[QWidget]:
    """The widgets inside that Tab visits, in the order they were put in."""
    # never nextInFocusChain(): PySide makes what is answered a child of what was asked, so a
    # walk cuts widgets loose from their parents, and the garbage collector takes them away
    return [each for each in panel.findChildren(QWidget) if _is_stop(each)]


def step(among: Sequence[QWidget], *, forward: bool) -> None:
    """Give the focus to the next of them, or to the one before; from the last to the first."""
    if not among:
        return
    now = QApplication.focusWidget()
    at = among.index(now) + (1 if forward else -1) if now in among else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    among[at % len(among)].setFocus(reason)


def _is_stop(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isEnabled() and widget.isVisible()
