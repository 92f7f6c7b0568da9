"""占用一次券: a till asks the server for the codes of a sale before it is paid (sync.md 7).

A claim is written down before it is sent; one that no sale came of is given up, also after a crash.
Without a line a code of this store is used all the same; what comes of it twice is a case.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from core.actions.counter import priced
from core.errors import (
    CouponUsed,
    CouponWithdrawn,
    NoSuchCoupon,
    NotInChain,
    Refused,
    SessionOver,
    Unavailable,
)
from core.ports import Reading, Writing
from core.ports.central import Central
from core.ports.elsewhere import CodeClaim
from core.pricing.basket import Basket
from core.sales.coupon_code import Batch, Withdrawal
from core.sales.offer_use import codes_used
from core.shop import Shop
from core.sync.feed import Change
from core.sync.together import BatchSaid, Claimed, CodeAsked, claim_of_code
from core.values.moment import Moment


def codes_wanted(shop: Shop, basket: Basket) -> tuple[str, ...]:
    """The codes that a basket would use up as it stands, and that are not claimed for it yet."""
    if not basket.coupons:
        return ()
    with shop.store.read() as reading:
        if reading.links.get() is None:
            return ()
        counter = priced(reading, shop.moment(reading), basket)
        used = codes_used(counter.basket, counter.quote, counter.rulebook).values()
        now_us = shop.clock.now_us()
        claims = reading.elsewhere.code_claims()
        has = {each.code for each in claims if _is_good(each, basket, now_us)}
        return tuple(code for code in used if code not in has)


def claim_coupons(shop: Shop, central: Central, token: str, basket: Basket) -> int:
    """Ask for the codes of a basket; how many it has now.

    Raises CouponUsed, CouponElsewhere, CouponWithdrawn. Without a line nothing is claimed, and
    whether the sale may use them is decided when it is settled.
    """
    count = 0
    for code in codes_wanted(shop, basket):
        now_us = shop.clock.now_us()
        made = CodeClaim(code, basket.sale_id, now_us)
        with shop.store.write() as tx:
            link = tx.links.get()
            tx.elsewhere.claim_code(made)
        if link is None:
            return count
        try:
            answer = central.say(link.url, token, "coupons/claim", _asked(made), Claimed)
        except Unavailable:
            return count  # nobody knows whether it was heard: it is given up later
        except NoSuchCoupon:
            _forget(shop, made)  # this till has issued it, and has not said so yet
            continue
        except (CouponUsed, CouponWithdrawn):
            _forget(shop, made)
            raise
        with shop.store.write() as tx:
            tx.elsewhere.claim_code(replace(made, until_us=answer.until_here_us(now_us)))
        count += 1
    return count


def give_up_coupons(shop: Shop, central: Central, token: str) -> int:
    """Say of claims that no sale can come of that they are not needed; how many.

    That is so where the counter has them no more: a basket that is laid aside may be taken up at
    another till, and asks again wherever it is. Without a line it is said later; of what was used
    the event of the sale says so.
    """
    with shop.store.read() as reading:
        link = reading.links.get()
        has_some = any(_is_over(reading, each) for each in reading.elsewhere.code_claims())
    if link is None or not has_some:
        return 0
    over = _given_up(shop)
    for each, is_sold in over:
        if not is_sold:
            try:
                central.say(link.url, token, "coupons/void", _asked(each), Claimed)
            except Unavailable:
                return 0
            except (SessionOver, NotInChain):
                raise  # nobody has heard it: it is said in the next session
            except Refused:
                pass  # nothing of it is ours
        _forget(shop, each)
    return len(over)


def has_given_up(shop: Shop) -> bool:
    """Whether the server is still to be told that a code was not used."""
    with shop.store.read() as reading:
        claims = reading.elsewhere.code_claims()
        return any(_is_over(reading, each) and not _is_sold(reading, each) for each in claims)


def read_batch(change: Change) -> BatchSaid:
    """The value of the topic `coupons`."""
    return msgspec.json.decode(change.value, type=BatchSaid)


def take_batch(shop: Shop, tx: Writing, moment: Moment, about: str, said: BatchSaid) -> bool:
    """别台发的券: codes of another till stand among those of here, and what was withdrawn does not.

    An event of it is that till's alone.
    """
    if said.id.hex != about:
        return False
    codes, is_new = tx.coupon_codes, False
    if said.till_id != tx.till.id and codes.batch(said.id) is None:
        is_new = True
        codes.add(
            Batch(
                said.id,
                said.offer,
                said.codes,
                said.member_id,
                said.starts_on,
                said.ends_on,
                moment.at_us,
                moment.business_on,
                0,
            )
        )
        tx.elsewhere.keep_batch(said.id, said.store_code)
    found = (codes.get(code) for code in said.withdrawn)
    left = tuple(each.code for each in found if each is not None and each.withdrawn_on is None)
    if left:
        codes.withdraw(Withdrawal(shop.new_id(), left, moment.at_us, moment.business_on, 0))
    return is_new or bool(left)


def _is_good(claim: CodeClaim, basket: Basket, now_us: int) -> bool:
    return claim.sale_id == basket.sale_id and claim.until_us > now_us


def _is_sold(reading: Reading, claim: CodeClaim) -> bool:
    return reading.sales.get(claim.sale_id) is not None


def _is_over(reading: Reading, claim: CodeClaim) -> bool:
    """Whether it was sold, or is not about to be."""
    if _is_sold(reading, claim):
        return True
    standing = reading.baskets.open_one()
    return standing is None or standing.sale_id != claim.sale_id


def _given_up(shop: Shop) -> list[tuple[CodeClaim, bool]]:
    """Those that are over, and whether they were sold.

    Nothing is used by them from now on: a basket may be taken up again while it is being said.
    """
    with shop.store.write() as tx:
        over = [each for each in tx.elsewhere.code_claims() if _is_over(tx, each)]
        given_up = [replace(each, until_us=0) for each in over]
        for each in given_up:
            tx.elsewhere.claim_code(each)
        return [(each, _is_sold(tx, each)) for each in given_up]


def _asked(claim: CodeClaim) -> CodeAsked:
    ident = claim_of_code(claim.sale_id, claim.code)
    return CodeAsked(ident, claim.code, claim.sale_id, claim.at_us)


def _forget(shop: Shop, claim: CodeClaim) -> None:
    """Unless it was asked for anew meanwhile."""
    with shop.store.write() as tx:
        if claim in tx.elsewhere.code_claims():
            tx.elsewhere.end_code_claim(claim.code, claim.sale_id)
