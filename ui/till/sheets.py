"""对话框: the sheets over the counter, each loaded and made when it is first asked for.

A start pays for no sheet, however many there are. Another sheet is another property here, and its
conversation another one in `ui/till/talks.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.actions.serve import check_scan
from core.errors import EnrolmentScanned, Refused
from core.values.stripe import is_stripe
from ui.devices import sound
from ui.look import Look
from ui.text import sentence, tr

if TYPE_CHECKING:
    from ui.login.override import OverrideSheet
    from ui.till.ask import AskSheet
    from ui.till.by_hand import ByHandSheet
    from ui.till.cash import CashSheet
    from ui.till.change_pin import ChangePinSheet
    from ui.till.close_day import CloseDaySheet
    from ui.till.count import CountSheet
    from ui.till.display import DisplaySheet
    from ui.till.drawer import DrawerSheet
    from ui.till.drawer_test import DrawerTestSheet
    from ui.till.examination import ExaminationSheet
    from ui.till.find_sale import FindSaleSheet
    from ui.till.gifts import GiftSheet
    from ui.till.help import HelpSheet
    from ui.till.hold import HoldSheet
    from ui.till.join import JoinSheet
    from ui.till.member_papers import MemberPapersSheet
    from ui.till.member_sheet import MemberSheet
    from ui.till.new_product import NewProductSheet
    from ui.till.offers import OfferSheet
    from ui.till.papers import PapersSheet
    from ui.till.payment import PaymentSheet
    from ui.till.points import PointsSheet
    from ui.till.ports import PortsSheet
    from ui.till.price import PriceSheet
    from ui.till.printer import PrinterSheet
    from ui.till.recall import RecallSheet
    from ui.till.report import ReportSheet
    from ui.till.returns import ReturnSheet
    from ui.till.rewards import RewardSheet
    from ui.till.row_sheet import RowSheet
    from ui.till.scanner_sheet import ScannerSheet
    from ui.till.settings import SettingsSheet
    from ui.till.shift import ShiftSheet
    from ui.till.tags import TagsSheet
    from ui.till.take_over import TakeOverSheet
    from ui.till.trace import TraceSheet
    from ui.till.trace_name import TraceNameSheet
    from ui.till.void import VoidSheet
    from ui.widgets.sheet import Sheet

S = TypeVar("S", bound="Sheet")


class Sheets(QObject):
    """The sheets of one window; `put_aside` gives all codes that wait until none lies open."""

    opened, closed = Signal(), Signal()
    put_aside = Signal(object)

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._made: list[Sheet] = []

    @property
    def has_open(self) -> bool:
        """Whether a sheet lies over the page."""
        return bool(self.open_names)

    @property
    def open_names(self) -> tuple[str, ...]:
        """The names of the sheets that lie over the page."""
        return tuple(sheet.objectName() for sheet in self._made if sheet.isVisible())

    def have(self, widget: QWidget) -> bool:
        """Whether a widget stands on a sheet that lies over the page."""
        return any(sheet.isVisible() and sheet.isAncestorOf(widget) for sheet in self._made)

    def take_scan(self, text: str) -> bool:
        """Whether an open sheet took a code, or said why not; none gets what one pays with."""
        if (upmost := self.upmost) is None:
            return False
        try:
            is_of_card = is_stripe(check_scan(text))
        except Refused as refused:
            if isinstance(refused, EnrolmentScanned) and upmost.takes_secrets:
                return upmost.take_scan(text)
            upmost.refuse_scan(sentence(refused))
            return True
        if refuses := is_of_card and any(sheet.shows_scans for sheet in self._from_above()):
            upmost.refuse_scan()
        return refuses or any(sheet.take_scan(text) for sheet in self._from_above())

    @property
    def upmost(self) -> Sheet | None:
        """The sheet that lies over all others."""
        return next(iter(self._from_above()), None)

    def _from_above(self) -> list[Sheet]:
        open_ones = [sheet for sheet in self._made if sheet.isVisible()]
        return sorted(open_ones, key=self._window.children().index, reverse=True)

    @cached_property
    def payment(self) -> PaymentSheet:
        """收款."""
        from ui.till.payment import PaymentSheet

        return self._keep(PaymentSheet(self._look, self._window))

    @cached_property
    def join(self) -> JoinSheet:
        """入会."""
        from ui.till.join import JoinSheet

        return self._keep(JoinSheet(self._look, self._window))

    @cached_property
    def product(self) -> NewProductSheet:
        """新增商品."""
        from ui.till.new_product import NewProductSheet

        return self._keep(NewProductSheet(self._look, self._window))

    @cached_property
    def close_day(self) -> CloseDaySheet:
        """日结."""
        from ui.till.close_day import CloseDaySheet

        return self._keep(CloseDaySheet(self._look, self._window))

    @cached_property
    def shift(self) -> ShiftSheet:
        """班次."""
        from ui.till.shift import ShiftSheet

        return self._keep(ShiftSheet(self._look, self._window))

    @cached_property
    def cash(self) -> CashSheet:
        """放入 · 取出现金."""
        from ui.till.cash import CashSheet

        return self._keep(CashSheet(self._look, self._window))

    @cached_property
    def drawer(self) -> DrawerSheet:
        """开钱箱."""
        from ui.till.drawer import DrawerSheet

        return self._keep(DrawerSheet(self._look, self._window))

    @cached_property
    def returns(self) -> ReturnSheet:
        """退货."""
        from ui.till.returns import ReturnSheet

        return self._keep(ReturnSheet(self._look, self._window))

    @cached_property
    def find_sale(self) -> FindSaleSheet:
        """找单."""
        from ui.till.find_sale import FindSaleSheet

        return self._keep(FindSaleSheet(self._look, self._window))

    @cached_property
    def void(self) -> VoidSheet:
        """作废."""
        from ui.till.void import VoidSheet

        return self._keep(VoidSheet(self._look, self._window))

    @cached_property
    def report(self) -> ReportSheet:
        """报表."""
        from ui.till.report import ReportSheet

        return self._keep(ReportSheet(self._look, self._window))

    @cached_property
    def change_shift(self) -> CountSheet:
        """交接班."""
        from ui.till.count import CountSheet

        return self._keep(CountSheet(self._look, self._window, tr("交接班"), name="change_shift"))

    @cached_property
    def take_over(self) -> TakeOverSheet:
        """接班."""
        from ui.till.take_over import TakeOverSheet

        return self._keep(TakeOverSheet(self._look, self._window))

    @cached_property
    def help(self) -> HelpSheet:
        """帮助."""
        from ui.till.help import HelpSheet

        return self._keep(HelpSheet(self._look, self._window))

    @cached_property
    def price(self) -> PriceSheet:
        """查价."""
        from ui.till.price import PriceSheet

        return self._keep(PriceSheet(self._look, self._window))

    @cached_property
    def hold(self) -> HoldSheet:
        """挂单."""
        from ui.till.hold import HoldSheet

        return self._keep(HoldSheet(self._look, self._window))

    @cached_property
    def recall(self) -> RecallSheet:
        """取单."""
        from ui.till.recall import RecallSheet

        return self._keep(RecallSheet(self._look, self._window))

    @cached_property
    def by_hand(self) -> ByHandSheet:
        """手工优惠."""
        from ui.till.by_hand import ByHandSheet

        return self._keep(ByHandSheet(self._look, self._window))

    @cached_property
    def points(self) -> PointsSheet:
        """积分抵扣."""
        from ui.till.points import PointsSheet

        return self._keep(PointsSheet(self._look, self._window))

    @cached_property
    def gifts(self) -> GiftSheet:
        """赠品 · 加价购."""
        from ui.till.gifts import GiftSheet

        return self._keep(GiftSheet(self._look, self._window))

    @cached_property
    def offers(self) -> OfferSheet:
        """关优惠."""
        from ui.till.offers import OfferSheet

        return self._keep(OfferSheet(self._look, self._window))

    @cached_property
    def rewards(self) -> RewardSheet:
        """积分兑换."""
        from ui.till.rewards import RewardSheet

        return self._keep(RewardSheet(self._look, self._window))

    @cached_property
    def override(self) -> OverrideSheet:
        """授权."""
        from ui.login.override import OverrideSheet

        return self._keep(OverrideSheet(self._look, self._window))

    @cached_property
    def change_pin(self) -> ChangePinSheet:
        """改 PIN."""
        from ui.till.change_pin import ChangePinSheet

        return self._keep(ChangePinSheet(self._look, self._window))

    @cached_property
    def scanner(self) -> ScannerSheet:
        """扫码枪自检."""
        from ui.till.scanner_sheet import ScannerSheet

        return self._keep(ScannerSheet(self._look, self._window))

    @cached_property
    def ports(self) -> PortsSheet:
        """串口扫码枪."""
        from ui.till.ports import PortsSheet

        return self._keep(PortsSheet(self._look, self._window))

    @cached_property
    def member_papers(self) -> MemberPapersSheet:
        """给会员打印."""
        from ui.till.member_papers import MemberPapersSheet

        return self._keep(MemberPapersSheet(self._look, self._window))

    @cached_property
    def papers(self) -> PapersSheet:
        """票据样式."""
        from ui.till.papers import PapersSheet

        return self._keep(PapersSheet(self._look, self._window))

    @cached_property
    def tags(self) -> TagsSheet:
        """标价签."""
        from ui.till.tags import TagsSheet

        return self._keep(TagsSheet(self._look, self._window))

    @cached_property
    def settings(self) -> SettingsSheet:
        """设置."""
        from ui.till.settings import SettingsSheet

        return self._keep(SettingsSheet(self._look, self._window))

    @cached_property
    def examination(self) -> ExaminationSheet:
        """检查这台电脑."""
        from ui.till.examination import ExaminationSheet

        return self._keep(ExaminationSheet(self._look, self._window))

    @cached_property
    def display(self) -> DisplaySheet:
        """客显."""
        from ui.till.display import DisplaySheet

        return self._keep(DisplaySheet(self._look, self._window))

    @cached_property
    def drawer_test(self) -> DrawerTestSheet:
        """钱箱."""
        from ui.till.drawer_test import DrawerTestSheet

        return self._keep(DrawerTestSheet(self._look, self._window))

    @cached_property
    def printer(self) -> PrinterSheet:
        """小票打印机."""
        from ui.till.printer import PrinterSheet

        return self._keep(PrinterSheet(self._look, self._window))

    @cached_property
    def devices(self) -> RowSheet:
        """设备."""
        from ui.till.row_sheet import RowSheet

        return self.make(partial(RowSheet, title=tr("设备"), kind="device", name="devices"))

    @cached_property
    def member(self) -> MemberSheet:
        """会员."""
        from ui.till.member_sheet import MemberSheet

        return self._keep(MemberSheet(self._look, self._window))

    @cached_property
    def trace(self) -> TraceSheet:
        """追溯码."""
        from ui.till.trace import TraceSheet

        return self._keep(TraceSheet(self._look, self._window))

    @cached_property
    def trace_name(self) -> TraceNameSheet:
        """认码."""
        from ui.till.trace_name import TraceNameSheet

        return self._keep(TraceNameSheet(self._look, self._window))

    @cached_property
    def ask(self) -> AskSheet:
        """问一次."""
        from ui.till.ask import AskSheet

        return self._keep(AskSheet(self._look, self._window))

    def make(self, kind: Callable[[Look, QWidget], S]) -> S:
        """A sheet that one conversation alone has, and keeps."""
        return self._keep(kind(self._look, self._window))

    def _keep(self, sheet: S) -> S:
        self._made.append(sheet)
        sheet.opened.connect(self.opened)
        sheet.closed.connect(self.closed)
        sheet.scan_refused.connect(sound.play_error)
        return sheet
