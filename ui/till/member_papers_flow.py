"""给会员打印的对话: statements for who may see personal data, coupons for everybody."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions.print_cards import print_cards
from core.actions.slips import coupon_slips
from core.actions.statement import statement
from core.members.masks import mask_name
from core.sales.slip import Slip
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from core.values.moment import months_before
from ui.catalogue import speaking
from ui.devices import sound
from ui.devices.card_pdf import card_marks
from ui.devices.marks import Leaf, leaves_pdf
from ui.devices.paper import PaperDesk
from ui.devices.paper_setup import CARDS, shop_logo
from ui.devices.print_sizes import card_size
from ui.devices.row import spoken
from ui.devices.rows import rows_of
from ui.devices.strip import strip
from ui.filing import Filing
from ui.login.override_flow import OverrideFlow
from ui.text import sentence, tr
from ui.till.flow import TillFlow
from ui.till.member_papers import MemberPapersSheet
from ui.till.whose import Whose
from ui.work import Work

COUPONS, CARD = "coupons", "card"


def since(shop: Shop, what: str) -> date:
    """The first day of a statement, by what was chosen."""
    today = shop.now().business_on
    if what == "month":
        return today.replace(day=1)
    return months_before(today, 3) if what == "quarter" else today.replace(month=1, day=1)


def made(
    shop: Shop, member_id: UUID, what: str, *, staff: Staff, approval: Approval | None = None
) -> tuple[Slip, ...]:
    """The statement that was chosen, for `work.act`."""
    first = since(shop, what)
    return (statement(shop, member_id, first, staff=staff, approval=approval),)


def card_of(
    shop: Shop,
    card_no: str,
    own: Path,
    logo: Path | None,
    language: str | None,
    *,
    staff: Staff,
    approval: Approval | None = None,
) -> Leaf:
    """The card of a member as the shop has it, for `work.act`."""
    size = card_size(own)
    run = print_cards(shop, [card_no], named=size.name, staff=staff, approval=approval)
    with speaking(language):
        marks = card_marks(run.cards[0], run.store, size, logo)
    return Leaf(size.width_mm, size.height_mm, marks)


def filed(_shop: Shop, desk: PaperDesk, slips: tuple[Slip, ...]) -> Path | None:
    """The last of the papers in the folder of copies; for `work.ask`: a PDF takes its time."""
    files = [desk.save(slip, desk.folder)[0] for slip in slips]
    return files[-1] if files else None


class MemberPapersFlow(QObject):
    """Begun from the sheet of a member; nothing is printed before it was seen."""

    def __init__(
        self,
        work: Work,
        flow: TillFlow,
        sheet: MemberPapersSheet,
        paper: PaperDesk,
        override: OverrideFlow,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._flow = flow
        self._sheet = sheet
        self._desk = paper
        self._override = override
        self._whose = Whose(work, flow, sheet, self)
        self._slips: tuple[Slip, ...] = ()
        self._leaf: Leaf | None = None
        self._what = "month"
        self._filing = Filing(sheet, sheet.said, self)
        sheet.chosen.connect(self._choose)
        sheet.printed.connect(self._print)
        sheet.filed.connect(self._file)

    def begin(self, what: str = "month") -> None:
        """For the member at the counter, with the statement of this month, or what is wanted."""
        counter = self._flow.counter
        if self._whose.begin() is None or counter is None or counter.file is None:
            return
        name = mask_name(counter.file.member.name)
        self._sheet.begin(name, what, has_coupons=bool(counter.held))
        self._choose(what)

    def _choose(self, what: str, approval: Approval | None = None) -> None:
        self._what, self._slips, self._leaf = what, (), None
        counter = self._flow.counter
        if counter is None or not self._whose.is_here:
            return
        if what == CARD:
            self._choose_card(counter.file.member.card_no if counter.file else "", approval)
            return
        if what == COUPONS:
            codes = [each.code for each in counter.held]
            self._work.ask(
                coupon_slips,
                codes,
                topic="coupons",
                then=partial(self._show, what),
                failed=partial(self._failed, what),
            )
            return
        self._work.act(
            made,
            self._whose.id,
            what,
            staff=self._flow.staff,
            approval=approval,
            then=partial(self._show, what),
            failed=partial(self._failed, what),
        )

    def _choose_card(self, card_no: str, approval: Approval | None) -> None:
        self._work.act(
            card_of,
            card_no,
            self._desk.folder.parent / CARDS,
            shop_logo(self._desk.designs),
            self._desk.language,
            staff=self._flow.staff,
            approval=approval,
            then=self._show_card,
            failed=partial(self._failed, CARD),
        )

    def _show_card(self, leaf: Leaf) -> None:
        if self._what == CARD:
            self._leaf = leaf
            self._sheet.show_card(leaf)

    def _pdf(self) -> bytes:
        return leaves_pdf([self._leaf] if self._leaf else [], tr("会员卡"))

    def _show(self, what: str, slips: tuple[Slip, ...]) -> None:
        """One below the other, as they come out; nothing where something else is wanted now."""
        if what != self._what:
            return
        self._slips = slips
        if not slips:
            self._sheet.show_nothing(tr("没有券。"))
            return
        desk = self._desk
        rows = [row for slip in slips for row in rows_of(slip, desk.designs)]
        dots = strip(rows, desk.width_mm, desk.profile)
        self._sheet.show_strip(dots, desk.width_mm, spoken(rows), can_print=desk.has_printer)

    def _print(self) -> None:
        if self._leaf is not None:
            self._filing.print(self._desk.folder / "card.pdf", self._pdf)
            return
        for slip in self._slips:
            self._desk.print(slip)
        self._sheet.said.say(tr("已送去打印。"))

    def _file(self) -> None:
        if self._leaf is not None:
            self._filing.keep("card.pdf", self._pdf)
            return
        self._work.ask(
            filed,
            self._desk,
            self._slips,
            topic="member papers",
            then=self._say_filed,
            failed=self._filing.fail,
        )

    def _say_filed(self, last: Path | None) -> None:
        if last is not None:
            self._sheet.said.say(tr("存到 {path}", path=last))

    def _failed(self, what: str, error: Exception) -> None:
        """Nobody is asked to allow what is not wanted any more."""
        if what != self._what:
            return
        self._sheet.show_nothing(sentence(error))
        if not self._override.mends(error, partial(self._choose, what)):
            sound.play_error()
