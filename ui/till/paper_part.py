"""一段: what can be done with one part of a paper: its words, its lines, its place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from core.sales.design import LOGO, BlockPart, Design, TextPart, can_be_off
from core.values.fields import LONGEST_TEXT
from ui.look import Look
from ui.text import tr
from ui.till import paper_draft as drafts
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.tile import Tile

SIDE = 16
COLUMNS = 4


class PaperPart(QWidget):
    """`edited(design, at)` gives the draft after one change, and the part that is chosen then.

    `file_asked`: show the files of this machine, for one to become the logo.
    """

    edited = Signal(object, int)
    logo_chosen = Signal(str)
    file_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._design: Design | None = None
        self._at = 0
        self._tiles: list[Tile] = []
        self.text = Field(
            look, tr("字"), hint=tr("可以写 {store} {member} {date} 这些空"), name="papers_text"
        )
        self.text.edit.setMaxLength(LONGEST_TEXT)
        self.file = self._button(tr("选文件…"), "papers_file")
        self.logo = Field(look, tr("图片在哪里，Enter 用上"), name="papers_logo", beside=self.file)
        self.switch = self._button(tr("不打印"), "papers_switch")
        self.up = self._button(tr("上移"), "papers_up")
        self.down = self._button(tr("下移"), "papers_down")
        self.add = self._button(tr("加字"), "papers_add")
        self.take = self._button(tr("删去"), "papers_take")
        self._grid = QGridLayout()
        self._grid.setSpacing(look.space[2])
        self._arrange()
        self._connect()

    def _button(self, label: str, name: str) -> Button:
        return Button(self._look, label, name=name)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self._look.space[2])
        for button in (self.switch, self.up, self.down):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 8, SIDE, 8)
        column.setSpacing(self._look.space[2])
        column.addWidget(self.text)
        column.addWidget(self.logo)
        column.addLayout(self._grid)
        column.addLayout(row)

    def _connect(self) -> None:
        self.text.edit.textEdited.connect(self._on_text)
        self.logo.submitted.connect(lambda: self.logo_chosen.emit(self.logo.text()))
        self.file.clicked.connect(self.file_asked)
        self.switch.clicked.connect(lambda: self._change(drafts.switched))
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.add.clicked.connect(self._on_add)
        self.take.clicked.connect(lambda: self._change(drafts.without))

    def show_part(self, design: Design, at: int) -> None:
        """Show what can be done with this part."""
        before = self._part if self._design is not None else None
        self._design, self._at = design, at
        part = self._part
        is_text = isinstance(part, TextPart)
        self.text.setVisible(is_text)
        if isinstance(part, TextPart) and self.text.edit.text() != part.text:
            self.text.edit.setText(part.text)
        is_logo = isinstance(part, BlockPart) and part.block == LOGO
        self.logo.setVisible(is_logo)
        if is_logo and not self.logo.edit.hasFocus():
            self.logo.set_text(design.logo)
        self.switch.set_label(tr("打印") if part.off else tr("不打印"))
        self.switch.setEnabled(can_be_off(design.paper, part))
        self.up.setEnabled(at > 0)
        self.down.setEnabled(at + 1 < len(design.parts))
        self.take.setEnabled(drafts.can_be_taken(design, at))
        if before != part or not self._tiles:
            self._show_tiles()

    @property
    def _part(self) -> TextPart | BlockPart:
        assert self._design is not None
        return self._design.parts[self._at]

    def _show_tiles(self) -> None:
        """What of it is printed, and how."""
        assert self._design is not None
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        part = self._part
        words = {"bold": tr("加粗"), "double": tr("加大"), "centre": tr("居中")}
        wanted = [
            (line.name, line.words, line.is_shown) for line in drafts.lines(self._design, part)
        ]
        if not isinstance(part, BlockPart) or part.block not in ("logo", "rule"):
            wanted += [(name, words[name], getattr(part, name)) for name in drafts.STYLES]
        self._tiles = [self._tile(*each) for each in wanted]
        for at, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, at // COLUMNS, at % COLUMNS)

    def _tile(self, name: str, words: str, is_on: bool) -> Tile:
        look = self._look
        tile = Tile(look, words, centred=True, height=look.sizes.control, name=f"papers_on_{name}")
        tile.set_chosen(is_on)
        change: Callable[..., Design] = (
            drafts.styled if name in drafts.STYLES else drafts.line_switched
        )
        tile.clicked.connect(lambda: self._change(change, name))
        return tile

    def _change(self, change: Callable[..., Design], *more: object) -> None:
        assert self._design is not None
        design = change(self._design, self._at, *more)
        self.edited.emit(design, min(self._at, len(design.parts) - 1))

    def _move(self, step: int) -> None:
        assert self._design is not None
        design = drafts.moved(self._design, self._at, step)
        self.edited.emit(design, self._at + step if design != self._design else self._at)

    def _on_add(self) -> None:
        assert self._design is not None
        self.edited.emit(drafts.with_text(self._design, self._at), self._at + 1)
        self.text.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_text(self, text: str) -> None:
        part = self._part
        if isinstance(part, TextPart) and self._design is not None:
            changed = drafts.with_part(self._design, self._at, replace(part, text=text))
            self.edited.emit(changed, self._at)
