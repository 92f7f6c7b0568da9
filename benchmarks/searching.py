"""3: suggestions among many members, against the bare range of the same tree."""

from __future__ import annotations

from itertools import cycle

from benchmarks.homes import home_of, opened, some_of
from benchmarks.timing import Row, pair
from core.actions.scan import find
from core.members.names import name_keys
from storage.engine import connect
from storage.home import home_key
from storage.search_keys import MemberKey
from storage.store import store_path

TIMES = 1000
TAIL_US = 1000
LIMIT = 8
_RANGE = (
    "SELECT m.card_no, m.name, m.phone, m.tier FROM member_keys k JOIN members m ON m.n = k.n "
    'WHERE k.kind = ? AND k."key" >= ? AND k."key" < ? LIMIT 8'
)


def rows(size: int) -> list[Row]:
    """Last four, phone prefix, pinyin, initials and name, each typed for members who exist."""
    with opened(size) as (shop, store):
        names = some_of(store, "name", TIMES)
        phones = [phone.removeprefix("+86") for phone in some_of(store, "phone", TIMES)]
        keys = [name_keys(name)[0] for name in names]
        ways = {
            "last four": (MemberKey.PHONE_TAIL, [phone[-4:] for phone in phones]),
            "phone prefix": (MemberKey.PHONE, [phone[:7] for phone in phones]),
            "pinyin": (MemberKey.PINYIN, [pinyin for pinyin, _ in keys]),
            "initials": (MemberKey.INITIALS, [initials for _, initials in keys]),
            "name": (MemberKey.NAME, names),
        }
        home = home_of(size)
        raw = connect(store_path(home), home_key(home).key, is_reader=True)
        found = []
        for way, (kind, texts) in ways.items():
            mine, least = cycle(texts), cycle(texts)

            def bare(kind: MemberKey = kind, least: cycle[str] = least) -> object:
                text = next(least)
                return raw.execute(_RANGE, (int(kind), text, text + "\U0010ffff")).fetchall()

            def asked(mine: cycle[str] = mine) -> object:
                return find(shop, next(mine), limit=LIMIT)

            ours, limit = pair(asked, bare, times=TIMES)
            work = f"suggestions by {way}, {size:,} members"
            found.append(
                Row(3, work, limit.median_us, ours.median_us, 5,
                    tail=ours.p99_us, most_tail=TAIL_US)
            )  # fmt: skip
        raw.close()
    return found
