"""改规则: a form with the sentence it comes to, live; kept in the draft, or what is in its way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import BadRecord, DraftElsewhere, Shortfall
from ui.look import Look
from ui.manage.rules.form import Groups, RecordForm, as_it_is
from ui.record_words import why_words
from ui.rule_blank import Record
from ui.text import sentence, tr
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.scroll import Scroll
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words

SIZE = (860, 680)
Says = Callable[[Record], tuple[str, str]]
"""Of a record its sentence, and what collides with it; raises BadRecord."""


class RuleSheet(Sheet):
    """`kept` gives the record; the sheet stays until whoever keeps it shuts it."""

    refuses_scans = True
    kept = Signal(object)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        record: Record,
        groups: Groups,
        says: Says,
        *,
        shape: Callable[[Record], Record] = as_it_is,
    ) -> None:
        leave = tr("不改了")
        super().__init__(look, window, title, size=SIZE, name="rule_edit", leave=leave)
        self._says = says
        self.is_told = False
        """Whether somebody knows already that the draft was changed elsewhere."""
        self.form = RecordForm(look, record, groups, width=window.width(), shape=shape)
        self.says = Words(look, "", "item", wraps=True, name="rule_edit_says")
        self.collides = Words(look, "", "body", "warn_text", wraps=True, name="rule_edit_collides")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(look.space[3])
        column.addWidget(self.says)
        column.addWidget(self.collides)
        column.addWidget(Rule(look))
        column.addWidget(self.form)
        column.addStretch(1)
        self.said = Said(look, name="rule_edit_said")
        words, high = tr("写进草稿"), look.sizes.control
        self.done = Button(look, words, kind="primary", height=high, name="rule_edit_done")
        self.done.clicked.connect(self._on_done)
        self.set_body(Scroll(body), foot=Foot(look, self.done, said=self.said))
        self.closed.connect(self.deleteLater)
        self.form.changed.connect(self.tell)
        self.tell()

    def record(self) -> Record | None:
        """What is filled in, None while something of it cannot be."""
        return self.form.read()

    def tell(self) -> None:
        """Say what it comes to."""
        record = self.form.read()
        self.done.setEnabled(False)
        self.collides.hide()
        if record is None:
            self._wrong(self._marked())
            return
        try:
            said, collides = self._says(record)
        except BadRecord as bad:
            words = why_words(bad.reason)
            is_there = self.form.blame(bad.path, words)
            self._wrong(self._marked() if is_there else words)
            return
        except Shortfall as error:
            self._wrong(sentence(error))
            return
        self.says.set_role("ink")
        self.says.setText(said)
        self.collides.setText(collides)
        self.collides.setVisible(bool(collides))
        self.done.setEnabled(True)

    def _marked(self) -> str:
        """What stands beside the first blank that is wrong: it may be out of sight."""
        label, why = self.form.first_wrong()
        if not label:
            return tr("还不对：{why}", why=why)
        return tr("“{label}”还不对：{why}", label=label, why=why)

    def _wrong(self, words: str) -> None:
        self.says.set_role("danger_text")
        self.says.setText(words)

    def not_kept(self, error: Exception, other: str = "") -> None:
        """Nothing typed is lost; `other` is what somebody else has made of this rule meanwhile."""
        self.done.setEnabled(True)
        if not isinstance(error, DraftElsewhere):
            self.said.say(sentence(error), is_wrong=True)
            return
        self.is_told = True
        words = tr("别人刚改过草稿。您填的都在；再按一次，就写进现在的草稿。")
        if other:
            words = tr(
                "别人刚改过这一条，现在是：{other}。您填的都在；再按一次，就换成您写的。",
                other=other,
            )
        self.said.say(words, is_wrong=True)

    def _on_done(self) -> None:
        record = self.form.read()
        if record is not None:
            self.done.setEnabled(False)
            self.kept.emit(record)
