"""发券和异业账: what `main.py coupons` does and says, beside a till that may be selling."""

from __future__ import annotations

from argparse import Namespace

from core.actions.coupon_codes import issue_coupons
from core.actions.issued_coupons import batch_again, last_batches
from core.actions.login import login
from core.actions.partners import partner_accounts
from core.actions.slips import coupon_slips
from core.actions.withdraw_coupons import together, withdraw_coupons
from core.sales.coupon_code import Batch
from core.shop import Shop
from ui.console.points_desk import table
from ui.devices.designs import Designs
from ui.devices.files import write_table
from ui.devices.paper_setup import DESIGNS
from ui.issued_coupons import (
    batch_cells,
    batch_headings,
    coupon_cells,
    coupon_headings,
    withdrawn_words,
)
from ui.partner_table import partner_cells, partner_headings
from ui.text import tr


def obey_coupons(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentences to say."""
    staff = login(shop, given.by_pin, name=given.by)
    if given.verb == "partners":
        found = partner_accounts(shop, given.since, given.until, staff=staff)
        if not found:
            return tr("这些天没有用过异业券。")
        return table(partner_headings(), partner_cells(found))
    if given.verb == "withdraw":
        done = withdraw_coupons(shop, given.code, is_batch=given.batch, staff=staff)
        while done.has_more:
            more = withdraw_coupons(shop, given.code, is_batch=True, staff=staff)
            done = together(done, more)
        return withdrawn_words(done)
    if given.verb == "batches":
        found_batches = last_batches(shop, staff=staff)
        if not found_batches:
            return tr("还没有发过券码。")
        return table(batch_headings(), batch_cells(found_batches))
    if given.verb == "codes":
        again = batch_again(shop, given.batch_id, staff=staff)
        left = tr("{name}还能用 {count} 张。", name=again.name, count=len(again.batch.codes))
        return _kept(shop, given, again.name, again.batch, left)
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
    name, count = issued.offer.name, len(issued.batch.codes)
    words = tr("{name}发了 {count} 张，存到 {path}", name=name, count=count, path=given.to)
    return _kept(shop, given, name, issued.batch, words)


def _kept(shop: Shop, given: Namespace, name: str, batch: Batch, words: str) -> str:
    """The codes where they are wanted: as papers, as a table, or here."""
    codes = batch.codes
    if given.pdf is not None:
        from ui.devices.coupon_files import write_coupons

        write_coupons(coupon_slips(shop, codes), Designs(given.home / DESIGNS), given.pdf)
    if given.to is None:
        return "\n".join(codes) or words
    cells = coupon_cells(name, codes, batch.starts_on, batch.ends_on)
    write_table(given.to, coupon_headings(), cells)
    return words
