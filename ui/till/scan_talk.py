"""扫码的对话: a scan that asks something back is answered here, once, and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions import scan as scanning
from core.actions import trace as tracing
from core.actions.counter import Counter
from core.actions.serve import card_holder
from core.catalog.barcode import read_code
from core.catalog.trace import TraceReason
from core.errors import PaperScanned, SeveralMeanings, StrayTrace, TraceUnknown
from core.members.masks import mask_name
from core.members.member import Member
from core.pricing.basket import Basket, BasketLine
from core.shop import Shop
from core.trust.rights import Approval
from ui.login.override_flow import OverrideFlow
from ui.not_done import say_not_done
from ui.scan_words import MEANINGS, TRACE_REASONS, lacking_words, meaning_name, trace_reason
from ui.text import quoted, tr
from ui.till.flow import TillFlow
from ui.till.left_over import LeftOver
from ui.till.payment_flow import PaymentFlow
from ui.till.sheets import Sheets
from ui.till.trace import TraceSheet
from ui.till.trace_naming import TraceNaming
from ui.till.turns import Turn
from ui.widgets.choices import Choice
from ui.work import Work

ICONS = {scanning.CARD: "user", scanning.COUPON: "coupon", scanning.PHONE: "phone"}
NEXT, THIS = "next", "this"
NO_TRACE = "no trace"
REPRINT, RETURN, GIFT = "reprint", "return", "gift"


class ScanTalk(QObject):
    """What `TillFlow.questioned` tells, and the codes that F9 still wants."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheets: Sheets,
        override: Callable[[], OverrideFlow],
        *,
        take_back: Callable[[str], None],
        gift: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheets = sheets
        self._override = override
        self._papers = {REPRINT: flow.reprint, RETURN: take_back, GIFT: gift}
        self._then: Callable[[], None] | None = None
        self._sale_id: UUID | None = None

    @cached_property
    def _trace(self) -> TraceSheet:
        sheet = self._sheets.trace
        sheet.coded.connect(self._add)
        sheet.scanned.connect(self._scan)
        sheet.waive_asked.connect(self._ask_why)
        return sheet

    @cached_property
    def naming(self) -> TraceNaming:
        """认码."""
        return TraceNaming(self._work, self._flow, self._sheets.trace_name, self._on_coded, self)

    @cached_property
    def left_over(self) -> LeftOver:
        """断掉前放着的码."""
        return LeftOver(self._flow, self)

    def answer(self, error: Exception, text: str) -> None:
        """Ask what a scan left open."""
        if isinstance(error, SeveralMeanings):
            self._ask_meaning(error, text, lambda kind: self._flow.scan(text, str(kind)))
        elif isinstance(error, TraceUnknown):
            self.naming.begin(error.code, text)
        elif isinstance(error, StrayTrace):
            self._ask_line(error)
        elif isinstance(error, PaperScanned):
            self._ask_paper(error.no)

    def _ask_meaning(
        self, error: SeveralMeanings, text: str, chosen: Callable[[object], object]
    ) -> None:
        rows = [
            Choice(kind, meaning_name(kind), icon=ICONS.get(kind, "pill"))
            for kind in MEANINGS
            if kind in error.kinds
        ]
        self._flow.hold()
        title = tr("“{text}”是哪一个？", text=quoted(text))
        self._sheets.ask.ask(title, "", rows, chosen, left=self._flow.release)

    def _ask_line(self, error: StrayTrace) -> None:
        """Which of the lines that lack a code is it for, if it is one at all?"""
        counter = self._flow.counter
        if counter is None:
            return
        lines = [line for line in counter.basket.lacking_traces() if line.no in error.lines]
        rows = [lacking_choice(line) for line in lines]
        rows.append(Choice(NO_TRACE, tr("不是追溯码"), tr("当作没有登记的码"), icon="search"))
        self._flow.hold()
        title = tr("是哪一行的追溯码？")
        line = tr("{code}　像是别的追溯系统的码。", code=quoted(error.code))
        answer = partial(self._on_line, error.code)
        self._sheets.ask.ask(title, line, rows, answer, left=self._flow.release)

    def _on_line(self, code: str, line: object) -> None:
        if isinstance(line, int):
            staff, no = self._flow.staff, line
            self._flow.answer(
                lambda shop, basket: tracing.add_trace(shop, basket, no, code, staff=staff),
                then=self._flow.warn,
                failed=self._flow.say,
            )
        else:
            self._flow.say_unknown(code)
            self._flow.release()

    def demand(self, then: Callable[[], None]) -> None:
        """Ask for the codes that the basket lacks; `then` once none is missing."""
        counter = self._flow.counter
        self._then, self._sale_id = then, counter.basket.sale_id if counter else None
        self._show_lacking()

    def listen(self, payments: PaymentFlow) -> None:
        """Cards and codes that come while somebody pays."""
        payments.scanned.connect(partial(self._queue, payments))
        payments.rejoined.connect(self._flow.adopt)

    def _queue(self, payments: PaymentFlow, text: str) -> None:
        """It stands in line at once; whether it is somebody's card is looked at beside."""
        turn = self._flow.scan(text)
        self._work.act(
            card_holder,
            text,
            then=partial(self._ask_whose, payments, turn),
            failed=lambda _error: None,  # said when its turn comes
        )

    def _ask_whose(self, payments: PaymentFlow, turn: Turn, member: Member | None) -> None:
        """A member's card during the payment: for the next customer, or for this sale after all."""
        if member is None or not self._flow.turns.has(turn) or not payments.wants(member):
            return
        rows = [
            Choice(NEXT, tr("下一位顾客的"), tr("收完这一单，再轮到这张卡"), icon="people"),
            Choice(THIS, tr("就是这一单的"), tr("按会员重新算价，已收的留着"), icon="user"),
        ]

        def answer(key: object) -> None:
            if key == THIS:
                self._flow.turns.drop(turn)
                payments.take_member(member)

        title = tr("{name}的会员卡，算哪一单？", name=mask_name(member.name))
        line = tr("按 Esc 退回，就是下一位的。")
        self._sheets.ask.ask(title, line, rows, answer)

    # Papers

    def _ask_paper(self, no: str) -> None:
        counter = self._flow.counter
        if counter is None or not counter.basket.is_empty or self._sheets.has_open:
            return
        self._flow.forget_error()
        rows = [Choice(REPRINT, tr("补打"), tr("再打一张，印上“副本”"), icon="receipt")]
        if "-J" not in no and "-R" not in no:
            rows.append(Choice(RETURN, tr("退货"), tr("看这一单，选要退的"), icon="return"))
            rows.append(Choice(GIFT, tr("礼品小票"), tr("送人用，不写价钱"), icon="receipt"))
        title = tr("小票 {no}", no=no)
        self._sheets.ask.ask(title, "", rows, lambda what: self._papers[str(what)](no))

    # Codes that are missing

    def _show_lacking(self) -> None:
        counter = self._flow.counter
        if counter is not None:
            self._trace.show_lines(list(map(lacking_choice, counter.basket.lacking_traces())))

    def _scan(self, no: object, text: str, kind: object = "") -> None:
        staff, wanted = self._flow.staff, no if isinstance(no, int) else None

        def scan(shop: Shop, basket: Basket) -> Counter:
            return scanning.scan(shop, basket, text, staff=staff, kind=str(kind), wanted=wanted)

        again = partial(self._scan, no, text)
        put = self._flow.answer if kind else self._flow.put
        put(scan, then=self._on_coded, failed=partial(self._not_coded, text, again))

    def _add(self, no: object, text: str) -> None:
        """What names its own article finds its line by itself; every other code is this line's."""
        if read_code(text).trace:
            self._scan(no, text)
        elif isinstance(no, int):
            staff = self._flow.staff
            self._flow.put(
                lambda shop, basket: tracing.add_trace(shop, basket, no, text, staff=staff),
                then=self._on_coded,
                failed=self._refused,
            )

    def _not_coded(self, text: str, again: Callable[[object], None], error: Exception) -> None:
        if isinstance(error, TraceUnknown):
            self.naming.begin(error.code, text)
        elif isinstance(error, SeveralMeanings):
            self._ask_meaning(error, text, again)
        else:
            self._refused(error)

    def _refused(self, error: Exception) -> None:
        say_not_done(error, self._trace.show_error)

    def _on_coded(self, counter: Counter) -> None:
        """The next one, or go on with what waited for it; another basket has its own F9."""
        self._flow.warn(counter)
        if self._trace.isHidden():
            return
        is_same = counter.basket.sale_id == self._sale_id
        if is_same and counter.basket.traces_missing:
            self._show_lacking()
            return
        self._trace.shut()
        then, self._then = self._then, None
        if then is not None and is_same:
            self._flow.when_done(then)

    # Somebody answers for them

    def _ask_why(self) -> None:
        rows = [Choice(reason, trace_reason(reason), icon="right") for reason in TRACE_REASONS]
        title = tr("为什么没有追溯码？")
        line = tr("会记下是谁放行、为什么。")
        self._sheets.ask.ask(
            title, line, rows, lambda why: self._waive(TraceReason(str(why))), has_first=False
        )

    def _waive(self, reason: TraceReason, approval: Approval | None = None) -> None:
        staff = self._flow.staff

        def waive(shop: Shop, basket: Basket) -> Counter:
            return tracing.waive_traces(shop, basket, reason, staff=staff, approval=approval)

        self._flow.put(waive, then=self._on_coded, failed=partial(self._not_waived, reason))

    def _not_waived(self, reason: TraceReason, error: Exception) -> None:
        again, words = partial(self._waive, reason), trace_reason(reason)
        if not self._override().mends(error, again, words=words):
            self._refused(error)


def lacking_choice(line: BasketLine) -> Choice:
    """A line that lacks codes: what it is, how many it has, how many are missing."""
    return Choice(
        line.no,
        line.product.name,
        lacking_words(line),
        right=tr("缺 {count} 个", count=line.traces_lacking),
        icon="alert",
    )
