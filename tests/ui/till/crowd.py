"""People who are asked for a PIN, and pictures of the pages that ask them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from core.actions.prove import Candidate
from core.errors import StaffGone, WrongPin
from core.trust.rights import Right
from core.trust.staff import Role
from ui.login.override import OverrideSheet
from ui.login.page import LoginPage
from ui.look import Look
from ui.text import right_name, sentence, tr
from ui.till.change_pin import ChangePinSheet

LONG = "阿卜杜热合曼江·买买提吐尔逊江·艾合买提"


def people(*names: str, wait_s: int = 0) -> tuple[Candidate, ...]:
    """店长 is the manager, everybody else a cashier; the last one has to wait."""
    return tuple(
        Candidate(
            no,
            name,
            Role.MANAGER if name == "店长" else Role.CASHIER,
            wait_s if no == len(names) else 0,
        )
        for no, name in enumerate(names, 1)
    )


def _login(look: Look, *names: str, chosen: str = "", wait_s: int = 0) -> LoginPage:
    page = LoginPage(look)
    page.who.show_people(people(*names, wait_s=wait_s), chosen)
    return page


def login(look: Look, window: QWidget) -> QWidget:
    page = _login(look, "店长", "王芳", chosen="王芳")
    page.show_demo_pins([("店长", "246810"), ("王芳", "135791")])
    return page


def login_wrong(look: Look, window: QWidget) -> QWidget:
    page = _login(look, "店长")
    page.resize(window.size())
    page.show()
    page.who.show_error(sentence(WrongPin()))
    return page


def login_eight(look: Look, window: QWidget) -> QWidget:
    names = ("店长", "王芳", "李雷", "韩梅梅", LONG, "陈药师", "赵晓燕", "Gulnar Abdurehim")
    return _login(look, *names, chosen=LONG)


def login_twenty(look: Look, window: QWidget) -> QWidget:
    return _login(look, "店长", *(f"店员{at:02d}" for at in range(1, 20)), chosen="店员18")


def login_waits(look: Look, window: QWidget) -> QWidget:
    return _login(look, "店长", "王芳", chosen="王芳", wait_s=320)


def locked(look: Look, window: QWidget) -> QWidget:
    page = _login(look, "王芳", "店长", "李雷", chosen="王芳")
    page.show_locked("王芳")
    return page


def locked_by_long_name(look: Look, window: QWidget) -> QWidget:
    page = _login(look, LONG, "店长", chosen=LONG)
    page.show_locked(LONG)
    return page


def locked_out(look: Look, window: QWidget) -> QWidget:
    page = _login(look, "店长", "李雷")
    page.show_locked("王芳", sentence(StaffGone("王芳")))
    return page


def override(look: Look, window: QWidget) -> QWidget:
    sheet = OverrideSheet(look, window)
    title = tr("请授权：{right}", right=right_name(Right.VOID_SALE))
    sheet.show_question(title, "S01-T2-000123 · 156.70", people("店长", "副店长", LONG))
    sheet.who.choose("店长")
    return sheet


def override_waits(look: Look, window: QWidget) -> QWidget:
    sheet = OverrideSheet(look, window)
    sheet.show_question(
        tr("请授权：{right}", right=right_name(Right.OPEN_DRAWER)), "", people("店长", wait_s=5)
    )
    return sheet


def change_pin(look: Look, window: QWidget) -> QWidget:
    sheet = ChangePinSheet(look, window)
    sheet.begin("王芳")
    for pin in ("135246", "123456"):
        sheet.entry.field.set_text(pin)
        sheet.done.click()
    return sheet


def change_pin_done(look: Look, window: QWidget) -> QWidget:
    sheet = ChangePinSheet(look, window)
    sheet.begin("王芳")
    sheet.show_done()
    return sheet


PAGES: tuple[Callable[[Look, QWidget], QWidget], ...] = (
    login,
    login_wrong,
    login_eight,
    login_twenty,
    login_waits,
    locked,
    locked_by_long_name,
    locked_out,
    override,
    override_waits,
    change_pin,
    change_pin_done,
)
