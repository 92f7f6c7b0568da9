"""第一次使用: the steps from an empty folder to a counter, one page each (looks.md, picture 11).

finished   the shop is there and somebody wants its counter
renewed    another language: whoever shows the wizard makes another one
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeGuard

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from core.values.first_run import CHAIN, FIRST_OF_SHOP
from ui.first_run.chain_step import ChainStep
from ui.first_run.course import Course
from ui.first_run.display_step import DisplayStep
from ui.first_run.goods_step import GoodsStep
from ui.first_run.language_step import LanguageStep
from ui.first_run.manager_step import ManagerStep
from ui.first_run.only import Only
from ui.first_run.printer_step import PrinterStep
from ui.first_run.rail import Rail
from ui.first_run.ready_step import ReadyStep
from ui.first_run.recovery_step import RecoveryStep
from ui.first_run.restore_step import RestoreStep
from ui.first_run.scanner_step import ScannerStep
from ui.first_run.step import LOW, Step
from ui.first_run.store_step import StoreStep
from ui.first_run.way_step import WayStep
from ui.look import Look
from ui.text import halves, sentence, tr
from ui.wedge import Wedge
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.header import Header
from ui.widgets.key_hint import ENTER
from ui.widgets.stops import step as step_focus
from ui.widgets.stops import stops
from ui.widgets.words import Rule, Words

FOOT, FOOT_LOW = 88, 68
MARGIN = 48
NARROW = 860
SMALLEST = (640, 340)
MAKERS: dict[str, Callable[[Look, Course], Step]] = {
    "language": LanguageStep,
    "way": WayStep,
    "store": StoreStep,
    "chain": ChainStep,
    "restore": RestoreStep,
    "manager": ManagerStep,
    "recovery": RecoveryStep,
    "scanner": ScannerStep,
    "printer": PrinterStep,
    "display": DisplayStep,
    "goods": GoodsStep,
    "ready": ReadyStep,
}


def step_titles(steps: Sequence[str]) -> list[str]:
    """Steps by their names."""
    names = {
        "language": tr("语言"),
        "way": tr("怎么开始"),
        "store": tr("门店和收银台"),
        "chain": tr("加入连锁"),
        "restore": tr("备份"),
        "manager": tr("店长和 PIN"),
        "recovery": tr("恢复文件"),
        "scanner": tr("扫码枪"),
        "printer": tr("打印机"),
        "display": tr("客显"),
        "goods": tr("商品和会员"),
        "ready": tr("开始"),
    }
    return [names[step] for step in steps]


class _Nowhere:
    """No line of the wizard is where scans land."""

    def __init__(self, parent: QWidget) -> None:
        self.edit = QLineEdit(parent)
        self.edit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.edit.hide()

    def put_back(self, text: str, cursor: int) -> None:
        """Nothing was shown, so nothing is put back."""


class Wizard(QWidget):
    """Enter goes on, Esc back; F9 goes on where Enter chooses in a list."""

    finished = Signal()
    renewed = Signal()

    def __init__(self, look: Look, course: Course, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.course = course
        self.step: Step | None = None
        self.setObjectName("first_run")
        self.setMinimumSize(*SMALLEST)  # whatever its parts would like
        self.setAccessibleName(tr("第一次使用"))
        self.header = Header(look, tr("熟客"), tr("第一次使用"))
        self.header.add(Words(look, tr("随时可以关，下次接着来"), "small", "ink_2"))
        self.rail = Rail(look)
        self._pages = QStackedWidget()
        self._told = Only()
        self.previous = Button(
            look, tr("上一步"), key="Esc", height=look.sizes.choice, name="first_back"
        )
        self.skip = Button(look, "", kind="quiet", height=look.sizes.choice, name="first_skip")
        self.next = Button(look, "", kind="primary", height=look.sizes.choice, name="first_next")
        self.previous.clicked.connect(self.go_back)
        self.skip.clicked.connect(self._skip)
        self.next.clicked.connect(self.go_on)
        self._arrange()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._keep_in_sight)
        self.wedge = Wedge(_Nowhere(self), self)
        self.wedge.scanned.connect(self.take_scan)

    def _arrange(self) -> None:
        look = self._look
        self._foot = QWidget()
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.setSpacing(look.space[4])
        self._foot_row.addWidget(self.previous)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.skip)
        self._foot_row.addWidget(self.next)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._pages, 1)
        right.addLayout(self._told)
        right.addWidget(Rule(look))
        right.addWidget(self._foot)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)

    # The way

    def begin(self) -> None:
        """Go on where the course is; without PIN and code, which are never kept, before it."""
        run = self.course.run
        name = run.step
        if not run.is_prepared and name in ("manager", "recovery"):
            if not self.course.pin:
                name = "manager"
            if run.way == CHAIN and self.course.invited is None:
                name = "chain"
        self._show(name)
        self._keep()

    def go_on(self) -> None:
        """下一步."""
        if self.step is not None and self._may_act:
            self.say(None)
            self.step.go()

    def go_back(self) -> None:
        """上一步: nothing that was made is unmade."""
        step = self.step
        if step is None or step.back() or not self._may_go_back:
            return
        step.take()
        self.say(None)
        self._show(self._steps[self._at - 1])
        self._keep()

    def keep(self) -> None:
        """What is typed on this page, too: the window closes."""
        if self.step is not None:
            self.step.take()
            self._keep()
            self.step.leave()

    @property
    def is_busy(self) -> bool:
        """Whether something is being made that should not be cut off."""
        return self.step is not None and self.step.is_busy

    @property
    def _may_act(self) -> bool:
        return self.step is not None and self.step.is_ready and not self.step.is_busy

    @property
    def _may_go_back(self) -> bool:
        step = self.step
        if step is None or step.is_busy or not self._at:
            return False
        is_made = self.course.run.is_prepared
        return not is_made or self._at > self._steps.index(FIRST_OF_SHOP)

    @property
    def _steps(self) -> tuple[str, ...]:
        return self.course.run.steps

    @property
    def _at(self) -> int:
        assert self.step is not None
        return self._steps.index(self.step.name)

    def _skip(self) -> None:
        if self.step is not None and not self.step.is_busy:
            self.course.skip(self.step.name, is_skipped=True)
            self._pass()

    def _pass(self) -> None:
        at, steps = self._at + 1, self._steps
        if at == len(steps):
            self._finish()
            return
        before = self.course.run
        self.course.set(step=steps[at])
        if self._keep():
            self._show(steps[at])
        else:
            self.course.run = before

    def _finish(self) -> None:
        try:
            self.course.end()
        except Exception as error:  # noqa: BLE001 - said, and the way out stays where it is
            self.say(error)
            return
        self.finished.emit()

    def _keep(self) -> bool:
        try:
            self.course.keep()
        except Exception as error:  # noqa: BLE001 - said; nothing goes on before it is kept
            self.say(error)
            return False
        return True

    # The page

    def _show(self, name: str) -> None:
        self.say(None)  # what was said of another page is of no use here
        before, self.step = self.step, MAKERS[name](self._look, self.course)
        step = self.step
        step.passed.connect(self._pass)
        step.turned.connect(self._turn)
        step.refused.connect(self.say)
        if isinstance(step, LanguageStep):
            step.chosen.connect(lambda _: self.renewed.emit())
        self.course.set(step=name)
        self._pages.addWidget(step)
        self._pages.setCurrentWidget(step)
        self._fit()
        self._turn()
        step.setFocus(Qt.FocusReason.OtherFocusReason)
        step.begin()
        self._turn()
        if before is not None:
            before.leave()
            self._pages.removeWidget(before)
            before.deleteLater()

    def _turn(self) -> None:
        """What the foot says now."""
        step = self.step
        assert step is not None
        if step.is_busy:
            self.say(None)
        at, titles = self._at + 1, step_titles(self._steps)
        self.rail.show_step(at - 1, titles)
        usual = tr("下一步：{title}", title=titles[at]) if at < len(titles) else ""
        self.next.set_label(step.deed or usual)
        self.next.set_hint(step.key)
        self.next.setEnabled(self._may_act)
        self.skip.set_label(step.skip)
        self.skip.setVisible(bool(step.skip))
        self.previous.setVisible(self._may_go_back or step.is_inside)

    def say(self, error: Exception | None) -> None:
        """An error of the whole step, above the foot; it stays until the next deed."""
        if error is None:
            self._told.put(None)
            return
        self._tell(sentence(error))

    def _tell(self, words: str) -> None:
        head, rest = halves(words)
        self._told.put(
            Banner(self._look, head, rest, tone="warn", icon="alert", name="first_problem")
        )

    def take_scan(self, text: str) -> None:
        """A code came: it lands nowhere but in the test of scanners; elsewhere that is said.

        A very quick hand may have typed it: it learns that nothing of it stands anywhere.
        """
        if self.step is not None and self.step.takes(text):
            self.step.take_scan(text)
        else:
            self._tell(tr("像是扫码枪扫的，没有收。什么都没有填；用手输的，请再输一次。"))

    # Of Qt

    def _fit(self) -> None:
        width, height = self.width(), self.height()
        is_low = height < LOW
        self.rail.fit(width, height)
        side = 64 if width >= 1200 else 32 if width >= 860 else 20
        self._foot.setFixedHeight(FOOT_LOW if is_low else FOOT)
        self._foot_row.setContentsMargins(side, 0, side, 0)
        is_narrow = width < NARROW
        self._foot_row.setSpacing(self._look.space[2 if is_narrow else 4])
        self.previous.set_key_shown(not is_narrow)
        if self.step is not None:
            self.step.set_margins(side, 16 if is_low else 40)
            self.step.set_low(is_low)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _keep_in_sight(self, _before: QWidget | None, now: QWidget | None) -> None:
        """What scrolls follows the focus."""
        if now is None or not isValid(self) or self.step is None:
            return
        body = self.step.body
        if body is not None and body.isAncestorOf(now):
            body.ensureWidgetVisible(now, 0, MARGIN)

    def focusNextPrevChild(self, forward: bool) -> bool:
        step_focus(stops(self), forward=forward)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_F9:
            self.go_on()
        elif event.key() in ENTER and not event.isAutoRepeat():
            if _waits_for_press(focus) and focus is not self.next:
                focus.click()
            elif not isinstance(focus, QLineEdit):
                self.go_on()
        event.accept()


def _waits_for_press(focus: QWidget | None) -> TypeGuard[QAbstractButton]:
    """A button does; a choice does until it is made: then Enter goes on."""
    return isinstance(focus, QAbstractButton) and not focus.isChecked()
