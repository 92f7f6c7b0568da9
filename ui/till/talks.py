"""对话: the conversations with the sheets of one window, each made when it is first begun.

Another sheet is another property here, and its key another line in `by_key`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import TraceTwice
from core.values.settings import Settings
from ui.chain_desk import ChainDesk
from ui.customer.desk import CustomerDesk
from ui.devices.paper import PaperDesk
from ui.devices.scan_desk import ScanDesk
from ui.till import keys
from ui.till.day_flow import DayFlow
from ui.till.flow import TillFlow
from ui.till.page import TillPage
from ui.till.sheets import Sheets
from ui.work import Work

if TYPE_CHECKING:
    from core.actions.change_settings import Keep
    from core.actions.shift import ShiftChanged
    from core.trust.staff import Staff
    from ui.login.allowed import Allowed
    from ui.login.override_flow import OverrideFlow
    from ui.till.by_hand_flow import ByHandFlow
    from ui.till.change_flow import ChangeFlow
    from ui.till.close_day_flow import CloseDayFlow
    from ui.till.drawer_flow import CashFlow, OpenDrawerFlow
    from ui.till.examination_flow import Examine
    from ui.till.gift_flow import GiftFlow
    from ui.till.help import HelpSheet
    from ui.till.hold_flow import HoldFlow
    from ui.till.machine_talks import MachineTalks
    from ui.till.member_talk import MemberTalk
    from ui.till.offer_flow import OfferFlow
    from ui.till.pay_talk import PayTalk
    from ui.till.personal_flow import PersonalFlow
    from ui.till.points_flow import PointsFlow
    from ui.till.price_flow import PriceFlow
    from ui.till.scan_talk import ScanTalk
    from ui.till.sheet_flow import JoinFlow, NewProductFlow
    from ui.till.shift_flow import ShiftFlow
    from ui.till.sold_talks import SoldTalks


class Talks(QObject):
    """Begins what the page asks for. `settings_changed` gives settings that a person chose,
    `training_asked` tells that a lesson is to begin or to end, `office_asked` that somebody wants
    the manager's room."""

    settings_changed, training_asked, office_asked = Signal(object), Signal(), Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        work: Work,
        page: TillPage,
        sheets: Sheets,
        flow: TillFlow,
        days: DayFlow,
        paper: PaperDesk,
        scans: ScanDesk,
        customer: CustomerDesk,
        settings: Settings,
        keep: Keep,
        examine: Examine,
        chain: ChainDesk,
    ) -> None:
        super().__init__(window)
        self._work = work
        self._page = page
        self._sheets = sheets
        self._flow = flow
        self._days = days
        self._paper, self._scans, self._customer = paper, scans, customer
        self._settings, self._keep = settings, keep
        self._examine, self._chain = examine, chain
        page.pay_asked.connect(lambda: flow.when_done(self.paying.begin))
        page.member_asked.connect(lambda: flow.when_done(self._begin_member))
        page.mend_asked.connect(lambda: self._mend())
        page.product_asked.connect(lambda: self.products.begin(flow.unknown_code))
        page.asked.connect(lambda key: flow.when_done(self.by_key[key]))
        page.help_asked.connect(lambda: self.helping.open())
        flow.questioned.connect(lambda error, text: self.scanning.answer(error, text))
        flow.keeping.lies_over.connect(lambda codes: self.scanning.left_over.show(codes))
        sheets.put_aside.connect(flow.keeping.put_aside)

    @cached_property
    def by_key(self) -> dict[str, Callable[[], None]]:
        """What the keys begin that open something of its own."""
        from ui.till.fresh import begin_fresh

        return {
            keys.BY_HAND: lambda: self.by_hand.begin(self._current_line()),
            keys.POINTS: lambda: self.points.begin(),
            keys.GIFTS: self._begin_gifts,
            keys.HOLD: lambda: self.holding.begin_hold(),
            keys.RECALL: lambda: self.holding.begin_recall(),
            keys.RETURN: lambda: self.sold.returning.begin(),
            keys.FIND: lambda: self.sold.finding.begin(),
            keys.DRAWER: lambda: self.opening.begin(),
            keys.SHIFT: lambda: self.shifting.begin(),
            keys.SETTINGS: lambda: self.machine.setting.begin(),
            keys.PRICE: lambda: self.pricing.begin(),
            keys.FRESH: lambda: begin_fresh(self._flow, self.member, self.machine),
            keys.TRAIN: self.training_asked.emit,
            keys.IN_FULL: lambda: self.personal.begin(),
        }

    def _begin_gifts(self) -> None:
        """Of the goods that stand there; between two customers, the gift receipt of the last."""
        counter = self._flow.counter
        if counter is None or counter.basket.is_empty:
            self.sold.gift_paper.begin()
        else:
            self.gifts.begin()

    @cached_property
    def helping(self) -> HelpSheet:
        """帮助."""
        sheet = self._sheets.help
        sheet.pressed.connect(self._page.press)
        return sheet

    @cached_property
    def paying(self) -> PayTalk:
        """收款."""
        from ui.till.pay_talk import PayTalk

        return PayTalk(
            self._work,
            self._flow,
            self._sheets,
            self._paper,
            scanning=lambda: self.scanning,
            by_hand=lambda: self.by_hand,
            gifts=lambda: self.gifts,
            override=lambda: self.override,
            ask_quantity=self._page.ask_quantity,
            chain=self._chain,
            parent=self,
        )

    @cached_property
    def by_hand(self) -> ByHandFlow:
        """手工优惠."""
        from ui.till.by_hand_flow import ByHandFlow

        sheet = self._sheets.by_hand
        sheet.offers_asked.connect(self._begin_offers)
        return ByHandFlow(self._work, self._flow, sheet, self.override, self)

    @cached_property
    def offers(self) -> OfferFlow:
        """关优惠."""
        from ui.till.offer_flow import OfferFlow

        return OfferFlow(self._work, self._flow, self._sheets.offers, self.override, self)

    def _begin_offers(self) -> None:
        self._sheets.by_hand.shut()
        self.offers.begin()

    @cached_property
    def points(self) -> PointsFlow:
        """积分抵扣."""
        from ui.till.points_flow import PointsFlow

        return PointsFlow(self._work, self._flow, self._sheets.points, self)

    @cached_property
    def gifts(self) -> GiftFlow:
        """赠品 · 加价购."""
        from ui.till.gift_flow import GiftFlow

        return GiftFlow(self._work, self._flow, self._sheets.gifts, self)

    @cached_property
    def holding(self) -> HoldFlow:
        """挂单 · 取单."""
        from ui.till.hold_flow import HoldFlow

        return HoldFlow(
            self._work,
            self._flow,
            self._sheets,
            self.allowed,
            self._chain,
            prints=lambda: self._settings.prints_hold_slips,
            parent=self,
        )

    @cached_property
    def pricing(self) -> PriceFlow:
        """查价."""
        from ui.till.price_flow import PriceFlow

        self._sheets.price.tagged.connect(lambda code: self.machine.begin_tag(code))
        return PriceFlow(self._work, self._flow, self._sheets.price, self)

    @cached_property
    def member(self) -> MemberTalk:
        """会员."""
        from ui.till.member_talk import MemberTalk

        return MemberTalk(self._work, self._flow, self._sheets, self._paper, self.override, self)

    @cached_property
    def joins(self) -> JoinFlow:
        """入会."""
        from ui.till.sheet_flow import JoinFlow

        return JoinFlow(self._flow, self._sheets.join, self)

    @cached_property
    def products(self) -> NewProductFlow:
        """新增商品."""
        from ui.till.sheet_flow import NewProductFlow

        return NewProductFlow(self._flow, self._sheets.product, self)

    @cached_property
    def closing(self) -> CloseDayFlow:
        """日结."""
        from ui.till.close_day_flow import CloseDayFlow

        closing = CloseDayFlow(self._work, self._flow, self._sheets.close_day, self)
        closing.ended.connect(self._days.begin)
        closing.drawer_opened.connect(self._paper.open_drawer)
        closing.reported.connect(self._paper.print)
        return closing

    @cached_property
    def changing(self) -> ChangeFlow:
        """交接班."""
        from ui.till.change_flow import ChangeFlow

        sheets = self._sheets
        changing = ChangeFlow(self._work, self._flow, sheets.change_shift, sheets.take_over, self)
        changing.drawer_opened.connect(self._paper.open_drawer)
        changing.changed.connect(self._on_shift_changed)
        return changing

    @cached_property
    def sold(self) -> SoldTalks:
        """卖过的单."""
        from ui.till.sold_talks import SoldTalks

        room = (self._work, self._flow, self._sheets, self._paper, self._chain)
        return SoldTalks(
            *room, override=lambda: self.override, allowed=lambda: self.allowed, parent=self
        )

    @cached_property
    def scanning(self) -> ScanTalk:
        """What a scan asks back."""
        from ui.till.scan_talk import ScanTalk

        return ScanTalk(
            self._work,
            self._flow,
            self._sheets,
            lambda: self.override,
            take_back=lambda no: self.sold.returning.begin_with(no),
            gift=lambda no: self.sold.gift_paper.begin(no),
            parent=self,
        )

    @cached_property
    def opening(self) -> OpenDrawerFlow:
        """开钱箱."""
        from ui.till.drawer_flow import OpenDrawerFlow

        return OpenDrawerFlow(self._sheets.drawer, self._paper, self.allowed, self)

    @cached_property
    def cash(self) -> CashFlow:
        """放入 · 取出现金."""
        from ui.drawer_text import moved_words
        from ui.till.drawer_flow import CashFlow

        cash = CashFlow(self._sheets.cash, self._paper, self.allowed, self)
        cash.moved.connect(lambda move: self._page.say_done(moved_words(move), icon="drawer"))
        return cash

    @cached_property
    def shifting(self) -> ShiftFlow:
        """班次."""
        from core.sales.drawer import MoveKind
        from ui.till.shift_flow import ShiftFlow

        return ShiftFlow(
            self._work,
            self._flow,
            sheet=self._sheets.shift,
            report=self._sheets.report,
            ask=self._sheets.ask,
            paper=self._paper,
            override=self.override,
            begins={
                "pay_in": lambda: self.cash.begin(MoveKind.IN),
                "pay_out": lambda: self.cash.begin(MoveKind.OUT),
                "change": lambda: self.changing.begin(),
                "close": lambda: self.closing.begin(),
                "drawer": lambda: self.opening.begin(),
            },
            parent=self,
        )

    @cached_property
    def machine(self) -> MachineTalks:
        """设置、改 PIN、设备."""
        from ui.till.machine_talks import MachineTalks

        machine = MachineTalks(
            self._work,
            self._sheets,
            self._paper,
            self._scans,
            self._customer,
            settings=self._settings,
            keep=self._keep,
            staff=lambda: self._days.staff,
            mends=self.override.mends,
            allowed=self.allowed,
            examine=self._examine,
            chain=self._chain,
            parent=self,
        )
        machine.settings_changed.connect(self._take_settings)
        machine.office_asked.connect(self.office_asked)
        return machine

    @cached_property
    def override(self) -> OverrideFlow:
        """授权: for every flow with a step that somebody else may allow."""
        from ui.login.override_flow import OverrideFlow

        return OverrideFlow(self._work, self._flow, self._sheets.override, self)

    @cached_property
    def allowed(self) -> Allowed:
        """Acts as whoever stands here, or is allowed by somebody else."""
        from ui.login.allowed import Allowed

        return Allowed(self._work, lambda: self._days.staff, self.override.mends)

    @cached_property
    def personal(self) -> PersonalFlow:
        """看完整资料."""
        from ui.till.personal_flow import PersonalFlow

        panel = self._page.member
        self._days.locked.connect(lambda _is_locked: panel.mask_again())
        return PersonalFlow(self._flow, panel, self.allowed, self._chain, self)

    def _take_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.settings_changed.emit(settings)

    def _current_line(self) -> int | None:
        current = self._page.basket.table.current()
        return int(current) if current else None

    def _begin_member(self) -> None:
        counter = self._flow.counter
        if counter is not None and counter.basket.member_id is not None:
            self.member.begin()
        else:
            self._begin_joining()

    def _mend(self) -> None:
        if (error := self._flow.not_served) is not None:
            self._flow.forget_error()
            again = isinstance(error, TraceTwice)
            (self.scanning.naming.mend if again else self.member.mend)(error)

    def _begin_joining(self) -> None:
        typed = self._page.scan.text()
        self._page.scan.clear()
        self.joins.begin(typed)

    def _on_shift_changed(self, outcome: ShiftChanged, staff: Staff) -> None:
        self._paper.print(outcome.report)
        self._days.hand_over(staff)
        from ui.drawer_text import handed_words

        words = handed_words(staff.name, outcome.begun.float_fen)
        self._page.say_done(words, icon="people")
