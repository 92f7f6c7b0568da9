"""毛病: each trouble of the machine is said where it does not stop anybody, until it is over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.actions import hold as holding
from core.errors import DiskFull, PrintedInPart
from core.shop import Shop
from storage.import_record import APPLYING, MEMBERS, ImportRow, begin
from storage.imports import undo_unfinished
from storage.machine import SystemClock
from storage.store import TillStore
from tests.ui.till.counter.at_counter import CALCIUM, VITAMIN, Cashier
from ui.catalogue import speak
from ui.devices.printer import FilePrinter
from ui.devices.profile import GB18030
from ui.till.notices import CLOCK, DISK, ENDED, IMPORT, MISSING, PAPERS, PRINTER, QUEUE, STORE

MIB = 1 << 20


@pytest.fixture
def free_mib(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    def leave(mib: int) -> None:
        monkeypatch.setattr("storage.health.free_space", lambda _home: mib * MIB)

    return leave


def said(cashier: Cashier, place: str) -> str:
    return cashier.page.basket.notices.text(place)


def shown(cashier: Cashier) -> dict[str, str]:
    return {status.name: status.text for status in cashier.window.troubles.statuses()}


def look(cashier: Cashier) -> None:
    cashier.window.troubles.look()
    cashier.bot.waitUntil(lambda: not cashier.window._work.is_busy)


def sell(cashier: Cashier) -> None:
    cashier.scan(VITAMIN)
    cashier.pay()
    cashier.settle_down()


def test_a_full_disk_is_said_before_a_sale_finds_it(cashier: Cashier, free_mib) -> None:
    look(cashier)
    assert said(cashier, DISK) == "" and DISK not in shown(cashier)
    free_mib(700)
    look(cashier)
    assert "磁盘只剩 700 MB" in said(cashier, DISK)
    assert shown(cashier)[DISK] == "磁盘快满"
    sell(cashier)
    assert cashier.sales() == 1


def test_what_was_read_stays_away_until_it_is_worse(cashier: Cashier, free_mib) -> None:
    free_mib(700)
    look(cashier)
    cashier.page.trouble_answered.emit(DISK, "read")
    free_mib(650)
    look(cashier)
    assert said(cashier, DISK) == "" and DISK in shown(cashier)
    free_mib(50)
    look(cashier)
    assert "快满了，只剩 50 MB" in said(cashier, DISK)
    free_mib(50_000)
    look(cashier)
    assert said(cashier, DISK) == "" and DISK not in shown(cashier)


def test_a_printer_that_is_not_there_is_said_before_the_first_paper(
    cashier: Cashier, tmp_path: Path
) -> None:
    desk, place = cashier.window.paper, tmp_path / "dock" / "paper.bin"
    desk.use(FilePrinter(place), GB18030, 80)
    cashier.window.troubles.look()
    cashier.wait(lambda: "打印机用不上" in said(cashier, MISSING))
    assert shown(cashier)[PRINTER] == "打印机有问题"
    place.parent.mkdir()
    cashier.wait(lambda: not cashier.window.troubles._labour.is_busy)
    cashier.window.troubles.look()
    cashier.wait(lambda: not said(cashier, MISSING))
    assert shown(cashier)[PRINTER] == "就绪"


def test_a_slow_clock_is_shown_and_a_very_slow_one_said(cashier: Cashier, monkeypatch) -> None:
    monkeypatch.setattr(SystemClock, "behind_s", 61)
    look(cashier)
    assert said(cashier, CLOCK) == "" and shown(cashier)[CLOCK] == "时钟慢了"
    monkeypatch.setattr(SystemClock, "behind_s", 15 * 60)
    look(cashier)
    assert "早 15 分钟" in said(cashier, CLOCK)
    sell(cashier)


def test_a_basket_that_is_not_kept_is_said_and_sells_on(cashier: Cashier, monkeypatch) -> None:
    keeps = holding.keep_open

    def fails(_shop: Shop, _basket: object, _codes: object) -> None:
        raise DiskFull()

    monkeypatch.setattr(holding, "keep_open", fails)
    cashier.scan(VITAMIN)
    cashier.wait(lambda: "磁盘满了" in said(cashier, STORE))
    assert shown(cashier)[STORE] == "没存到磁盘"
    monkeypatch.setattr(holding, "keep_open", keeps)
    cashier.scan(CALCIUM)
    cashier.wait(lambda: said(cashier, STORE) == "")
    assert cashier.codes() == [VITAMIN, CALCIUM]


def test_what_did_not_come_out_is_printed_again_or_kept_as_pdf(cashier: Cashier) -> None:
    cashier.printer.is_jammed = True
    sell(cashier)
    cashier.press("Esc")
    sell(cashier)
    cashier.wait(lambda: shown(cashier)[PRINTER] == "2 张没打")
    assert "收款照常" in said(cashier, PRINTER)
    cashier.page.trouble_answered.emit(PRINTER, "file")
    cashier.wait(lambda: "已存为 PDF" in said(cashier, PRINTER))
    cashier.wait(lambda: shown(cashier)[PRINTER] == "就绪")
    folder = cashier.window.paper._folder
    assert folder is not None
    cashier.wait(lambda: len(list(folder.glob("*.pdf"))) == 2)
    cashier.page.trouble_answered.emit(PRINTER, "drop")
    assert said(cashier, PRINTER) == ""


def test_an_import_that_is_taken_back_is_said_until_it_is_gone(cashier: Cashier) -> None:
    look(cashier)
    assert said(cashier, IMPORT) == "" and IMPORT not in shown(cashier)
    store = cashier.shop.store
    assert isinstance(store, TillStore)
    with store.writer() as connection:  # as one leaves it that was killed at its first row
        begin(connection, ImportRow(bytes(16), MEMBERS, APPLYING, 0, first_n=0, first_sale_n=0))
    look(cashier)
    assert said(cashier, IMPORT).startswith("有一次导入正在撤回。收款照常")
    assert shown(cashier)[IMPORT] == "撤回导入"
    sell(cashier)
    with store.read() as reading:
        assert undo_unfinished(store, cashier.shop.moment(reading)) == 1
    look(cashier)
    assert said(cashier, IMPORT) == "" and IMPORT not in shown(cashier)
    assert cashier.sales() == 1


def test_papers_that_cannot_be_kept_are_said_with_what_to_do(cashier: Cashier) -> None:
    blocked = cashier.window.paper.folder.parent / "print-queue"
    blocked.write_text("no folder")
    cashier.window.paper._line._folder = blocked
    sell(cashier)
    # A long path loses its beginning.
    cashier.wait(lambda: f"{blocked.parent.name}/{blocked.name}" in said(cashier, QUEUE))
    assert "请把文件夹" in said(cashier, QUEUE) and shown(cashier)[PRINTER] == "小票留不住"
    assert len(cashier.printer.printed) == 1, "it is printed all the same"


def test_no_notice_takes_the_focus(cashier: Cashier, free_mib) -> None:
    free_mib(50)
    cashier.printer.is_jammed = True
    look(cashier)
    sell(cashier)
    cashier.press("Esc")
    cashier.wait(lambda: said(cashier, PRINTER) != "")
    assert cashier.page.scan.edit.hasFocus()


def test_a_sudden_end_is_said_until_somebody_has_read_it(cashier: Cashier) -> None:
    look(cashier)
    assert said(cashier, ENDED) == ""
    cashier.shop.machine.ended = "crashes/crash-1.txt"
    look(cashier)
    assert said(cashier, ENDED).startswith("上次程序没有正常结束")
    assert "crashes/crash-1.txt" in said(cashier, ENDED)
    cashier.press("Esc")
    look(cashier)
    assert said(cashier, ENDED) == ""
    sell(cashier)


def test_where_it_ended_is_read_first_in_every_language(cashier: Cashier) -> None:
    cashier.shop.machine.ended = "crashes/crash-1.txt"
    speak("en")
    try:
        look(cashier)
    finally:
        speak("zh_CN")
    notice = cashier.page.basket.notices._shown[ENDED]
    assert notice.title.text() == "The last run broke off"
    assert notice.line.text().startswith("What happened is in crashes/crash-1.txt")


def test_a_design_with_a_mistake_is_said_and_receipts_come_out(cashier: Cashier) -> None:
    folder = cashier.window.paper.designs.folder
    assert folder is not None
    folder.mkdir()
    (folder / "receipt.toml").write_text('[[part]]\ntext = "{shop}"\n', encoding="utf-8")
    look(cashier)
    assert "第 2 行" in said(cashier, PAPERS) and "打印照常" in said(cashier, PAPERS)
    sell(cashier)
    cashier.wait(lambda: bool(cashier.printer.printed))
    (folder / "receipt.toml").unlink()
    look(cashier)
    assert said(cashier, PAPERS) == ""


def test_a_drawer_that_did_not_open_is_said_and_what_waits_is_said_again(cashier: Cashier) -> None:
    cashier.printer.is_jammed = True
    cashier.window.paper.open_drawer()
    cashier.wait(lambda: "钱箱没有打开" in said(cashier, PRINTER))
    assert "请用钥匙开" in said(cashier, PRINTER)
    assert "重打" not in said(cashier, PRINTER), "nothing waits"
    cashier.page.trouble_answered.emit(PRINTER, "read")
    assert said(cashier, PRINTER) == ""
    sell(cashier)
    cashier.wait(lambda: "没有打出来" in said(cashier, PRINTER))
    cashier.window.paper.open_drawer()
    cashier.wait(lambda: "钱箱没有打开" in said(cashier, PRINTER))
    cashier.page.trouble_answered.emit(PRINTER, "read")
    assert "没有打出来" in said(cashier, PRINTER)


def test_a_receipt_that_may_be_on_paper_asks_a_person(cashier: Cashier) -> None:
    printer = DiesMidway()
    cashier.window.paper.use(printer, GB18030, 80)
    sell(cashier)
    cashier.wait(lambda: "可能没有打完" in said(cashier, PRINTER))
    printer.is_dead = False
    sell(cashier)
    cashier.wait(lambda: len(printer.printed) == 2)
    assert cashier.sales() == 2
    assert shown(cashier)[PRINTER] == "1 张没打"
    cashier.page.trouble_answered.emit(PRINTER, "again")
    cashier.wait(lambda: len(printer.printed) == 3)
    cashier.wait(lambda: shown(cashier)[PRINTER] == "就绪")


def test_all_papers_that_did_not_come_out_are_counted(cashier: Cashier) -> None:
    cashier.printer.is_jammed = True
    for _ in range(3):
        sell(cashier)
    cashier.wait(lambda: said(cashier, PRINTER).startswith("3 张纸没有打出来"))
    assert "000001" in said(cashier, PRINTER) and "000003" in said(cashier, PRINTER)
    notice = cashier.page.basket.notices._shown[PRINTER]
    assert notice.buttons[0].accessibleName().startswith("重打 3 张")
    cashier.printer.is_jammed = False
    cashier.page.trouble_answered.emit(PRINTER, "again")
    cashier.wait(lambda: len(cashier.printer.printed) == 3)
    cashier.wait(lambda: shown(cashier)[PRINTER] == "就绪")
    assert said(cashier, PRINTER) == ""


class DiesMidway:
    """Takes the bytes, and answers no more."""

    def __init__(self) -> None:
        self.is_dead = True
        self.printed: list[bytes] = []

    def print(self, data: bytes, *, begun: Callable[[], None] | None = None) -> None:
        assert begun is not None
        begun()
        self.printed.append(data)
        if self.is_dead:
            raise PrintedInPart("打印机 192.0.2.1:9100 没有回应")
