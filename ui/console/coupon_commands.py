"""发券和异业账: what `main.py coupons` does and says, beside a till that may be selling."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from core.actions.coupon_codes import issue_coupons
from core.actions.login import login
from core.actions.partners import partner_accounts
from core.actions.slips import coupon_slips
from core.actions.withdraw_coupons import Withdrawn, withdraw_coupons
from core.shop import Shop
from core.values.money import format_money
from ui.console.points_desk import table
from ui.devices.designs import Designs
from ui.devices.files import write_file, write_table
from ui.devices.paper_setup import DESIGNS
from ui.devices.rows import rows_of
from ui.text import tr


def obey_coupons(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentences to say."""
    staff = login(shop, given.by_pin, name=given.by)
    if given.verb == "partners":
        found = partner_accounts(shop, given.since, given.until, staff=staff)
        if not found:
            return tr("这些天没有用过异业券。")
        rows = [(each.partner, str(each.uses), format_money(each.amount_fen)) for each in found]
        return table((tr("异业"), tr("张数"), tr("金额")), rows)
    if given.verb == "withdraw":
        return _withdrawn(withdraw_coupons(shop, given.code, is_batch=given.batch, staff=staff))
    issued = issue_coupons(
        shop,
        given.offer,
        given.count,
        batch_id=given.id or shop.new_id(),
        staff=staff,
        card_no=given.member,
        starts_on=given.since,
        ends_on=given.until,
    )
    codes = issued.batch.codes
    if given.pdf is not None:
        _print_all(shop, codes, given)
    if given.to is None:
        return "\n".join(codes)
    first, last = (day.isoformat() if day else "" for day in (given.since, given.until))
    headings = (tr("券码"), tr("券"), tr("从"), tr("到"))
    write_table(given.to, headings, [(code, issued.offer.name, first, last) for code in codes])
    return tr(
        "{name}发了 {count} 张，存到 {path}",
        name=issued.offer.name,
        count=len(codes),
        path=given.to,
    )


def _print_all(shop: Shop, codes: Sequence[str], given: Namespace) -> None:
    """Each coupon as a PDF of its own, in the shop's design; raises ReadOnly, DiskFull …"""
    from ui.devices.receipt_pdf import rows_pdf

    designs = Designs(given.home / DESIGNS)
    for slip in coupon_slips(shop, codes):
        page = rows_pdf(rows_of(slip, designs), slip.no)
        write_file(given.pdf / f"{slip.no}.pdf", page)


def _withdrawn(done: Withdrawn) -> str:
    count = len(done.codes)
    if done.used:
        words = "{name}收回了 {count} 张，其中 {used} 张已经用过，退回来也不能再用。"
        return tr(words, name=done.name, count=count, used=done.used)
    return tr("{name}收回了 {count} 张。", name=done.name, count=count)
