"""作废: the commands of the screenless till that show and take back a sale of the open day."""

from __future__ import annotations

from typing import Any

from core.actions import void as voiding
from core.actions.return_elsewhere import claim_void
from core.actions.return_sale import ReturnPreview
from core.actions.sync import look_at_link
from core.actions.void import VoidPreview
from core.members.masks import mask_name
from core.sales.void import SoldRow
from core.values.money import format_money
from ui.console.desk import Desk
from ui.console.drawer_commands import explanation_of
from ui.drawer_text import back_by
from ui.found_text import goods_words
from ui.given_text import given_record, given_words, shortage_words
from ui.text import tender_name, tr

LAST = "last"


class VoidCommands:
    """A sale is named by its number, or `last`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_sales(self) -> str:
        rows = voiding.sales_of_today(self._desk.shop, staff=self._desk.who())
        self._desk.more["sales"] = [row_record(row) for row in rows]
        return "\n".join(map(row_words, rows)) or tr("今天还没有卖过。")

    def do_void_preview(self, no: str = LAST) -> str:
        shown = voiding.preview_void(self._desk.shop, number_of(no), staff=self._desk.who())
        self._desk.more["void"] = _preview_record(shown)
        return _preview_words(shown)

    def do_void(self, no: str, reason: str, words: str = "") -> str:
        desk = self._desk
        told = explanation_of(reason, words)
        sale = voiding.preview_void(desk.shop, number_of(no), staff=desk.who()).sale
        how: dict[str, Any] = {
            "explanation": told,
            "staff": desk.who(),
            "approval": desk.approval(),
        }
        if look_at_link(desk.shop) is not None:
            desk.kept.claim_by(
                lambda shop, line, token: claim_void(shop, line, token, sale.sale_id, **how)
            )
        voided = voiding.void_sale(desk.shop, sale.sale_id, **how)
        if voided.is_repeat:
            return tr("{no} 早已作废，没有再退一次。", no=sale.no)
        desk.paper.print(voided.receipt)
        desk.look_again()
        return tr(
            "{no} 已作废，退款 {payable}。", no=sale.no, payable=format_money(sale.payable_fen)
        )


def number_of(no: str) -> str | None:
    """The number that was written; None for the last sale."""
    return None if no == LAST else no


def row_record(row: SoldRow) -> dict[str, Any]:
    """A sale of a list."""
    return {
        "id": row.sale_id.hex,
        "no": row.no,
        "at_us": row.at_us,
        "payable_fen": row.payable_fen,
        "tenders": list(row.tenders),
        "member": mask_name(row.member_name) if row.member_name else "",
        "is_voided": row.is_voided,
        "business_on": row.business_on.isoformat(),
        "returned_fen": row.returned_fen,
        "goods": [{"name": name, "quantity_milli": milli} for name, milli in row.goods],
    }


def row_words(row: SoldRow) -> str:
    """The same as a line of words."""
    tenders = tr("、").join(map(tender_name, row.tenders))
    member = mask_name(row.member_name) if row.member_name else ""
    void = tr("已作废") if row.is_voided else ""
    if row.returned_fen:
        void = tr("已退 {back}", back=format_money(row.returned_fen))
    facts = (row.no, format_money(row.payable_fen), tenders, member, void, goods_words(row.goods))
    return "  ".join(fact for fact in facts if fact)


def _preview_record(shown: VoidPreview) -> dict[str, Any]:
    return {
        "no": shown.sale.no,
        "is_voided": shown.sale.is_voided,
        "payable_fen": shown.sale.payable_fen,
        **undone_record(shown, shown.points_back),
    }


def _preview_words(shown: VoidPreview) -> str:
    if shown.sale.is_voided:
        return tr("{no} 已经作废。", no=shown.sale.no)
    return "\n".join([tr("作废 {no}：", no=shown.sale.no), *undone_words(shown, shown.points_back)])


def undone_record(shown: VoidPreview | ReturnPreview, points: int) -> dict[str, Any]:
    """What taking a sale back does to the money, the `points`, the tier and the coupons of it."""
    return {
        "back": {tender.kind.value: tender.amount_fen for tender in shown.back},
        "points_back": points,
        "given": given_record(shown.given),
        "withheld_fen": shown.shortage.withheld_fen,
        "short_points": shown.shortage.points,
        "expired_points": shown.shortage.expired,
        "balance": shown.balance,
        "tier": shown.tier_name,
        "fallen_to": shown.fallen_to,
        "coupons": [coupon.code for coupon in shown.coupons],
    }


def undone_words(shown: VoidPreview | ReturnPreview, points: int) -> list[str]:
    """The same as lines of words."""
    rows = [f"{back_by(one.kind)}  {format_money(one.amount_fen)}" for one in shown.back]
    rows += given_words(shown.given)
    if shown.file is not None:
        rows.append(
            tr(
                "收回积分 {points}，余额 {balance}",
                points=f"{points:,}",
                balance=f"{shown.balance:,}",
            )
        )
    rows += shortage_words(shown.shortage)
    if shown.fallen_to is not None:
        rows.append(tr("等级恢复为{tier}", tier=shown.fallen_to))
    rows += [tr("退券 {name}　{code}", name=one.name, code=one.code) for one in shown.coupons]
    return rows
