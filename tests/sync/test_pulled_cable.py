"""拔网线: two tills, their server on PostgreSQL, and cables that are pulled in the midst.

Joining, a sale, points that are spent, a return, a merge and other rules: each is cut off once
before the server has heard of it, and once before the till has heard what came of it. Nobody does
anything about it but what people do: they go on selling, and ask again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.program import opened_office
from tests.builders import STORIES
from tests.outside.program import Done, Till, run, selling
from tests.server.conftest import postgres as postgres
from tests.sync.books import Books, books_of_all
from tests.sync.cable import Cable, Lost
from tests.sync.test_head_office import BY, RULES, Chain, sync
from tests.sync.test_head_office import chain as chain
from tests.sync.test_head_office import utc as utc

LI, CHEN, WANG = "800001", "800002", "800003"
VITAMIN, CALCIUM, MASKS, OXYGEN = "6901234567809", "6901234567816", "6901234567847", "6901234567878"
CASH = "pay cash 2000"
ROUNDS = 40


class Store:
    """中山路店 with its two tills, each at a cable of its own."""

    def __init__(self, chain: Chain, folder: Path) -> None:
        self.chain, self.folder = chain, folder
        self.homes = tuple(chain.home(folder, "S01", "中山路店", no=no) for no in (1, 2))

    def send(self) -> None:
        """Both tills send what they have, and take what there is; nothing is in the way."""
        for home in self.homes:
            done = sync(home)
            assert done.code == 0, done.err

    def join(self, no: int, code: str) -> Done:
        url = self.chain.cables[no - 1].url
        return run(self.homes[no - 1], "chain", "join", url, code, *BY)

    @contextmanager
    def cut_off(self, no: int, place: str, lost: Lost) -> Iterator[Cable]:
        """The cable of a till is pulled in the midst of what it asks for next at this place."""
        with self.chain.cables[no - 1].pulled_at(place, lost):
            yield self.chain.cables[no - 1]

    def sends_in_vain(self, no: int, place: str, lost: Lost) -> None:
        with self.cut_off(no, place, lost):
            done = sync(self.homes[no - 1])
        assert done.code == 2
        assert "收款照常" in done.err

    def publish(self, version: int, off_fen: int) -> None:
        """规则册 with points as money, a reward, a coupon, and so much off each basket."""
        record = json.loads(RULES.read_text("utf-8")) | {"version": version}
        record["points"]["spend"] = {"fen": 100, "per_points": 100, "most_bp": 10_000}
        record["rewards"] = [{"code": "bag", "name": "购物袋", "points": 100}]
        five = {"kind": "coupon", "id": "five", "name": "五元券", "off_fen": 500}
        off = {"kind": "threshold", "id": "off", "name": "满减"}
        off["steps"] = [{"from_fen": 100, "off_fen": off_fen}]
        record["offers"] = [five, off]
        path = self.folder / f"rules{version}.json"
        path.write_text(json.dumps(record), "utf-8")
        self.chain.office("rulebook", "publish", str(path))


def test_the_cable_is_pulled_six_times_and_all_three_agree(chain: Chain, tmp_path: Path) -> None:
    store = Store(chain, tmp_path)
    store.publish(7, 100)
    both_join(store)
    codes = all_is_prepared(store)
    with selling(store.homes[0]) as first, selling(store.homes[1]) as second:
        sold = both_sell(store, first, second, codes)
        points_are_spent(store, first, second)
        each_takes_back_what_the_other_sold(store, first, second, sold)
        two_records_become_one(store, first, second)
        one_phone_joins_at_both(store, first, second)
        other_rules_come(store, first, second, codes[0])
    office, tills = in_the_end(store)
    assert [till.strange for till in tills] == [[], []], "persons, tiers, points and lots"
    assert [till.rulebook for till in tills] == [office.rulebook] * 2
    assert tills[0].sales | tills[1].sales == office.sales
    assert not tills[0].sales.keys() & tills[1].sales.keys()
    used = [(code, no) for till in tills for code, no in till.codes.items() if no]
    assert used == [(codes[0], max(office.sales))], "once, by the last sale of the second till"
    assert office.codes == dict.fromkeys(codes, "") | dict(used)
    everything_is_in_order(store)


def both_join(store: Store) -> None:
    """入网: the server has not heard of the first till, and has taken in the second already."""
    for no, lost in ((1, Lost.REQUEST), (2, Lost.ANSWER)):
        code = store.chain.code("S01", no)
        with store.cut_off(no, "enroll", lost):
            assert "这台没有入网" in store.join(no, code).err
        assert store.join(no, code).code == 0, "the same invitation, once more"
    assert store.chain.office("tills").count("S01\t中山路店\t") == 2


def all_is_prepared(store: Store) -> list[str]:
    """Members, bags on the shelf and three coupons, brought in at the first till."""
    first = store.homes[0]
    assert run(first, "import", "members", str(STORIES / "members.csv")).code == 0
    assert run(first, "points", "stock", "bag", "20", *BY).code == 2, "their rules are on their way"
    store.send()
    assert run(first, "points", "stock", "bag", "20", *BY).code == 0
    issued = run(first, "coupons", "issue", "five", "--count", "3", *BY)
    everybody_knows(store)
    return issued.out.split()


def both_sell(store: Store, first: Till, second: Till, codes: list[str]) -> tuple[str, str]:
    """收款: each with a coupon; the receipts. A coupon that was used is used for all."""
    first.obeyed(f"scan {LI}", f"scan {CALCIUM}", f"scan {VITAMIN}", f"scan {codes[0]}")
    with store.cut_off(1, "coupons/claim", Lost.REQUEST):
        here = first.obeyed(CASH)["sale"]["no"]
    store.sends_in_vain(1, "events", Lost.REQUEST)
    second.obeyed(f"scan {LI}", f"scan {CALCIUM}", f"scan {codes[1]}")
    with store.cut_off(2, "coupons/claim", Lost.ANSWER):
        there = second.obeyed(CASH)["sale"]["no"]
    store.sends_in_vain(2, "events", Lost.ANSWER)
    everybody_knows(store)
    second.obeyed(f"scan {LI}", f"scan {CALCIUM}", f"scan {codes[0]}")
    assert here in second.refused(CASH), "where it was used"
    second.obeyed("clear")
    return here, there


def points_are_spent(store: Store, first: Till, second: Till) -> None:
    """用分和兑换: nobody has points set aside twice, whatever was heard of the first asking."""
    for no, till, lost in ((1, first, Lost.REQUEST), (2, second, Lost.ANSWER)):
        till.obeyed(f"scan {LI}", f"scan {CALCIUM}")
        with store.cut_off(no, "redemptions", lost):
            assert "没有用积分" in till.obeyed("points 4000")["say"]
        assert "用 4,000 分抵 40.00" in till.obeyed("points 4000")["say"]
        till.obeyed(CASH, f"scan {LI}")
        with store.cut_off(no, "redemptions", lost):
            till.say("redeem bag 2")
        till.obeyed("redeem bag 3", "drop-member")
        store.sends_in_vain(no, "events", lost)
    everybody_knows(store)


def each_takes_back_what_the_other_sold(
    store: Store, first: Till, second: Till, sold: tuple[str, str]
) -> None:
    """退货: one bottle of two goods, and a whole receipt with its coupon; each once."""
    here, there = sold
    second.obeyed(f"return {here} 2 1")
    with store.cut_off(2, "returns/claim", Lost.REQUEST):
        assert "要联网才能退" in second.refused("yes too_many")
    second.obeyed(f"return {here} 2 1", "yes too_many")
    first.obeyed(f"return {there}")
    with store.cut_off(1, "returns/claim", Lost.ANSWER):
        assert "要联网才能退" in first.refused("yes too_many")
    first.obeyed(f"return {there}", "yes too_many")
    store.sends_in_vain(1, "events", Lost.ANSWER)
    everybody_knows(store)
    assert "已经全部退回" in second.obeyed(f"return {there}")["say"]
    left = first.obeyed(f"return {here}")["return"]["lines"]
    assert [line["returned_milli"] for line in left] == [0, 1000]
    first.obeyed("yes too_many")


def two_records_become_one(store: Store, first: Till, second: Till) -> None:
    """合并: while one till merges 陈明 into 王芳, the other sells to 陈明, whom it still knows."""
    first.obeyed(f"merge {CHEN} {WANG}")
    second.obeyed(f"scan {CHEN}", f"scan {OXYGEN}", CASH)
    store.sends_in_vain(1, "events", Lost.ANSWER)
    store.sends_in_vain(2, "events", Lost.REQUEST)
    everybody_knows(store)
    for till in (first, second):
        assert WANG in till.refused(f"scan {CHEN}"), "who they are now"
        assert till.obeyed(f"scan {WANG}")["member"]["points"] > 1000
        till.obeyed("drop-member")


def one_phone_joins_at_both(store: Store, first: Till, second: Till) -> None:
    """同一个手机号: 赵云 is signed up at both tills at once; head office makes them one."""
    for no, till, name in ((1, first, "赵云"), (2, second, "赵小云")):
        till.obeyed(f"join 13911112222 {name} agreed", f"scan {MASKS}", CASH)
        store.sends_in_vain(no, "events", Lost.REQUEST)
    everybody_knows(store)
    zhao = [till.obeyed("scan 13911112222")["member"] for till in (first, second)]
    assert zhao[0]["card_no"] == zhao[1]["card_no"]
    for till in (first, second):
        till.obeyed("drop-member")


def other_rules_come(store: Store, first: Till, second: Till, code: str) -> None:
    """换规则: whoever has not got them sells by the old ones; nobody sells by half of them.

    The coupon that came back with its goods is good once more.
    """
    store.publish(8, 300)
    store.sends_in_vain(1, "changes", Lost.REQUEST)
    store.sends_in_vain(2, "changes", Lost.ANSWER)
    for till in (first, second):
        assert till.obeyed(f"scan {CALCIUM}", CASH)["sale"]["payable_fen"] == 67_00
    store.send()
    for till in (first, second):
        assert till.obeyed(f"scan {CALCIUM}", CASH)["sale"]["payable_fen"] == 65_00
    second.obeyed(f"scan {MASKS}", f"scan {code}", CASH)


def everybody_knows(store: Store) -> None:
    """The cables are in: both send, the server reads what came, both hear of it."""
    in_the_end(store)


def in_the_end(store: Store) -> tuple[Books, list[Books]]:
    """What all three have, as soon as the server has read everything and nobody lacks anything."""
    for _ in range(ROUNDS):
        store.send()
        office, tills = books_of_all(store.homes, store.chain.database)
        is_known = all(
            not till.strange and till.codes.keys() == office.codes.keys() for till in tills
        )
        if is_known and len(office.sales) == sum(len(till.sales) for till in tills):
            break
        time.sleep(0.2)  # a server that is asked more often says that it is busy
    return office, tills


def everything_is_in_order(store: Store) -> None:
    """Nothing waits, every check comes out right, and nobody is called but for the one phone."""
    for home in store.homes:
        said = run(home, "chain", "status").out
        assert "都传完了" in said
        assert "总部第 8 版" in said
        assert "会员名录：3 人" in said
        assert run(home, "verify").code == 0
    assert "都对得上" in store.chain.office("verify")
    with opened_office(store.chain.database, None) as office, office.store.read() as look:
        sums = look.accounts.sums()
    assert sum(sums.values()) == 0
    assert not sums.get("overspend")
    kinds = [row.split("\t")[-1] for row in store.chain.office("cases").splitlines()[1:]]
    assert kinds == ["same_phone"]
