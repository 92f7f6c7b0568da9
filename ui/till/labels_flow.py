"""店内码的对话: a layout is kept or taken away by whoever may; it holds from the next scan on."""

from __future__ import annotations

from PySide6.QtCore import QObject

from core.actions.label_layouts import label_layouts, remove_label_layout, set_label_layout
from core.rulebook.labels import LabelCode
from ui.devices import sound
from ui.login.allowed import Allowed
from ui.text import sentence, tr
from ui.till.labels import LabelsSheet, Layouts
from ui.work import Work


class LabelsFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self, work: Work, sheet: LabelsSheet, allowed: Allowed, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._allowed = allowed
        sheet.kept.connect(self._keep)
        sheet.removed.connect(self._remove)

    def begin(self) -> None:
        """Show how labels are read now."""
        self._show("", "")

    def _show(self, chosen: str, said: str) -> None:
        def show(layouts: Layouts) -> None:
            self._sheet.show_layouts(layouts, chosen)
            if said:
                self._sheet.said.say(said)

        self._work.ask(label_layouts, topic="labels", then=show, failed=self._failed)

    def _keep(self, layout: LabelCode) -> None:
        words = tr("{prefix} 从下一次扫码起这样读。", prefix=layout.prefix)
        self._allowed.act(
            set_label_layout,
            layout,
            then=lambda _none: self._show(layout.prefix, words),
            failed=self._failed,
        )

    def _remove(self, prefix: str) -> None:
        words = tr("{prefix} 不再用门店自己的版式。", prefix=prefix)
        self._allowed.act(
            remove_label_layout,
            prefix,
            then=lambda _none: self._show(prefix, words),
            failed=self._failed,
        )

    def _failed(self, error: Exception) -> None:
        sound.play_error()
        self._sheet.said.say(sentence(error), is_wrong=True)
