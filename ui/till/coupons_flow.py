"""券码的对话: issued, kept, printed and withdrawn by whoever may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from core.actions.coupon_codes import Issued, issue_coupons, single_use_coupons
from core.actions.issued_coupons import Again, NamedBatch, batch_again, last_batches
from core.actions.slips import coupon_slips
from core.actions.withdraw_coupons import Withdrawn, together, withdraw_coupons
from core.rulebook.offers import CouponOffer
from core.sales.coupon_slip import CouponSlip
from core.shop import Shop
from core.trust.rights import Approval
from core.trust.staff import Staff
from ui.catalogue import speaking
from ui.devices.coupon_files import write_coupons
from ui.devices.files import table_bytes
from ui.devices.paper import PaperDesk
from ui.filing import Filing
from ui.issued_coupons import coupon_cells, coupon_headings, withdrawn_words
from ui.login.allowed import Allowed
from ui.text import tr
from ui.till.coupons import CouponsSheet
from ui.widgets.choices import Choice
from ui.work import Work

MOST_PRINTED = 100
"""More than that are no papers for a counter's printer."""


def offered(shop: Shop) -> tuple[Sequence[CouponOffer], UUID]:
    """What can be issued, and the id of the next batch: a wish that is said twice issues once."""
    return single_use_coupons(shop), shop.new_id()


def issue(
    shop: Shop, offer: str, count: int, *, batch_id: UUID, **words: Any
) -> tuple[Issued, UUID]:
    """What was issued, and the id of the batch after it."""
    return issue_coupons(shop, offer, count, batch_id=batch_id, **words), shop.new_id()


def withdraw(
    shop: Shop, code: str, *, is_batch: bool, staff: Staff, approval: Approval | None
) -> tuple[Withdrawn, Approval | None]:
    """What was withdrawn, and by whose approval: it holds for the rest of the batch."""
    done = withdraw_coupons(shop, code, is_batch=is_batch, staff=staff, approval=approval)
    return done, approval


class CouponsFlow(QObject):
    """Begun from the shop's chores."""

    def __init__(
        self,
        work: Work,
        sheet: CouponsSheet,
        paper: PaperDesk,
        allowed: Allowed,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work = work
        self._sheet = sheet
        self._desk = paper
        self._allowed = allowed
        self._again: Again | None = None
        self._next_id: UUID | None = None
        self._filing = Filing(sheet, sheet.said, self)
        self._filing.kept.connect(sheet.keep)
        sheet.issued.connect(self._issue)
        sheet.withdrawn.connect(self._withdraw)
        sheet.batches_asked.connect(self._ask_batches)
        sheet.batch_chosen.connect(self._ask_batch)
        sheet.tabled.connect(self._table)
        sheet.filed.connect(lambda: self._with_slips(self._file))
        sheet.printed.connect(lambda: self._with_slips(self._print))

    def begin(self) -> None:
        """Show which coupons have codes."""

        def show(found: tuple[Sequence[CouponOffer], UUID]) -> None:
            offers, self._next_id = found
            self._sheet.begin(offers)

        self._work.ask(offered, topic="coupons", then=show, failed=self._filing.fail)

    def _issue(
        self, offer: str, count: str, card_no: str, since: date | None, until: date | None
    ) -> None:
        """A second press while the first is being done is no second wish."""
        if self._work.is_busy or self._next_id is None:
            return
        self._allowed.act(
            issue,
            offer,
            int(count) if count.isascii() and count.isdigit() else 0,
            batch_id=self._next_id,
            card_no=card_no,
            starts_on=since,
            ends_on=until,
            then=self._show,
            failed=self._filing.fail,
        )

    def _show(self, done: tuple[Issued, UUID]) -> None:
        issued, self._next_id = done
        self._again = Again(issued.offer.name, issued.batch)
        codes = issued.batch.codes
        words = tr("{name}发了 {count} 张。", name=issued.offer.name, count=len(codes))
        self._sheet.show_issued(codes, words, can_print=self._can_print(codes))

    def _can_print(self, codes: Sequence[str]) -> bool:
        return self._desk.has_printer and len(codes) <= MOST_PRINTED

    def _ask_batches(self) -> None:
        def show(found: Sequence[NamedBatch]) -> None:
            self._sheet.show_batches([row_of(each) for each in found])

        self._allowed.act(last_batches, then=show, failed=self._filing.fail)

    def _ask_batch(self, batch_id: UUID) -> None:
        def show(again: Again) -> None:
            self._again, codes = again, again.batch.codes
            words = tr("{name}还能用 {count} 张。", name=again.name, count=len(codes))
            self._sheet.show_batch(codes, words, can_print=self._can_print(codes))

        self._allowed.act(batch_again, batch_id, then=show, failed=self._filing.fail)

    def _withdraw(
        self,
        code: str,
        is_batch: bool,
        before: Withdrawn | None = None,
        approval: Approval | None = None,
    ) -> None:
        """A batch piece by piece, so that nobody at the counter waits; approved once."""

        def told(found: tuple[Withdrawn, Approval | None]) -> None:
            more, by = found
            done = more if before is None else together(before, more)
            if done.has_more:
                self._sheet.said.say(withdrawn_words(done))
                self._withdraw(code, is_batch, done, by)
            else:
                self._sheet.show_withdrawn(withdrawn_words(done))

        self._allowed.act(
            withdraw,
            code,
            is_batch=is_batch,
            then=told,
            failed=self._filing.fail,
            approval=approval,
        )

    def _table(self) -> None:
        if self._again is not None:
            batch, name = self._again.batch, self._again.name
            cells = coupon_cells(name, batch.codes, batch.starts_on, batch.ends_on)
            file = f"coupons-{batch.offer}-{batch.business_on:%Y%m%d}.csv"
            self._filing.keep(file, lambda: table_bytes(coupon_headings(), cells))

    def _with_slips(self, then: Any) -> None:
        if self._again is not None:
            codes = self._again.batch.codes
            self._work.ask(
                coupon_slips, codes, topic="coupon slips", then=then, failed=self._filing.fail
            )

    def _file(self, slips: Sequence[CouponSlip]) -> None:
        designs, language = self._desk.designs, self._desk.language

        def make(folder: Path) -> int:
            with speaking(language):
                return write_coupons(slips, designs, folder)

        self._filing.keep_all(make)

    def _print(self, slips: Sequence[CouponSlip]) -> None:
        for slip in slips:
            self._desk.print(slip)
        self._sheet.keep()
        self._sheet.said.say(tr("已送去打印。"))


def row_of(each: NamedBatch) -> Choice:
    """Its coupon, its day, what became of it."""
    use = each.use
    words = "{on} 发了 {count} 张，用了 {used} 张"
    on, count, used = use.business_on.isoformat(), f"{use.count:,}", f"{use.used:,}"
    said = tr(words, on=on, count=count, used=used)
    left = tr("还剩 {count} 张", count=f"{use.left:,}")
    return Choice(use.id, each.name, said, right=left, icon="coupon")
