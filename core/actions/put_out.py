"""停用: that head office wants this machine no more is kept until it says otherwise.

It stands with what was told of the machines of the store, and goes with it: whoever leaves the
chain, or is told of them again, is not out.
"""

from __future__ import annotations

from msgspec.structs import replace

from core.ports import Reading, Writing
from core.ports.central import TillsHeard
from core.shop import Shop
from core.sync.session import OFFICE, TILL
from core.sync.store_tills import StoreTills, TillThere


def is_put_out(reading: Reading) -> bool:
    """Whether head office, when it was asked last, said so."""
    heard = reading.links.tills()
    return heard is not None and heard.is_out


def note_put_out(shop: Shop) -> None:
    """It says so now."""
    with shop.store.write() as tx:
        if not is_put_out(tx):
            tx.links.keep_tills(_with_us_out(tx, shop.clock.now_us()))


def _with_us_out(tx: Writing, now_us: int) -> TillsHeard:
    """Times of the list are by the clock of the server."""
    heard, till = tx.links.tills(), tx.till
    if heard is None:
        told = StoreTills(till.store_code, till.store_name, now_us, ())
        heard = TillsHeard(now_us, told)
    there_us = now_us + heard.told.now_us - heard.at_us
    own = [each for each in heard.told.tills if each.is_asking]
    if not own:
        kind, since_us = TILL if till.till_no else OFFICE, there_us
        link = tx.links.get()
        if link is not None:
            since_us = link.enrolled_us + there_us - now_us
        us = TillThere(till.till_no, kind, "", since_us, there_us, None, 0, 0, is_asking=True)
        own = [us]
    others = [each for each in heard.told.tills if not each.is_asking]
    out = [replace(each, revoked_us=there_us) for each in own]
    return TillsHeard(heard.at_us, replace(heard.told, tills=(*others, *out)))
