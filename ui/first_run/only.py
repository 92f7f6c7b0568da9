"""一处: a place on a page for one thing at a time."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Only(QVBoxLayout):
    """Holds one widget or none."""

    def __init__(self) -> None:
        super().__init__()
        self._widget: QWidget | None = None
        self.setSpacing(0)

    def put(self, widget: QWidget | None) -> None:
        """This instead of what stood here."""
        before, self._widget = self._widget, widget
        if before is not None:
            self.removeWidget(before)
            before.hide()
            before.deleteLater()
        if widget is not None:
            self.addWidget(widget)
