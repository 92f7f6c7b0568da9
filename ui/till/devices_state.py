"""设备的状态: what a row of 设备 says of each device, before anything is tried out."""

from __future__ import annotations

from core.values.settings import Settings
from ui.customer.desk import CustomerDesk
from ui.customer.place import NONE, WINDOW
from ui.devices.drawer import NONE as NO_DRAWER
from ui.devices.drawer import drawer_port
from ui.devices.paper import PaperDesk
from ui.devices.scan_desk import ScanDesk
from ui.equipment.scanner_words import habits_words
from ui.text import sentence, tr
from ui.till.row_sheet import Row
from ui.widgets.banner import Action


def scanner_row(settings: Settings, scans: ScanDesk) -> Row:
    """扫码枪: those that type, and each on a serial port."""
    words, role = [habits_words(settings)], "ink_2"
    for device, error in scans.troubles.items():
        words.append(tr("{device} 就绪", device=device) if error is None else sentence(error))
        role = role if error is None else "warn_text"
    if scans.wrong is not None:
        words, role = [sentence(scans.wrong)], "warn_text"
    test = Action("test", tr("自检"))
    return Row("scanner", "scan", tr("扫码枪"), "　".join(words), role, (test,))


def printer_row(paper: PaperDesk) -> Row:
    """打印机: whether there is one, and what it did last."""
    state, role = tr("就绪"), "accent_text"
    if paper.trouble is not None:
        state, role = sentence(paper.trouble), "warn_text"
    elif not paper.has_printer:
        state, role = tr("没有打印机"), "ink_2"
    actions = (Action("test", tr("打印测试")),)
    return Row("printer", "printer", tr("小票打印机"), state, role, actions)


def drawer_row(paper: PaperDesk) -> Row:
    """钱箱: what opens it."""
    port, actions = drawer_port(paper.drawer), (Action("set", tr("设置")),)
    if port is not None:
        state = tr("在串口 {device} 上", device=port.device)
    elif paper.drawer == NO_DRAWER:
        state = tr("没有钱箱")
    else:
        state = tr("跟着打印机开") if paper.has_printer else tr("要接在打印机上，现在没有打印机")
    return Row("drawer", "drawer", tr("钱箱"), state, actions=actions)


def computer_row() -> Row:
    """这台电脑: everything of it is looked at at once."""
    check = Action("check", tr("检查"))
    words = tr("数据、钥匙、备份、设备、字体、时钟、磁盘")
    return Row("computer", "shield", tr("这台电脑"), words, actions=(check,))


def display_row(settings: Settings, customer: CustomerDesk) -> Row:
    """客显: what the customer sees, and where."""
    state, role = display_words(settings, customer)
    return Row("display", "device", tr("客显"), state, role, (Action("set", tr("设置")),))


def display_words(settings: Settings, customer: CustomerDesk) -> tuple[str, str]:
    """Where the customer's window is, and the colour that it is said in."""
    if customer.wrong is not None:
        return sentence(customer.wrong), "warn_text"
    if customer.pole.trouble is not None:
        return sentence(customer.pole.trouble), "warn_text"
    if settings.display == NONE:
        has_pole = customer.pole.profile is not None
        return (tr("杆式客显就绪"), "accent_text") if has_pole else (tr("没有客显"), "ink_2")
    if customer.screen:
        return tr("在屏幕 {screen} 上", screen=customer.screen), "accent_text"
    if settings.display == WINDOW:
        is_there = customer.is_shown
        return (tr("在一个窗口里"), "accent_text") if is_there else (tr("窗口关了"), "warn_text")
    return tr("等第二块屏幕接上"), "warn_text"
