"""单据: the commands of the screenless till about its paper."""

from __future__ import annotations

from core.actions import report as reporting
from core.actions import reprint as reprinting
from ui.console.desk import Desk
from ui.devices.columns import as_text
from ui.text import sentence, tr


class PaperCommands:
    """Receipts and reports as files and on paper, and how the printer is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_receipt(self, no: str = "") -> str:
        desk = self._desk
        sale = reprinting.find_sale(desk.shop, no or None)
        return tr("小票 {no} 已存到：{files}", no=sale.no, files=desk.save(sale.receipt))

    def do_reprint(self, no: str = "") -> str:
        desk = self._desk
        receipt = reprinting.reprint(desk.shop, staff=desk.who(), sale_no=no or None)
        desk.paper.print(receipt)
        return tr("{no} 已补打。", no=receipt.no)

    def do_x(self) -> str:
        desk = self._desk
        report = reporting.x_report(desk.shop, staff=desk.who(), approval=desk.approval())
        desk.paper.print(report)
        return as_text(report)

    def do_z(self, no: str = "") -> str:
        desk = self._desk
        report = reporting.report_again(
            desk.shop, no or None, staff=desk.who(), approval=desk.approval()
        )
        files = desk.save(report)
        desk.paper.print(report)
        return tr("日结单 {no} 已补打，存到：{files}", no=report.no, files=files)

    def do_status(self) -> str:
        trouble = self._desk.paper.trouble or self._desk.paper.missing
        return sentence(trouble) if trouble else tr("就绪。")
