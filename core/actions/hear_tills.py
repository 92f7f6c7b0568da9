"""同店的机器: a till asks which machines are in its store, and keeps it for whoever looks here."""

from __future__ import annotations

from core.actions.sync import joined, still
from core.ports.central import Central, TillsHeard
from core.shop import Shop
from core.sync.store_tills import StoreTills


def hear_tills(shop: Shop, central: Central, token: str) -> None:
    """Raises NotInChain, SessionOver, and what speaking with the server does."""
    with shop.store.read() as reading:
        link = joined(reading.links.get())
    told = central.say(link.url, token, "tills", None, StoreTills)
    with shop.store.write() as tx:
        still(tx, link)
        tx.links.keep_tills(TillsHeard(shop.clock.now_us(), told))
