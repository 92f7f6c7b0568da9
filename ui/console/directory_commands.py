"""名录命令: `main.py chain snapshot` takes the directory of the chain's members, whole."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from datetime import tzinfo

from core.actions import sync
from core.actions.take_snapshot import SnapshotTaker, ask_anew, look_at_directory
from core.errors import ChunkBroken, ServerBusy, SessionOver, SnapshotGone
from core.ports.central import Central, Uplink
from core.shop import Shop
from core.sync.session import Session
from ui.directory_words import directory_words
from ui.text import tr

TRIES = 5
"""So often in a row nothing may come of it."""
LONGEST_S = 60
"""Nobody sits before a command for longer without a word."""


def take_directory(shop: Shop, uplink: Uplink) -> str:
    """Another one, whatever is there; the sentence to say. What holds goes on until then."""
    ask_anew(shop)
    with closing(uplink.central()) as central:

        def begun() -> Session:
            return sync.begin(shop, central, uplink.keys(), program=uplink.program)[0]

        members = take_whole(shop, central, begun)
    return tr("会员名录收好了，全连锁 {members} 人。", members=f"{members:,}")


def take_whole(shop: Shop, central: Central, session_of: Callable[[], Session]) -> int:
    """Until it holds; how many members are in it. Raises what does not get better by trying."""
    session, in_vain = session_of(), 0
    with closing(SnapshotTaker(shop)) as taker:
        while True:
            try:
                progress = taker.step(central, session)
                if progress.is_done:
                    return progress.total
                in_vain = 0
                continue
            except SnapshotGone:
                taker.give_up()
            except ServerBusy as busy:
                if in_vain == TRIES or busy.wait_s > LONGEST_S:
                    raise
                time.sleep(busy.wait_s)
            except (ChunkBroken, SessionOver):
                if in_vain == TRIES:
                    raise
                session = session_of()
            in_vain += 1


def directory_line(shop: Shop, zone: tzinfo) -> str:
    """How it is."""
    said, _ = directory_words(look_at_directory(shop), None, shop.clock.now_us(), zone)
    return tr("会员名录：{said}。", said=said)
