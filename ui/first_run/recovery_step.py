"""恢复文件: the way back to the data when this machine is gone; the shop is made with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import FileUnreadable, RecoveryTaken
from core.values.first_run import CHAIN
from ui.console.joining import join_shop
from ui.first_run.asking import Asking
from ui.first_run.course import Course
from ui.first_run.only import Only
from ui.first_run.printing import print_file
from ui.first_run.step import Step
from ui.first_run.sticks import documents, sticks
from ui.labour import Labour
from ui.look import Look
from ui.text import halves, sentence, tr
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.file_icons import open_no_file
from ui.widgets.words import Words

_MOST = 3


class RecoveryStep(Step):
    """Saved before anybody goes on; printed besides, where there is a printer of the system."""

    name = "recovery"
    is_line_needed = True

    def __init__(self, look: Look, course: Course) -> None:
        line = tr("电脑坏了、丢了，靠它打开备份。谁有它和数据，谁就能看，请锁好。")
        super().__init__(look, course, tr("恢复文件存到哪里？"), line)
        self._labour = Labour(self)
        self._asking = Asking(course.founding.uplink, self)
        self.place = Field(look, tr("存到"), name="first_recovery")
        self.choose = Button(look, tr("选位置…"), name="first_recovery_choose")
        self.choose.clicked.connect(self._choose)
        self.place.submitted.connect(self.go)
        self.place.set_text(course.run.recovery)
        self.print = Button(look, tr("打印出来"), icon="printer", name="first_recovery_print")
        self.print.clicked.connect(self._print)
        self.join = Button(look, tr("再入一次网"), icon="sync", name="first_join_again")
        self.join.clicked.connect(self._join)
        self._said, self._joined = Only(), Only()
        self.put(self._body())
        self._turn()

    def _body(self) -> QWidget:
        look, body = self._look, QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space[4])
        column.addWidget(self.place)
        self._places = QHBoxLayout()
        self._places.setSpacing(look.space[2])
        self._places.addWidget(self.choose)
        self._places.addStretch(1)
        column.addLayout(self._places)
        column.addLayout(self._said)
        column.addLayout(self._joined)
        self._tips = [
            Words(look, tip, "body", "ink_2", wraps=True)
            for tip in (
                tr("最好插一个 U 盘，存在上面，拔下来收好。"),
                tr("没有 U 盘：先存在文档里，打印出来，再从这台电脑上删掉。"),
            )
        ]
        for words in self._tips:
            column.addWidget(words)
        line = QHBoxLayout()
        line.addWidget(self.print)
        line.addWidget(self.join)
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(1)
        return body

    def begin(self) -> None:
        found = [] if self.course.run.is_prepared else sticks()
        for name, folder in found[:_MOST]:
            button = Button(self._look, name, name=f"first_stick_{name}")
            button.clicked.connect(lambda _=False, to=folder: self._put_on(to))
            self._places.insertWidget(0, button)
        if not self.place.text():
            self._put_on(found[0][1] if found else documents())
        self._turn()
        if not self.course.run.is_prepared:
            self.place.focus()

    def take(self) -> None:
        if not self.course.run.is_prepared:
            self.course.set(recovery=self.place.text())

    def go(self) -> None:
        if self.course.run.is_prepared:
            super().go()
            return
        self.take()
        path = Path(self.place.text())
        try:
            if not self.place.text() or not path.parent.is_dir():
                raise FileUnreadable(str(path.parent))
            if path.exists():
                raise RecoveryTaken(str(path))
        except (FileUnreadable, RecoveryTaken) as refused:
            self._say(refused)
            return
        self.is_busy, run, pin = True, self.course.run, self.course.pin
        self.turned.emit()
        prepare = self.course.founding.prepare
        self._labour.begin(lambda: prepare(run, pin), then=self._on_made, failed=self._on_failed)

    @property
    def is_inside(self) -> bool:
        return self._asking.is_busy

    def back(self) -> bool:
        """Waiting for the head office is given up first: the till joins later."""
        is_asking = self._asking.is_busy
        if is_asking:
            self._asking.cancel()
            self._stand_still(None)
        return is_asking

    def leave(self) -> None:
        self._labour.wait()
        self._asking.cancel()

    def _on_made(self, _none: object) -> None:
        self.is_busy = False
        self.course.set(is_prepared=True, recovery=str(Path(self.place.text()).resolve()))
        self.course.pin = ""
        self._keep()
        self._turn()
        self.setFocus(Qt.FocusReason.OtherFocusReason)  # Enter goes on, and prints nothing
        self._join()

    def _keep(self) -> None:
        try:
            self.course.keep()
        except Exception as error:  # noqa: BLE001 - the shop is there; the next step keeps it again
            self.refused.emit(error)

    def _join(self) -> None:
        """The shop is there, whatever becomes of it; without the code it is for another day."""
        text, visit = self.course.invitation, self.course.founding.visit
        if not text or self.course.run.is_joined:
            return
        self.is_busy = True
        self._turn()
        self._asking.begin(
            lambda central, uplink: join_shop(text, visit, central, uplink),
            then=self._on_joined,
            failed=self._on_not_joined,
        )

    def _on_joined(self, _none: object) -> None:
        self.course.forget_invitation()
        self.course.set(is_joined=True)
        self._keep()
        self._stand_still(None)

    def _on_not_joined(self, error: Exception) -> None:
        self._stand_still(error)

    def _stand_still(self, error: Exception | None) -> None:
        self.is_busy = False
        self._turn()
        if error is not None:
            self._say_of_chain(sentence(error), is_good=False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        self._turn()
        self._say(error)

    def _say(self, error: Exception) -> None:
        self.place.set_problem(sentence(error))
        self.place.focus()

    def _turn(self) -> None:
        """Before and after it is saved."""
        is_saved = self.course.run.is_prepared
        self.deed = "" if is_saved else tr("保存，建店")
        for widget in (self.place, self.choose, *self._tips):
            widget.setVisible(not is_saved)
        self.print.setVisible(is_saved)
        self.join.hide()
        if is_saved:
            self.title.setText(tr("店建好了，恢复文件存好了"))
            path = self.course.run.recovery
            words = tr("移到 U 盘或打印出来收好，不要留在这台电脑上。")
            self._said.put(
                Banner(self._look, path, words, tone="good", icon="check", name="first_saved")
            )
            self._turn_chain()
        self.turned.emit()

    def _turn_chain(self) -> None:
        run = self.course.run
        self.join.setVisible(bool(self.course.invitation) and not self.is_busy)
        if run.way != CHAIN:
            return
        if run.is_joined:
            words = tr("入了“{name}”的网。店里卖的会自己传过去。", name=run.chain_name)
        elif self.is_busy:
            words = tr("正在入网，最多半分钟。店已经建好；按 Esc 不等了。")
        else:
            words = tr("还没有入网。店已经建好；现在再入一次，或以后在“上传”里扫码。")
        self._say_of_chain(words, is_good=run.is_joined)

    def _say_of_chain(self, words: str, *, is_good: bool) -> None:
        head, rest = halves(words)
        tone, icon = ("good", "check") if is_good else ("warn", "sync" if self.is_busy else "alert")
        banner = Banner(self._look, head, rest, tone=tone, icon=icon, name="first_chain")
        self._joined.put(banner)

    def _put_on(self, folder: Path) -> None:
        run = self.course.run
        self.place.set_text(str(folder / f"shuke-{run.store_code}-{run.till_no}-recovery.txt"))

    def _choose(self) -> None:
        dialog = QFileDialog(self.window(), tr("恢复文件存到哪里？"), self.place.text())
        open_no_file(dialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # the step itself says where a file is that must not be written over
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(self.place.set_text)
        dialog.open()

    def _print(self) -> None:
        try:
            text = Path(self.course.run.recovery).read_text("utf-8")
        except OSError:
            self.refused.emit(FileUnreadable(self.course.run.recovery))
            return
        print_file(self.window(), text)
