"""一位会员: found on the page of privacy, and what the law lets them ask for."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.actions.member_file import RecordFile, record_file
from ui.manage.members.deeds import FileDeeds
from ui.manage.members.find import FindSheet
from ui.manage.room import Room
from ui.manage.section import Section
from ui.text import tr
from ui.widgets.panel_row import PanelRow


class OneSection(Section):
    """Nobody until somebody is found; `deeds` say what became of it."""

    def __init__(self, room: Room) -> None:
        look = room.look
        title = tr("一位会员")
        super().__init__(look, title, name="privacy_one", more=tr("找会员"), icon="search")
        self._room = room
        self.deeds = FileDeeds(look, room.work, room.staff, self)
        self.deeds.failed.connect(room.say)
        self.deeds.gone.connect(self.show_nobody)
        self.more.connect(self._find)
        self.show_nobody()

    def show_nobody(self) -> None:
        """Say what can be done here."""
        self.count.setText("")
        self.show_rows((), tr("会员要看、要删自己的资料，先找到这一位。"))

    def _find(self) -> None:
        room = self._room
        sheet = FindSheet(room.look, self.window(), room.work, room.staff, tr("找会员"))
        sheet.chosen.connect(self._ask)
        sheet.begin()

    def _ask(self, member_id: UUID) -> None:
        self._room.work.ask(
            record_file,
            member_id,
            staff=self._room.staff,
            topic="privacy_one",
            then=self._show,
            failed=self._room.say,
        )

    def _show(self, file: RecordFile) -> None:
        self.count.setText("　".join((file.name, file.phone or file.card)))
        export = self._row(tr("导出他的资料"), tr("留着的全部，PDF 或 JSON"), tr("导出…"))
        export.acted.connect(lambda: self.deeds.export(file))
        forget = self._row(tr("删除个人资料"), tr("先看删什么、留什么"), tr("删除…"))
        forget.acted.connect(lambda: self.deeds.forget(file))
        rows: list[QWidget] = [export, forget]
        self.show_rows(rows, "")

    def _row(self, title: str, line: str, action: str) -> PanelRow:
        return PanelRow(self._room.look, title, line=line, action=action, name="privacy_deed")
