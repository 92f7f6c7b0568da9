"""设备的状态: what a row of 设备 says of each device, before anything is tried out."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from ui.devices.paper import PaperDesk
from ui.text import sentence, tr
from ui.widgets.banner import Action


class DeviceRow(Struct, frozen=True):
    """One device: what it is, how it is (`role` is a colour of the words), what can be done."""

    name: str
    icon: str
    title: str
    state: str
    role: str = "ink_2"
    actions: tuple[Action, ...] = ()


class Device(Struct, frozen=True):
    """`row` is asked anew whenever the sheet is shown; `acts` are its buttons by their names."""

    row: Callable[[], DeviceRow]
    acts: dict[str, Callable[[], None]] = {}


def scanner_row() -> DeviceRow:
    """扫码枪: one that types needs nothing set."""
    return DeviceRow("scanner", "scan", tr("扫码枪"), tr("键盘口，插上就能用"))


def printer_row(paper: PaperDesk) -> DeviceRow:
    """打印机: whether there is one, and what it did last."""
    name, icon, title = "printer", "printer", tr("小票打印机")
    if not paper.has_printer:
        return DeviceRow(name, icon, title, tr("没有打印机"))
    if paper.trouble is not None:
        return DeviceRow(name, icon, title, sentence(paper.trouble), "warn_text")
    return DeviceRow(name, icon, title, tr("就绪"), "accent_text")


def drawer_row(paper: PaperDesk) -> DeviceRow:
    """钱箱: it hangs on the printer."""
    state = tr("跟着打印机开") if paper.has_printer else tr("要接在打印机上，现在没有打印机")
    return DeviceRow("drawer", "drawer", tr("钱箱"), state)


def display_row() -> DeviceRow:
    """客显: what the customer sees."""
    return DeviceRow("display", "device", tr("客显"), tr("没有客显"))
