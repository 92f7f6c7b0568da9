"""用备份恢复: a backup and the recovery file of the old machine make this one that till again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from core.errors import FileUnreadable
from core.ports import Till
from ui.first_run.course import Course
from ui.first_run.only import Only
from ui.first_run.step import Step
from ui.first_run.sticks import documents, sticks
from ui.labour import Labour
from ui.look import Look
from ui.text import sentence, tr
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.file_icons import open_no_file
from ui.widgets.words import Words


class RestoreStep(Step):
    """Both files are looked for on a stick first; neither is changed."""

    name = "restore"

    def __init__(self, look: Look, course: Course) -> None:
        line = tr("备份和恢复文件都不会改动；恢复出来的单号另外编。")
        super().__init__(look, course, tr("用哪个备份恢复？"), line)
        self._labour = Labour(self)
        self.backup = self._file(tr("备份（shuke-….db）"), "first_backup")
        self.recovery = self._file(tr("恢复文件（…recovery.txt）"), "first_way_back")
        self.backup.set_text(course.run.backup)
        self.recovery.set_text(course.run.recovery)
        self.backup.submitted.connect(self.recovery.focus)
        self.recovery.submitted.connect(self.go)
        self._said = Only()
        tip = tr("备份在旧电脑数据文件夹的 backups 里，或在 U 盘上。原来那台还在收银，就不要恢复。")
        self._tip = Words(look, tip, "body", "ink_2", wraps=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        column.addLayout(self._said)
        for widget in (self.backup, self.recovery, self._tip):
            column.addWidget(widget)
        column.addStretch(1)
        self.put(body)
        self._turn()

    def _file(self, label: str, name: str) -> Field:
        choose = Button(self._look, tr("选文件…"), name=f"{name}_choose")
        field = Field(self._look, label, name=name, beside=choose)
        choose.clicked.connect(lambda: self._choose(field, label))
        return field

    def begin(self) -> None:
        if not self.course.run.is_prepared:
            self._look_on_sticks()
            (self.recovery if self.backup.text() else self.backup).focus()

    def _look_on_sticks(self) -> None:
        """The newest backup, and a recovery file: a person sees which, and may choose others."""
        for field, pattern in ((self.backup, "shuke-*.db"), (self.recovery, "*recovery.txt")):
            files = (file for _, folder in sticks() for file in folder.glob(pattern))
            found = sorted(files, key=lambda file: file.name)
            if found and not field.text():
                field.set_text(str(found[-1]))

    def take(self) -> None:
        if not self.course.run.is_prepared:
            self.course.set(backup=self.backup.text(), recovery=self.recovery.text())

    def go(self) -> None:
        if self.course.run.is_prepared:
            super().go()
            return
        self.take()
        for field in (self.backup, self.recovery):
            if not field.text() or not Path(field.text()).is_file():
                self._say(field, FileUnreadable(field.text()))
                return
        run, restore = self.course.run, self.course.founding.restore
        self.is_busy = True
        self.turned.emit()
        self._labour.begin(
            lambda: restore(run.backup, run.recovery), then=self._on_made, failed=self._on_failed
        )

    def leave(self) -> None:
        self._labour.wait()

    def _on_made(self, till: Till) -> None:
        self.is_busy = False
        self.course.set(
            is_prepared=True,
            store_name=till.store_name,
            store_code=till.store_code,
            till_no=str(till.till_no),
        )
        try:
            self.course.keep()
        except Exception as error:  # noqa: BLE001 - the shop is there; the next step keeps it again
            self.refused.emit(error)
        self._turn()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        self._turn()
        self._say(self.backup, error)

    def _say(self, field: Field, error: Exception) -> None:
        field.set_problem(sentence(error))
        field.focus()

    def _turn(self) -> None:
        is_made = self.course.run.is_prepared
        self.deed = "" if is_made else tr("恢复")
        for widget in (self.backup, self.recovery, self._tip):
            widget.setVisible(not is_made)
        if is_made:
            run = self.course.run
            self.title.setText(tr("恢复好了"))
            words = tr("员工、会员、商品和账都回来了；还是原来的名字和 PIN。")
            place = tr("{store} {till} 号台", store=run.store_name, till=run.till_no)
            self._said.put(
                Banner(self._look, place, words, tone="good", icon="check", name="first_restored")
            )
        self.turned.emit()

    def _choose(self, field: Field, title: str) -> None:
        found = sticks()
        usual = found[0][1] if found else documents()
        folder = Path(field.text()).parent if field.text() else usual
        dialog = QFileDialog(self.window(), title, str(folder))
        open_no_file(dialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(field.set_text)
        dialog.open()
